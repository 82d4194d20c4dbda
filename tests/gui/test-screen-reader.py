# SPDX-License-Identifier: GPL-3.0-or-later
"""From a photo to a playing clip with nothing but what a screen reader can do: names, actions, texts and values. No pointer
and no key; where those would be needed, this stops.

usage: test-screen-reader.py PHOTO
"""
import os
import re
import shutil
import sys

from gui import Program, children, need, wait, walk


def value_of(program, name):
    node = program.wait_for(name)
    program.app.clear_cache()
    return node.get_value_iface().get_current_value()


def frame_words(program):
    node = program.find(r'Frame \d+ of \d+.*')
    return node.get_name() if node else None


def main():
    need('openbox', 'xdotool')
    photo = os.path.join(os.environ['HOME'], 'bottle.jpg')
    shutil.copy(sys.argv[1], photo)
    program = Program(photo)
    program.wait_for('Start frame, bottle.jpg')
    print('ok 1 a photo on the command line is the start frame, and says so')

    program.write('Prompt', 'slow push in, linear')
    wait(lambda: any('20/2500' in (n.get_name() or '') for n in walk(program.app)), 'the typed words in the form')
    print('ok 2 the prompt takes text')

    program.press('Generate · free', 30)
    program.wait_for(r'Take 1, .*')
    program.wait_for(r'Take 1, Done.*', 240)
    print('ok 3 Generate makes a take, and it tells when it is done')

    program.wait_for('Clip of take 1')
    if program.find('Pause'):
        program.press('Pause')
    program.wait_for('Play')
    words = wait(lambda: frame_words(program), 'the number of the frame')
    number = int(re.search(r'\d+', words).group())
    program.press('First Frame')
    wait(lambda: re.match(r'Frame 1 of ', frame_words(program)), 'the first frame')
    program.press('One Frame Forward')
    wait(lambda: re.match(r'Frame 2 of ', frame_words(program)), 'the second frame')
    print(f'ok 4 the clip stops (at frame {number}), goes to its first frame and a frame on')

    timeline = program.wait_for('Timeline')
    timeline.get_value_iface().set_current_value(60)
    wait(lambda: re.match(r'Frame 61 of ', frame_words(program)), 'frame 61')
    program.press('Play')
    program.wait_for('Pause')
    print('ok 5 the timeline takes a value, and Play plays')

    assert children(program.app), 'the window is still there'
    said = program.end()
    assert said == '', said
    print('ok 6 and the program had nothing to complain about')


print('1..6')
main()
