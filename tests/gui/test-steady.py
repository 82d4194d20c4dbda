# SPDX-License-Identifier: GPL-3.0-or-later
"""One take is selected in the middle of a list that is scrolled, and ten others are finished: the selection, the place on the
screen, the focus and the form stay as they are.

usage: test-steady.py PHOTO
"""
import os
import sys

from gui import Atspi, Program, need, run, screenshot, wait, walk
from ordering import Form, StandIn, Tap, make_environment, read_rows, run_test
from takes import make_takes, query

TAKES = 14  # finished before; take 5 of them is looked at


def press(form, name):
    """By its accessible action: GTK 4.8 on X11 swallows the first click after a list has closed."""
    form.find(name).get_action_iface().do_action(0)


def order(stand, program, form, takes, words, rows):
    press(form, f'{takes} takes')
    form.wait_button(f'Generate {takes} clips · ${takes * .35:.2f}')
    form.write_prompt(words)
    form.order()
    wait(lambda: sum(r['state'] in ('QUEUED', 'RUNNING', 'STALLED') for r in read_rows()[-rows:]) == rows,
         f'{rows} jobs at the service, not {[r["state"] for r in read_rows()[-rows:]]}', 60)


def read_selected(program):
    program.app.clear_cache()
    return [n.get_name() for n in walk(program.app)
            if n.get_role_name() == 'list item' and n.get_state_set().contains(Atspi.StateType.SELECTED)
            and n.get_name().startswith('Take')]


def read_form(form):
    form.program.app.clear_cache()
    found = []
    for node in walk(form.root):
        states = node.get_state_set()
        text = node.get_text_iface() if node.get_role_name() == 'text' else None
        found.append((node.get_role_name(), node.get_name(),
                      Atspi.Text.get_text(text, 0, -1) if text else '', states.contains(Atspi.StateType.CHECKED),
                      states.contains(Atspi.StateType.PRESSED)))
    return found


def look(program, form):
    """What must not change."""
    return {'selected': read_selected(program), 'place': program.box(program.find('Take 5, .*')),
            'focus': program.focused().get_name(), 'stage': program.find('Clip of take .*').get_name(),
            'form': read_form(form), 'draft': query('SELECT name, draft FROM products')}


def main():
    need('xdotool', 'openbox', 'import', 'ffmpeg')
    tap = Tap()
    clip = os.path.join(os.environ['HOME'], 'clip.mp4')
    run('ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x214:rate=24:duration=5', '-pix_fmt', 'yuv420p', clip)
    make_takes(sys.argv[1], {i: f'words of take {i}' for i in range(2, TAKES + 1)}, slow=True)
    with StandIn('--clip', clip) as stand:
        program = Program(env=make_environment(stand))
        program.wait_for(f'Clip of take {TAKES}', 30)
        form = Form(program)
        form.choose('Provider', 'WaveSpeedAI')
        stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': 'next', 'state': 'running'})
        for i, takes in enumerate((4, 4, 2)):
            order(stand, program, form, takes, f'slow push in {i}', (4, 8, 10)[i])
        press(form, '1 take')

        # take 5, in the middle of what is scrolled
        program.key('F6', 'F6')
        x, y, width, height = program.box(program.wait_for('Take 24, .*'))
        run('xdotool', 'mousemove', str(x + width // 2), str(y + height - 8), 'click', '1')
        wait(lambda: program.focused().get_name().startswith('Take 24'), 'the focus in the list')
        program.key(*['Down'] * 19)
        wait(lambda: program.focused().get_name().startswith('Take 5,'), 'the focus on take 5')
        program.wait_for('Clip of take 5')
        program.key('space')  # its button reads Play from now on: the stage rests
        run('xdotool', 'mousemove', '5', '5', 'sleep', '1')
        before = look(program, form)
        assert before['selected'] and before['selected'][0].startswith('Take 5,'), before['selected']
        screenshot('gui-steady-before')

        stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': '*', 'state': 'done'})
        wait(lambda: [r['state'] for r in read_rows()].count('DONE') == TAKES + 10, 'ten more', 120)
        program.wait_for('Take 24, Done.*', 30)
        program.wait_for('Take 15, Done.*', 30)
        run('sleep', '1')
        after = look(program, form)
        screenshot('gui-steady-after')
        for what, value in before.items():
            tap.ok(after[what] == value, f'ten jobs finished: the same {what}', value, after[what])
        print(f'# {before["focus"]} at {before["place"]}, {after["focus"]} at {after["place"]}')
        said = program.end()
        tap.ok(said == '', 'the program said nothing', said)
    tap.end()


run_test(main)
