#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop and a shop read of the program agrees with the program: metainfo, pictures, desktop file, D-Bus, icons.

usage: check-integration.py TOP INBETWEEN     Prints TAP. The validators have tests of their own.
"""
import configparser
import os
import re
import shlex
import struct
import subprocess
import sys
import xml.etree.ElementTree as tree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from tap import Tap  # noqa: E402

TOP, WINDOW = sys.argv[1:3]
ID = 'io.github.inbetween.Inbetween'
DATA = os.path.join(TOP, 'data')
tap = Tap()


def read(*names):
    with open(os.path.join(*names), encoding='utf-8') as file:
        return file.read()


def read_ini(name):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(read(DATA, name))
    return parser


def read_png_size(path):
    with open(path, 'rb') as file:
        head = file.read(24)
    return struct.unpack('>II', head[16:24]) if head[:8] == b'\x89PNG\r\n\x1a\n' else None


def check_metainfo():
    root = tree.fromstring(read(DATA, ID + '.metainfo.xml.in').encode())
    name, summary = root.findtext('name'), root.findtext('summary')
    words = ' '.join(root.find('description').itertext())
    tap.ok(root.findtext('id') == ID and len(name) <= 15 and 10 <= len(summary) <= 35 and not summary.endswith('.') and
          'app' not in summary.lower().split(), 'id, name and summary are what shops take', summary)
    tap.ok(re.search(r'\bcharge\b', words) and 'free' in words, 'the description says what is free and what is charged for')
    n_services = sum(1 for file in os.listdir(os.path.join(DATA, 'providers')) if file.endswith('.json')) - 2
    number = ('zero one two three four five six seven eight nine ten eleven twelve').split()[n_services]
    tap.ok('one of %s services' % number in re.sub(r'\s+', ' ', words), 'and how many services there are', n_services)
    tap.ok(not re.search(r'kling|vercel|replicate|google', name + summary, re.I), 'no mark of others in name and summary')
    releases = root.findall('releases/release')
    tap.ok(releases and all(release.find('description') is not None for release in releases), 'every release has notes')
    tap.ok([color.get('scheme_preference') for color in root.findall('branding/color')] == ['light', 'dark'],
          'a colour for light and for dark')


def check_pictures():
    root = tree.fromstring(read(DATA, ID + '.metainfo.xml.in').encode())
    shots = root.findall('screenshots/screenshot')
    faults, named = [], set()
    for shot in shots:
        image = shot.find('image')
        name = image.text.rsplit('/', 1)[1]
        path = os.path.join(DATA, 'screenshots', name)
        named.add(name)
        size = read_png_size(path) if os.path.exists(path) else None
        said = (int(image.get('width', 0)), int(image.get('height', 0)))
        if size is None or size != said or size[0] > 1000 or size[1] > 700 or size[0] < 620:
            faults.append('%s is %s, said to be %s' % (name, size, said))
        if not 5 < len(shot.findtext('caption', '')) <= 100 or shot.findtext('caption').endswith('.'):
            faults.append('the caption of ' + name)
    tap.ok(3 <= len(shots) <= 6 and not faults, 'three to six pictures, at most 1000x700, each with a caption', '\n'.join(faults))
    tap.ok([shot.get('type') for shot in shots] == ['default'] + [None] * (len(shots) - 1), 'the default one is first')
    tap.ok(named == set(os.listdir(os.path.join(DATA, 'screenshots'))), 'no picture lies there unused', named)


def check_desktop_file():
    entries = read_ini(ID + '.desktop.in')
    entry = entries['Desktop Entry']
    told = subprocess.run([WINDOW, '--help'], capture_output=True, text=True, timeout=60,
                          env=dict(os.environ, LC_ALL='C.UTF-8')).stdout
    actions = [name for name in entry['Actions'].split(';') if name]
    tap.ok(entry['Icon'] == ID and entry['Exec'].split()[0] == 'inbetween' and '%F' in entry['Exec'],
          'the desktop file starts the program with files')
    tap.ok(actions and all(any(word in told for word in entries['Desktop Action ' + name]['Exec'].split()[1:])
                          for name in actions), 'each action gives an option that the program has', actions)
    source = read(TOP, 'src', 'ui', 'inb-application.c')
    tap.ok(all('{ "%s",' % name in source for name in actions) and entry['DBusActivatable'] == 'true',
          'and is an action that D-Bus can call')
    taken = re.search(r'types\[\] = \{(.*?)\}', read(TOP, 'src', 'jobs', 'inb-gather.c'), re.S).group(1)
    tap.ok(set(re.findall(r'image/[a-z]+', taken)) == set(filter(None, entry['MimeType'].split(';'))),
          'the photos it opens are the photos it takes', entry['MimeType'])
    service = read_ini(ID + '.service.in')['D-BUS Service']
    started = shlex.split(service['Exec'].replace('@bindir@', '/a folder'))
    tap.ok(started == ['/a folder/inbetween', '--gapplication-service'] and service['Name'] == '@app_id@',
          'D-Bus starts it as a service')


def check_icon(where, name, size, colours):
    root = tree.fromstring(read(DATA, 'icons', 'hicolor', where, 'apps', name).encode())
    found = {value.lower() for node in root.iter() for key, value in node.attrib.items()
             if key in ('fill', 'stroke', 'stop-color') and value.startswith('#')}
    tap.ok(root.get('viewBox') == '0 0 %d %d' % (size, size) and root.get('width') == str(size) and
          not [node for node in root.iter() if node.tag.endswith(('image', 'text'))],
          'the %s icon is drawn for %d px, of shapes alone' % (where, size), root.attrib)
    tap.ok(colours(len(found)), 'the %s icon has the colours it should' % where, found)


def check_icons_exist():
    """A theme drops icons between two releases; what is not there is shown as a broken picture. Those of the program are in
    it, the others have to be in the theme itself, not in a package of old names that not everybody has."""
    named, found = set(), set()
    for folder, _, files in os.walk(os.path.join(TOP, 'src')):
        for file in files:
            if file.endswith(('.c', '.h', '.ui')):
                named |= set(re.findall(r'[">]([a-z0-9-]+-symbolic)["<]', read(folder, file)))
    carried = re.findall(r'/([a-z0-9-]+-symbolic)\.symbolic\.png"', read(TOP, 'src', 'ui', 'inbetween-ui.gresource.xml'))
    for _, _, files in os.walk('/usr/share/icons/Adwaita'):
        found |= {file[:-4] for file in files if file.endswith('-symbolic.svg')}
    tap.ok(len(named) > 30 and not named - found - set(carried), 'every icon that is named is in the theme or in the program',
           sorted(named - found - set(carried)))
    tap.ok(set(carried) <= named, 'and the program carries none that it does not name', sorted(set(carried) - named))


check_metainfo()
check_pictures()
check_desktop_file()
check_icons_exist()
check_icon('scalable', ID + '.svg', 128, lambda n: n > 4)
check_icon('symbolic', ID + '-symbolic.svg', 16, lambda n: n == 1)
tap.end()
