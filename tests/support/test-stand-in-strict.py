# SPDX-License-Identifier: GPL-3.0-or-later
"""That the stand-in services refuse what the real ones refuse, each in its own words, and keep a true ledger."""
import base64
import copy
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from standin import StandIn, Tap, picture, token  # noqa: E402

PNG = base64.b64encode(picture()).decode()
JPEG = base64.b64encode(b'\xff\xd8\xff\xe0' + bytes(60)).decode()
URL, LAST = 'https://example.com/first.png', 'https://example.com/last.png'
DATA, NOT_PNG = 'data:image/png;base64,' + PNG, 'data:image/png;base64,' + JPEG
LONG = 'ü' * 2501
GATEWAY = {'Authorization': 'Bearer vck-one', 'ai-gateway-auth-method': 'api-key', 'ai-gateway-protocol-version': '0.0.1',
           'ai-video-model-specification-version': '4', 'ai-model-id': 'klingai/kling-v2.5-turbo-i2v'}
FILE = {'type': 'file', 'mediaType': 'image/png', 'data': PNG}
TAIL = [{'image': FILE, 'frameType': 'last_frame'}]

GOOD = {
    'wavespeed': ('/api/v3/kwaivgi/kling-v2.5-turbo-pro/image-to-video', {'Authorization': 'Bearer ws-one'},
                  {'image': URL, 'last_image': LAST, 'prompt': 'x', 'negative_prompt': 'y', 'guidance_scale': 0.5,
                   'duration': 10}),
    'eachlabs': ('/v1/prediction/', {'X-API-Key': 'el-one'},
                 {'model': 'kling-v2-5-turbo-pro-image-to-video', 'version': '0.0.1',
                  'input': {'prompt': 'x', 'image_url': URL, 'tail_image_url': LAST, 'duration': '10', 'cfg_scale': 1}}),
    'novita': ('/v3/async/kling-2.5-turbo-i2v', {'Authorization': 'Bearer nv-one'},
               {'image': PNG, 'prompt': 'x', 'duration': '5', 'cfg_scale': 0, 'mode': 'pro', 'negative_prompt': 'y'}),
    'highway': ('/v3/async/kling-2.5-turbo-i2v', {'Authorization': 'Bearer hw-one'},
                {'image': DATA, 'prompt': 'x', 'duration': '10', 'mode': 'pro'}),
    'kling': ('/v1/videos/image2video', {'Authorization': 'Bearer api-key-kling-one'},
              {'model_name': 'kling-v2-5-turbo', 'image': PNG, 'image_tail': PNG, 'mode': 'pro', 'duration': '5',
               'prompt': 'x', 'watermark_info': {'enabled': False}}),
    'fal': ('/queue.fal.run/fal-ai/kling-video/v2.5-turbo/pro/image-to-video', {'Authorization': 'Key one:secret'},
            {'prompt': 'x', 'image_url': DATA, 'tail_image_url': LAST, 'duration': '5'}),
    'replicate': ('/v1/models/kwaivgi/kling-v2.5-turbo-pro/predictions', {'Authorization': 'Bearer r8-one'},
                  {'input': {'prompt': 'x', 'start_image': DATA, 'end_image': LAST, 'duration': 5}}),
    'vercel-gateway': ('/v4/ai/video-model/start', {**GATEWAY, 'idempotency-key': 'one'},
                       {'prompt': 'x', 'n': 1, 'duration': 5, 'image': FILE, 'frameImages': TAIL,
                        'providerOptions': {'klingai': {'mode': 'pro'}}}),
}
INPUT = {'wavespeed': 400, 'eachlabs': 400, 'novita': 400, 'highway': 400, 'kling': 400, 'fal': 422, 'replicate': 422,
         'vercel-gateway': 400}
GONE = object()

# service, what, where in the body, value
BODIES = [
    ('wavespeed', 'seconds as a string', 'duration', '5'),
    ('wavespeed', 'seconds with a point', 'duration', 5.5),
    ('wavespeed', 'seven seconds', 'duration', 7),
    ('wavespeed', 'no picture', 'image', GONE),
    ('wavespeed', 'a data URI', 'image', DATA),
    ('wavespeed', 'raw base64', 'image', PNG),
    ('wavespeed', 'a picture that is no address', 'image', 'x'),
    ('wavespeed', 'plain http', 'image', 'http://example.com/first.png'),
    ('wavespeed', 'no prompt', 'prompt', GONE),
    ('wavespeed', 'an empty prompt', 'prompt', ''),
    ('wavespeed', 'a prompt of spaces', 'prompt', '  '),
    ('wavespeed', 'a prompt of 2501 characters', 'prompt', LONG),
    ('wavespeed', 'guidance above 1', 'guidance_scale', 1.5),
    ('wavespeed', 'guidance as a string', 'guidance_scale', '0.5'),
    ('wavespeed', 'another service\'s name for guidance', 'cfg_scale', 0.5),
    ('wavespeed', 'another service\'s name for the last frame', 'tail_image_url', LAST),
    ('eachlabs', 'seconds as a number', 'input.duration', 5),
    ('eachlabs', 'seconds "7"', 'input.duration', '7'),
    ('eachlabs', 'a data URI', 'input.image_url', DATA),
    ('eachlabs', 'an address of this machine', 'input.image_url', 'https://localhost/first.png'),
    ('eachlabs', 'a private address', 'input.image_url', 'https://192.168.1.5/first.png'),
    ('eachlabs', 'no prompt', 'input.prompt', GONE),
    ('eachlabs', 'no input', 'input', GONE),
    ('eachlabs', 'input as a string', 'input', '{}'),
    ('eachlabs', 'no model', 'model', GONE),
    ('novita', 'seconds as a number', 'duration', 5),
    ('novita', 'mode std', 'mode', 'std'),
    ('novita', 'a last frame', 'last_image', URL),
    ('novita', 'no picture', 'image', GONE),
    ('novita', 'a picture that is neither', 'image', 'hello'),
    ('novita', 'guidance below 0', 'cfg_scale', -0.1),
    ('novita', 'a negative prompt of 2501 characters', 'negative_prompt', LONG),
    ('novita', 'an empty prompt', 'prompt', ''),
    ('highway', 'a last frame', 'image_tail', PNG),
    ('highway', 'seconds "5s"', 'duration', '5s'),
    ('highway', 'a JPEG called PNG', 'image', NOT_PNG),
    ('kling', 'a data URI', 'image', DATA),
    ('kling', 'base64 of something else', 'image', base64.b64encode(b'GIF89a' * 9).decode()),
    ('kling', 'base64 with a line break', 'image', PNG[:40] + '\n' + PNG[40:]),
    ('kling', 'a last frame without mode', 'mode', GONE),
    ('kling', 'a last frame with mode std', 'mode', 'std'),
    ('kling', 'mode turbo', 'mode', 'turbo'),
    ('kling', 'seconds as a number', 'duration', 5),
    ('kling', 'another model', 'model_name', 'kling-v9'),
    ('kling', 'an aspect ratio', 'aspect_ratio', '16:9'),
    ('kling', 'a prompt of 2501 characters', 'prompt', LONG),
    ('kling', 'an empty name for the task', 'external_task_id', ''),
    ('fal', 'seconds "5s"', 'duration', '5s'),
    ('fal', 'seconds as a number', 'duration', 5),
    ('fal', 'raw base64', 'image_url', PNG),
    ('fal', 'a JPEG called PNG', 'image_url', NOT_PNG),
    ('fal', 'an aspect ratio', 'aspect_ratio', '16:9'),
    ('fal', 'no picture', 'image_url', GONE),
    ('replicate', 'seconds as a string', 'input.duration', '5'),
    ('replicate', 'raw base64', 'input.start_image', PNG),
    ('replicate', 'guidance', 'input.guidance_scale', 0.5),
    ('replicate', 'another name for the picture', 'input.image', URL),
    ('replicate', 'no prompt', 'input.prompt', GONE),
    ('replicate', 'aspect ratio 4:3', 'input.aspect_ratio', '4:3'),
    ('vercel-gateway', 'seconds as a string', 'duration', '5'),
    ('vercel-gateway', 'no n', 'n', GONE),
    ('vercel-gateway', 'n as a string', 'n', '1'),
    ('vercel-gateway', 'no picture', 'image', GONE),
    ('vercel-gateway', 'a picture as a string', 'image', URL),
    ('vercel-gateway', 'a data URI as the data', 'image.data', DATA),
    ('vercel-gateway', 'a JPEG called PNG', 'image.data', JPEG),
    ('vercel-gateway', 'an unknown kind of picture', 'image.type', 'blob'),
    ('vercel-gateway', 'a GIF', 'image.mediaType', 'image/gif'),
    ('vercel-gateway', 'no providerOptions', 'providerOptions', GONE),
    ('vercel-gateway', 'a last frame without mode pro', 'providerOptions.klingai.mode', 'std'),
    ('vercel-gateway', 'an unknown frame', 'frameImages', [{'image': FILE, 'frameType': 'middle_frame'}]),
    ('vercel-gateway', 'a tail as a data URI', 'providerOptions.klingai.imageTail', DATA),
    ('vercel-gateway', 'no prompt', 'prompt', GONE),
]

# service, what, header, value, status, a word of the answer
HEADERS = [
    ('wavespeed', 'no key', 'Authorization', None, 401, '"code":401'),
    ('wavespeed', 'another scheme', 'Authorization', 'Key ws-one', 401, '"code":401'),
    ('wavespeed', 'a wrong key', 'Authorization', 'Bearer ws-bad', 401, '"code":401'),
    ('wavespeed', 'no money', 'Authorization', 'Bearer ws-poor', 402, '"code":402'),
    ('wavespeed', 'no JSON', 'Content-Type', 'text/plain', 400, '"code":400'),
    ('eachlabs', 'no key', 'X-API-Key', None, 401, '"status":"error"'),
    ('eachlabs', 'a wrong key', 'X-API-Key', 'el-bad', 401, '"details"'),
    ('eachlabs', 'no money', 'X-API-Key', 'el-poor', 402, '"status":"error"'),
    ('novita', 'no key', 'Authorization', None, 401, '"reason"'),
    ('novita', 'a wrong key', 'Authorization', 'Bearer nv-bad', 403, 'INVALID_API_KEY'),
    ('novita', 'no money', 'Authorization', 'Bearer nv-poor', 403, 'NOT_ENOUGH_BALANCE'),
    ('novita', 'not in the plan', 'Authorization', 'Bearer nv-plan', 403, 'model_access_denied'),
    ('highway', 'a wrong key', 'Authorization', 'Bearer hw-bad', 403, 'INVALID_API_KEY'),
    ('kling', 'no key', 'Authorization', None, 401, '"code":1001'),
    ('kling', 'a wrong key', 'Authorization', 'Bearer api-key-kling-bad', 401, '"code":1002'),
    ('kling', 'no money', 'Authorization', 'Bearer poor', 429, '"code":1102'),
    ('kling', 'not in the plan', 'Authorization', 'Bearer plan', 403, '"code":1103'),
    ('kling', 'a token signed with another key', 'Authorization', 'Bearer ' + token(secret='other'), 401, '"code":1000'),
    ('kling', 'a token for another account', 'Authorization', 'Bearer ' + token(access='other'), 401, '"code":1002'),
    ('kling', 'a token that has run out', 'Authorization', 'Bearer ' + token(begins=-3600, ends=-1), 401, '"code":1004'),
    ('kling', 'a token from a clock that is fast', 'Authorization', 'Bearer ' + token(begins=60), 401, '"code":1003'),
    ('kling', 'a token of another kind', 'Authorization', 'Bearer ' + token(algorithm='none'), 401, '"code":1000'),
    ('fal', 'a bearer', 'Authorization', 'Bearer one:secret', 401, '"detail"'),
    ('fal', 'a key without its secret', 'Authorization', 'Key one', 401, '"detail"'),
    ('fal', 'no money', 'Authorization', 'Key poor:secret', 403, 'Exhausted balance'),
    ('fal', 'an unknown priority', 'x-fal-queue-priority', 'high', 422, '"detail"'),
    ('replicate', 'no key', 'Authorization', None, 401, '"title":"Unauthenticated"'),
    ('replicate', 'no money', 'Authorization', 'Bearer poor', 402, '"title":"Insufficient credit"'),
    ('vercel-gateway', 'no key', 'Authorization', None, 401, 'authentication_error'),
    ('vercel-gateway', 'a wrong key', 'Authorization', 'Bearer bad', 401, 'authentication_error'),
    ('vercel-gateway', 'no money', 'Authorization', 'Bearer poor', 402, 'insufficient_funds'),
    ('vercel-gateway', 'not in the plan', 'Authorization', 'Bearer plan', 403, 'forbidden'),
    ('vercel-gateway', 'no word on the kind of key', 'ai-gateway-auth-method', None, 401, 'authentication_error'),
    ('vercel-gateway', 'another protocol', 'ai-gateway-protocol-version', '9', 400, 'invalid_request_error'),
    ('vercel-gateway', 'another specification', 'ai-video-model-specification-version', '3', 400, 'invalid_request_error'),
    ('vercel-gateway', 'another model', 'ai-model-id', 'klingai/other', 404, 'model_not_found'),
]


def change(body, where, value):
    body = copy.deepcopy(body)
    *path, last = where.split('.')
    at = body
    for name in path:
        at = at[name]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return body


def check_bodies(stand, tap):
    for service, (path, headers, body) in GOOD.items():
        status, answer = stand.json('POST', path, body, headers)
        tap.ok(status in (200, 201), f'{service}: takes a good request', status, answer)
    for service, what, where, value in BODIES:
        path, headers, body = GOOD[service]
        status, answer = stand.json('POST', path, change(body, where, value), headers)
        named = any(part in json.dumps(answer) for part in where.split('.'))
        tap.ok(status == INPUT[service] and named, f'{service}: refuses {what}', status, answer)
    path, headers, body = GOOD['eachlabs']
    status, answer = stand.json('POST', path, change(body, 'model', 'other'), headers)
    tap.ok(status == 404, 'eachlabs: knows no other model', status, answer)
    path, headers, body = GOOD['fal']
    status, answer = stand.json('POST', path.replace('/pro/', '/standard/'), body, headers)
    tap.ok(status == 422, 'fal: has no last frame in the standard model', status, answer)
    path, headers, body = GOOD['wavespeed']
    status, answer = stand.json('POST', path, change(body, 'prompt', LONG[1:]), headers)
    tap.ok(status == 200, 'wavespeed: takes 2500 characters, which are more bytes', status, answer)
    path, _, body = GOOD['kling']
    status, answer = stand.json('POST', path, body, {'Authorization': 'Bearer ' + token()})
    tap.ok(status == 200 and answer['code'] == 0, 'kling: takes a signed token', status, answer)


def check_headers(stand, tap):
    for service, what, header, value, expected, word in HEADERS:
        path, headers, body = GOOD[service]
        headers = {k: v for k, v in headers.items() if k != header} | ({} if value is None else {header: value})
        status, _, data = stand.call('POST', path, json.dumps(body).encode(),
                                     {'Content-Type': 'application/json', **headers})
        tap.ok(status == expected and word in data.decode(), f'{service}: refuses {what}', status, data)


def check_uploads(stand, tap):
    key = {'Authorization': 'Bearer ws-one'}
    ask = {'filename': 'first.png', 'size': 73, 'content_type': 'image/png'}
    put = {'Content-Type': 'image/png'}
    _, answer = stand.json('POST', '/api/v3/media/uploads', ask, key)
    ticket, url = answer['data']['upload']['url'], answer['data']['download_url']
    path, headers, body = GOOD['wavespeed']
    body = change(body, 'image', url)

    tap.ok(stand.call('POST', path, body, headers)[0] == 400, 'a picture that was never sent is refused')
    for what, bad in (('a bearer', {**put, 'Authorization': 'Bearer leaked'}), ('an X-API-Key', {**put, 'X-API-Key': 'leaked'})):
        tap.ok(stand.call('PUT', ticket, picture(), bad)[0] == 400, f'an upload with {what} is refused')
    leaks = stand.ledger()['leaks']
    tap.ok([leak['value'] for leak in leaks] == ['Bearer leaked', 'leaked'], 'and the ledger tells what leaked', leaks)
    tap.ok(stand.call('PUT', ticket, picture(), {'Content-Type': 'image/jpeg'})[0] == 403, 'another media type is refused')
    tap.ok(stand.call('PUT', ticket.split('?')[0], picture(), put)[0] == 403, 'an upload without its signature is refused')
    tap.ok(stand.call('PUT', ticket, b'GIF89a' * 9, put)[0] == 403, 'bytes of another kind are refused')
    tap.ok(stand.call('PUT', ticket, picture(), put)[0] == 200, 'the right upload is taken')
    tap.ok(stand.call('POST', path, body, headers)[0] == 200, 'and then its address')

    form = (b'--x\r\nContent-Disposition: form-data; name="content"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n' +
            picture() + b'\r\n--x--\r\n')
    status, answer = stand.json('POST', '/v1/files', form,
                                {'Authorization': 'Bearer r8', 'Content-Type': 'multipart/form-data; boundary=x'})
    tap.ok(status == 201 and answer['urls']['get'].startswith(stand.origin), 'replicate: takes a form', status, answer)
    status, answer = stand.json('POST', '/v1/files', form.replace(b'content"', b'file"'),
                                {'Authorization': 'Bearer r8', 'Content-Type': 'multipart/form-data; boundary=x'})
    tap.ok(status == 422, 'replicate: refuses a form without that part', status, answer)
    status, answer = stand.json('POST', '/v1/upload/presign', {'content_type': 'image/png'}, {'X-API-Key': 'k'})
    status = stand.call('PUT', answer['presigned_url'], picture(), answer['required_headers'])[0]
    tap.ok(status == 200, 'eachlabs: takes what was presigned')
    tap.ok(stand.call('DELETE', '/v1/files/' + answer['id'], None, {'X-API-Key': 'k'})[0] == 204, 'eachlabs: and forgets it')
    status, answer = stand.json('POST', '/rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3',
                                {'content_type': 'image/png', 'file_name': 'a.png'}, {'Authorization': 'Key a:b'})
    tap.ok(stand.call('PUT', answer['upload_url'], picture(), put)[0] == 200, 'fal: takes what was initiated')
    body = change(GOOD['fal'][2], 'image_url', answer['file_url'])
    tap.ok(stand.call('POST', GOOD['fal'][0], body, GOOD['fal'][1])[0] == 200, 'fal: and then its address')


def check_ledger(stand, tap):
    stand.clear()
    path, headers, body = GOOD['vercel-gateway']
    first = stand.json('POST', path, body, headers)[1]['operation']
    again = stand.json('POST', path, body, headers)[1]['operation']
    ledger = stand.ledger()
    tap.ok(first == again and ledger['billed'] == 1 and ledger['jobs'][0]['attempts'] == 2,
           'vercel-gateway: the same key is the same job, billed once', ledger)
    path, headers, body = GOOD['kling']
    body = change(body, 'external_task_id', 'mine')
    stand.json('POST', path, body, headers)
    status, answer = stand.json('POST', path, body, headers)
    tap.ok(status == 400 and answer['code'] == 1201, 'kling: a name is taken once', status, answer)
    status, answer = stand.json('GET', path + '/mine', None, headers)
    tap.ok(answer['data']['task_info'] == {'external_task_id': 'mine'}, 'kling: and finds the task', status, answer)
    ledger = stand.ledger()
    counts = ledger['services']['kling']
    tap.ok((counts['submits'], counts['billed'], counts['histories']) == (2, 1, 1), 'kling: counted so', counts)
    tap.ok(ledger['jobs'][1]['reference'] == 'mine' and ledger['jobs'][1]['attempts'] == 2, 'kling: written so', ledger)

    stand.clear()
    path, headers, body = GOOD['eachlabs']
    codes = [stand.call('POST', path, body, headers)[0] for _ in range(11)]
    tap.ok(codes == [200] * 10 + [429], 'eachlabs: ten at once', codes)
    stand.json('POST', '/jobs', {'service': 'eachlabs', 'id': 'next', 'state': 'done'})
    stand.json('POST', '/jobs', {'service': 'eachlabs', 'id': '*', 'state': 'done'})
    codes = [stand.call('POST', path, body, headers)[0] for _ in range(91)]
    tap.ok(codes == [200] * 90 + [429], 'eachlabs: a hundred a minute')


def result_url(stand, service, answer):
    """Polls a submitted job of any service to its result."""
    path, headers, _ = GOOD[service]
    polls = {
        'wavespeed': lambda: (f'/api/v3/predictions/{answer["data"]["id"]}/result', lambda a: a['data']['outputs'][0]),
        'eachlabs': lambda: (f'/v1/prediction/{answer["predictionID"]}', lambda a: a['output']),
        'novita': lambda: (f'/v3/async/task-result?task_id={answer["task_id"]}', lambda a: a['videos'][0]['video_url']),
        'kling': lambda: (f'{path}/{answer["data"]["task_id"]}', lambda a: a['data']['task_result']['videos'][0]['url']),
        'fal': lambda: (f'/queue.fal.run/fal-ai/kling-video/requests/{answer["request_id"]}', lambda a: a['video']['url']),
        'replicate': lambda: (f'/v1/predictions/{answer["id"]}', lambda a: a['output']),
    }
    polls['highway'] = polls['novita']
    if service == 'vercel-gateway':
        for _ in range(3):
            done = stand.json('POST', '/v4/ai/video-model/status', {'operation': answer['operation']}, headers)[1]
        return done['videos'][0]['url']
    where, look = polls[service]()
    for _ in range(3):
        done = stand.json('GET', where, None, headers)[1]
    return look(done)


def check_results(stand, tap):
    stand.clear()
    for service, (path, headers, body) in GOOD.items():
        url = result_url(stand, service, stand.json('POST', path, body, headers)[1])
        _, headers, clip = stand.call('GET', url)
        half = len(clip) // 2
        tap.ok(clip[4:8] == b'ftyp' and stand.ledger()['services'][service]['delivered'] == 1,
               f'{service}: after two running answers the clip, once', clip[:20], stand.ledger()['services'])
    part = stand.call('GET', url, None, {'Range': f'bytes={half}-', 'If-Range': headers['ETag']})
    tap.ok(part[0] == 206 and part[2] == clip[half:], 'the rest of a clip can be asked for')
    part = stand.call('GET', url, None, {'Range': f'bytes={half}-', 'If-Range': '"other"'})
    tap.ok(part[0] == 200 and part[2] == clip, 'another validator gives the whole')
    tap.ok(stand.call('GET', url, None, {'Range': 'bytes=999999-'})[0] == 416, 'past the end there is nothing')
    tap.ok(stand.call('GET', url.split('?')[0])[0] == 403, 'without its signature an address is refused')
    stand.json('POST', '/expire', {'service': '*'})
    tap.ok(stand.call('GET', url)[0] == 403, 'an address that has run out is refused')
    stand.clear()
    path, headers, body = GOOD['replicate']
    stand.json('POST', '/jobs', {'service': '*', 'id': 'next', 'state': 'failed', 'message': 'no such cat'})
    answer = stand.json('POST', path, body, headers)[1]
    answer = stand.json('GET', f'/v1/predictions/{answer["id"]}', None, headers)[1]
    tap.ok(answer['status'] == 'failed' and answer['error'] == 'no such cat', 'a verdict can be ordered', answer)
    requests = stand.json('GET', '/requests')[1]
    kept = requests[0]['body']['input']['prompt'] == 'x' and requests[0]['auth'] == 'bearer'
    tap.ok(kept and 'r8-one' not in json.dumps(requests), 'requests are kept, without keys', requests[0])


def main():
    tap = Tap()
    with StandIn() as stand:
        for check in (check_bodies, check_headers, check_uploads, check_ledger, check_results):
            stand.clear()
            check(stand, tap)
    tap.ok(stand.status == 0, 'it ends when it is told to')
    tap.end()


main()
