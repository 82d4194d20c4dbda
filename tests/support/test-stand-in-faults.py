# SPDX-License-Identifier: GPL-3.0-or-later
"""That every behaviour puts on the socket what its name says, at an answer in JSON and at a clip."""
import email.utils
import json
import os
import re
import socket
import sys
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from standin import StandIn, Tap  # noqa: E402

SUBMIT = '/api/v3/kwaivgi/kling-v2.5-turbo-pro/image-to-video'
KEY = {'Authorization': 'Bearer ws-one'}
BODY = {'image': 'https://example.com/first.png', 'prompt': 'x'}
FLOOD = 24 * 1024 * 1024


class Heard:
    """What came over one connection: end is 'close', 'reset', 'quiet' (nothing more came) or 'enough'."""

    def __init__(self, data, end):
        self.raw, self.end = data, end
        head, _, self.body = data.partition(b'\r\n\r\n')
        lines = head.split(b'\r\n')
        self.first = lines[0]
        self.head = {line.split(b':')[0].lower().decode(): line.partition(b':')[2].strip() for line in lines[1:]}
        self.length = int(self.head.get('content-length', b'-1'))


def whole_size(data):
    """How long the whole answer is; None: not known, or not yet."""
    head, found, _ = data[:4096].partition(b'\r\n\r\n')
    length = re.search(rb'\r\nContent-Length: (\d+)', head)
    return len(head) + 4 + int(length.group(1)) if found and length else None


def listen(stand, method, path, body=b'', limit=1 << 20, patience=20, to_the_end=False):
    text = f'{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ws-one\r\n'.encode()
    if body:
        text += b'Content-Type: application/json\r\n'
    text += b'Content-Length: %d\r\n\r\n' % len(body) + body
    data, end, n, expected = [], 'enough', 0, None
    until = time.monotonic() + 30
    with stand.connect(patience) as connection:
        connection.sendall(text)
        while n < limit:
            try:
                piece = connection.recv(1 << 18)
            except socket.timeout:
                end = 'quiet'
                break
            except ConnectionResetError:
                end = 'reset'
                break
            if not piece:
                end = 'close'
                break
            n += len(piece)
            if len(piece) == 1:  # a drop: so it may go on for long
                until = min(until, time.monotonic() + 0.5)
            if time.monotonic() > until:
                end = 'quiet'
                break
            if n <= 16 << 20:
                data.append(piece)
            if expected is None and n < 1 << 17:
                expected = whole_size(b''.join(data))
            if expected is not None and n >= expected and not to_the_end:  # all has come: a moment more for what should not
                connection.settimeout(0.04)
    return Heard(b''.join(data), end)


def whole_json(h):
    return json.loads(h.body[:h.length])['data']['status'] == 'completed'


def twice(pairs):
    names = [name for name, _ in pairs]
    return 'twice' if len(names) != len(set(names)) else dict(pairs)


def has_numbers(h, text):
    return h.body.count(text) >= 2 and b'"completed"' in h.body


def retry_date(h):
    then = email.utils.parsedate_to_datetime(h.head['retry-after'].decode()).timestamp()
    return h.first.startswith(b'HTTP/1.1 429 ') and 0 < then - time.time() <= 3


def bomb(h):
    unpacked = zlib.decompressobj(31)
    text = unpacked.decompress(h.body, 64 << 20)
    return h.head['content-encoding'] == b'gzip' and len(text) == 64 << 20 and not text.strip() and h.end == 'close'


def status(number, **more):
    start = b'HTTP/1.1 %d ' % number
    return lambda h: (h.first.startswith(start) and h.end == 'quiet' and
                      all(h.head[name.replace('_', '-')] == value for name, value in more.items()))


def service_error(number):
    return lambda h: status(number, content_type=b'application/json')(h) and json.loads(h.body)['code'] == number


def moved(number, where):
    return lambda h: status(number)(h) and where in h.head['location']


# at the poll that would have brought the result
JSON = {
    'hang': lambda h: h.raw == b'' and h.end == 'quiet',
    'drip-body': lambda h: h.end == 'quiet' and 0 < len(h.body) < 20 < h.length,
    'drip-header': lambda h: h.end == 'quiet' and 0 < len(h.raw) < 30 and b'\r\n\r\n' not in h.raw,
    'reset-before-body': lambda h: h.length > 0 and h.body == b'' and h.end == 'reset',
    'reset-mid-body': lambda h: 0 < len(h.body) < h.length and h.end == 'reset',
    'half-status-line': lambda h: h.raw == b'HTTP/1.1 20' and h.end == 'close',
    'short-length': lambda h: 0 < len(h.body) < h.length and h.end == 'close',
    'short-chunked': lambda h: h.head['transfer-encoding'] == b'chunked' and not h.body.endswith(b'0\r\n\r\n') and h.end == 'close',
    'no-length': lambda h: h.length < 0 and 'transfer-encoding' not in h.head and h.body.endswith(b'}') and h.end == 'close',
    'over-long': lambda h: len(h.body) == h.length + 4096 and whole_json(h),
    'header-64m': lambda h: b'\r\n\r\n' not in h.raw and h.end == 'enough',
    'endless': lambda h: b'"completed"' in h.body and h.end == 'enough',
    'gzip-bomb': bomb,
    '429-seconds': status(429, retry_after=b'1'),
    '429-date': retry_date,
    '429-garbage': status(429, retry_after=b'in a while'),
    '400': service_error(400), '401': service_error(401), '402': service_error(402), '403': service_error(403),
    '404': service_error(404), '408': service_error(408), '409': service_error(409), '500': service_error(500),
    '502-html': status(502, content_type=b'text/html'),
    '503': service_error(503),
    'redirect-301': moved(301, b'http://127.0.0.1:'),
    'redirect-307': moved(307, b'/moved/api/v3/predictions/'),
    'redirect-other-host': moved(307, b'http://127.0.0.2:'),
    'redirect-file': moved(302, b'file:///etc/passwd'),
    'wrong-type': lambda h: status(200, content_type=b'image/gif')(h) and whole_json(h),
    'html-200': lambda h: status(200, content_type=b'text/html')(h) and h.body.startswith(b'<!DOCTYPE'),
    'json-deep': lambda h: h.body.count(b'[') >= 100000 and h.body.count(b'[') == h.body.count(b']') and h.body.endswith(b'}'),
    'json-wide': lambda h: len(json.loads(h.body)['wide']) == 2000001,
    'json-string-13m': lambda h: len(json.loads(h.body)['long']) == 13000000 and whole_json(h),
    'json-duplicate': lambda h: json.loads(h.body, object_pairs_hook=twice) == 'twice' and b'another-' in h.body,
    'json-1e999': lambda h: has_numbers(h, b':1e999'),
    'json-overflow': lambda h: has_numbers(h, b':99999999999999999999999999'),
    'json-nul': lambda h: json.loads(h.body)['data']['status'] == 'c\0ompleted',
    'json-types': lambda h: json.loads(h.body)['data']['outputs'] == {} and json.loads(h.body)['data']['status'] == 7,
    'json-bom': lambda h: h.body.startswith(b'\xef\xbb\xbf{'),
    'json-empty': lambda h: h.length == 0 and h.first == b'HTTP/1.1 200 OK',
    'json-null': lambda h: h.body == b'null',
    'lose-answer': lambda h: h.raw == b'' and h.end == 'reset',
}

IS_CLIP = b'ftyp'
# at the clip, where it differs
CLIP = {
    'over-long': lambda h: len(h.body) == h.length + 4096 and h.body[4:8] == IS_CLIP,
    'no-length': lambda h: h.length < 0 and h.body[4:8] == IS_CLIP and h.end == 'close',
    'endless': lambda h: IS_CLIP in h.body[:20] and h.end == 'enough',
    'wrong-type': lambda h: status(200, content_type=b'image/gif')(h) and h.body[4:8] == IS_CLIP,
    'redirect-307': moved(307, b'/moved/clips/wavespeed/'),
    'html-200': JSON['html-200'],
    'json-null': JSON['json-null'],
    '404': status(404, content_type=b'application/xml'),
    '503': status(503, content_type=b'application/xml'),
    **{name: JSON[name] for name in ('hang', 'drip-body', 'reset-mid-body', 'short-length', 'short-chunked', 'header-64m',
                                     'gzip-bomb', 'lose-answer', 'redirect-file', '429-seconds', '502-html')},
}


def submit(stand):
    return stand.json('POST', SUBMIT, BODY, KEY)[1]['data']['id']


def finished(stand):
    job = submit(stand)
    stand.json('POST', '/jobs', {'service': '*', 'id': job, 'state': 'done'})
    return job, f'/api/v3/predictions/{job}/result'


def hear(stand, path, name):
    limit = {'endless': FLOOD, 'header-64m': 4 << 20}.get(name, 20 << 20)
    return listen(stand, 'GET', path, limit=limit, patience=0.3 if name == 'hang' else 20, to_the_end=name == 'over-long')


def check_answers(stand, tap):
    _, path = finished(stand)
    for name, good in JSON.items():
        stand.script({'service': 'wavespeed', 'step': 'result', 'do': name})
        heard = hear(stand, path, name)
        tap.ok(good(heard), f'{name}: so comes an answer', heard.raw[:200], heard.end, len(heard.raw))
    tap.ok(listen(stand, 'GET', path).first == b'HTTP/1.1 200 OK', 'afterwards all is well again')


def check_clips(stand, tap):
    stand.clear()
    _, path = finished(stand)
    url = stand.json('GET', path, None, KEY)[1]['data']['outputs'][0].replace(stand.origin, '')
    for name, good in CLIP.items():
        stand.script({'service': 'wavespeed', 'step': 'download', 'do': name})
        heard = hear(stand, url, name)
        tap.ok(good(heard), f'{name}: so comes a clip', heard.raw[:200], heard.end, len(heard.raw))
    ledger = stand.ledger()
    # in over-long, no-length, short-chunked, endless, wrong-type and behind header-64m's head the whole clip is sent
    tap.ok(ledger['billed'] == 1 and ledger['delivered'] == 1, 'the ledger is whole after all that', ledger)


def check_billing(stand, tap):
    accepted = {'lose-answer', 'reset-before-body', 'reset-mid-body', 'json-types', 'html-200', 'short-length'}
    refused = {'hang', '500', '503', '429-seconds', 'redirect-307', 'redirect-301', 'half-status-line', '502-html'}
    text = json.dumps(BODY).encode()
    for name in sorted(accepted | refused):
        stand.clear()
        stand.script({'service': '*', 'step': 'submit', 'do': name})
        listen(stand, 'POST', SUBMIT, text, patience=0.2 if name == 'hang' else 20)
        ledger = stand.ledger()
        tap.ok(ledger['billed'] == (name in accepted), f'{name}: a submit is {"" if name in accepted else "not "}billed', ledger)
    stand.clear()
    stand.script({'service': '*', 'step': 'submit', 'do': '500', 'accept': True})
    heard = listen(stand, 'POST', SUBMIT, text)
    tap.ok(heard.first.startswith(b'HTTP/1.1 500') and stand.ledger()['billed'] == 1, '500 with accept: billed all the same')


def check_rules(stand, tap):
    stand.clear()
    job = submit(stand)
    path = f'/api/v3/predictions/{job}/result'
    stand.script({'service': '*', 'step': 'poll', 'do': '503', 'after': 1, 'times': 2})
    codes = [stand.call('GET', path, None, KEY)[0] for _ in range(4)]
    tap.ok(codes == [200, 503, 503, 200], 'after and times', codes)
    stand.script({'service': 'kling', 'step': 'result', 'do': '503'}, {'service': 'wavespeed', 'step': '*', 'do': '404', 'times': 0})
    codes = [stand.call('GET', path, None, KEY)[0] for _ in range(3)]
    tap.ok(codes == [404] * 3, 'times 0 is always, another service\'s rule is not ours', codes)
    stand.json('DELETE', '/script')
    tap.ok(stand.call('GET', path, None, KEY)[0] == 200, 'and all is cleared')
    for wrong in ({'service': '*', 'step': 'poll', 'do': 'explode'}, {'service': '*', 'step': 'nap', 'do': '503'}, {'do': '503'}):
        tap.ok(stand.json('POST', '/script', [wrong])[0] == 400, f'a wrong rule is refused: {wrong}')
    stand.script({'service': '*', 'step': 'result', 'do': 'answer', 'status': 418, 'headers': {'X-Tea': 'yes'}, 'body': {'a': 1}})
    stand.json('POST', '/jobs', {'service': '*', 'id': job, 'state': 'done'})
    code, headers, data = stand.call('GET', path, None, KEY)
    tap.ok((code, headers['X-Tea'], data) == (418, 'yes', b'{"a":1}'), 'an answer of one\'s own', code, data)


def check_redirects(stand, tap):
    stand.clear()
    _, path = finished(stand)
    stand.call('GET', '/moved' + path, None, KEY)
    tap.ok(stand.ledger()['followed'] == 1, 'a redirect that was followed is counted')
    with socket.create_connection(('127.0.0.2', stand.port), 5) as connection:
        connection.sendall(b'GET /x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret\r\nConnection: close\r\n\r\n')
        answer = connection.recv(100)
    ledger = stand.ledger()
    tap.ok(answer.startswith(b'HTTP/1.1 404') and ledger['elsewhere'] == 1, 'a visit elsewhere is counted')
    tap.ok([leak['value'] for leak in ledger['leaks']] == ['Bearer secret'], 'and what it brought along', ledger['leaks'])


def main():
    tap = Tap()
    with StandIn() as stand:
        before = stand.memory()
        for check in (check_answers, check_clips, check_billing, check_rules, check_redirects):
            check(stand, tap)
        grown = stand.memory() - before
        tap.ok(grown < 8 * 1024 or stand.sanitized(), f'all that floods took {grown} KiB', grown)
    with StandIn('--clip-size', str(256 << 20)) as stand:
        before = stand.memory()
        _, path = finished(stand)
        url = stand.json('GET', path, None, KEY)[1]['data']['outputs'][0].replace(stand.origin, '')
        heard = listen(stand, 'GET', url, limit=1 << 30)
        tap.ok(heard.length == 256 << 20 and stand.ledger()['delivered'] == 1, 'a clip of 256 MiB is delivered')
        tap.ok(stand.memory() - before < 8 * 1024 or stand.sanitized(), f'in {stand.memory() - before} KiB')
    tap.end()


main()
