#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that "request" prints, run as they are printed: what the service sees is what "generate" sends for the
same arguments, one task is billed, and the clip arrives.

usage: request-code.py CLI WORKER             curl, JavaScript and Python at every service
       request-code.py CLI WORKER NODE FOLDER the JavaScript that wants a package: FOLDER has it in node_modules
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import StandIn, Tap, picture  # noqa: E402

CLI, WORKER = map(os.path.abspath, sys.argv[1:3])  # each program runs in a folder of its own
NODE, MODULES = sys.argv[3:5] if len(sys.argv) > 4 else (shutil.which('node'), None)

# What each language must not end, run or lose
HOSTILE = ('it\'s "quoted" $HOME ${HOME} $(touch pwned) `touch pwned` \\ \\n \\u0041 %s %d {key:api_key} {prompt} !! #x\n'
           'JSON\nEOF\n\'\'\' """ */ // <!-- ${{x}} \t ü 漢字 🍵 \u2028 \u202e end')
SERVICES = {  # id: keys in the environment, last frame, guidance
    'vercel-gateway': ({'AI_GATEWAY_API_KEY': 'vck_0123456789'}, True, True),
    'wavespeed': ({'WAVESPEED_API_KEY': 'ws-0123456789'}, True, True),
    'eachlabs': ({'EACHLABS_API_KEY': 'el-0123456789'}, True, True),
    'novita': ({'NOVITA_API_KEY': 'nv-0123456789'}, False, True),
    'highway': ({'HIGHWAY_API_KEY': 'hw-0123456789'}, False, True),
    'kling': ({'KLINGAI_API_KEY': 'api-key-kling-0123'}, True, False),
    'fal': ({'FAL_KEY': 'id012345:secret67'}, True, True),
    'replicate': ({'REPLICATE_API_TOKEN': 'r8_0123456789'}, True, False),
}
SIGNED = {'KLINGAI_ACCESS_KEY': 'ak-test', 'KLINGAI_SECRET_KEY': 'sk-test'}
PICTURES = {'image', 'last_image', 'image_url', 'tail_image_url', 'image_tail', 'start_image', 'end_image', 'data', 'imageTail'}
LANGUAGES = {
    'curl': (['curl', 'jq', 'openssl'], lambda path: ['/bin/sh', path], 'sh'),
    'python': (['python3'], lambda path: ['/usr/bin/python3', path], 'py'),
    'javascript': (['node'], lambda path: [NODE, path], 'mjs'),
}
tap = Tap()


def strip(value, name=''):
    """A body without what differs from one run to the next: bytes and addresses of pictures, and our own reference."""
    if isinstance(value, dict):
        return {key: strip(item, key) for key, item in sorted(value.items())}
    if name in PICTURES and value:
        return 'an address' if str(value).startswith('http') else 'a picture'
    return 'a reference' if name == 'external_task_id' else value


def submits(stand, service):
    status, requests = stand.json('GET', '/requests')
    found = [r for r in requests if r['service'] == service and r['step'] == 'submit']
    return [(r['method'], r['path'], strip(r['body']), r.get('auth')) for r in found]


def count(stand, service):
    found = stand.ledger()['services'].get(service, {})
    return found.get('billed', 0), found.get('delivered', 0)


def make_environment(folder, origin, keys):
    env = {name: value for name, value in os.environ.items() if not name.endswith(('_API_KEY', '_KEY', '_TOKEN'))}
    env.update(XDG_DATA_HOME=os.path.join(folder, 'data'), G_FAKE_FOLDER=folder, INBETWEEN_CLI=WORKER, **keys)
    env.pop('DBUS_SESSION_BUS_ADDRESS', None)
    for service in SERVICES:
        env['INBETWEEN_BASE_URL_' + service.upper().replace('-', '_')] = origin
    return env


def make_arguments(service, takes):
    _, last, guidance = SERVICES[service]
    return ['mug.png', '--prompt', HOSTILE, '--negative', 'no ' + HOSTILE, '--provider', service, '--duration', '10',
            '--takes', str(takes), *(['--last', 'side.png'] if last else []), *(['--guidance', '0.3'] if guidance else [])]


def run(stand, folder, env, service, language, takes, clip, keys):
    """Prints the program, runs it, and returns what is wrong."""
    tools, command, extension = LANGUAGES[language]
    arguments = make_arguments(service, takes)
    made = subprocess.run([CLI, 'generate', *arguments, '--json'], env=env, cwd=folder, capture_output=True, text=True,
                          timeout=120)
    wanted = submits(stand, service)
    if made.returncode != 0 or len(wanted) != takes:
        return 'generate: ' + made.stdout + made.stderr
    stand.clear()
    stand.json('DELETE', '/requests')
    before = len(submits(stand, service))
    env = make_environment(folder, stand.origin, keys)
    printed = subprocess.run([CLI, 'request', *arguments, '--as', language, '--output', 'made.mp4'], env=env, cwd=folder,
                             capture_output=True, text=True, timeout=60)
    if printed.returncode != 0:
        return 'request: ' + printed.stderr
    if any(key in printed.stdout for key in [*SERVICES[service][0].values(), *SIGNED.values()]):
        return 'a key is in the program'
    path = os.path.join(MODULES or folder, 'made.' + extension)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(printed.stdout)
    # our own variables are for printing; the program has what it needs in it
    plain = {name: value for name, value in env.items() if not name.startswith('INBETWEEN')}
    ran = subprocess.run(command(path), env=plain, cwd=folder, capture_output=True, text=True, timeout=120)
    if ran.returncode != 0:
        return f'{language}: {ran.stdout}{ran.stderr}'
    seen = submits(stand, service)[before:]
    if keys == SIGNED:
        wanted = [(*one[:3], 'jwt') for one in wanted]
    if seen != wanted:
        return f'sent {json.dumps(seen)}\nnot  {json.dumps(wanted)}'
    if count(stand, service) != (takes, takes):
        return f'billed and delivered {count(stand, service)}'
    for name in ['made.mp4'] if takes == 1 else [f'made-{i + 1}.mp4' for i in range(takes)]:
        with open(os.path.join(folder, name), 'rb') as file:
            if file.read() != clip:
                return f'{name} is not the clip'
    if os.path.exists(os.path.join(folder, 'pwned')):
        return 'the prompt was run'
    again = subprocess.run(command(path), env=plain, cwd=folder, capture_output=True, text=True, timeout=120)
    if again.returncode == 0 or count(stand, service) != (takes, takes):
        return 'it pays again where the clip is there already'
    return ''


def check(service, language, takes=1, keys=None, name=''):
    name = name or f'{language} at {service} sends what generate sends, pays once and has the clip'
    missing = [tool for tool in LANGUAGES[language][0] if not shutil.which(tool) and not (tool == 'node' and NODE)]
    if missing:
        tap.skip(name, ', '.join(missing) + ' is not installed')
        return
    folder = tempfile.mkdtemp(prefix='inb-code-')
    clip = b'CLIP mp4 1920 1080 300 30\n' + b'as the worker that stands in likes it' * 4000
    with open(os.path.join(folder, 'clip.mp4'), 'wb') as file:
        file.write(clip)
    for photo in ('mug.png', 'side.png'):
        with open(os.path.join(folder, photo), 'wb') as file:
            file.write(picture('first.png' if photo == 'mug.png' else 'last.png'))
    with StandIn('--clip', os.path.join(folder, 'clip.mp4')) as stand:
        env = make_environment(folder, stand.origin, SERVICES[service][0])
        problem = run(stand, folder, env, service, language, takes, clip, keys or SERVICES[service][0])
        leaks = stand.ledger()['leaks']
        tap.ok(problem == '' and leaks == [], name, *problem.splitlines(), *map(str, leaks))
    shutil.rmtree(folder)


def check_words():
    """What cannot be written, and the command, which any shell takes apart again."""
    folder = tempfile.mkdtemp(prefix='inb-code-')
    env = make_environment(folder, 'http://127.0.0.1:9', {})
    photo = os.path.join(folder, '-odd \'name".png')
    with open(photo, 'wb') as file:
        file.write(picture())
    local = subprocess.run([CLI, 'request', photo, '--prompt', 'pan left', '--as', 'curl'], env=env, capture_output=True, text=True)
    tap.ok(local.returncode != 0 and local.stdout == '' and 'on this computer' in local.stderr,
           'the local engine has no request that curl could make', local.stdout, local.stderr)
    odd = subprocess.run([CLI, 'request', './' + os.path.basename(photo), '--prompt', HOSTILE, '--provider', 'novita',
                          '--as', 'command'], env=env, cwd=folder, capture_output=True, text=True)
    words = subprocess.run(['/bin/sh', '-c', odd.stdout.replace('inbetween-cli', "printf '%s\\0'", 1)], env=env, cwd=folder,
                           capture_output=True, text=True).stdout.split('\0')[:-1]
    tap.ok(words == ['generate', './-odd \'name".png', '--prompt', HOSTILE, '--duration', '5', '--provider', 'novita'],
           'the command says again exactly what was asked', odd.stdout, odd.stderr, str(words))
    as_what = subprocess.run([CLI, 'request', photo, '--prompt', 'x', '--as', 'cobol'], env=env, capture_output=True, text=True)
    tap.ok(as_what.returncode == 2 and 'javascript' in as_what.stderr, 'an unknown language is refused with the known ones')
    shutil.rmtree(folder)


if MODULES:
    check('vercel-gateway', 'javascript')
    check('vercel-gateway', 'javascript', takes=2, name='javascript at vercel-gateway makes two takes of two payments')
else:
    for service_id in SERVICES:
        for word in LANGUAGES:
            if (service_id, word) != ('vercel-gateway', 'javascript'):  # wants a package: the suite "clients"
                check(service_id, word)
    for word in LANGUAGES:
        check('kling', word, keys=SIGNED, name=f'{word} signs a token for kling')
        check('wavespeed', word, takes=2, name=f'{word} at wavespeed makes two takes of two payments')
    check_words()
tap.end()
