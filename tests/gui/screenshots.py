# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page as a picture: light, dark, narrow, right to left, with text of twice the size. For eyes, not a test.

usage: gui-test.sh screenshots.py PHOTO [ROOM…]     the pictures lie in the build folder, or where INB_SHOTS says
"""
import os
import shutil
import sys

from gui import ROOMS, Program, run, screenshot, wait

FORMS = {
    'light': ((1200, 760), {}),
    'dark': ((1200, 760), {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'contrast': ((1200, 760), {'ADW_DEBUG_HIGH_CONTRAST': '1'}),
    'narrow': ((360, 640), {}),
    'rtl': ((1200, 760), {'INB_RTL': '1'}),
    'large': ((1200, 760), {'INB_TEXT': '2'}),
    'narrow-large': ((360, 640), {'INB_TEXT': '2'}),
}


def write_settings(text, rtl):
    """GTK reads text size from here where no desktop tells it."""
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'settings.ini'), 'w', encoding='ascii') as file:
        file.write(f'[Settings]\ngtk-xft-dpi={int(98304 * text)}\ngtk-enable-animations=false\n')


def take(room, form, photo):
    (width, height), env = FORMS[form]
    env = dict(env)
    write_settings(float(env.pop('INB_TEXT', 1)), False)
    if env.pop('INB_RTL', None):
        env['GTK_DEBUG'] = ''
        env['LANGUAGE'] = env['LC_ALL'] = 'he_IL.UTF-8'
    program = Program(*([photo] if room == 'framing' else []), env=env)
    if room != 'framing':
        program.wait_for('Try the Sample|.*')
    run('xdotool', 'windowsize', '--sync', program.window, str(width), str(height))
    run('xdotool', 'windowmove', '--sync', program.window, '0', '0')
    if room == 'framing':
        program.wait_for('Start frame, bottle.jpg')
    else:
        program.go(room)
    wait(lambda: True, 'nothing')
    run('sleep', '.7')
    print('#', screenshot(f'page-{room}-{form}'))
    program.process.terminate()
    program.process.wait(20)


def main():
    photo = os.path.join(os.environ['HOME'], 'bottle.jpg')
    shutil.copy(sys.argv[1], photo)
    rooms = sys.argv[2:] or [*ROOMS, 'framing']
    for room in rooms:
        for form in FORMS:
            take(room, form, photo)


main()
