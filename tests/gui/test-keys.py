# SPDX-License-Identifier: GPL-3.0-or-later
"""A key by hand: typed into the page of providers, kept, checked at a service, refused, and removed again.

usage: test-keys.py keyring|none      with a keyring of its own, open and empty, or with none on the bus
"""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from gui import Program, children, need, run, screenshot, shown, wait, walk  # noqa: E402
from standin import StandIn  # noqa: E402

GOOD, BAD = 'ws-key-that-is-fine-0123', 'xyz-bad-0123456789abcdef'


def start_keyring():
    subprocess.run(['gnome-keyring-daemon', '--daemonize', '--components=secrets', '--unlock'], input='\n', text=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def count_kept():
    """How many keys of ours the keyring has, asked by another program."""
    script = ("import gi; gi.require_version('Gio', '2.0'); from gi.repository import Gio\n"
              "b = Gio.bus_get_sync(Gio.BusType.SESSION)\n"
              "import gi.repository.GLib as G\n"
              "r = b.call_sync('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service',"
              " 'SearchItems', G.Variant('(a{ss})', ({'provider': 'wavespeed'},)), None, 0, -1, None)\n"
              "print(len(r.unpack()[0]))")
    return int(run('/usr/bin/python3', '-c', script))


def has(program, words):
    """Whether these words stand on the screen, in a name or in a text."""
    program.app.clear_cache()
    return any(words in (node.get_name() or '') for node in walk(program.app))


def see(program, words, seconds=20):
    wait(lambda: has(program, words), f'the words “{words}”', seconds)


def click_service(program, name):
    """The first of that name that is in sight: others are in the table, which has no room in a narrow window, and in the
    order further down."""
    program.app.clear_cache()
    left, top, width, height = program.box(children(program.app)[0])
    places = [program.place(node) for node in walk(program.app) if node.get_name() == name and shown(node)]
    x, y = next((x, y) for x, y in places if left < x < left + width and top < y < top + height)
    run('xdotool', 'mousemove', str(x), str(y), 'sleep', '.1', 'click', '1')


def type_key(program, key):
    """The field has the focus or gets it by its own way: a click on its row."""
    program.click('WaveSpeedAI: API key · .*')
    time.sleep(.2)
    program.type(key)
    program.key('Return')


def main():
    need('xdotool', 'openbox', *(['gnome-keyring-daemon'] if sys.argv[1] == 'keyring' else []))
    keyring = sys.argv[1] == 'keyring'
    if keyring:
        start_keyring()
    with StandIn() as stand:
        program = Program(env={'INBETWEEN_BASE_URL_WAVESPEED': stand.origin})
        program.wait_for('Try the Sample')
        run('xdotool', 'windowsize', '--sync', program.window, '700', '740')
        program.key('F10')
        program.wait_for('Providers and Keys')
        time.sleep(.3)
        program.key('v')
        program.wait_for('Services and Keys')
        time.sleep(1)
        click_service(program, 'WaveSpeedAI')
        see(program, 'WaveSpeedAI: API key · No key yet')
        time.sleep(.7)
        screenshot('gui-key-open-' + sys.argv[1])
        type_key(program, BAD)
        kept = 'Kept in the keyring' if keyring else 'Kept until the program ends'
        see(program, 'WaveSpeedAI: API key · ' + kept)
        screenshot('gui-key-kept-' + sys.argv[1])
        program.click('Check the key of WaveSpeedAI')
        see(program, 'does not accept the key')
        screenshot('gui-key-refused-' + sys.argv[1])
        type_key(program, GOOD)
        time.sleep(1)
        program.click('Check the key of WaveSpeedAI')
        see(program, 'takes the key; $')
        screenshot('gui-key-taken-' + sys.argv[1])
        program.app.clear_cache()
        names = [node.get_name() or '' for node in walk(program.app)]
        assert not any(GOOD in name or BAD in name for name in names)
        if keyring:
            assert count_kept() == 1, count_kept()
        program.click('Remove: WaveSpeedAI, API key')
        program.wait_for('Remove the key of WaveSpeedAI.*')
        screenshot('gui-key-remove-' + sys.argv[1])
        program.key('Escape')
        time.sleep(.5)
        see(program, 'WaveSpeedAI: API key · ' + kept)
        program.click('Remove: WaveSpeedAI, API key')
        program.wait_for('Remove the key of WaveSpeedAI.*')
        program.key('alt+r')
        see(program, 'WaveSpeedAI: API key · No key yet')
        if keyring:
            assert count_kept() == 0, count_kept()
        ledger = stand.ledger()
        assert ledger['billed'] == 0 and ledger['leaks'] == [], ledger
        said = program.end()
        assert GOOD not in said and BAD not in said and said == '', said
    print('ok 1 a key is typed, kept, checked, refused and removed: ' + sys.argv[1])


print('1..1')
main()
