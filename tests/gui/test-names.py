# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader meets: every control has a name of its own, and Tab reaches the form and comes round."""
import re

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from gui import Program, need, run, shown, wait, walk  # noqa: E402

# roles that a person operates, on GTK 4.8 and later
CONTROLS = {'push button', 'button', 'toggle button', 'check box', 'radio button', 'text', 'entry',
            'slider', 'list', 'combo box', 'spin button', 'menu'}


def is_named(node):
    name = node.get_name() or ''
    return name != '' and not re.match(r'^(Gtk|Adw|Inb)[A-Z]', name)


def focused(program):
    return next((n for n in walk(program.app)
                 if n.get_state_set().contains(Atspi.StateType.FOCUSED)), None)


def main():
    need('xdotool', 'openbox')
    program = Program()
    program.wait_for('Try the Sample')
    controls = [n for n in walk(program.app) if n.get_role_name() in CONTROLS and shown(n)]
    nameless = [(n.get_role_name(), n.get_name()) for n in controls if not is_named(n)]
    assert len(controls) >= 20, len(controls)
    assert nameless == [], nameless
    print(f'ok 1 {len(controls)} controls, each with a name')

    first = wait(lambda: focused(program), 'something with the focus').get_name()
    assert first == 'Choose Photo…', first
    seen = []
    for _ in range(40):
        run('xdotool', 'key', 'Tab')
        node = wait(lambda: focused(program), 'the focus')
        seen.append(node.get_name())
        if node.get_name() == first:
            break
    print('# Tab: ' + ' → '.join(seen))
    assert seen[-1] == first, seen
    for name in ('Start frame, empty', 'Main Menu', 'New Product', 'Try the Sample'):
        assert name in seen, (name, seen)
    print('ok 2 Tab reaches them and comes round')

    said = program.end()
    assert said == '', said
    print('ok 3 and the program had nothing to complain about')


print('1..3')
main()
