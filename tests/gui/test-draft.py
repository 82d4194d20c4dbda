# SPDX-License-Identifier: GPL-3.0-or-later
"""The form is found again as it was left: after kill -9, after Quit, and when another product was in between."""
import glob
import json
import os
import re
import signal
import sqlite3
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from gui import Program, need, run, screenshot, shown, wait, walk  # noqa: E402

from ordering import KEYS, Form  # noqa: E402

START, LAST = sys.argv[1:3]
# keys that no service ever sees: nothing is sent here
ENVIRONMENT = {variable: 'a1b2c3:sk-test-0123456789abcdef' for variable in KEYS.values()}


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


def dump_draft(program, columns='name, draft'):
    """The form as the store has it."""
    path = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], '*', 'inbetween.db'))[0]
    with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as database:
        return database.execute(f'SELECT {columns} FROM products ORDER BY changed_us DESC').fetchall()


def read_form(program):
    """Field by field, as it stands on the screen."""
    program.app.clear_cache()
    form = next(n for n in walk(program.app) if n.get_name() == 'Form')
    fields = {name: read(program, name) for name in ('Prompt', 'Negative prompt')}
    for node in walk(form):
        name, states = node.get_name() or '', node.get_state_set()
        if re.match(r'(Start|Last) frame, |Provider, |Model, |(Negative prompt|Guidance), ', name):
            fields[name] = 'shown'
        elif name == 'Guidance' and node.get_value_iface():
            fields[name] = round(node.get_value_iface().get_current_value(), 2)
        elif node.get_role_name() in ('toggle button', 'radio button', 'check box', 'push button') and name:
            fields[node.get_role_name() + ' ' + name] = (states.contains(Atspi.StateType.PRESSED)
                                                         or states.contains(Atspi.StateType.CHECKED))
    return {k: v for k, v in fields.items() if not re.search('Generate|Why|Add Key', k)}  # what the checks say is no field


def read_saved_prompt():
    return json.loads(dump_draft(None)[0][1])['prompt']


def kill(program):
    program.process.send_signal(signal.SIGKILL)
    program.process.wait()


def open_negative(program):
    """It may be open already."""
    if not find_text(program, 'Negative prompt'):
        press(program, 'Negative prompt, .*')
    wait(lambda: find_text(program, 'Negative prompt'), 'the negative prompt')


def half_make(program):
    """A form for a service, with everything that it has a field for."""
    form = Form(program)
    form.choose('Provider', 'fal.ai')
    form.choose('Model', 'Kling 2.5 Turbo Pro')
    form.click('Push in')
    wait(lambda: is_pressed(program, 'Push in'), 'the motion')
    open_negative(program)
    set_text(program, 'Negative prompt', 'blur, fingers')
    if not is_pressed(program, 'Framing 9 to 16'):
        press(program, 'Framing 9 to 16')
    press(program, '2 takes')
    return form


def test_half_made(program):
    """Killed once the last key is on the disk, which the help promises within a second of it."""
    half_make(program)
    program.key('ctrl+l', 'ctrl+End')
    began = time.time()
    program.type(', calm')
    typed = time.time()
    wait(lambda: read_saved_prompt().endswith(', calm'), 'the last key on the disk')
    written = dump_draft(program, 'changed_us')[0][0] / 1e6
    print(f'# typed for {typed - began:.2f} s; the last of it was given to the disk {written - typed:+.2f} s after the last key')
    before = read_form(program)
    kill(program)
    program = Program(env=ENVIRONMENT)
    program.wait_for('Start frame, start.jpg', 30)
    Form(program)
    open_negative(program)
    wait(lambda: read_form(program) == before,
         'the form field by field: ' + str(set(before.items()) ^ set(read_form(program).items())), 30)
    assert before['Negative prompt'] == 'blur, fingers' and before['Prompt'].endswith(', calm'), before
    screenshot('draft-half-made')
    print(f'ok 5 killed over a half-made form: {len(before)} fields are the same')
    return program


def test_within_the_second(program):
    """Killed at once after the last key: what is lost is the end of the typing, and nothing else."""
    before = read_form(program)
    program.key('ctrl+l', 'ctrl+End')
    program.type(' and slow')
    kill(program)
    program = Program(env=ENVIRONMENT)
    program.wait_for('Start frame, start.jpg', 30)
    Form(program)
    open_negative(program)
    wait(lambda: (before['Prompt'] + ' and slow').startswith(read(program, 'Prompt'))
         and read(program, 'Prompt').startswith(before['Prompt']), 'the prompt, but for the end of the typing')
    now = read_form(program)
    found = now.pop('Prompt')
    wanted = before.pop('Prompt')
    wait(lambda: {k: v for k, v in read_form(program).items() if k != 'Prompt'} == before, 'all else as it was')
    print(f'# kept “{found[len(wanted):]}” of “ and slow”')
    print('ok 6 killed within the second: only the end of the typing may be lost')
    return program


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
    print('ok 4 an empty form is no product')

    program = test_half_made(program)
    program = test_within_the_second(program)
    said = program.end()
    assert said == '', said


print('1..6')
main()
