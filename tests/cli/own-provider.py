#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service of one's own by a file: added, given a key, used, removed, without a rebuild; and a canary in that key.

usage: with-keyring.sh own-provider.py CLI WORKER NOVITA.JSON     INB_STAND_IN names the stand-in
The service is the stand-in's Novita under a name of its own. The key is a canary: afterwards it must be nowhere but in the
keyring.
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import StandIn, Tap  # noqa: E402

CLI, WORKER, TEMPLATE = sys.argv[1:4]
CANARY = 'canary-4f7d1c9e2b'
tap = Tap()


def run(env, *words, stdin=''):
    done = subprocess.run([CLI, *words], env=env, input=stdin, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def make_file(folder):
    with open(TEMPLATE) as file:
        provider = json.load(file)
    provider['id'] = 'studio'
    provider['name'] = 'Our studio'
    provider['credentials'][0]['env'] = []
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, 'studio.json')
    with open(path, 'w') as file:
        json.dump(provider, file)
    return path


def find_canary(folder):
    """Files that hold the key in clear."""
    hits = []
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), 'rb') as file:
                if CANARY.encode() in file.read():
                    hits.append(os.path.join(place, name))
    return hits


def main():
    folder = tempfile.mkdtemp(prefix='inb-own-')
    photo = os.path.join(folder, 'mug.gif')
    clip = os.path.join(folder, 'clip.mp4')
    with open(photo, 'w') as file:
        file.write('GIF89a    mug')
    with open(clip, 'wb') as file:
        file.write(b'CLIP mp4 1920 1080 150 30\n')
    told = []
    with StandIn('--clip', clip) as stand:
        env = dict(os.environ, INBETWEEN_CLI=WORKER, G_FAKE_FOLDER=folder, INBETWEEN_BASE_URL_STUDIO=stand.origin,
                   G_MESSAGES_DEBUG='all', XDG_DATA_HOME=os.path.join(folder, 'data'))
        order = ('generate', photo, '--prompt', 'push in', '--provider', 'studio', '--trace', '--json')
        status, out, err = run(env, *order)
        tap.ok(status == 2 and 'studio' in err + out, 'a provider nobody described is not there', out + err)
        path = make_file(os.path.join(folder, 'data', 'inbetween', 'providers'))
        status, out, err = run(env, 'providers', 'list', '--json')
        found = [entry for entry in json.loads(out)['providers'] if entry['id'] == 'studio']
        tap.ok(status == 0 and len(found) == 1, 'its file is enough to be listed', out + err)
        status, out, err = run(env, *order)
        tap.ok(status == 1 and 'keys set studio' in out + err, 'it wants a key', out + err)
        status, out, err = run(env, 'keys', 'set', 'studio', stdin=CANARY + '\n')
        told += [out, err]
        tap.ok(status == 0, 'the keyring keeps its key', out + err)
        status, out, err = run(env, *order)
        told += [out, err]
        ledger = stand.ledger()
        tap.ok(status == 0 and ledger['billed'] == 1 and ledger['delivered'] == 1 and ledger['leaks'] == [],
              'it makes a clip', out + err)
        for words in (('jobs', 'list', '--json'), ('jobs', 'ledger', '--csv'), ('keys', 'status'), ('providers', 'show', 'studio')):
            status, out, err = run(env, *words)
            told += [out, err]
        tap.ok(not any(CANARY in text for text in told), 'its key is in no output, also with all messages shown',
              [text for text in told if CANARY in text])
        hits = find_canary(folder)
        tap.ok(hits == [], 'its key is in no file of ours', hits)
        os.unlink(path)
        status, out, err = run(env, *order)
        tap.ok(status == 2, 'without its file it is gone', out + err)
        status, out, err = run(env, 'jobs', 'list', '--json')
        tap.ok(status == 0 and json.loads(out)['jobs'][0]['state'] == 'DONE', 'its clip stays', out + err)
    tap.end()


main()
