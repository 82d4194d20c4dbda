# SPDX-License-Identifier: GPL-3.0-or-later
"""What GUI tests share: the program, its accessible tree, the pointer and the keyboard."""
import os
import re
import shutil
import subprocess
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

BUILD = os.environ['INB_BUILD']
PROGRAM = os.path.join(BUILD, 'src', 'inbetween')
TITLE = os.environ.get('INB_TITLE', 'Inbetween')


# Pages and windows: the keys that open them, and the name of something that is only there. A page is audited,
# photographed and fuzzed once it has a line here.
ROOMS = {
    'start': ((), 'Try the Sample'),
    'help': (('F1',), 'What it does'),
    'shortcuts': (('ctrl+question',), 'Help: F1'),
    'preferences': (('ctrl+comma',), 'Costs'),
    'history': (('ctrl+f',), 'Search the History'),
    'jobs': (('ctrl+j',), '.*[Jj]obs.*'),
}


# All that was done to the program: a key, a click, a drag, a press by its accessible action are one each
inputs = []


def note_inputs(args):
    if args[0] != 'xdotool':
        return
    if args[1] == 'key':
        inputs.extend(a for a in args[2:] if not a.startswith('--'))
    elif args[1] == 'type':
        inputs.extend(args[-1])
    else:
        inputs.extend(a for a in args if a in ('click', 'mousedown', 'keydown'))


def run(*args):
    note_inputs(args)
    return subprocess.check_output(args, text=True)


def wait(probe, what, seconds=15):
    """Asks again and again until the answer is true; a node may vanish while it is read."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = probe()
            if found:
                return found
        except Exception:
            pass
        time.sleep(.05)
    for program in Program.running:
        program.tell()
        screenshot('gui-failed-' + os.path.basename(sys.argv[0]))
    raise SystemExit('not ok - timed out: ' + what)


def children(node):
    return [c for c in (node.get_child_at_index(i) for i in range(node.get_child_count())) if c]


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def name_of(node):
    """As it is heard: the marks that keep a name's direction apart are silent."""
    return (node.get_name() or '').replace('\u2068', '').replace('\u2069', '')


def shown(node):
    return node.get_state_set().contains(Atspi.StateType.VISIBLE)


def is_pressable(node):
    """Labels have actions too: a menu, the clipboard."""
    actions = node.get_action_iface()
    return actions and actions.get_n_actions() > 0 and actions.get_action_name(0) in ('click', 'activate', 'toggle', 'press')


def box(window, node):
    """Left, top, width and height of a node of that window on the screen. GTK's SCREEN coordinates are of no use. Its WINDOW
    ones begin somewhere about the frame that it draws around itself where nothing composes windows; what is in the frame
    is in the middle of the window."""
    geometry = {k: int(v) for k, v in (line.split('=') for line in run(
        'xdotool', 'getwindowgeometry', '--shell', window).split())}
    if node.get_parent().get_role_name() == 'application':
        node = children(node)[0]
    top = node
    while top.get_parent().get_parent().get_role_name() != 'application':
        top = top.get_parent()
    inner, outer = (n.get_component_iface().get_extents(Atspi.CoordType.WINDOW) for n in (node, top))
    return (geometry['X'] + (geometry['WIDTH'] - outer.width) // 2 + inner.x - outer.x,
            geometry['Y'] + (geometry['HEIGHT'] - outer.height) // 2 + inner.y - outer.y, inner.width, inner.height)


class Program:
    """The real program on this test's display."""
    running = []

    def __init__(self, *args, env=None):
        self.log = open(os.path.join(os.environ['HOME'], 'program.log'), 'w+')
        self.process = subprocess.Popen([PROGRAM, *args], stdout=self.log, stderr=self.log,
                                        env={**os.environ, **(env or {})})
        Program.running.append(self)
        self.app = wait(self._find_app, 'the program on the accessibility bus')
        self.window = wait(self._find_window, 'the window').split()[-1]
        run('xdotool', 'windowfocus', '--sync', self.window)

    def tell(self):
        """What has become of it, for whoever reads of a test that failed."""
        self.log.seek(0)
        print(f'# the program: {self.process.poll()}: {self.log.read()[-3000:]}', file=sys.stderr)

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        return next((a for a in children(desktop) if a.get_process_id() == self.process.pid), None)

    def _find_window(self):
        return run('xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid))

    def find(self, pattern):
        """The first visible node whose name matches, whatever its role. Names are read anew: nobody here runs the main
        loop that would bring the changes."""
        self.app.clear_cache()
        return next((n for n in walk(self.app)
                     if re.fullmatch(pattern, name_of(n)) and shown(n)), None)

    def wait_for(self, pattern, seconds=15):
        return wait(lambda: self.find(pattern), f'a widget named “{pattern}”', seconds)

    def names(self):
        self.app.clear_cache()
        return [(n.get_role_name(), name_of(n)) for n in walk(self.app)]

    def box(self, node):
        return box(self.window, node)

    def place(self, node):
        """The middle of a node on the screen."""
        left, top, width, height = self.box(node)
        return left + width // 2, top + height // 2

    def click(self, pattern):
        x, y = self.place(self.wait_for(pattern))
        run('xdotool', 'mousemove', str(x), str(y), 'sleep', '.1', 'click', '1')

    def press(self, pattern, seconds=15):
        """Does what a screen reader does to a control: no pointer, no key."""
        def press():
            self.app.clear_cache()
            node = next(n for n in walk(self.app) if re.fullmatch(pattern, name_of(n)) and shown(n) and
                        n.get_state_set().contains(Atspi.StateType.SENSITIVE) and is_pressable(n))
            return node.get_action_iface().do_action(0)
        inputs.append('press')
        wait(press, f'a control named “{pattern}” that can be pressed', seconds)

    def write(self, pattern, text):
        """Puts text into a field the same way."""
        inputs.append('write')

        def write():
            self.app.clear_cache()
            return next(n for n in walk(self.app) if re.fullmatch(pattern, name_of(n)) and shown(n)
                        and n.get_editable_text_iface()).get_editable_text_iface().set_text_contents(text)
        wait(write, f'a field named “{pattern}”')

    def choose(self, row, item):
        """Goes to a row of choices, opens it and takes one of them, by keys."""
        for _ in range(80):
            node = self.focused()
            if node is not None and re.fullmatch(row, name_of(node)):
                break
            self.key('Tab')
        self.key('Return')
        run('sleep', '.5')
        for _ in range(20):
            node = self.focused()
            if node is not None and re.search(item, ' '.join(name_of(n) for n in walk(node))):
                break
            self.key('Down')
        self.key('Return')

    def focused(self):
        """The node with the focus; the active window's, where there are several."""
        self.app.clear_cache()
        return next((n for n in walk(self.app) if n.get_state_set().contains(Atspi.StateType.FOCUSED)), None)

    def is_open(self, room):
        """Whether the window or page of a room is there."""
        return self.find(ROOMS[room][1])

    def go(self, room):
        """Opens a page or window by its keys, from the work."""
        keys, sign = ROOMS[room]
        if keys:
            self.key(*keys)
        return self.wait_for(sign)

    def key(self, *keys):
        run('xdotool', 'key', '--clearmodifiers', *keys)

    def type(self, text):
        run('xdotool', 'type', '--delay', '12', text)

    def end(self):
        """Ends it and says what it printed; anything there is a fault."""
        self.process.terminate()
        self.process.wait(10)
        self.log.seek(0)
        return self.log.read()


def drag(start, end, shot=None, slow=1):
    """A drag as a hand makes it: a first small pull, then steps, then a moment of rest; so many times as slow."""
    def rest(seconds):
        return 'sleep', str(seconds * slow)
    run('xdotool', 'mousemove', *map(str, start), *rest(.2), 'mousedown', '1', *rest(.2))
    for i in range(1, 9):
        x, y = (a + (b - a) * i // 8 for a, b in zip(start, end))
        run('xdotool', 'mousemove', str(x), str(y), *rest(.06))
    run('xdotool', 'mousemove', str(end[0] + 3), str(end[1]), *rest(.3))
    if shot:
        screenshot(shot)
    run('xdotool', 'mouseup', '1')


def screenshot(name):
    """Kept beside the build; returns the path."""
    folder = os.environ.get('INB_SHOTS', os.path.join(BUILD, 'screenshots'))
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name + '.png')
    run('import', '-silent', '-window', 'root', path)
    return path


def need(*programs):
    """77 is meson's word for skipped."""
    for program in programs:
        if not shutil.which(program):
            print(f'1..0 # SKIP {program} is not installed')
            sys.exit(77)
