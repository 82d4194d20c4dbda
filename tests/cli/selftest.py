#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The self-test passes where all is well, and each of its checks fails when what it checks is broken.

usage: selftest.py CLI SHIM     SHIM: kill-shim, which makes the disk full at a moment
What is broken is the worker: a script in its place gives it another photo, fewer frames, or no answer.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from tap import Tap  # noqa: E402

CLI, SHIM = sys.argv[1:3]
tap = Tap()


class World:
    """Folders of our own: nothing may be left in one, nothing may ever be in the other."""

    def __init__(self):
        self.top = tempfile.mkdtemp(prefix='inb-selftest-')
        self.temporary = os.path.join(self.top, 'tmp')
        self.data = os.path.join(self.top, 'data')
        os.mkdir(self.temporary)
        self.env = dict(os.environ, TMPDIR=self.temporary, XDG_DATA_HOME=self.data, HOME=self.top,
                        DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        self.env.pop('INBETWEEN_CLI', None)

    def path(self, name):
        return os.path.join(self.top, name)

    def put_in_place(self, script):
        """A worker that does what the script says; "$@" is what it was asked, $CLI the real one."""
        path = self.path('worker')
        with open(path, 'w') as file:
            file.write('#!/bin/bash\nCLI=%s\n%s\n' % (CLI, script))
        os.chmod(path, 0o755)
        return dict(self.env, INBETWEEN_CLI=path)

    def run(self, env=None, *words):
        done = subprocess.run([CLI, 'selftest', *(words or ('--json',))], env=env or self.env, capture_output=True,
                              text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr


def states(out):
    return {row['id']: (row['state'], row['detail']) for row in json.loads(out)['checks']}


def swap(asked, given):
    """Lines of a worker's script: where an argument ends in one name, it gets another file."""
    return ('args=()\nfor word; do case $word in */%s) word=%s ;; esac; args+=("$word"); done\n'
            'exec "$CLI" "${args[@]}"' % (asked, given))


def broken(world, name, env, key, word, status=1, state='failed'):
    """One check, and no other of its kind, says what is broken."""
    got, out, err = world.run(env)
    found = states(out)
    tap.ok(got == status and found[key][0] == state and word in found[key][1], name,
          'status %d, %s\n%s' % (got, found.get(key), err))
    return found


def test_well(world):
    status, out, err = world.run()
    found = states(out)
    usual = {key: value for key, value in found.items() if key.split('-')[0] in ('photo', 'clip', 'store')}
    tap.ok(status == 0 and json.loads(out)['good'] and all(value[0] == 'ok' for value in usual.values()) and
          len(usual) == 7, 'what must work does', out + err)
    tap.ok(found['encoder-h264'][1].split(', ')[0] in found['clip'][1], 'the encoder that is listed first is the one used',
          out)
    tap.ok(found['keyring'][0] == 'missing' and 'No keyring answers' in found['keyring'][1],
          'without a bus the keyring is missing, with words, and that is no failure', found['keyring'])
    tap.ok(os.listdir(world.temporary) == [] and not os.path.exists(world.data),
          'nothing is left behind, and the data folder is not touched')
    status, out, err = world.run(None, '--')
    lines = out.rstrip('\n').split('\n')
    tap.ok(status == 0 and len(lines) == len(found) + 2 and all(line.split()[0] in ('ok', 'missing') for line in lines[:-2]),
          'the table has a line a check', out)


def test_photos(world):
    made = world.path('photo')
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'selftest')

    def make(name, *how):
        subprocess.run(['convert', os.path.join(data, name), *how], check=True)
        return how[-1]

    broken(world, 'a photo that is not turned is found by its size',
           world.put_in_place(swap('orientation-6.jpg', make('orientation-6.jpg', '-strip', made + '.jpg'))),
           'photo-orientation', '144×96')
    broken(world, 'inverted ink is found by its colour',
           world.put_in_place(swap('cmyk.jpg', make('cmyk.jpg', '-negate', made + '-cmyk.jpg'))), 'photo-cmyk', '#ed1c24')
    broken(world, 'a TIFF with red and blue exchanged is found by its colour',
           world.put_in_place(swap('sixteen-bit.tif', make('sixteen-bit.tif', '-separate', '-swap', '0,2', '-combine',
                                                           made + '.tif'))), 'photo-16-bit', '#d02020')
    found = broken(world, 'without a loader for HEIC that check says missing, and it is no failure',
                   world.put_in_place('case "$2" in *.heic) echo \'{"error":{"class":"codec","message":"no loader"}}\'; '
                                      'exit 1 ;; esac\nexec "$CLI" "$@"'), 'photo-heic', 'no loader', 0, 'missing')
    tap.ok(found['photo-cmyk'][0] == 'ok', 'and the others are as they were')


def test_clip(world):
    ranks = 'x264enc:NONE,openh264enc:NONE'
    found = broken(world, 'without an encoder for H.264 a WebM is made', dict(world.env, GST_PLUGIN_FEATURE_RANK=ranks),
                   'clip', '.webm', 0, 'ok')
    tap.ok(found['encoder-h264'][0] == 'missing' and 'codecs-extra' in found['encoder-h264'][1],
          'and the encoder is missing, with what to install', found['encoder-h264'])
    broken(world, 'without any encoder the clip fails', dict(world.env, GST_PLUGIN_FEATURE_RANK=ranks + ',vp9enc:NONE'),
           'clip', 'No video encoder')
    found = broken(world, 'without a decoder for H.264 the clip that was written cannot be read',
                   dict(world.env, GST_PLUGIN_FEATURE_RANK='avdec_h264:NONE,openh264dec:NONE'), 'clip-read', '')
    tap.ok(found['decoder-h264'][0] == 'missing' and 'codecs-extra' in found['decoder-h264'][1],
          'and the decoder is missing, with what to install', found['decoder-h264'])
    broken(world, 'a frame that is missing is counted', world.put_in_place('exec "$CLI" "${@/#30/29}"'), 'clip-read',
           '29 frames')
    negative = world.path('negative.png')
    subprocess.run(['convert', '-size', '96x144', 'xc:black', negative], check=True)
    broken(world, 'a clip in wrong colours is seen',
           world.put_in_place('[ "$1" = render ] || exec "$CLI" "$@"\n' + swap('orientation-6.jpg', negative)),
           'clip-read', '#d02020')


def test_store(world):
    log = world.path('log')
    sanitizer = os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'  # the shim comes before it
    env = dict(world.env, LD_PRELOAD=SHIM, SHIM_ROOT=world.temporary, SHIM_LOG=log, ASAN_OPTIONS=sanitizer)
    world.run(env)
    with open(log) as file:
        calls = file.read().splitlines()
    first = next((n for n, call in enumerate(calls, 1) if '/store/inbetween.db' in call), 0)
    tap.ok(first > 0, 'the store is written to in the temporary folder', '\n'.join(calls[:40]))
    found = broken(world, 'a disk that is full when the store is opened', dict(env, SHIM_FULL_AT=str(first)), 'store', '')
    tap.ok(found['clip-read'][0] == 'ok', 'and the clip was made before that')


def test_ends(world):
    env = dict(world.env, TMPDIR='/proc/nowhere')
    status, out, err = world.run(env)
    tap.ok(status == 2 and 'TMPDIR' in err and len(err.splitlines()) == 1, 'without a temporary folder it says so', err)
    env = world.put_in_place('exec tail -f /dev/null')
    process = subprocess.Popen([CLI, 'selftest', '--json'], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + 20
    while not os.listdir(world.temporary) and time.monotonic() < end:
        os.sched_yield()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    tap.ok(process.returncode == 130 and os.listdir(world.temporary) == [], 'interrupted, it ends and leaves nothing',
          '%s %s' % (process.returncode, os.listdir(world.temporary)))


def main():
    world = World()
    try:
        for test in (test_well, test_photos, test_clip, test_store, test_ends):
            test(world)
    finally:
        shutil.rmtree(world.top, ignore_errors=True)
    tap.end()


if sys.argv[3:] == ['--keyring']:
    with_keyring = subprocess.run([CLI, 'selftest', '--json'], capture_output=True, text=True, timeout=60)
    tap.ok(states(with_keyring.stdout)['keyring'][0] == 'ok', 'a keyring that answers is found', with_keyring.stdout)
    tap.end()
main()
