# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop is told: nothing while the window has the focus; one notification of a clip that is ready while it has
not, which opens that take; one of a failure, with what became of the money.

usage: test-notify.py PHOTO DRAG-SOURCE NOTIFICATIONS.py
"""
import json
import os
import queue
import subprocess
import sys
import threading

from gui import need, run, screenshot, wait
from ordering import StandIn, Tap, open_form, quiet, read_rows, run_test


class Desktop:
    """Shows notifications, and says each on a line."""

    def __init__(self):
        self.process = subprocess.Popen(['/usr/bin/python3', sys.argv[3]], stdin=subprocess.PIPE, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.heard = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        assert self.next() == {'ready': True}

    def listen(self):
        for line in self.process.stdout:
            self.heard.put(json.loads(line))

    def next(self, seconds=60):
        return self.heard.get(timeout=seconds)

    def shown(self, seconds=60):
        """The next one that is shown; those that are taken back in between do not count."""
        while True:
            said = self.next(seconds)
            if 'title' in said:
                return said

    def count_shown(self):
        n = 0
        while not self.heard.empty():
            n += 'title' in self.heard.get()
        return n

    def press(self, number, action):
        self.process.stdin.write(f'{number} {action}\n')
        self.process.stdin.flush()

    def end(self):
        self.process.terminate()
        self.process.wait()


def order(stand, program, form, words, number):
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': 'next', 'state': 'running'})
    run('xdotool', 'windowactivate', '--sync', program.window)
    form.write_prompt(words)
    screenshot(f'gui-notify-{number}')
    form.order()
    wait(lambda: len(read_rows()) == number and read_rows()[-1]['state'] in ('QUEUED', 'RUNNING'),
         'a job at the service', 60)


def settle(stand, state, number, wanted):
    stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': '*', 'state': state})
    wait(lambda: read_rows()[number - 1]['state'] == wanted, wanted, 60)


def main():
    need('xdotool', 'openbox', 'import', 'ffmpeg')
    tap = Tap()
    clip = os.path.join(os.environ['HOME'], 'clip.mp4')
    run('ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x214:rate=24:duration=5', '-pix_fmt', 'yuv420p', clip)
    desktop = Desktop()
    with StandIn('--clip', clip) as stand:
        program, form = open_form(stand, sys.argv[1])
        form.choose('Provider', 'WaveSpeedAI')
        form.wait_button('Generate · $0.35')
        other = subprocess.Popen([sys.argv[2], sys.argv[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 env={**os.environ, 'GTK_A11Y': 'none'})
        window = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(other.pid)),
                      'another window').split()[-1]

        order(stand, program, form, 'slow push in', 1)
        settle(stand, 'done', 1, 'DONE')
        program.wait_for('Take 1, Done.*', 30)
        quiet(1)
        tap.ok(desktop.count_shown() == 0, 'nothing is told to one who looks')

        order(stand, program, form, 'slow pull out', 2)
        order(stand, program, form, 'tilt up', 3)
        program.click('Take 1, .*')  # another one is on the stage
        program.wait_for('Clip of take 1')
        run('xdotool', 'windowactivate', '--sync', window)
        first = [r for r in read_rows() if r['state'] in ('QUEUED', 'RUNNING')]
        remote = first[0]['remote_id']
        stand.json('POST', '/jobs', {'service': 'wavespeed', 'id': remote, 'state': 'done'})
        said = desktop.shown()
        print(f'# {said}')
        quiet(1)
        more = desktop.count_shown()
        tap.ok(said['title'] == 'start is ready' and 'Take 2' in said['body'] and more == 0,
               'one notification of a clip that is ready', said, more)
        desktop.press(said['shown'], 'default')
        program.wait_for('Clip of take 2', 30)
        wait(lambda: run('xdotool', 'getactivewindow').strip() == program.window, 'the window in front', 20)
        tap.ok(True, 'its default action opens that take')
        run('xdotool', 'windowactivate', '--sync', window)
        settle(stand, 'failed', 3, 'FAILED_REMOTE')
        said = desktop.shown()
        print(f'# {said}')
        quiet(1)
        more = desktop.count_shown()
        tap.ok(said['title'] == 'start was not made' and 'charged' in said['body'].lower() and more == 0,
               'one of a failure, with what became of the money', said, more)
        desktop.press(said['shown'], 'default')
        wait(lambda: run('xdotool', 'getactivewindow').strip() == program.window, 'the window in front', 20)
        wait(lambda: 'Take 3' in (program.find('Take 3, Failed.*').get_name()), 'the take', 20)
        screenshot('gui-notified')
        other.terminate()
        other.wait()
        said = program.end()
        tap.ok(said == '', 'the program said nothing', said)
    desktop.end()
    tap.end()


run_test(main)
