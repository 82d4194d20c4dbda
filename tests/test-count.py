# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of count.py, on what meson itself writes about programs that end in every way there is."""
import os
import subprocess
import sys
import tempfile

COUNT = sys.argv[1]
PROGRAMS = {
    'good': 'echo 1..3; echo "ok 1 a"; echo "ok 2 b"; echo "ok 3 c"',
    'bad': 'echo 1..3; echo "ok 1 a"; echo "not ok 2 b"; echo "ok 3 c"; exit 1',
    'skips': 'echo 1..2; echo "ok 1 a # SKIP no bus"; echo "ok 2 b"',
    'dies': 'echo 1..3; echo "ok 1 a"; echo "ok 2 b"; kill -TRAP $$',
    'stops-short': 'echo 1..3; echo "ok 1 a"',
    'hangs': 'echo 1..3; echo "ok 1 a"; exec sleep 1000',
    'dies-at-once': 'kill -TRAP $$',
    'plain': 'exit 0',
    'plain-bad': 'exit 1',
}
# what of them may be counted, and that the rest failed
EXPECTED = {(): '11 6 1', ('--rest',): '5 0 1'}
EXPECTED_AGAIN = {'bad', 'dies', 'stops-short', 'hangs', 'dies-at-once', 'plain-bad'}
PASS_ONLY = ('good', 'skips', 'plain')


def run(folder, *names):
    subprocess.run(['meson', 'test', '-C', f'{folder}/build', *names], stdout=subprocess.DEVNULL, check=False)


def count(folder, *options):
    done = subprocess.run([sys.executable, COUNT, f'{folder}/build/meson-logs', *options], capture_output=True, text=True,
                          check=True)
    passed, failed, skipped, *again = done.stdout.split()
    return f'{passed} {failed} {skipped}', again


def check(number, name, holds, seen):
    print(f'{"ok" if holds else "not ok"} {number} {name}' + ('' if holds else f' # {seen}'))
    return holds


with tempfile.TemporaryDirectory() as folder:
    lines = ["project('counted')"]
    for program, script in PROGRAMS.items():
        path = os.path.join(folder, program)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/bash\n{script}\n')
        os.chmod(path, 0o755)
        protocol = 'exitcode' if program.startswith('plain') else 'tap'
        seconds = 1 if program == 'hangs' else 60
        lines.append(f"test('{program}', find_program('{path}'), suite: 'all', protocol: '{protocol}', timeout: {seconds})")
    with open(os.path.join(folder, 'meson.build'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')
    subprocess.run(['meson', 'setup', f'{folder}/build', folder], stdout=subprocess.DEVNULL, check=True)
    print('1..4')
    run(folder)
    first = [count(folder, *options) for options in EXPECTED]
    results = [
        check(1, 'what-a-program-lost-is-a-failure', first[0][0] == EXPECTED[()], first[0]),
        check(2, 'the-rest-is-what-the-good-programs-count', first[1][0] == EXPECTED[('--rest',)], first[1]),
        check(3, 'every-program-that-failed-is-named', all(set(f[1]) == EXPECTED_AGAIN for f in first), first),
    ]
    run(folder, *PASS_ONLY)
    last = count(folder)
    results.append(check(4, 'without-a-failure-none-is-named', last == ('5 0 1', []), last))
sys.exit(not all(results))
