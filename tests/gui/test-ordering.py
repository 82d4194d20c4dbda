# SPDX-License-Identifier: GPL-3.0-or-later
"""What an order is and is not: caps, a key pressed twice or held, the same again, Undo, and the end of the program at the
worst moment. The services' ledger decides.

usage: test-ordering.py
"""
from gui import need, run, screenshot, wait
from ordering import (StandIn, Tap, answer, cli, make_photo, open_form, quiet, read_rows, run_test,
                      set_day_cap, tab_to)

SECONDS_OF_HOLD = 5  # INB_WINDOW_HOLD_S


def count(stand):
    return sum(service['submits'] for service in stand.ledger()['services'].values())


def wait_submits(stand, n):
    wait(lambda: count(stand) == n, f'{n} orders at the service, not {count(stand)}', 40)


def wait_rows(n):
    wait(lambda: len(read_rows()) == n, f'{n} rows, not {len(read_rows())}', 30)


def test_cap(tap, stand, program, form):
    set_day_cap('0.50')
    form.check('2 takes')
    form.wait_button("Over today's cap…")
    screenshot('gui-over-cap')
    form.order()
    answer(program, "Over today's cap", 'Cancel')
    tap.ok(count(stand) == 0 and not read_rows(), 'over the cap: a question, and nothing is ordered')
    # not by the pointer: GTK 4.18 says places without the padding of what is around them, which is much here
    program.press('Use 1 Take')
    form.wait_button('Generate · $0.35')
    tap.ok(True, 'the fix of the cap mends the order')
    set_day_cap('none')


def test_undo(tap, stand, program, form):
    form.write_prompt('slow pull out')
    form.order()
    program.key('ctrl+z')
    wait(lambda: read_rows() and read_rows()[-1]['state'] == 'CANCELLED_UNSENT', 'an order taken back', 30)
    quiet(SECONDS_OF_HOLD)
    tap.ok(count(stand) == 0, 'Undo within three seconds: nothing is sent')


def test_twice(tap, stand, program, form):
    rows = len(read_rows())
    form.write_prompt('slow push in')
    form.wait_ready()
    program.key('ctrl+Return', 'ctrl+Return')
    wait_submits(stand, 1)
    quiet(SECONDS_OF_HOLD)
    tap.ok(count(stand) == 1 and len(read_rows()) == rows + 1, 'Ctrl+Return pressed twice orders once')

    form.write_prompt('pan left')
    form.wait_ready()
    run('xdotool', 'keydown', 'ctrl', 'keydown', 'Return', 'sleep', '2.5', 'keyup', 'Return', 'keyup', 'ctrl')
    wait_submits(stand, 2)
    quiet(SECONDS_OF_HOLD)
    tap.ok(count(stand) == 2, 'Ctrl+Return held down orders once')

    form.write_prompt('pan right')
    form.wait_ready()
    tab_to(program, 'Generate.*')
    run('xdotool', 'keydown', 'Return', 'sleep', '2.5', 'keyup', 'Return')
    wait_submits(stand, 3)
    quiet(SECONDS_OF_HOLD)
    focus = program.focused()
    tap.ok(count(stand) == 3, 'the button pressed by a key held down orders once')
    tap.ok(focus is not None and (focus.get_name() or '').startswith('Generate'), 'and keeps the focus', focus)

    form.write_prompt('tilt up')
    form.wait_ready()
    x, y = program.place(form.button())
    run('xdotool', 'mousemove', str(x), str(y), 'sleep', '.2', 'click', '--repeat', '2', '--delay', '90', '1')
    wait_submits(stand, 4)
    quiet(SECONDS_OF_HOLD)
    tap.ok(count(stand) == 4, 'a double click orders once')


def test_again(tap, stand, program, form):
    question = r'Generate the same again\?'
    rows = len(read_rows())
    form.order()
    answer(program, question, 'Cancel')
    quiet(1)
    tap.ok(len(read_rows()) == rows, 'the same again asks, and Cancel orders nothing')
    form.order()
    screenshot('gui-again')
    answer(program, question, 'Show Take .*')
    quiet(1)
    tap.ok(len(read_rows()) == rows, 'the first one is shown, and nothing is ordered')
    form.order()
    answer(program, question, r'Spend \$0\.35')
    wait_submits(stand, 5)
    form.order()
    wait_submits(stand, 6)
    tap.ok(len(read_rows()) == rows + 2, 'asked once, it is ordered again without another question')


def test_killed_at_work(tap, stand, program, form):
    wait(lambda: all(row['state'] in ('DONE', 'CANCELLED_UNSENT') or row['state'].startswith('FAILED')
                     for row in read_rows()), 'everything at rest', 60)
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': 'next', 'state': 'running'})
    form.write_prompt('orbit left')
    form.order()
    wait_submits(stand, 7)
    wait(lambda: read_rows()[-1]['state'] in ('QUEUED', 'RUNNING'), 'a job at the service', 30)
    program.process.kill()
    program.process.wait()
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': '*', 'state': 'done'})
    program, form = open_form(stand, None)
    program.wait_for('1 clip finished while you were away', 60)
    screenshot('gui-away')
    tap.ok(count(stand) == 7 and stand.ledger()['billed'] == 7 and read_rows()[-1]['state'] == 'DONE',
           'killed at work: billed once, and told of when it is back', stand.ledger()['billed'])
    return program, form


def test_killed_unsent(tap, stand, program, form):
    form.write_prompt('dolly in')
    form.check('2 takes')
    form.wait_button('Generate 2 clips · $0.70')
    rows = len(read_rows())
    form.order()
    wait_rows(rows + 2)
    program.process.kill()
    program.process.wait()
    program, form = open_form(stand, None)
    program.wait_for(r'Resume 2 clips · \$0\.70', 60)
    screenshot('gui-resume')
    quiet(SECONDS_OF_HOLD)
    tap.ok(count(stand) == 7, 'killed before anything was sent: nothing goes on by itself', count(stand))
    program.click(r'Resume 2 clips · \$0\.70')
    wait_submits(stand, 9)
    quiet(2)
    tap.ok(count(stand) == 9, 'one press of the priced button sends both')
    return program


def main():
    need('xdotool', 'openbox', 'convert', 'import', 'ffmpeg')
    tap = Tap()
    clip = make_photo('clip.png').replace('.png', '.mp4')
    run('ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x214:rate=24:duration=5', '-pix_fmt', 'yuv420p', clip)
    with StandIn('--clip', clip) as stand:
        program, form = open_form(stand, make_photo('mug.png'))
        form.choose('Provider', 'WaveSpeedAI')
        form.wait_button('Generate · $0.35')
        test_cap(tap, stand, program, form)
        test_undo(tap, stand, program, form)
        test_twice(tap, stand, program, form)
        test_again(tap, stand, program, form)
        program, form = test_killed_at_work(tap, stand, program, form)
        program = test_killed_unsent(tap, stand, program, form)
        said = program.end()
        tap.ok(said == '', 'the program said nothing', said)
    tap.end()


run_test(main)
