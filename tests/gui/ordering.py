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
    """The form of a program, filled in by pointer and keyboard. Only its own part of the tree is read: the takes grow."""

    def __init__(self, program):
        self.program = program
        # high enough that nothing of the form has to be scrolled to
        run('xdotool', 'windowmove', program.window, '0', '0')
        run('xdotool', 'windowsize', '--sync', program.window, *run('xdotool', 'getdisplaygeometry').split())
        self.root = wait(lambda: next((n for n in walk(program.app) if n.get_name() == 'Form'), None), 'the form')

    def find(self, pattern, role=None):
        self.program.app.clear_cache()
        return next((n for n in walk(self.root) if re.fullmatch(pattern, n.get_name() or '')
                     and role in (None, n.get_role_name())), None)

    def click(self, pattern, role=None):
        node = wait(lambda: self.find(pattern, role), f'“{pattern}” in the form')
        run('xdotool', 'mousemove', *map(str, self.program.place(node)), 'sleep', '.1', 'click', '1')

    def check(self, pattern):
        """What stays pressed. GTK 4.8 on X11 swallows the first click after a list has closed."""
        states = (Atspi.StateType.CHECKED, Atspi.StateType.PRESSED)
        for last in (False, True):
            self.click(pattern)
            try:
                wait(lambda: any(self.find(pattern).get_state_set().contains(state) for state in states),
                     f'“{pattern}” to be pressed', 15 if last else 5)
                return
            except SystemExit:
                if last:
                    raise

    def write_prompt(self, text):
        self.program.key('ctrl+l')
        self.program.key('ctrl+a')
        self.program.type(text)

    def choose(self, row, item):
        """An item of a combo row, by its name."""
        node = wait(lambda: self.find(row + '.*', 'combo box'), f'the row {row}')
        if item in node.get_name():
            return
        for last in (False, False, True):
            self.click(row + '.*', 'combo box')
            try:  # GTK 4.8 on X11 swallows the first click after a list has closed
                wait(lambda: self.program.focused().get_role_name() == 'list item', f'the list of {row}', 15 if last else 5)
                break
            except SystemExit:
                if last:
                    raise
        self.program.key('Home')
        for _ in range(20):
            node = self.program.focused()
            if any(item == (n.get_name() or '') for n in walk(node)):
                self.program.key('Return')
                # a click while the list is going away would only send it away
                wait(lambda: self.program.focused().get_role_name() != 'list item', f'the list of {row} to close')
                return
            self.program.key('Down')
        raise SystemExit(f'not ok - “{item}” is not in the list of {row}')

    def button(self):
        return self.find(GENERATE, 'push button') or self.find(GENERATE, 'button')

    def read_button(self):
        return self.button().get_name()

    def is_ready(self):
        return self.button().get_state_set().contains(Atspi.StateType.SENSITIVE)

    def wait_ready(self):
        wait(self.is_ready, 'a Generate that can be pressed', 30)

    def wait_button(self, text):
        wait(lambda: self.read_button() == text, f'a button that reads “{text}”', 20)

    def order(self):
        """By the one key that spends."""
        self.wait_ready()
        self.program.key('ctrl+Return')


def name_focus(program):
    """The names in the widget with the focus; a button of libadwaita's dialogs has its own in a label."""
    node = program.focused()
    return [n.get_name() or '' for n in walk(node)] if node is not None else []


def tab_to(program, pattern, most=120):
    """Tab until something of that name has the focus: more than one round, since a slow machine repeats a key that is
    let go late."""
    for _ in range(most):
        names = wait(lambda: name_focus(program), 'a widget with the focus')
        if any(re.fullmatch(pattern, name) for name in names):
            return
        program.key('Tab')
        wait(lambda: name_focus(program) not in ([], names), f'the focus elsewhere than on {names[:1]}', 30)
    raise SystemExit(f'not ok - “{pattern}” is not reached by Tab')


def answer(program, question, label):
    """An answer in a dialog, by keys."""
    program.wait_for(question, 30)
    tab_to(program, label, 24)
    program.key('space')


def run_test(main):
    """A picture of what was on the screen when a test failed is worth a thousand lines of log."""
    try:
        main()
    except BaseException as problem:
        if getattr(problem, 'code', None) not in (0, 77):
            screenshot('gui-failed-' + os.path.basename(sys.argv[0]))
            with open(os.path.join(os.environ['HOME'], 'program.log')) as log:
                print(''.join('# ' + line for line in log.readlines()[-20:]))
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
