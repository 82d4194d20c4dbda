# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys faster than anybody reads: what is told comes, goes and is taken back, and the window lives on. libadwaita 1.2
writes into a toast that it has freed (src/ui/inb-toast.c); this is how that was found.

usage: test-hurry.py PHOTO
"""
import sys

from gui import Program, need, run, wait


def hurry(program, *keys):
    run('xdotool', 'key', '--delay', '3', *keys)
    program.app.clear_cache()
    assert program.process.poll() is None, f'the program ended with {program.process.poll()} after {keys}'


def main():
    need('xdotool', 'openbox')
    program = Program(sys.argv[1])
    program.wait_for('Start frame, .*jpg')
    for i in range(8):
        hurry(program, *['ctrl+v'] * 5, *['Escape'] * 3)
        run('sleep', '.8' if i % 2 else '.1')  # while one appears, and after
    print('ok 1 told and dismissed at once, it lives')
    for i in range(10):
        hurry(program, *['ctrl+v'] * (i % 4 + 1), 'Escape', 'ctrl+s', 'Escape', 'ctrl+z', 'ctrl+shift+z', 'Escape')
    wait(lambda: program.find('Start frame, .*'), 'the form')
    print('ok 2 and among other keys too')
    said = program.end()
    assert said == '', said
    print('ok 3 and the program had nothing to complain about')


print('1..3')
main()
