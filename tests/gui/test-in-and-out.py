# SPDX-License-Identifier: GPL-3.0-or-later
"""A clip leaves the program: saved under its name, dragged into another program, and its last frame dragged back as the
start of the next one. Then the program goes on without a window, and tells of what is ready.

usage: test-in-and-out.py PHOTO DRAG-SOURCE NOTIFICATIONS.py
"""
import glob
import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading

from gui import PROGRAM, Program, drag, need, run, screenshot, wait

HOME = os.environ['HOME']
SAVED = os.path.join(HOME, 'Inbetween')


def find_clips():
    return glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'inbetween', 'clips', '*', '*', '*.mp4'))


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


class Lines:
    """What a program says, line by line, for a test that does not wait for ever."""

    def __init__(self, *args, env=None):
        self.process = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})})
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip('\n'))

    def next(self, what, seconds=60):
        try:
            return self.lines.get(timeout=seconds)
        except queue.Empty:
            raise SystemExit('not ok - timed out: ' + what) from None

    def say(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def end(self):
        self.process.terminate()
        self.process.wait()


def place_of(window, share):
    """The middle of a window's width, at a share of its height."""
    place = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', window).split())
    return int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(int(place['HEIGHT']) * share)


def make_clip(program, name):
    program.wait_for(f'Start frame, {name}')
    program.key('ctrl+l')
    program.type('push in')
    wait(lambda: any('7/2500' == n for _, n in program.names()), 'the typed words in the form')
    program.key('ctrl+Return')
    program.wait_for(r'Take 1, (Preparing|Waiting|Rendering|Checking).*', 60)


def test_save(program, clip):
    name = 'bottle_3x2_5s_v1'
    for saved in (f'{name}.mp4', f'{name} (2).mp4'):
        program.key('ctrl+s')
        program.wait_for(f'Saved .*{saved[:-4].replace("(", "[(]").replace(")", "[)]")}.*')
        assert digest(os.path.join(SAVED, saved)) == digest(clip), saved
    assert sorted(os.listdir(SAVED)) == [f'{name} (2).mp4', f'{name}.mp4'], os.listdir(SAVED)
    print('ok 1 Ctrl+S saves under the name of the preferences and overwrites nothing')

    program.click('Show')
    program.wait_for(r'No program shows folders here\. The file is .*' + name + r' ?[(]?2?[)]?\.mp4')
    program.click('Copy')
    copied = wait(lambda: run('xclip', '-selection', 'clipboard', '-o'), 'the path on the clipboard')
    assert os.path.isfile(copied), copied
    print('ok 2 where no program shows folders the path is said, and copied')


def test_drag(program, clip):
    target = Lines(sys.argv[2], os.path.join(HOME, 'bottle.jpg'), env={'GTK_A11Y': 'none'})
    window = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(target.process.pid)),
                  'the window to drag to').split()[-1]
    run('xdotool', 'windowmove', '--sync', program.window, '0', '0')
    run('xdotool', 'windowmove', '--sync', window, '1260', '100')
    for what in ('Clip of take 1', r'Take 1, Done, 5 seconds.*'):
        drag(program.place(program.wait_for(what)), place_of(window, .75), 'gui-drag-out')
        word, size, path = target.next(f'{what} in the other program').split('\t')
        assert word == 'dropped' and int(size) == os.path.getsize(clip), (word, size, path)
        assert os.path.basename(path) == 'bottle_3x2_5s_v1.mp4', path
        assert digest(path) == digest(clip)
    drag(program.place(program.wait_for('bottle.jpg')), place_of(window, .75))
    word, size, path = target.next('the photo in the other program').split('\t')
    assert os.path.basename(path) == 'bottle.jpg' and digest(path) == digest(os.path.join(HOME, 'bottle.jpg')), path
    target.end()
    print('ok 3 the stage, a card and a photo are dragged into another program as finished files')

    run('xdotool', 'windowfocus', '--sync', program.window)
    drag(program.place(program.wait_for(r'Take 1, Done, 5 seconds.*')),
         program.place(program.wait_for('Start frame, bottle.jpg')))
    program.wait_for('Start frame, bottle, end of take 1.png', 60)
    program.click('Undo')
    program.wait_for('Start frame, bottle.jpg')
    print('ok 4 a take dropped on the start frame is its last frame, and can be undone')


def main():
    need('xdotool', 'openbox', 'xclip')
    photo = os.path.join(HOME, 'bottle.jpg')
    shutil.copy(sys.argv[1], photo)
    desktop = Lines('/usr/bin/python3', sys.argv[3])
    assert json.loads(desktop.next('the desktop')) == {'ready': True}

    program = Program(photo)
    make_clip(program, 'bottle.jpg')
    program.wait_for(r'Take 1, Done, 5 seconds.*', 300)
    clip = wait(find_clips, 'the clip')[0]
    test_save(program, clip)
    test_drag(program, clip)

    # without a window
    program.key('ctrl+Return')
    program.wait_for(r'Take 2, Rendering.*', 60)
    program.key('ctrl+w')
    said = json.loads(desktop.next('that it goes on'))
    assert said['title'] == 'Inbetween goes on', said
    assert program.process.poll() is None
    heard = [json.loads(desktop.next('that the take is ready', 300)) for _ in range(2)]
    ready = next(h for h in heard if 'title' in h)
    assert ready['title'] == 'bottle is ready' and 'Take 2' in ready['body'], ready
    assert ready['buttons'].count('Show File') == 1, ready
    assert {'closed': said['shown']} in heard, heard
    program.process.wait(20)
    assert program.process.returncode == 0, program.process.returncode
    print('ok 5 it goes on without a window, tells what is ready, and ends when all is at rest')

    program = Program()
    program.wait_for(r'Take 2, Done, 5 seconds.*', 60)
    other = subprocess.run([PROGRAM, photo], capture_output=True, text=True, timeout=30)
    assert other.returncode == 0 and other.stderr == '', other
    program.wait_for('Start frame, bottle.jpg')
    wait(lambda: program.find(r'Take 2, .*') is None, 'a new product')
    assert subprocess.run([PROGRAM, '--new-product'], timeout=30).returncode == 0
    program.wait_for('Start frame, empty')
    wrong = subprocess.run([PROGRAM, '--bogus'], capture_output=True, text=True, timeout=30)
    assert wrong.returncode == 2 and '“--bogus” is no option' in wrong.stderr, wrong
    print('ok 6 a second start hands over what it was given')

    said = program.end()
    assert said == '', said
    desktop.end()
    print('ok 7 and the program had nothing to complain about')


print('1..7')
main()
