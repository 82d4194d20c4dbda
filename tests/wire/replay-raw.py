# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends every recorded request as it was recorded, byte for byte and header for header, to the stand-in services and holds
the status of the answer against the recorded one. What is put in another's place: the port, the ids (the stand-in gives
its own), and one signed token, which has run out."""
import glob
import http.client
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import WIRE, StandIn, Tap, token  # noqa: E402

# the answers that were given to the recorded client because a test wanted to see what it makes of them
FAULTS = {429: '429-seconds', 502: '502-html', 500: '500', 503: '503', 401: '401', 402: '402', 403: '403', 404: '404'}
NATURAL = {'klingai-error-1002', 'novita-error-400'}  # the stand-in says the same by itself

# requests that a strict service refuses: recording → exchange → (status, why)
NO_JOB = 'the job was refused, so there is none'
REFUSED = {
    'fal-aisdk-bytes-first-last': {0: (422, 'duration "5s"'), 1: (404, NO_JOB), 2: (404, NO_JOB)},
    'fal-client-submit-datauri-webhook': {3: (400, 'a finished job cannot be cancelled')},
    'seed-curl-highway': {0: (400, 'placeholders instead of values'), 1: (404, NO_JOB)},
    'seed-curl-wavespeed': {0: (400, 'no image and no prompt'), 1: (404, NO_JOB)},
    'wavespeed-failed': {0: (400, 'the image is "x"'), 1: (404, NO_JOB)},
    'wavespeed-sync-mode': {0: (400, 'the image is "x"')},
}

SERVICES = [('/v4/ai', 'vercel-gateway'), ('/v1/credits', 'vercel-gateway'), ('/api/v3', 'wavespeed'),
            ('/v3/async', '*'), ('/v1/videos', 'kling'), ('/queue.fal.run', 'fal'), ('/v1/', 'replicate')]
IDS = [('operation', 'gatewayJobId'), ('data', 'id'), ('data', 'task_id'), ('task_id',), ('request_id',), ('id',)]
STATES = {'completed': 'done', 'succeed': 'done', 'succeeded': 'done', 'TASK_STATUS_SUCCEED': 'done', 'failed': 'failed',
          'cancelled': 'cancelled'}


def service_of(path):
    return next(service for start, service in SERVICES if path.startswith(start))


def look(body, path):
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, str) else None


def id_in(body):
    return next((look(body, path) for path in IDS if look(body, path)), None)


def state_in(body):
    words = [look(body, path) for path in (('status',), ('data', 'status'), ('data', 'task_status'), ('task', 'status'))]
    if isinstance(body, dict) and 'video' in body:
        return 'done'
    return next((STATES[word] for word in words if word in STATES), 'running')


def keys_in(body, before=''):
    """Every path to a member; elements of lists are all alike."""
    found = set()
    if isinstance(body, dict):
        for name, value in body.items():
            found |= {f'{before}.{name}'} | keys_in(value, f'{before}.{name}')
    elif isinstance(body, list):
        for value in body:
            found |= keys_in(value, before + '[]')
    return found


def send(stand, exchange, ids):
    path, body = exchange['path'], exchange.get('body_text', '')
    for old, new in ids.items():
        path, body = path.replace(old, new), body.replace(old, new)
    lines = [f'{exchange["method"]} {path} HTTP/{exchange["http_version"]}']
    for name, value in exchange['raw_headers']:
        if name.lower() == 'host':
            value = f'127.0.0.1:{stand.port}'
        elif name.lower() == 'content-length':
            value = str(len(body.encode()))
        elif value.startswith('Bearer eyJ'):
            value = 'Bearer ' + token()
        lines.append(f'{name}: {value}')
    with stand.connect() as connection:
        connection.sendall('\r\n'.join([*lines, '', '']).encode() + body.encode())
        answer = http.client.HTTPResponse(connection, method=exchange['method'])
        answer.begin()
        data = answer.read()
    try:
        return answer.status, json.loads(data)
    except ValueError:
        return answer.status, None


def prepare(stand, name, exchange, job):
    """What has to be ordered before a request so that the recorded answer can come."""
    service, recorded = service_of(exchange['path']), exchange['response']
    is_submit = job is None and exchange['method'] == 'POST'
    if is_submit and recorded['status'] >= 400 and name not in NATURAL:
        rule = {'service': service, 'step': 'submit', 'do': FAULTS.get(recorded['status'], 'answer')}
        if rule['do'] == 'answer':
            rule |= {'status': recorded['status'], 'body': recorded['body_json']}
        if rule['do'] == '429-seconds':
            rule['seconds'] = int(recorded['headers'].get('retry-after', '1'))
        stand.script(rule)
    elif job is not None and not exchange['path'].endswith('/cancel'):
        stand.json('POST', '/jobs', {'service': '*', 'id': job, 'state': state_in(recorded.get('body_json'))})


def replay(stand, tap, name, recording):
    """(requests, equal, refused as expected, members of recorded answers that ours lack)"""
    stand.clear()
    ids, job, equal, refused, wrong, lacking = {}, None, 0, 0, [], set()
    for n, exchange in enumerate(recording['exchanges']):
        prepare(stand, name, exchange, job if exchange['method'] != 'POST' or 'status' in exchange['path'] else None)
        status, body = send(stand, exchange, ids)
        recorded = exchange['response']
        expected, why = REFUSED.get(name, {}).get(n, (recorded['status'], ''))
        if status != expected:
            wrong.append(f'request {n}: {exchange["method"]} {exchange["path"]}: {status} instead of {expected} {why} {body}')
        elif why:
            refused += 1
            print(f'# {name}, request {n}: refused with {status}: {why}')
        else:
            equal += 1
            lacking |= keys_in(recorded.get('body_json')) - keys_in(body)
        if exchange['method'] == 'POST' and status in (200, 201) and id_in(body) and id_in(recorded.get('body_json')):
            job = id_in(body)
            ids[id_in(recorded['body_json'])] = job
    tap.ok(not wrong, f'{name}: {len(recording["exchanges"])} sent as recorded', *wrong)
    return len(recording['exchanges']), equal, refused, lacking


def main():
    tap, rows = Tap(), []
    with StandIn() as stand:
        for file in sorted(glob.glob(os.path.join(WIRE, '*.json'))):
            name = os.path.basename(file)[:-5]
            with open(file, encoding='utf-8') as text:
                recording = json.load(text)
            rows.append((name, *replay(stand, tap, name, recording)))
        expired = re.compile('eyJ[^"]*')
        with open(os.path.join(WIRE, 'klingai-i2v-bytes-jwt.json'), encoding='utf-8') as text:
            old = expired.search(text.read()).group()
        status, body = stand.json('GET', '/v1/videos/image2video', headers={'Authorization': 'Bearer ' + old})
        tap.ok(status == 401 and body['code'] == 1004, 'the token as it was recorded has run out', status, body)
    tap.ok(len(rows) == 41, 'there are 41 recordings')
    print(f'# {"recording":<42} requests  equal  refused as expected')
    for name, requests, equal, refused, lacking in rows:
        print(f'# {name:<42} {requests:8}  {equal:5}  {refused:7}')
        if lacking:
            print(f'#     not in our answers: {" ".join(sorted(lacking))}')
    print(f'# {"all":<42} {sum(r[1] for r in rows):8}  {sum(r[2] for r in rows):5}  {sum(r[3] for r in rows):7}')
    tap.end()


main()
