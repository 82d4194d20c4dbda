# SPDX-License-Identifier: GPL-3.0-or-later
"""The open window of the Flatpak, driven by hand: a photo from outside dropped, a clip made, seen to play, dragged out and
saved, and a photo chosen. What lies outside is in folders that the sandbox does not see: only portals bring it in.

usage: window.py APP-ID PHOTO DRAG-SOURCE FOLDER
PHOTO is outside, FOLDER takes what comes out. Prints "ok …" or "FAIL …" a step. INB_BUILD as for gui.py.
"""
import glob
import hashlib
import json
import os
import re
import subprocess
import sys

from gui import Program, children, drag, name_of, run, screenshot, wait
from gi.repository import Atspi

APP, PHOTO, DRAG_SOURCE, FOLDER = sys.argv[1:5]
NAME = os.path.basename(PHOTO)
DATA = os.path.expanduser(f'~/.var/app/{APP}/data/inbetween')
CHOOSER = 'xdg-desktop-portal-gtk'
SLOW = 2.5  # the first steps of a drag ask portals


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


def find_window(*search):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', *search], capture_output=True, text=True).stdout.split()
    return found[-1] if found else None


def geometry(window):
    place = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', window).split())
    return [int(place[k]) for k in ('X', 'Y', 'WIDTH', 'HEIGHT')]


def count_colours(window):
    path = os.path.join(FOLDER, '.window.png')
    run('import', '-silent', '-window', window, path)
    return int(run('identify', '-format', '%k', path))


class Sandboxed(Program):
    """The window that runs already; its process is on the other side of a proxy."""

    def __init__(self):
        self.app = wait(self._find_app, 'the program on the accessibility bus')
        self.window = wait(lambda: find_window('--class', '[Ii]nbetween'), 'the window')
        Program.running.append(self)

    def _find_app(self):
        return next((a for a in children(Atspi.get_desktop(0)) if re.search('inbetween', name_of(a), re.I)), None)

    def tell(self):
        print('# named:', *sorted({n for _, n in self.names() if n}), sep=' | ')

    def focus(self):
        run('xdotool', 'windowfocus', '--sync', self.window)


class Outside:
    """A window of the host: its upper half gives the photo, its lower half takes what is dropped and says so."""

    def __init__(self):
        self.log = os.path.join(FOLDER, 'dropped.txt')
        with open(self.log, 'w') as log:
            self.process = subprocess.Popen([DRAG_SOURCE, PHOTO], stdout=log, env={**os.environ, 'GTK_A11Y': 'none',
                                                                                           'GSK_RENDERER': 'cairo'})
        self.window = wait(lambda: find_window('--pid', str(self.process.pid)), 'the window to drag from')

    def place(self, share):
        x, y, width, height = geometry(self.window)
        return x + width // 2, y + int(height * share)

    def said(self):
        with open(self.log) as log:
            return [line.rstrip('\n').split('\t') for line in log]


def find_done():
    said = run('flatpak', 'run', '--user', '--command=inbetween-cli', APP, 'jobs', '--json')
    return {j['id'] for j in json.loads(said)['jobs'] if j['state'] == 'DONE'}


def arrange(program, outside):
    """The other window beside ours, not over it; a product without takes, whatever was made before."""
    run('xdotool', 'windowsize', program.window, '1000', '740')
    run('xdotool', 'windowmove', program.window, '0', '0')
    run('xdotool', 'windowmove', outside.window, '1030', '100')
    wait(lambda: geometry(program.window)[2] <= 1020 and geometry(outside.window)[0] >= 1020, 'both windows in their places')
    wait(lambda: count_colours(outside.window) > 20, 'a window that is painted', 60)
    program.focus()
    program.key('ctrl+n')
    wait(lambda: program.find('Start frame, empty') and not program.find('Take 1, .*'), 'an empty product')


def drop(program, outside):
    drag(outside.place(.25), program.place(program.wait_for('Start frame, empty')), 'flatpak-dragging', SLOW)
    program.wait_for(f'Start frame, {re.escape(NAME)}', 30)
    kept = wait(lambda: [p for p in glob.glob(os.path.join(DATA, 'photos', '**'), recursive=True)
                         if os.path.isfile(p) and digest(p) == digest(PHOTO)], 'the bytes of the photo in the store')
    screenshot('flatpak-dropped')
    return kept


def generate(program, outside):
    program.focus()
    program.key('ctrl+l')
    program.type('fast push in, linear')
    wait(lambda: any('20/2500' == n for _, n in program.names()), 'the typed words in the form')
    before = find_done()
    program.key('ctrl+Return')
    program.wait_for(r'Take 1, (Preparing|Waiting|Rendering|Checking).*', 30)
    wait(lambda: find_done() - before, 'a job that is DONE', 400)
    program.wait_for(r'Take 1, Done, 5 seconds.*', 30)


def play(program, outside):
    """What is on the screen changes, and the number that is said goes on with it."""
    left, top, width, height = program.box(program.wait_for('Clip of take 1', 30))
    seen, said = set(), set()

    def look():
        path = screenshot('flatpak-playing')
        seen.add(run('convert', path, '-crop', f'{width}x{height}+{left}+{top}', '-format', '%#', 'info:'))
        said.add(name_of(program.wait_for(r'Frame \d+ of .*|f \d+/\d+')))
        return len(seen) >= 4 and len(said) >= 4
    wait(look, 'pictures that change', 30)
    print(f'# said while it played: {sorted(said)}')


def find_clip():
    clips = glob.glob(os.path.join(DATA, 'clips', '*', '*', '*.mp4'))
    return max(clips, key=os.path.getmtime)


def drag_out(program, outside):
    drag(program.place(program.wait_for('Clip of take 1')), outside.place(.75), 'flatpak-drag-out', SLOW)
    word, size, path = wait(lambda: [s for s in outside.said() if s[0] == 'dropped'], 'a file in the other program')[-1]
    print(f'# dropped outside: {path}, {size} bytes')
    assert digest(path) == digest(find_clip()), path
    assert os.path.basename(path).startswith(os.path.splitext(NAME)[0]), path


def answer_chooser(program, path, shot, keys):
    chooser = wait(lambda: find_window('--class', CHOOSER), 'the dialog of the portal', 30)
    run('xdotool', 'windowfocus', '--sync', chooser, 'sleep', '1')
    run('xdotool', 'key', keys, 'sleep', '1')
    run('xdotool', 'type', '--delay', '40', path)
    run('sleep', '1')
    screenshot(shot)
    run('xdotool', 'key', 'Return')
    wait(lambda: find_window('--class', CHOOSER) is None, 'the end of the dialog')
    program.focus()


def save(program, outside):
    path = os.path.join(FOLDER, 'saved.mp4')
    program.focus()
    program.key('ctrl+s')
    answer_chooser(program, path, 'flatpak-save', 'ctrl+a')
    wait(lambda: os.path.isfile(path) and digest(path) == digest(find_clip()), 'the clip outside', 30)
    assert not [n for n in os.listdir(FOLDER) if n.startswith('.g')], os.listdir(FOLDER)


def choose(program, outside):
    other = os.path.join(FOLDER, 'another.jpg')
    run('convert', PHOTO, '-flop', other)
    program.focus()
    program.key('ctrl+n')
    program.click('Start frame, empty')
    answer_chooser(program, other, 'flatpak-chooser', 'ctrl+l')
    program.wait_for('Start frame, another.jpg', 30)
    screenshot('flatpak-chosen')


STEPS = (
    ('the window and another one, side by side', arrange),
    ('a photo from outside is dropped, and its bytes are in the store', drop),
    ('Ctrl+Return makes a clip: the job is DONE', generate),
    ('the clip plays', play),
    ('the clip is dragged out, and is whole there', drag_out),
    ('the clip is saved through the portal', save),
    ('a photo is chosen through the portal', choose),
)


def main():
    failed = 0
    program, outside = Sandboxed(), Outside()
    for what, step in STEPS:
        try:
            step(program, outside)
            print(f'ok {what}', flush=True)
        except (SystemExit, Exception) as error:
            failed += 1
            print(f'FAIL {what}: {error!r}', flush=True)
    outside.process.terminate()
    return failed > 0


sys.exit(main())
