# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader meets on every page: each control has a name of its own, each picture is named or decoration, and
Tab and Shift+Tab, pressed for real, reach the form and come round."""
import re

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from gui import ROOMS, Program, need, run, shown, wait, walk  # noqa: E402

# roles that a person operates, on GTK 4.8 and later
CONTROLS = {'push button', 'button', 'toggle button', 'check box', 'radio button', 'text', 'entry', 'password text',
            'slider', 'list', 'combo box', 'spin button', 'menu', 'switch', 'link', 'menu item', 'page tab', 'list item'}
PICTURES = {'image', 'icon'}


def is_named(node):
    name = node.get_name() or ''
    if name == '':
        relations = node.get_relation_set()
        return any(r.get_relation_type() == Atspi.RelationType.LABELLED_BY for r in relations)
    return not re.match(r'^(Gtk|Adw|Inb)[A-Z]', name)


def is_platforms_own(node):
    """The window's own buttons, and what stands inside a control that speaks for it."""
    parent = node.get_parent()
    while parent is not None and parent.get_role_name() not in ('frame', 'application'):
        if parent.get_role_name() in CONTROLS and is_named(parent):
            return True
        parent = parent.get_parent()
    return False


def audit(program, room):
    program.app.clear_cache()
    nodes = [n for n in walk(program.app) if shown(n)]
    controls = [n for n in nodes if n.get_role_name() in CONTROLS]
    nameless = [n for n in controls if not is_named(n) and not is_platforms_own(n)]
    bare = [n for n in nodes if n.get_role_name() in PICTURES and not is_named(n) and not is_platforms_own(n)]
    print(f'# {room}: {len(nodes)} nodes, {len(controls)} controls')
    faults = []
    for node in nameless + bare:
        parent = node.get_parent()
        faults.append((node.get_role_name(), node.get_name(), parent.get_role_name(), parent.get_name()))
    return len(controls), faults


def go_round(program, key):
    first = wait(program.focused, 'something with the focus').get_name()
    seen = []
    for _ in range(60):
        run('xdotool', 'key', key)
        seen.append(wait(program.focused, 'the focus').get_name())
        if seen[-1] == first and len(seen) > 2:
            break
    print(f'# {key}: ' + ' → '.join(seen))
    assert seen[-1] == first, seen
    return seen


def main():
    need('xdotool', 'openbox')
    number = 0
    for room in ROOMS:
        program = Program()
        program.wait_for('Try the Sample')
        program.go(room)
        n_controls, faults = audit(program, room)
        number += 1
        assert n_controls >= 5, n_controls
        assert faults == [], faults
        print(f'ok {number} {room}: {n_controls} controls, each with a name')
        said = program.end()
        assert said == '', said

    program = Program()
    program.wait_for('Try the Sample')
    there, back = go_round(program, 'Tab'), go_round(program, 'shift+Tab')
    for name in ('Start frame, empty', 'Main Menu', 'New Product', 'Try the Sample'):
        assert name in there and name in back, (name, there, back)
    assert set(there) == set(back), set(there) ^ set(back)
    print(f'ok {number + 1} Tab reaches them and comes round, and Shift+Tab back')
    said = program.end()
    assert said == '', said


print(f'1..{len(ROOMS) + 1}')
main()
