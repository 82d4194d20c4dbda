# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a person has to do from the start of a fresh profile, without a key, to a finished clip that plays: at most two
actions with the sample, three with a photo of their own. What counts them is what carries them out (gui.inputs).

usage: test-first-clip.py PHOTO DRAG-SOURCE
"""
import os
import shutil
import subprocess
import sys
import time

import gui
from gui import Program, drag, need, run, screenshot, wait

HOME = os.environ['HOME']


def forget_profile():
    """As on a computer where it never ran."""
    for folder in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME'):
        shutil.rmtree(os.environ[folder])
        os.mkdir(os.environ[folder])
    assert not [v for v in os.environ if v.endswith(('_KEY', '_TOKEN')) and 'INB' not in v]


def look(program):
    left, top, width, height = program.box(program.wait_for('Clip of take 1'))
    return subprocess.check_output(['import', '-silent', '-window', 'root', '-crop',
                                    f'{width}x{height}+{left}+{top}', 'rgb:-'])


def plays(program):
    """A clip that moves: its button reads Pause, and pictures of the stage differ."""
    began = time.monotonic()
    program.wait_for('Take 1, Done.*', 240)
    program.wait_for('Pause')
    print(f'# {time.monotonic() - began:.1f} s from the last action to a clip of 5 s that plays')
    first = look(program)
    wait(lambda: look(program) != first, 'a stage that moves', 30)
    return True


def finish(program, name, most):
    assert plays(program)
    screenshot('first-clip-' + name)
    print(f'# {name}: {len(gui.inputs)} actions: {", ".join(gui.inputs)}')
    assert 0 < len(gui.inputs) <= most, gui.inputs
    said = program.end()
    assert said == '', said


def start():
    forget_profile()
    program = Program()
    program.wait_for('Try the Sample')
    wait(lambda: program.focused() is not None, 'the focus')
    gui.inputs.clear()
    return program


def test_sample():
    program = start()
    program.key('Return')
    finish(program, 'sample', 2)
    print('ok 1 the sample: at most two actions')


def test_photo(source):
    program = start()
    window = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(source.pid)),
                  'the window to drag from').split()[-1]
    run('xdotool', 'windowmove', '--sync', program.window, '0', '0')
    run('xdotool', 'windowmove', '--sync', window, '1260', '100')
    run('sleep', '.3')
    place = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', window).split())
    drag((int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(place['HEIGHT']) // 4),
         program.place(program.wait_for('Start frame, empty')))
    program.wait_for('Start frame, bottle.jpg', 30)
    run('xdotool', 'windowfocus', '--sync', program.window)
    program.click('Push in')
    program.wait_for('Generate · free')
    wait(lambda: program.find('Push in').get_state_set().contains(gui.Atspi.StateType.PRESSED), 'the motion')
    program.key('ctrl+Return')
    finish(program, 'own photo', 3)
    print('ok 2 a photo of one’s own: at most three')


def main():
    need('xdotool', 'openbox', 'import')
    photo = os.path.join(HOME, 'bottle.jpg')
    shutil.copy(sys.argv[1], photo)
    test_sample()
    source = subprocess.Popen([sys.argv[2], photo], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env={**os.environ, 'GTK_A11Y': 'none'})
    test_photo(source)
    source.terminate()
    source.wait()


print('1..2')
main()
