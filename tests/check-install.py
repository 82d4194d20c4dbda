#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What "ninja install" puts where, and that "ninja uninstall" takes all of it back.

usage: check-install.py TOP BUILD     Installs into a temporary folder; prints TAP.
"""
import collections
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from tap import Tap  # noqa: E402

TOP, BUILD = sys.argv[1:3]
ID = 'io.github.inbetween.Inbetween'
LOG = os.path.join(BUILD, 'meson-logs', 'install-log.txt')
tap = Tap()


def walk(top):
    """Every file and link below it, and each folder that is empty."""
    found = []
    for folder, folders, files in os.walk(top):
        found += [os.path.relpath(os.path.join(folder, name), top) for name in files]
        if not folders and not files:
            found.append(os.path.relpath(folder, top) + '/')
    return sorted(found)


def run(*words, **env):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ, **env))
    tap.ok(done.returncode == 0, ' '.join(os.path.basename(word) for word in words[:2]) + ' ends well', done.stdout)


def wanted():
    files = {'bin': ['inbetween', 'inbetween-cli'],
             'share/applications': [ID + '.desktop'],
             'share/bash-completion/completions': ['inbetween-cli'],
             'share/dbus-1/services': [ID + '.service'],
             'share/glib-2.0/schemas': [ID + '.gschema.xml'],
             'share/icons/hicolor/scalable/apps': [ID + '.svg'],
             'share/icons/hicolor/symbolic/apps': [ID + '-symbolic.svg'],
             'share/man/man1': ['inbetween-cli.1', 'inbetween.1'],
             'share/metainfo': [ID + '.metainfo.xml']}
    with open(os.path.join(TOP, 'po', 'LINGUAS'), encoding='utf-8') as lines:
        languages = [line.strip() for line in lines if line.strip() and not line.startswith('#')]
    for language in languages:
        files['share/locale/%s/LC_MESSAGES' % language] = ['inbetween.mo']
    return files


def check(top):
    run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--strip', '--destdir', top)
    # below DESTDIR lies the prefix
    prefix = next((folder for folder, folders, _ in os.walk(top) if 'bin' in folders), top)
    found = collections.defaultdict(list)
    for path in walk(prefix):
        found[os.path.dirname(path)].append(os.path.basename(path))
    for folder, names in sorted(found.items()):
        print('# %s: %s' % (folder, ' '.join(names)))
    tap.ok(found == wanted(), 'every file is where it belongs, and no other', sorted(wanted().items()))
    tap.ok(len(walk(top)) == len(walk(prefix)), 'and nothing beside the prefix', walk(top))
    programs = [os.path.join(prefix, 'bin', name) for name in ('inbetween', 'inbetween-cli')]
    told = subprocess.run([programs[1], '--version'], capture_output=True, text=True, env=dict(os.environ, PATH='/nowhere'))
    tap.ok(told.returncode == 0 and told.stdout.startswith('inbetween'), 'what was installed starts', told)
    marks = [name for name in programs if BUILD.encode() in subprocess.run(['strings', '-a', name], capture_output=True,
                                                                          check=True).stdout]
    tap.ok(not marks, 'and does not know where it was built', marks)
    for page in ('inbetween.1', 'inbetween-cli.1'):
        path = os.path.join(prefix, 'share', 'man', 'man1', page)
        done = subprocess.run(['groff', '-ww', '-man', '-Tutf8', '-k', '-z', path], capture_output=True, text=True)
        tap.ok(done.returncode == 0 and done.stderr == '', page + ' is set without any warning of groff', done.stderr)
    run('ninja', '-C', BUILD, 'uninstall', DESTDIR=top)
    left = walk(top)
    tap.ok(left in ([], ['./']), 'nothing of it is left, no folder either', left)


kept = None
if os.path.exists(LOG):  # of an installation that somebody wants to take back later
    with open(LOG, encoding='utf-8') as file:
        kept = file.read()
top = tempfile.mkdtemp()
try:
    check(top)
finally:
    shutil.rmtree(top)
    if kept is not None:
        with open(LOG, 'w', encoding='utf-8') as file:
            file.write(kept)
tap.end()
