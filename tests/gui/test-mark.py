# SPDX-License-Identifier: GPL-3.0-or-later
"""The product is marked on the start photo with the pointer, and the editor is narrow without loss."""
import sys

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from gui import Program, box, drag, need, run, screenshot, wait  # noqa: E402

PHOTO = sys.argv[1]


class Editor:
    """The editor's window: Program.box() counts from the window that it is told of."""

    def __init__(self, program, main):
        self.program, self.main = program, main
        windows = wait(lambda: [w for w in run('xdotool', 'search', '--onlyvisible', '--name', '^Product Area$').split()],
                       'the editor')
        self.window = windows[-1]

    def box(self, pattern):
        """Left, top, width and height on the screen"""
        return box(self.window, self.program.wait_for(pattern))

    def is_there(self):
        return self.program.find('Clear') is not None


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def open_editor(program, main, button):
    program.click(button)
    editor = Editor(program, main)
    wait(lambda: is_sensitive(program.find('Find')), 'the editor at rest', 60)
    return editor


def main():
    need('xdotool', 'openbox')
    program = Program(PHOTO)
    window = program.window
    program.wait_for('Mark the Product Area…', 30)
    wait(lambda: is_sensitive(program.find('Mark the Product Area…')), 'a button that can be pressed')
    editor = open_editor(program, window, 'Mark the Product Area…')
    print('ok 1 a click on the button opens the editor')

    left, top, width, height = editor.box('start.jpg')
    drag((left + width // 3, top + height // 3), (left + width // 2, top + height // 2), 'marks')
    wait(lambda: is_sensitive(program.find('Undo')), 'a step to undo')
    program.key('alt+d')
    wait(lambda: not editor.is_there(), 'the editor to close')
    program.wait_for('Product Area: Marked by Hand…')
    print('ok 2 what is painted is taken with Alt+D')

    editor = open_editor(program, window, 'Product Area: Marked by Hand…')
    run('xdotool', 'windowsize', '--sync', editor.window, '360', '640')
    wait(lambda: editor.box('Done')[0] > 0, 'the narrow editor')
    run('sleep', '.5')
    screenshot('marks-narrow')
    geometry = {k: int(v) for k, v in (line.split('=') for line in run(
        'xdotool', 'getwindowgeometry', '--shell', editor.window).split())}
    for name in ('Cancel', 'Done', 'The brush marks the product', 'The brush wipes marks away', 'Undo', 'Clear', 'Find', 'Size of the Brush'):
        left, top, width, height = editor.box(name)
        assert left >= geometry['X'] and left + width <= geometry['X'] + geometry['WIDTH'], (name, left, width, geometry)
        assert top >= geometry['Y'] and top + height <= geometry['Y'] + geometry['HEIGHT'], (name, top, height, geometry)
    print('ok 3 it is opened again, and nothing is cut where it is narrow')

    run('xdotool', 'windowfocus', '--sync', editor.window)
    program.key('alt+l')
    program.wait_for('Nothing is marked: .*')
    program.key('alt+d')
    wait(lambda: not editor.is_there(), 'the editor to close')
    program.wait_for('Mark the Product Area…')
    print('ok 4 with nothing marked the engine is to find the product again')
    said = program.end()
    assert said == '', said


print('1..4')
main()
