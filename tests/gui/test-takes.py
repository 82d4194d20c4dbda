# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes by keyboard: marked and unmarked, deleted and brought back, found in the history, their settings used again.

A clip made elsewhere is dropped on them. usage: test-takes.py PHOTO DRAG-SOURCE
"""
import glob
import os
import shutil
import sqlite3
import subprocess
import sys

from gi.repository import Atspi

from gui import Program, drag, need, run, screenshot, wait, walk
from takes import make_takes

PROMPTS = {2: 'orbit around the bottle, steam rising', 3: 'slow push in, then rest'}


def is_deleted(folder, take):
    store = sqlite3.connect(f'file:{folder}/inbetween.db?mode=ro', uri=True)
    try:
        return store.execute('SELECT deleted_us > 0 FROM jobs WHERE take = ?', (take,)).fetchone()[0] == 1
    finally:
        store.close()


def focused(program):
    program.app.clear_cache()
    return next((n for n in walk(program.app) if n.get_state_set().contains(Atspi.StateType.FOCUSED)), None)


def focus_take(program, pattern):
    """The card itself has the focus, by a click beside its controls."""
    x, y, width, height = program.box(program.wait_for(pattern))
    run('xdotool', 'mousemove', str(x + width // 2), str(y + height - 8), 'click', '1')
    wait(lambda: focused(program).get_name() == program.find(pattern).get_name(), f'the focus on “{pattern}”')


def read_prompt(program):
    program.app.clear_cache()
    text = next(n for n in walk(program.app) if n.get_name() == 'Prompt' and n.get_role_name() == 'text').get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def find_place(window):
    place = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', window).split())
    return place if int(place['X']) > 1200 else None


def gone(program, pattern):
    wait(lambda: program.find(pattern) is None, f'that “{pattern}” is gone')


def main():
    need('xdotool', 'openbox', 'import')
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'inbetween')
    make_takes(sys.argv[1], PROMPTS)
    program = Program()

    # marks
    program.wait_for('Clip of take 3')
    focus_take(program, 'Take 3, Done, 5 seconds, Local engine')
    program.key('a')
    program.wait_for('Take 3, Accepted, 5 seconds, Local engine')
    screenshot('gui-takes')
    program.key('e')
    program.wait_for('Take 3, Rejected, 5 seconds, Local engine')
    program.key('ctrl+z')
    program.wait_for('Take 3, Accepted, 5 seconds, Local engine')
    program.key('ctrl+z')
    program.wait_for('Take 3, Done, 5 seconds, Local engine')
    print('ok 1 a mark is made, changed and taken back by keys')

    # deletion; its toast is there for seconds only, and the accessible tree is slow to read: the store tells
    focus_take(program, 'Take 3, Done.*')
    program.key('Delete')
    wait(lambda: is_deleted(folder, 3), 'take 3 to be hidden')
    program.key('ctrl+z')
    wait(lambda: not is_deleted(folder, 3), 'take 3 by Ctrl+Z')
    program.wait_for('Take 3, Done.*')
    print('ok 2 a deleted take comes back by Ctrl+Z')

    # settings
    before = read_prompt(program)
    focus_take(program, 'Take 2, Done.*')
    program.key('shift+c')
    wait(lambda: read_prompt(program) == PROMPTS[2], 'the words of take 2 in the form')
    program.key('ctrl+z')
    wait(lambda: read_prompt(program) == before, 'the form as it was')
    print('ok 3 the settings of a take are used again, and that is undone')

    # a name, by the key and by the menu
    focus_take(program, 'Take 2, Done.*')
    program.key('F2')
    wait(lambda: focused(program).get_name() == 'Name of take 2', 'the field for the name')
    program.type('hero')
    screenshot('gui-name')
    program.key('Return')
    program.wait_for('Take 2, hero, Done.*')
    program.key('ctrl+z')
    program.wait_for('Take 2, Done.*')
    program.key('ctrl+shift+z')
    program.wait_for('Take 2, hero, Done.*')
    focus_take(program, 'Take 2, hero, Done.*')
    program.key('Menu')
    program.wait_for('Rename…')
    run('sleep', '.3')
    program.key('n')
    wait(lambda: focused(program).get_name() == 'Name of take 2', 'the field for the name')
    program.type('side')
    program.key('Escape')
    wait(lambda: program.find('Name of take 2') is None, 'the end of the field')
    assert program.find('Take 2, hero, Done.*'), 'Escape leaves the name'
    focus_take(program, 'Take 2, hero, Done.*')
    program.key('F2')
    wait(lambda: focused(program).get_name() == 'Name of take 2', 'the field for the name')
    program.key('Delete', 'Return')
    program.wait_for('Take 2, Done.*')
    program.key('ctrl+z')
    program.wait_for('Take 2, hero, Done.*')
    screenshot('gui-named')
    print('ok 4 a take is named by F2 and by its menu, and that is undone')

    # history
    program.key('ctrl+f')
    program.wait_for('Bottle, Take 3, Done.*')
    program.type('hero')
    gone(program, 'Bottle, Take 3, .*')
    program.wait_for('Bottle, Take 2, hero, Done.*')
    program.key('ctrl+a')
    program.type('linear')
    gone(program, 'Bottle, Take 3, .*')
    node = program.wait_for('Bottle, Take 1, Done.*')
    screenshot('gui-history')
    program.key('Return')
    wait(lambda: focused(program).get_name() == node.get_name(), 'the focus on what was found')
    program.key('Return')
    program.wait_for('Clip of take 1')  # take 2 was on the stage before
    print('ok 5 a take is found by its words and opened with Return')

    program.key('ctrl+f')
    program.wait_for('Bottle, Take 1, Done.*')
    program.key('ctrl+a')
    program.type('wavespeedai')
    gone(program, 'Bottle, Take .*')
    program.key('ctrl+a')
    program.type('local ENGINE rest')
    program.wait_for('Bottle, Take 3, Done.*')
    gone(program, 'Bottle, Take 1, .*')
    program.key('Return')
    wait(lambda: focused(program).get_name().startswith('Bottle, Take 3'), 'the focus on what was found')
    program.key('Return')
    program.wait_for('Clip of take 3')
    print('ok 6 a take is found by the name of its provider that is on the screen')

    # a clip made elsewhere
    clip = os.path.join(os.environ['HOME'], 'elsewhere.mp4')
    shutil.copy(glob.glob(os.path.join(folder, 'clips', '*', '*', '*.mp4'))[0], clip)
    source = subprocess.Popen([sys.argv[2], clip], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env={**os.environ, 'GTK_A11Y': 'none'})
    window = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(source.pid)),
                  'the window to drag from').split()[-1]
    run('xdotool', 'windowmove', '--sync', program.window, '0', '0')
    run('xdotool', 'windowmove', '--sync', window, '1260', '100')
    place = wait(lambda: find_place(window), 'the window in its place')
    drag((int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(place['HEIGHT']) // 4),
         program.place(program.wait_for('Take 2, hero, Done.*')))
    program.wait_for('Take 4, Done, .*, Imported', 60)
    source.terminate()
    source.wait()
    print('ok 7 a clip dropped on the takes becomes one')

    said = program.end()
    assert said == '', said
    print('ok 8 and the program had nothing to complain about')


print('1..8')
main()
