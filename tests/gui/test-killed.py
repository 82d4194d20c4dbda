# SPDX-License-Identifier: GPL-3.0-or-later
"""The program is killed in the middle of its work, one job here and one at a service, and started again: both end as they
should, the person is told, and the service was asked once.

usage: test-killed.py PHOTO
"""
import glob
import os
import re
import subprocess
import sys

from gui import need, run, screenshot, wait
from ordering import StandIn, Tap, open_form, read_rows, run_test
from takes import FOLDER

WORKING = ('PREPARING', 'QUEUED', 'RUNNING', 'RESULT_READY', 'DOWNLOADING', 'VERIFYING')


def kill(program):
    program.process.kill()
    program.process.wait()


def wait_state(number, *states):
    wait(lambda: len(read_rows()) >= number and read_rows()[number - 1]['state'] in states,
         f'row {number} in {states}, not {[r["state"] for r in read_rows()]}', 240)


def find_clips():
    return [p for p in glob.glob(os.path.join(FOLDER, 'clips', '**', '*'), recursive=True)
            if re.search(r'\.(mp4|webm|mkv)$', p)]


def test_local(tap, stand, program, form):
    form.wait_button('Generate · free')
    form.order()
    wait_state(1, 'RUNNING')
    program.wait_for('Take 1, Rendering.*', 30)
    kill(program)
    parts = glob.glob(os.path.join(FOLDER, '**', '*.part'), recursive=True)
    program, form = open_form(stand, None)
    program.wait_for('Take 1, (Preparing|Waiting|Rendering|Checking|Done).*', 60)
    words = program.find('Take 1, .*').get_name()
    wait_state(1, 'DONE')
    program.wait_for('Take 1, Done, 5 seconds, Local engine', 60)
    program.wait_for('Clip of take 1')
    print(f'# after the kill: “{words}”; parts left by it: {len(parts)}')
    left = glob.glob(os.path.join(FOLDER, '**', '*.part'), recursive=True)
    tap.ok(len(read_rows()) == 1 and len(find_clips()) == 1 and left == [],
           'killed while it rendered here: made by itself after the start, once', read_rows(), find_clips(), left)
    return program, form


def count(stand):
    return stand.ledger()['services']['wavespeed']['submits']


def order_paid(stand, program, form, words, number):
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': 'next', 'state': 'running'})
    form.write_prompt(words)
    form.order()
    wait_state(number, 'QUEUED', 'RUNNING')
    kill(program)


def test_paid_goes_on(tap, stand, program, form):
    """It is still being made when the program is back."""
    form.choose('Provider', 'WaveSpeedAI')
    form.wait_button('Generate · $0.35')
    order_paid(stand, program, form, 'slow push in', 2)
    program, form = open_form(stand, None)
    program.wait_for(r'Take 2, (Waiting for|Rendering at|Still waiting for) WaveSpeedAI.*', 60)
    screenshot('gui-killed-goes-on')
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': '*', 'state': 'done'})
    wait_state(2, 'DONE')
    program.wait_for('Take 2, Done, 5 seconds, WaveSpeedAI', 60)
    ledger = stand.ledger()
    tap.ok(count(stand) == 1 and ledger['billed'] == 1, 'killed while a service rendered: followed again, asked once',
           ledger)
    return program, form


def test_paid_ended_meanwhile(tap, stand, program, form):
    order_paid(stand, program, form, 'slow pull out', 3)
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': '*', 'state': 'done'})
    program, form = open_form(stand, None)
    program.wait_for('1 clip finished while you were away', 60)
    screenshot('gui-killed-away')
    wait_state(3, 'DONE')
    program.click('Show')
    program.wait_for('Clip of take 3', 30)
    ledger = stand.ledger()
    tap.ok(count(stand) == 2 and ledger['billed'] == 2, 'ended meanwhile: told, shown with one press, asked once', ledger)
    return program, form


def test_paid_failed_meanwhile(tap, stand, program, form):
    order_paid(stand, program, form, 'tilt up', 4)
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': '*', 'state': 'failed'})
    program, form = open_form(stand, None)
    wait_state(4, 'FAILED_REMOTE')
    node = program.wait_for(r'Take 4, Failed at WaveSpeedAI, .*charged.*', 60)
    print(f'# told: “{node.get_name()}”')
    screenshot('gui-killed-failed')
    tap.ok(count(stand) == 3, 'failed meanwhile: told with what became of the money, asked once', stand.ledger())
    return program


def main():
    need('xdotool', 'openbox', 'import', 'ffmpeg', 'convert')
    tap = Tap()
    clip = os.path.join(os.environ['HOME'], 'clip.mp4')
    run('ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x214:rate=24:duration=5', '-pix_fmt', 'yuv420p', clip)
    # what has ended meanwhile may be known before the window is looked at, and is told by the desktop then
    desktop = subprocess.Popen(['/usr/bin/python3', os.path.join(os.path.dirname(__file__), '..', 'support', 'notifications.py')],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert 'ready' in desktop.stdout.readline()
    with StandIn('--clip', clip) as stand:
        program, form = open_form(stand, sys.argv[1], 'fast push in')
        program, form = test_local(tap, stand, program, form)
        program, form = test_paid_goes_on(tap, stand, program, form)
        program, form = test_paid_ended_meanwhile(tap, stand, program, form)
        program = test_paid_failed_meanwhile(tap, stand, program, form)
        said = program.end()
        tap.ok(said == '', 'the program said nothing', said)
    desktop.terminate()
    desktop.wait()
    tap.end()


run_test(main)
