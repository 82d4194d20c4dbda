# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of the metainfo, which shops show: the real window with clips that the local engine and a stand-in made.

usage: ninja -C BUILD metainfo-shots      (by itself: gui-test.sh metainfo-shots.py SAMPLE FOLDER)
The window fills a screen of 1200×760; a picture is 1000 wide, with few colours, for its size.
"""
import os
import shutil
import subprocess
import sys

from gui import Program, run, screenshot, wait
from ordering import CLI, Form, StandIn, make_environment, set_day_cap

SAMPLE, FOLDER = sys.argv[1:3]
PRODUCT = 'Lindrow body oil'
HOME = os.environ['HOME']


def make(photo, *words, env=None):
    subprocess.run([CLI, 'generate', photo, '--product', PRODUCT, '--framing', '16:9', '--json', *words], check=True,
                   stdout=subprocess.DEVNULL, env={**os.environ, **(env or {})})


def fill(start, last, stand):
    """Three takes by the local engine, and one more that was paid for: the service sends the second of them back."""
    make(start, '--prompt', 'slow push in')
    make(start, '--prompt', 'orbit to the right, slow')
    make(start, '--last', last, '--prompt', 'slow orbit to the right, from the first photo to the last')
    make(start, '--prompt', 'Light travels slowly over the bottle, the lettering stays sharp', '--provider', 'wavespeed',
         env=make_environment(stand))


def keep(name):
    path = screenshot('metainfo-' + name)
    run('convert', path, '-resize', '1000x700', '-dither', 'FloydSteinberg', '-colors', '240', '-strip', '-define',
        'png:compression-level=9', 'PNG8:' + os.path.join(FOLDER, name + '.png'))


def show(seconds='1.5'):
    """Nobody sees the pointer; what fades in has come."""
    run('xdotool', 'mousemove', '1199', '759')
    run('sleep', seconds)


def main():
    start, last = os.path.join(HOME, 'bottle front.jpg'), os.path.join(HOME, 'bottle side.jpg')
    shutil.copy(os.path.join(SAMPLE, 'start.jpg'), start)
    shutil.copy(os.path.join(SAMPLE, 'last.jpg'), last)
    back = os.path.join(HOME, 'back.mp4')
    make(start, '--prompt', 'slow push in, tilt up', '--output', back)
    with StandIn('--clip', back) as stand:
        shutil.rmtree(os.path.join(os.environ['XDG_DATA_HOME'], 'inbetween'))
        set_day_cap('5')
        fill(start, last, stand)
        program = Program(env=make_environment(stand))
        form = Form(program)
        program.wait_for('Clip of take 4', 60)
        wait(lambda: '$' in form.read_button(), 'a price on the button', 30)
        run('xdotool', 'mousemove', '160', '400', 'click', '--repeat', '30', '--delay', '30', '5')
        show()
        keep('price')
        run('xdotool', 'mousemove', '160', '400', 'click', '--repeat', '30', '--delay', '30', '4')
        program.click('Take 3, Done.*')
        program.wait_for('Clip of take 3', 30)
        program.key('a')
        program.key('shift+c')
        program.wait_for('Last frame, .*', 30)
        program.wait_for('Show the Take', 30)  # the preview of what the form says has taken its place
        program.press('Show the Take')
        program.wait_for('Clip of take 3', 30)
        show('6')  # the words that this can be undone go away; the clip plays by itself
        keep('playing')
        program.key('ctrl+f')
        program.wait_for('Search the History')
        show()
        keep('history')
        program.key('alt+Left')
        program.key('F10')
        run('sleep', '.5')
        program.key('v')
        program.wait_for('Services and Keys')
        show()
        keep('providers')
        program.process.terminate()


main()
