# SPDX-License-Identifier: GPL-3.0-or-later
"""The form by keyboard: framing, motions, undo, and what a provider cannot do. Nothing here is ever sent."""
import os
import pathlib
import subprocess
import sys

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from gui import Program, need, run, screenshot, shown, wait, walk  # noqa: E402

PHOTO = sys.argv[1]


def find_text(program, name):
    program.app.clear_cache()
    return next((n for n in walk(program.app)
                 if n.get_role_name() == 'text' and n.get_name() == name), None)


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


def is_sensitive(program, pattern):
    return program.wait_for(pattern).get_state_set().contains(Atspi.StateType.SENSITIVE)


def look(program, node):
    """Some of the pixels of a widget."""
    left, top, width, height = program.box(node)
    return subprocess.check_output(['import', '-silent', '-window', 'root', '-crop',
                                    f'{width}x{height}+{left}+{top}', 'rgb:-'])[::31]


def is_same(one, other):
    """But for edges, which come out a little different where only a part was drawn anew."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other)) < len(one) / 500


def settle(program, node, other_than=b''):
    """How it looks once it has come to rest: the same in two pictures one after the other."""
    looks = [other_than]

    def at_rest():
        looks.append(look(program, node))
        return not is_same(looks[-1], other_than) and is_same(looks[-1], looks[-2])
    wait(at_rest, 'a picture at rest, other than before')
    return looks[-1]


def choose_row(program, steps):
    """The row so many steps further down in the list that is open."""
    program.key('Home', *['Down'] * steps, 'Return')
    # GTK 4.8 on X11 swallows the first click after that, in the platform's own rows too: one on the empty stage
    run('xdotool', 'mousemove', '1200', '1020', 'click', '1')


def is_in_sight(node):
    """A row of a closed list is visible in itself; the list is not."""
    while node:
        if not shown(node):
            return False
        node = node.get_parent() if node.get_role_name() != 'frame' else None
    return True


def choose_provider(program, steps):
    program.click('Provider, .*')
    wait(lambda: is_in_sight(program.find('WaveSpeedAI')), 'the list of providers')
    choose_row(program, steps)


def test_framing(program):
    program.click('Framing 9 to 16')
    stage = program.wait_for('Framing preview')
    program.click('Framing preview')  # the focus; the crop stays where it is
    run('xdotool', 'mousemove', '1', '1')
    plain = settle(program, stage)
    program.key('Tab', 'shift+Tab')  # back again by keyboard: the focus shows its ring
    before = settle(program, stage, plain)
    program.key('shift+Right')
    moved = settle(program, stage, before)
    program.key('ctrl+z')
    assert is_same(settle(program, stage, moved), before)
    program.key('ctrl+shift+z')
    assert is_same(settle(program, stage, before), moved)
    print('ok 1 the crop moves by keyboard, and back')


def test_motion(program):
    program.click('Push in')
    expect(program, 'Prompt', 'slow push in, smooth')
    wait(lambda: is_pressed(program, 'Push in'), 'the chip to be pressed')
    program.key('ctrl+l', 'End')
    program.type(', then pan left')
    expect(program, 'Prompt', 'slow push in, smooth, then pan left')
    wait(lambda: not is_pressed(program, 'Push in'), 'the chip not to be')
    program.key('ctrl+z')
    expect(program, 'Prompt', 'slow push in, smooth, then pan ')
    program.key('ctrl+z', 'ctrl+z')
    expect(program, 'Prompt', 'slow push in, smooth, ')
    program.key('ctrl+z')
    expect(program, 'Prompt', 'slow push in, smooth')
    program.key('ctrl+z')
    expect(program, 'Prompt', '')
    program.key('ctrl+shift+z')
    expect(program, 'Prompt', 'slow push in, smooth')
    print('ok 2 a motion fills the form; words and motion are undone step by step')


def test_inspiration(program):
    program.click(r'Need inspiration\?')
    program.wait_for('Warm steam rises and curls.')
    choose_row(program, 2)
    expect(program, 'Prompt', 'slow orbit around the product to the left, smooth')
    program.key('ctrl+z')
    expect(program, 'Prompt', 'slow push in, smooth')
    print('ok 3 all motions are behind “Need inspiration?”, by keyboard')


def test_provider(program):
    wait(lambda: is_sensitive(program, 'Loop: end on the start frame'), 'a loop that can be chosen')
    program.wait_for('Guidance, not with Local engine')
    choose_provider(program, 3)
    program.wait_for('Novita AI has no field for a last frame.')
    assert not is_sensitive(program, 'Loop: end on the start frame')
    assert not is_sensitive(program, 'Last frame, empty')
    wait(lambda: read(program, 'Prompt').startswith('Slow, straight push in towards the product'),
         'the motion in words for a service')
    program.click('Negative prompt, written')
    wait(lambda: read(program, 'Negative prompt').startswith('blur, warped logo'), 'its negative prompt')
    program.wait_for('Guidance, 0.50')
    screenshot('form-novita')
    program.key('ctrl+l', 'ctrl+z')
    expect(program, 'Prompt', 'slow push in, smooth')
    program.wait_for('Guidance, not with Local engine')
    wait(lambda: is_sensitive(program, 'Loop: end on the start frame'), 'a loop that can be chosen')
    print('ok 4 controls follow the provider, and its choice is one step back')


def test_conflict(program):
    """What is filled in and cannot be done is kept and said, and Generate waits."""
    program.click('Loop: end on the start frame')
    program.wait_for('Last frame, start.jpg')
    choose_provider(program, 3)
    wait(lambda: is_sensitive(program, 'Loop: end on the start frame'), 'a loop that can be taken away')
    program.wait_for('Novita AI has no field for a last frame.')
    program.wait_for('Last frame, start.jpg')
    program.click('Loop: end on the start frame')
    program.wait_for('Last frame, empty')
    print('ok 5 a last frame that the provider does not take stays until it is taken away')


def test_code(program):
    """The program that makes the same request is one press away from the provider."""
    button = program.wait_for('Request as Code')
    _, top, width, height = program.box(button)
    _, row_top, _, row_height = program.box(program.wait_for('Provider, .*'))
    assert min(width, height) >= 26, (width, height)  # 36 with the padding that AT-SPI leaves out
    assert top < row_top + row_height and row_top - top < 60, (top, row_top)
    assert 'Request as Code' in button.get_description() + button.get_name()
    program.click('Request as Code')
    window = program.wait_for('Program')
    screenshot('form-code')
    program.key('Escape')
    wait(lambda: program.find('Program') is None, 'the end of the program that was shown')
    assert window is not None
    print('ok 6 a button beside the provider shows the request as code')


def main():
    need('xdotool', 'openbox', 'import')
    settings = pathlib.Path(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0', 'settings.ini')
    settings.parent.mkdir(parents=True)
    settings.write_text('[Settings]\ngtk-enable-animations=0\n')  # pictures are compared
    program = Program(PHOTO)
    program.wait_for('Start frame, start.jpg')
    program.key('F11')  # all of the form in sight
    wait(lambda: program.box(program.find('Generate · .*'))[1] > 900, 'full screen')
    test_framing(program)
    test_motion(program)
    test_inspiration(program)
    test_provider(program)
    test_conflict(program)
    test_code(program)
    said = program.end()
    assert said == '', said
    print('ok 7 and the program had nothing to complain about')


print('1..7')
main()
