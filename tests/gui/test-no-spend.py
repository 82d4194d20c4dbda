# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing but Generate and Ctrl+Return spends: a form that is ready to pay is beaten with keys and clicks, and the service
hears of no order. At the end Ctrl+Return, held down, orders once.

usage: test-no-spend.py PHOTO [SEED [PRESSES]]
The seed is printed: the same one presses the same keys.
"""
import os
import random
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from gui import Program, children, need, run, wait  # noqa: E402
from standin import StandIn  # noqa: E402

KEY = 'ws-0123456789'
PRICE = r'Generate · \$0\.35'
KEYS = ('Tab Tab Tab shift+Tab shift+Tab Return space Escape Escape Delete BackSpace Left Right Up Down Home End Page_Down '
        'F6 shift+F6 F8 F9 shift+F9 F10 F11 F11 Menu shift+F10 KP_Enter shift+Return alt+Return ctrl+shift+Return a e k m '
        'j l r g s t x i o 1 2 3 4 comma period minus equal ctrl+n ctrl+l ctrl+z ctrl+shift+z ctrl+v ctrl+c ctrl+f ctrl+j '
        'ctrl+s ctrl+a ctrl+space ctrl+Delete ctrl+Tab ctrl+Up ctrl+Down ctrl+m alt+Left').split()
ACTIVATES = {'Return', 'space', 'KP_Enter', 'shift+Return', 'alt+Return', 'ctrl+space', 'ctrl+m'}


def count_orders(stand):
    return sum(service['submits'] for service in stand.ledger()['services'].values())


def is_generate(node):
    return node is not None and (node.get_name() or '').startswith(('Generate', 'Over today', 'Spend'))


def forbidden(program, x, y):
    """Where Generate lies, and the window's own buttons, which would end it."""
    for pattern in (r'(Generate|Over today).*', 'Close', 'Minimize', 'Maximize'):
        node = program.find(pattern)
        if node is None:
            continue
        left, top, width, height = program.box(node)
        if left - 4 <= x <= left + width + 4 and top - 4 <= y <= top + height + 4:
            return True
    return False


def beat(program, dice, presses):
    width, height = (int(v) for v in run('xdotool', 'getdisplaygeometry').split())
    for i in range(presses):
        if dice.random() < .25:
            x, y = dice.randrange(width), dice.randrange(60, height)
            if not forbidden(program, x, y):
                run('xdotool', 'mousemove', str(x), str(y), 'click', dice.choice('1113'))
            continue
        key = dice.choice(KEYS)
        if key in ACTIVATES and is_generate(program.focused()):
            continue
        run('xdotool', 'key', '--clearmodifiers', key)
        if i % 25 == 24:  # back to the form from wherever that led
            run('xdotool', 'key', 'Escape', 'key', 'Escape', 'key', 'Escape')
            run('xdotool', 'windowfocus', program.window)
        assert program.process.poll() is None, f'the program ended after {key}'


def start(photo, stand):
    env = {'INBETWEEN_BASE_URL_WAVESPEED': stand.origin, 'WAVESPEED_API_KEY': KEY}
    program = Program(photo, env=env)
    program.wait_for('Start frame, bottle.jpg')
    program.write('Prompt', 'slow push in, linear')
    program.choose('Provider, .*', 'WaveSpeed')
    program.wait_for(PRICE, 30)
    return program


def main():
    need('xdotool', 'openbox')
    photo = os.path.join(os.environ['HOME'], 'bottle.jpg')
    shutil.copy(sys.argv[1], photo)
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    presses = int(sys.argv[3]) if len(sys.argv) > 3 else 400
    print(f'# seed {seed}, {presses} keys and clicks')
    with StandIn() as stand:
        program = start(photo, stand)
        print('ok 1 the form says what it costs')
        beat(program, random.Random(seed), presses)
        assert count_orders(stand) == 0, stand.ledger()
        print(f'ok 2 {presses} keys and clicks order nothing')
        program.process.terminate()
        program.process.wait(30)

        program = start(photo, stand)
        run('xdotool', 'keydown', 'ctrl', 'keydown', 'Return', 'sleep', '2', 'keyup', 'Return', 'keyup', 'ctrl')
        wait(lambda: count_orders(stand) == 1, 'the order', 60)
        run('sleep', '4')  # another one would have left by now: the wait for Undo is three seconds
        assert count_orders(stand) == 1, stand.ledger()
        print('ok 3 Ctrl+Return, held for two seconds, orders once')
        assert children(program.app)
        program.process.terminate()
        program.process.wait(30)


print('1..3')
main()
