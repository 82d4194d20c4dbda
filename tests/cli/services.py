#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every service from the command line, judged by what the stand-in has billed and by the clip's bytes.

usage: services.py CLI WORKER [PHOTO LAST CLIP]     INB_STAND_IN names the stand-in

Without photos a stand-in takes the workers' place and the clip is any bytes; with them the real workers run.
One line a service and kind of order: state, requests made, billed, hash of the clip.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import StandIn, Tap  # noqa: E402

CLI, WORKER = sys.argv[1:3]
REAL = sys.argv[3:]

# id: key's variable, key, last frame offered, price of 5 s in micro-dollars as its documents publish it
SERVICES = {
    'vercel-gateway': ('AI_GATEWAY_API_KEY', 'vck_0123456789', True, None),
    'wavespeed': ('WAVESPEED_API_KEY', 'ws-0123456789', True, 350000),
    'eachlabs': ('EACHLABS_API_KEY', 'el-0123456789', True, 350000),
    'novita': ('NOVITA_API_KEY', 'nv-0123456789', False, None),
    'highway': ('HIGHWAY_API_KEY', 'hw-0123456789', False, None),
    'kling': ('KLINGAI_API_KEY', 'api-key-kling-0123', True, 350000),
    'fal': ('FAL_KEY', 'id012345:secret67', True, 350000),
    'replicate': ('REPLICATE_API_TOKEN', 'r8_0123456789', True, None),
}
COUNTS = ('uploads', 'submits', 'polls', 'downloads', 'billed', 'delivered')
tap = Tap()


def counts(stand, service):
    found = stand.ledger()['services'].get(service, {})
    return {name: found.get(name, 0) for name in COUNTS}


def make_environment(folder, origin):
    env = dict(os.environ, XDG_DATA_HOME=os.path.join(folder, 'data'), G_FAKE_FOLDER=folder)
    env.pop('DBUS_SESSION_BUS_ADDRESS', None)
    if REAL:
        env.pop('INBETWEEN_CLI', None)
    else:
        env['INBETWEEN_CLI'] = WORKER
    for service, (variable, key, _, _) in SERVICES.items():
        env['INBETWEEN_BASE_URL_' + service.upper().replace('-', '_')] = origin
        env[variable] = key
    return env


def generate(env, photo, service, *options):
    run = subprocess.run([CLI, 'generate', photo, '--prompt', 'slow push in', '--provider', service, '--json', *options],
                         env=env, capture_output=True, text=True, timeout=240)
    try:
        return run.returncode, json.loads(run.stdout).get('jobs', []), run.stderr
    except ValueError:
        return run.returncode, [], run.stdout + run.stderr


def sha256(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


def judge(stand, env, photos, clip_hash, service, name, n_takes, options):
    """One order: every take done once, billed once, with the very bytes that were served."""
    before = counts(stand, service)
    status, jobs, err = generate(env, photos[0], service, *options)
    after = counts(stand, service)
    made = {key: after[key] - before[key] for key in COUNTS}
    hashes = [sha256(job['clip']) for job in jobs if job.get('clip')]
    price = SERVICES[service][3]
    seconds = 10 if '10' in options else 5
    estimate = None if price is None else price * seconds // 5
    good = (status == 0 and len(jobs) == n_takes and all(job['state'] == 'DONE' for job in jobs)
            and hashes == [clip_hash] * n_takes and made['billed'] == made['submits'] == made['delivered'] == n_takes
            and all(job['estimate_micros'] == estimate for job in jobs)
            and len({job['remote_id'] for job in jobs}) == n_takes)
    print('# %-14s %-26s %s  %s  sha256 %s' % (
        service, name, ','.join(job['state'] for job in jobs), ' '.join('%s %d' % item for item in made.items()),
        ','.join(text[:12] for text in hashes)))
    if not tap.ok(good, '%s makes %s and is billed once a take' % (service, name)):
        print('#   status %d, %s' % (status, err.strip().replace('\n', '\n#   ')))


def judge_refusal(stand, env, photos, service):
    """What a service has no field for is refused before anything is sent."""
    before = counts(stand, service)
    status, jobs, err = generate(env, photos[0], service, '--last', photos[1])
    tap.ok(status == 2 and not jobs and counts(stand, service) == before,
          '%s without a last frame refuses one before anything is sent' % service)


def main():
    folder = tempfile.mkdtemp(prefix='inb-services-')
    photos = REAL[:2]
    clip = REAL[2] if REAL else os.path.join(folder, 'clip.mp4')
    if not REAL:
        for name in ('mug.gif', 'side.gif'):
            photos.append(os.path.join(folder, name))
            with open(photos[-1], 'w') as file:
                file.write('GIF89a    %s' % name)
        with open(clip, 'wb') as file:
            file.write(b'CLIP mp4 1920 1080 150 30\n' + b'as the worker that stands in likes it' * 4000)
    with StandIn('--clip', clip) as stand:
        env = make_environment(folder, stand.origin)
        clip_hash = sha256(clip)
        for service, (_, _, last, _) in SERVICES.items():
            judge(stand, env, photos, clip_hash, service, 'first frame, 5 s', 1, [])
            judge(stand, env, photos, clip_hash, service, 'two takes of 10 s', 2, ['--takes', '2', '--duration', '10'])
            if last:
                judge(stand, env, photos, clip_hash, service, 'first and last frame', 1, ['--last', photos[1]])
            else:
                judge_refusal(stand, env, photos, service)
        ledger = stand.ledger()
        tap.ok(ledger['leaks'] == [] and ledger['elsewhere'] == 0, 'no key went where it may not go')
    shutil.rmtree(folder)
    tap.end()


main()
