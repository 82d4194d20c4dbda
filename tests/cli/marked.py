#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""generate --matte with the real workers: what is marked shows in the clip, and is refused where nobody would look at it.

usage: marked.py CLI
"""
import hashlib
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from tap import Tap  # noqa: E402

CLI = os.path.abspath(sys.argv[1])
WIDTH, HEIGHT = 320, 200
tap = Tap()


def write_png(path, width, height, get):
    """A grey picture"""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + bytes(get(x, y) for x in range(width)) for y in range(height))
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)) +
                   chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
    return path


def run(*arguments):
    return subprocess.run([CLI, *arguments], capture_output=True, text=True, env=ENV, cwd=HOME, timeout=240)


def count_files():
    return sum(len(files) for _, _, files in os.walk(os.path.join(HOME, 'inbetween')))


def refused(name, word, *arguments):
    done = run('generate', 'noise.png', '--prompt', 'orbit left', *arguments)
    tap.ok(done.returncode == 2 and word in done.stderr and done.stderr.count('\n') == 1 and count_files() == 0, name,
          '%d files, status %d: %s' % (count_files(), done.returncode, done.stderr))


def generate(*arguments):
    """The job, and a late frame of its clip"""
    done = run('generate', 'noise.png', '--prompt', 'orbit left', '--seed', '7', '--resolution', '720p', '--json', *arguments)
    job = json.loads(done.stdout)['jobs'][0]
    if job['state'] != 'DONE':
        return job, b''
    picture = os.path.join(HOME, 'late.png')
    run('poster', job['clip'], '--frame', '140', '--output', picture)
    with open(picture, 'rb') as file:
        content = file.read()
    os.unlink(picture)
    return job, content


def find_matte_of(job):
    """What jobs show tells of a job"""
    told = run('jobs', 'show', job['id'], '--json')

    def look(node):
        if isinstance(node, dict):
            if node.get('matte'):
                return node['matte']
            node = list(node.values())
        return next(filter(None, map(look, node)), None) if isinstance(node, list) else None
    return look(json.loads(told.stdout))


def main():
    dice = random.Random(5)
    noise = [dice.randrange(256) for _ in range(WIDTH * HEIGHT)]
    write_png(os.path.join(HOME, 'noise.png'), WIDTH, HEIGHT, lambda x, y: noise[y * WIDTH + x])
    marks = write_png(os.path.join(HOME, 'marks.png'), WIDTH, HEIGHT, lambda x, y: 255 * (100 < x < 220 and 60 < y < 170))
    write_png(os.path.join(HOME, 'square.png'), 200, 200, lambda x, y: 255)

    refused('a service is refused', 'local engine', '--matte', 'marks.png', '--provider', 'wavespeed')
    refused('a last photo is refused', '--last', '--matte', 'marks.png', '--last', 'noise.png')

    found = run('render', '--explain', '--start', 'noise.png', '--prompt', 'orbit left', '--json')
    tap.ok(found.returncode == 0 and '"accepted":true' not in found.stdout.replace(' ', ''),
          'in noise the engine itself is sure of nothing', found.stdout)
    marked, marked_frame = generate('--matte', 'marks.png')
    tap.ok(marked['state'] == 'DONE', 'a clip is made of what is marked', marked)
    with open(marks, 'rb') as file:
        name = hashlib.sha256(file.read()).hexdigest()
    tap.ok(os.path.exists(os.path.join(HOME, 'inbetween', 'photos', name)) or
          any(name in f for _, _, files in os.walk(os.path.join(HOME, 'inbetween', 'photos')) for f in files),
          'the marks are kept')
    sidecars = [os.path.join(folder, f) for folder, _, files in os.walk(os.path.join(HOME, 'inbetween'))
                for f in files if f.endswith('.json')]
    texts = [open(path, encoding='utf-8').read() for path in sidecars]
    tap.ok(any(name in text for text in texts) or find_matte_of(marked) == name, 'the details name them', sidecars)
    plain, plain_frame = generate()
    again, again_frame = generate()
    tap.ok(plain_frame != b'' and plain_frame == again_frame, 'the same without marks comes out the same', (plain, again))
    tap.ok(marked_frame not in (b'', plain_frame), 'with marks it comes out otherwise')

    wrong, _ = generate('--matte', 'square.png')
    tap.ok(wrong['state'] == 'FAILED_LOCAL' and '200×200' in wrong['error']['message'],
          'marks of another shape are told in words', wrong)


HOME = tempfile.mkdtemp(prefix='inb-marked-')
ENV = {**os.environ, 'XDG_DATA_HOME': HOME}
ENV.pop('INBETWEEN_CLI', None)
ENV.pop('DBUS_SESSION_BUS_ADDRESS', None)
try:
    main()
finally:
    shutil.rmtree(HOME)
tap.end()
