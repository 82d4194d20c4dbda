# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences are in force at once: a cap that refuses, a name that files get, a background that is seen.

usage: test-preferences.py PHOTO
"""
import os
import shutil
import subprocess
import sys
import time

from gui import BUILD, Program, need, screenshot, wait

HOME = os.environ['HOME']


def generate():
    """What the command line may spend, from the same store."""
    env = {**os.environ, 'WAVESPEED_API_KEY': 'test-key', 'INBETWEEN_BASE_URL_WAVESPEED': 'http://127.0.0.1:9'}
    return subprocess.run([os.environ['INBETWEEN_CLI'], 'generate', os.path.join(HOME, 'bottle.jpg'), '--prompt', 'push in',
                           '--provider', 'wavespeed', '--detach'], capture_output=True, text=True, env=env, timeout=60)


def tab_to(program, name):
    """The text of a row with an entry has the focus without saying so on GTK 4.8, so a row before it is looked for."""
    for _ in range(40):
        try:
            node = program.focused()
            if node and node.get_name() == name:
                return
        except Exception:  # a node may vanish while it is read
            continue
        program.key('Tab')
        time.sleep(.1)
    raise SystemExit(f'not ok - the Tab key does not reach “{name}”')


def open_page(program, name):
    program.key('ctrl+comma')
    program.wait_for('Costs')
    program.press(name)


def enter_day_cap(program, text):
    tab_to(program, 'Spent or reserved today')
    program.key('Tab')
    program.key('ctrl+a')
    program.type(text)
    program.key('Return')


def main():
    need('xdotool', 'openbox')
    os.environ['GSETTINGS_SCHEMA_DIR'] = os.path.join(BUILD, 'data')
    shutil.copy(sys.argv[1], os.path.join(HOME, 'bottle.jpg'))
    program = Program()
    program.wait_for('Try the Sample')

    open_page(program, 'Costs')
    enter_day_cap(program, '0.20')
    program.wait_for(r'\$0\.00 of \$0\.20')
    screenshot('gui-preferences-spending')
    refused = generate()
    assert refused.returncode == 4, refused
    assert '$0.20' in refused.stderr and '$0.35' in refused.stderr, refused.stderr
    print('ok 1 a cap of a day refuses what would go beyond it')

    enter_day_cap(program, '1,50')
    program.wait_for(r'Type an amount in dollars .*The former cap stays\.')
    assert program.find(r'\$0\.00 of \$0\.20')
    print('ok 2 what is no amount changes nothing')

    program.press('Files')
    program.write('File name', 'clip {sku} {colour}')
    program.wait_for(r'“{colour}” is not known\. There are .*')
    program.write('File name', '{sku}-{take}')
    program.wait_for(r'10442-3\.mp4')
    screenshot('gui-preferences-files')
    # the first Escape may only take a toast away
    wait(lambda: program.find('Costs') is None or program.key('Escape'), 'the preferences to close')
    program.key('ctrl+comma')
    program.wait_for(r'10442-3\.mp4')
    print('ok 3 the name of files is checked while it is typed, and kept')

    program.press('Storage')
    program.wait_for('Space Used')
    program.wait_for(r'[\d.]+ (bytes|[kM]B)')
    program.key('Escape')
    said = program.end()
    assert said == '', said
    print('ok 4 and the program had nothing to complain about')


print('1..4')
main()
