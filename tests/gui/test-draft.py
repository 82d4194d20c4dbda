# SPDX-License-Identifier: GPL-3.0-or-later
"""The form is found again as it was left: after kill -9, after Quit, and when another product was in between."""
import signal
import sys

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from gui import Program, need, run, screenshot, shown, wait, walk  # noqa: E402

START, LAST = sys.argv[1:3]


def find_text(program, name):
    program.app.clear_cache()
    return next((n for n in walk(program.app)
                 if n.get_role_name() in ('text', 'entry') and n.get_name() == name and shown(n)), None)


def read(program, name):
    text = find_text(program, name).get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def expect(program, name, wanted):
    wait(lambda: read(program, name) == wanted, f'{name} “{wanted}”')


def is_pressed(program, name):
    program.app.clear_cache()
    node = next(n for n in walk(program.app) if n.get_name() == name and shown(n))
    states = node.get_state_set()
    return states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED)


def set_text(program, name, text):
    wait(lambda: find_text(program, name), name)
    find_text(program, name).get_editable_text_iface().set_text_contents(text)


def press(program, pattern):
    program.wait_for(pattern).get_action_iface().do_action(0)


def fill(program):
    """Something in every part of the form."""
    program.wait_for('Start frame, start.jpg')
    program.wait_for('Last frame, last.jpg')
    press(program, 'Framing 1 to 1')
    program.click('Extend background')
    program.click('Start frame')  # a heading: the focus goes nowhere
    set_text(program, 'Prompt', 'slow pan left')
    press(program, 'Duration 10 seconds')
    press(program, '3 takes')
    press(program, 'Guidance, .*')
    press(program, 'Negative prompt, .*')
    program.key('F2')
    wait(lambda: read(program, 'Product name') == 'start', 'the name, to be changed')
    program.key('ctrl+a')
    program.type('Body oil')
    program.key('Return')
    program.wait_for('Body oil')


def check(program):
    program.wait_for('Start frame, start.jpg', 30)
    program.wait_for('Last frame, last.jpg', 30)
    program.wait_for('Body oil')
    expect(program, 'Prompt', 'slow pan left')
    for name in ('Framing 1 to 1', 'Extend background', 'Duration 10 seconds', '3 takes'):
        assert is_pressed(program, name), name


def dump_draft(program):
    """The form as the store has it."""
    import glob
    import os
    import sqlite3
    path = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], '*', 'inbetween.db'))[0]
    with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as database:
        return database.execute('SELECT name, draft FROM products ORDER BY changed_us DESC').fetchall()


def main():
    need('xdotool', 'openbox')
    program = Program(START, LAST)
    fill(program)
    wait(lambda: dump_draft(program)[0][0] == 'Body oil' and '"takes":3' in dump_draft(program)[0][1].replace(' ', ''),
         'the draft on the disk')
    before = dump_draft(program)
    program.process.send_signal(signal.SIGKILL)
    program.process.wait()
    program = Program()
    check(program)
    assert dump_draft(program) == before
    screenshot('draft-again')
    print('ok 1 after kill -9 the form is the same')

    set_text(program, 'Prompt', 'slow tilt up')
    program.key('ctrl+q')  # at once: nothing waits for a pause
    program.process.wait(15)
    program = Program()
    expect(program, 'Prompt', 'slow tilt up')
    program.wait_for('Start frame, start.jpg', 30)
    print('ok 2 what was typed just before Quit is there')

    set_text(program, 'Prompt', 'slow pan left')
    program.key('ctrl+n')
    program.wait_for('Start frame, empty')
    program.key('F2')
    program.wait_for('Recent products')
    program.wait_for('Body oil')
    run('xdotool', 'key', 'Tab', 'Down', 'Return')
    check(program)
    print('ok 3 another product in between, and back by keyboard')

    program.key('ctrl+n')
    program.wait_for('Start frame, empty')
    program.process.send_signal(signal.SIGKILL)
    program.process.wait()
    program = Program()
    check(program)
    assert len(dump_draft(program)) == 1, dump_draft(program)
    said = program.end()
    assert said == '', said
    print('ok 4 an empty form is no product')


print('1..4')
main()
