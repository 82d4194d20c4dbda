# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests about money share: filling the form by hand, and the two ledgers, ours and the services'."""
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))

from gui import Atspi, Program, run, screenshot, wait, walk  # noqa: E402
from standin import StandIn, Tap  # noqa: E402,F401

CLI = os.environ['INBETWEEN_CLI']
KEYS = {'wavespeed': 'WAVESPEED_API_KEY', 'eachlabs': 'EACHLABS_API_KEY', 'fal': 'FAL_KEY',
        'kling': 'KLINGAI_API_KEY', 'novita': 'NOVITA_API_KEY', 'vercel-gateway': 'AI_GATEWAY_API_KEY',
        'replicate': 'REPLICATE_API_TOKEN'}
GENERATE = r'(Generate|Over).*'


def make_environment(stand):
    """Every service is the stand-in, and there is a key for each."""
    names = {f'INBETWEEN_BASE_URL_{p.upper().replace("-", "_")}': stand.origin for p in KEYS}
    keys = {variable: 'sk-test-0123456789abcdef' for variable in KEYS.values()}
    return {**names, **keys, 'FAL_KEY': 'a1b2c3:sk-test-0123456789abcdef'}


def cli(*arguments):
    answer = subprocess.run([CLI, *arguments, '--json'], capture_output=True, text=True, check=False)
    return json.loads(answer.stdout) if answer.stdout else None


def read_rows():
    """Our ledger, oldest first."""
    return cli('jobs', 'ledger')['ledger']


def set_day_cap(dollars):
    cli('jobs', 'cap', '--day', dollars)


def make_photo(name, size='900x600', colour='xc:#c8a070'):
    path = os.path.join(os.environ['HOME'], name)
    run('convert', '-size', size, colour, path)
    return path


class Form:
    """The form of a program, filled in by pointer and keyboard."""

    def __init__(self, program):
        self.program = program

    def focused(self):
        self.program.app.clear_cache()
        return next((n for n in walk(self.program.app)
                     if n.get_state_set().contains(Atspi.StateType.FOCUSED)), None)

    def reach(self, name, role=None):
        """Tab from the prompt until the control has the focus: that also scrolls to it."""
        self.program.key('ctrl+l')
        for _ in range(40):
            self.program.key('Tab')
            node = wait(self.focused, 'a widget with the focus')
            if re.fullmatch(name, node.get_name() or '') and role in (None, node.get_role_name()):
                return node
        raise SystemExit(f'not ok - “{name}” is not reached by Tab')

    def write_prompt(self, text):
        self.program.key('ctrl+l')
        self.program.key('ctrl+a')
        self.program.type(text)

    def choose(self, row, item):
        """An item of a combo row, by its name."""
        self.reach(row, 'combo box')
        self.program.key('space')
        node = wait(lambda: next((n for n in walk(self.fresh()) if n.get_role_name() == 'list item'
                                  and any(item == (c.get_name() or '') for c in walk(n))), None),
                    f'“{item}” in the list')
        index = node.get_index_in_parent()
        self.program.key('Home')
        for _ in range(index):
            self.program.key('Down')
        self.program.key('Return')

    def fresh(self):
        self.program.app.clear_cache()
        return self.program.app

    def press(self, name):
        self.reach(name)
        self.program.key('space')

    def read_button(self):
        node = next((n for n in walk(self.fresh()) if n.get_role_name() in ('push button', 'button')
                     and re.fullmatch(GENERATE, n.get_name() or '')), None)
        return node.get_name() if node else None

    def is_ready(self):
        node = next((n for n in walk(self.fresh()) if n.get_role_name() in ('push button', 'button')
                     and re.fullmatch(GENERATE, n.get_name() or '')), None)
        return node is not None and node.get_state_set().contains(Atspi.StateType.SENSITIVE)

    def wait_ready(self):
        wait(self.is_ready, 'a Generate that can be pressed', 30)

    def wait_button(self, text):
        wait(lambda: self.read_button() == text, f'a button that reads “{text}”, not “{self.read_button()}”', 20)

    def order(self):
        """By the one key that spends."""
        self.wait_ready()
        self.program.key('ctrl+Return')


def run_test(main):
    """A picture of what was on the screen when a test failed is worth a thousand lines of log."""
    try:
        main()
    except BaseException as problem:
        if getattr(problem, 'code', None) not in (0, 77):
            screenshot('gui-failed-' + os.path.basename(sys.argv[0]))
        raise


def quiet(seconds):
    """For things that must not happen: there is nothing to wait for."""
    time.sleep(seconds)


def open_form(stand, photo, prompt='slow push in', env=None):
    program = Program(*([photo] if photo else []), env={**make_environment(stand), **(env or {})})
    form = Form(program)
    if photo:
        program.wait_for('Start frame, ' + re.escape(os.path.basename(photo)), 60)
        form.write_prompt(prompt)
    return program, form
