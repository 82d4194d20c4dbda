# SPDX-License-Identifier: GPL-3.0-or-later
"""Every action of the window that changes something, and Ctrl+Z after it: what the form holds, which product it is, and what
the store has of takes and products are the same as before. Spending is the exception; test-ordering.py has its Undo.

usage: test-undo.py PHOTO OTHER-PHOTO DRAG-SOURCE
"""
import os
import shutil
import subprocess
import sys

from gui import PROGRAM, Atspi, Program, drag, need, run, shown, wait, walk
from ordering import Form, StandIn, Tap, answer, make_environment, run_test
from takes import digest, find_clip, make_takes, read_rows

HOME = os.environ['HOME']
OTHER = os.path.join(HOME, 'other.jpg')
# what is told of the form but not filled in: it comes and goes with time and the keyring
PASSING = ('status', 'scroll bar', 'filler', 'panel')


def read_text(node):
    text = node.get_text_iface() if node.get_role_name() in ('text', 'entry') else None
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ''


def read_value(node):
    value = node.get_value_iface() if node.get_role_name() == 'slider' else None
    return round(value.get_current_value(), 3) if value else ''


class Window:
    """The program, and the hash over all that a person could have changed in it."""

    def __init__(self, program, form):
        self.program = program
        self.form = form

    def find_all(self, node):
        """What is shown of the form: what hangs below something hidden is not."""
        if not shown(node):
            return
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from self.find_all(child)

    def read_form(self):
        self.program.app.clear_cache()
        found = []
        for node in self.find_all(self.form.root):
            states = node.get_state_set()
            found.append((node.get_role_name(), node.get_name(), read_text(node), read_value(node),
                          states.contains(Atspi.StateType.PRESSED), states.contains(Atspi.StateType.CHECKED)))
        return [f for f in found if f[0] not in PASSING]

    def read(self):
        """Which product it is, its draft, and the rows of the ledger: what is on the screen follows from them."""
        return run('xdotool', 'getwindowname', self.program.window), read_rows()

    def settle(self):
        """The state once it has come to rest: the form is written a moment after a change."""
        looks = [None, None]

        def at_rest():
            run('sleep', '.35')
            looks.append(self.read())
            return looks[-1] == looks[-2] == looks[-3]
        wait(at_rest, 'a window at rest', 60)
        return looks[-1]


def paste(program, path):
    """A file on the clipboard, as a file manager leaves it."""
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', 'text/uri-list'], input='file://' + path, text=True,
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run('sleep', '.5')  # until the program has heard of it: nothing on its screen tells
    program.key('ctrl+v')


def click_take(program, pattern):
    x, y, width, height = program.box(program.wait_for(pattern))
    run('xdotool', 'mousemove', str(x + width // 2), str(y + height - 8), 'click', '1')
    wait(lambda: program.focused().get_name() == program.find(pattern).get_name(), f'the focus on “{pattern}”')


def focus_well(program, which):
    """By keyboard: a click would ask for a file."""
    program.key('ctrl+l')
    for _ in range(40):
        if wait(program.focused, 'the focus').get_name().startswith(which + ','):
            return
        program.key('shift+Tab')
    raise SystemExit(f'not ok - “{which}” is not reached')


def drop_clip(window):
    source = subprocess.Popen([sys.argv[3], os.path.join(HOME, 'elsewhere.mp4')], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env={**os.environ, 'GTK_A11Y': 'none'})
    other = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(source.pid)),
                 'the window to drag from').split()[-1]
    run('xdotool', 'windowmove', '--sync', other, '700', '700')
    run('sleep', '.3')
    place = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', other).split())
    drag((int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(place['HEIGHT']) // 4),
         window.program.place(window.program.wait_for('Take 2, .*')))
    window.program.wait_for('Take 4, .*, Imported', 60)
    source.terminate()
    source.wait()
    run('xdotool', 'windowfocus', '--sync', window.program.window)


def take_folder(window):
    subprocess.run([PROGRAM, os.path.join(HOME, 'folder')], check=True, timeout=30)
    answer(window.program, r'Make 3 Products\?', 'Make 3 Products')
    window.program.wait_for('3 products made', 60)


def make_actions(window):
    """Name, what is done, and how many presses of Ctrl+Z it takes."""
    program, form = window.program, window.form

    def keys(*names):
        return lambda: program.key(*names)

    def click(pattern, role=None):
        return lambda: form.click(pattern, role)

    def typed(into, text):
        def act():
            into()
            program.key('ctrl+End')
            program.type(text)
        return act

    def on_take(pattern, *names):
        def act():
            click_take(program, pattern)
            program.key(*names)
        return act

    def named():
        click_take(program, 'Take 2, .*')
        program.key('F2')
        program.wait_for('Name of take 2')
        run('sleep', '.3')
        program.type('hero')
        program.key('Return')

    def renamed():
        program.key('ctrl+l', 'F2')
        program.wait_for('Product name')
        run('sleep', '.3')
        program.key('ctrl+a')
        program.type('Oil')
        program.key('Return')

    def pasted_last():
        focus_well(program, 'Last frame')
        paste(program, OTHER)
        program.wait_for('Last frame, other.jpg', 30)

    def pasted_start():
        focus_well(program, 'Start frame')
        paste(program, OTHER)
        program.wait_for('Start frame, other.jpg', 30)

    def cleared(which):
        def act():
            focus_well(program, which)
            program.key('Delete')
        return act

    def moved_crop():
        focus_well(program, 'Start frame')
        program.key('Right')

    def chosen(row, item):
        return lambda: form.choose(row, item)

    def marked_three():
        program.key('ctrl+f')
        program.wait_for('Bottle, Take 3, .*', 30)
        program.key('Return')
        wait(lambda: program.focused().get_name().startswith('Bottle, Take'), 'the focus in the list')
        program.key('Home', 'ctrl+a', 'a')
        wait(lambda: [t[3] for t in read_rows()[0]] == [1, 1, 1], 'three marks')
        program.key('alt+Left')

    def opened_other():
        subprocess.run([PROGRAM, OTHER], check=True, timeout=30)
        program.wait_for('Start frame, other.jpg', 30)

    return [
        ('a word of the prompt', typed(keys('ctrl+l'), 'ing'), 1),
        ('a motion', click('Push in'), 1),
        ('16:9', click('Framing 16 to 9'), 1),
        ('extended background', click('Extend background'), 1),
        ('the crop, by keyboard', moved_crop, 1),
        ('10 seconds', click('Duration 10 seconds'), 1),
        ('3 takes', click('3 takes'), 1),
        ('a loop', click('Loop: end on the start frame'), 1),
        ('another provider', chosen('Provider', 'fal.ai'), 1),
        ('a last frame', pasted_last, 1),
        ('another start frame', pasted_start, 1),
        ('no start frame', cleared('Start frame'), 1),
        ('frames swapped', lambda: (pasted_last(), form.click('Swap the Frames')), 2),
        ('another name of the product', renamed, 1),
        ('a take accepted', on_take('Take 2, .*', 'a'), 1),
        ('a take rejected', on_take('Take 2, .*', 'e'), 1),
        ('a take named', named, 1),
        ('a take deleted', on_take('Take 3, .*', 'Delete'), 1),
        ('the settings of a take', on_take('Take 2, .*', 'shift+c'), 1),
        ('three takes marked in the history', marked_three, 1),
        ('a clip imported', lambda: drop_clip(window), 1),
        ('a new product', keys('ctrl+n'), 1),
        ('a photo opened from elsewhere', opened_other, 2),
        ('products of a folder', lambda: take_folder(window), 1),
    ]


def check(tap, window, name, act, presses):
    before = window.settle()
    act()
    wait(lambda: window.read() != before, 'a change: ' + name, 30)
    after = window.settle()
    window.program.key(*['ctrl+z'] * presses)
    try:
        wait(lambda: window.read() == before, 'it to be as before', 20)
    except SystemExit:
        pass
    now = window.settle()
    print(f'# {digest(before)} → {digest(after)} → {digest(now)} {name}')
    (takes, products), (takes_now, products_now) = before[1], now[1]
    tap.ok(now == before != after, 'undone: ' + name, before[0], now[0],
           [x for x in takes if x not in takes_now], [x for x in takes_now if x not in takes],
           [x for x in products if x not in products_now], [x for x in products_now if x not in products])


def main():
    need('xdotool', 'openbox', 'xclip', 'ffmpeg')
    tap = Tap()
    shutil.copy(sys.argv[2], OTHER)
    os.mkdir(os.path.join(HOME, 'folder'))
    for i in range(3):
        shutil.copy(OTHER, os.path.join(HOME, 'folder', f'sku-{i}.jpg'))
    make_takes(sys.argv[1], {2: 'orbit around the bottle', 3: 'slow push in, then rest'}, slow=True)
    shutil.copy(find_clip(), os.path.join(HOME, 'elsewhere.mp4'))
    with StandIn() as stand:
        program = Program(env=make_environment(stand))
        program.wait_for('Clip of take 3', 30)
        window = Window(program, Form(program))
        window.form.choose('Provider', 'WaveSpeedAI')
        window.settle()
        form = window.read_form()
        wanted = os.environ.get('INB_ONLY')
        for name, act, presses in make_actions(window):
            if wanted is None or name in wanted.split(','):
                check(tap, window, name, act, presses)
        # what a motion has unfolded stays unfolded: that is the look of the form, its content is in the draft
        def find_lost():
            now = window.read_form()
            return [f for f in form if f not in now and not f[1].startswith(('Negative prompt', 'Guidance', 'GtkLabel'))]
        try:
            wait(lambda: find_lost() == [], 'the form to be as it was', 20)
        except SystemExit:
            pass
        lost = find_lost()
        tap.ok(not lost, f'the form on the screen is as it was, {len(form)} widgets', lost)
        tap.ok(stand.ledger()['billed'] == 0, 'nothing of it was sent')
        said = program.end()
        tap.ok(said == '', 'the program said nothing', said)
    tap.end()


run_test(main)
