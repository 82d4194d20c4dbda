# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hostile service, network, disk or hand may put in beside the fault matrix: addresses that must not be asked, clips
that are none, keys that cannot be sent, a proxy, a full disk. Clips are looked at by the real workers.

usage: fault-inputs.py CLI WORKER"""
import os
import socket
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
from fault_cells import Home, Judge, counts, make_clip, make_photo, sha256, wait_for  # noqa: E402
from fault_table import Expect, done  # noqa: E402
from standin import StandIn, Tap  # noqa: E402

CLI, WORKER = (os.path.abspath(path) for path in sys.argv[1:3])
tap = Tap()


class Trap:
    """A listener that nobody may talk to; counts who does."""

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


class Case:
    """A person's folders, a stand-in with a clean slate, and what is wrong."""

    def __init__(self, stand, photo, clip, worker=WORKER, folder=None):
        stand.clear()
        self.stand, self.judge = stand, Judge()
        self.home = Home(CLI, worker, stand, photo, folder)
        self.clip = clip
        self.words = ''

    def generate(self, service, expect, exits=None):
        ended = self.home.generate(service).end()
        self.hold(ended, service, expect)
        return ended

    def hold(self, ended, service, expect):
        row = self.home.row()
        self.words = (ended.err or ended.out)[-600:].strip()
        self.judge.ended(ended, expect.exits)
        self.judge.row(row, expect)
        self.judge.ledger(self.stand.ledger(), service, expect)
        self.judge.files(self.home, row, sha256(self.clip))

    def tell(self, name):
        tap.ok(not self.judge.wrong, name, *self.judge.wrong, f'it said: {self.words!r}')
        self.home.close()


def body_with(stand, address):
    return {'code': 200, 'message': 'success', 'data': {
        'id': 'x', 'model': 'm', 'outputs': [address], 'urls': {'get': stand.origin + '/x'}, 'has_nsfw_contents': [False],
        'status': 'completed', 'created_at': '2026-01-01T00:00:00.000Z', 'error': ''}}


def bad_addresses(stand, photo, clip):
    """Once: the address is asked for anew. Always: it is told as what it is, and that it was charged."""
    trap = Trap()
    addresses = [
        'file:///etc/passwd', f'http://127.0.0.1:{trap.port}/clip.mp4', f'http://localhost:{trap.port}/clip.mp4',
        f'https://127.0.0.1:{trap.port}/clip.mp4', f'http://[::ffff:127.0.0.1]:{trap.port}/clip.mp4',
        f'http://127.1:{trap.port}/clip.mp4', f'http://2130706433:{trap.port}/clip.mp4', f'http://127.0.0.2:{stand.port}/clips/x/y/z',
        'http://10.0.0.1/clip.mp4', 'https://192.168.1.1/clip.mp4', 'https://172.16.0.1/clip.mp4', 'https://169.254.169.254/latest',
        'https://100.64.0.1/clip.mp4', 'https://[::1]/clip.mp4', 'https://[fd00::1]/clip.mp4', 'https://[fe80::1]/clip.mp4',
        'https://user:secret@example.com/clip.mp4', 'ftp://example.com/clip.mp4', 'data:video/mp4;base64,AAAA',
        'javascript:alert(1)', '//example.com/clip.mp4', '\\\\server\\share\\clip.mp4', '/etc/passwd', '', ' ', 'x' * 9000,
        'https://example.com\r\nX-Evil: 1/clip.mp4',
    ]
    for address in addresses:
        case = Case(stand, photo, clip)
        stand.script({'service': 'wavespeed', 'step': 'result', 'do': 'answer', 'body': body_with(stand, address)})
        case.generate('wavespeed', done())
        case.judge.hold(trap.calls == 0, f'{trap.calls} calls to another port')
        case.tell(f'a result at {address[:60].strip()!r} is not asked, and a fresh address is')
    for address in addresses[:2] + ['https://192.168.1.1/clip.mp4']:
        case = Case(stand, photo, clip)
        stand.script({'service': 'wavespeed', 'step': 'result', 'do': 'answer', 'times': -1, 'body': body_with(stand, address)})
        case.generate('wavespeed', Expect(states=('FAILED_REMOTE',), charged=('yes',), exits=(1,), submits=(1,), billed=(1,)))
        case.judge.hold(trap.calls == 0, f'{trap.calls} calls to another port')
        case.tell(f'a result that is only ever at {address!r} is told, with the charge')
    for address in addresses[:2] + ['http://10.0.0.1/put', f'http://127.0.0.2:{stand.port}/put/x', '']:
        case = Case(stand, photo, clip)
        stand.script({'service': 'wavespeed', 'step': 'upload', 'do': 'answer', 'body': {
            'code': 200, 'message': 'success', 'data': {'download_url': stand.origin + '/f', 'upload': {
                'method': 'PUT', 'url': address, 'headers': {'Content-Type': 'image/png'}}}}})
        case.generate('wavespeed', done())
        case.judge.hold(trap.calls == 0, f'{trap.calls} calls to another port')
        case.tell(f'a photo is not put at {address!r}')
    for address in (f'http://127.0.0.2:{stand.port}/queue.fal.run/status', f'http://127.0.0.1:{trap.port}/status',
                    stand.origin + '4/status', stand.origin + '@127.0.0.2/status', 'file:///etc/passwd'):
        case = Case(stand, photo, clip)
        stand.script({'service': 'fal', 'step': 'submit', 'do': 'answer', 'accept': True, 'body': {
            'status': 'IN_QUEUE', 'request_id': 'r-1', 'status_url': address, 'response_url': address, 'cancel_url': address}})
        case.generate('fal', Expect(states=('QUEUED',), charged=('maybe',), exits=(3,), submits=(1,), billed=(1,)))
        case.judge.hold(trap.calls == 0, f'{trap.calls} calls to another port')
        case.judge.hold(case.home.row().get('remote_id') == 'r-1', 'its id is not kept')
        case.tell(f'a key does not go to {address!r}, and the job is kept')


def bad_keys(stand, photo, clip):
    for key in ('k-0123456789\nX-Evil: 1', 'k-0123456789\r\nX-Evil: 1', 'k-01234\n56789', 'k 0123456789', 'k-0123456789\x7f',
                'k-01234567é'):
        case = Case(stand, photo, clip)
        case.home.env['WAVESPEED_API_KEY'] = key
        ended = case.home.generate('wavespeed').end()
        case.words = ended.err
        case.judge.ended(ended, (1, 2))
        requests = stand.json('GET', '/requests')[1]
        case.judge.hold(requests == [], f'{len(requests)} requests were sent')
        case.judge.hold('charged' in ended.out + ended.err, 'no word of money')
        case.judge.hold(key not in ended.out + ended.err, 'the key was told')
        case.tell(f'a key with something in it that no header takes is not sent: {key!r}')


def proxies(stand, photo, clip):
    trap = Trap()
    case = Case(stand, photo, clip)
    for name in ('http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'):
        case.home.env[name] = f'http://127.0.0.1:{trap.port}'
    case.generate('wavespeed', done())
    case.judge.hold(trap.calls == 0, f'{trap.calls} calls to the proxy')
    case.tell('a proxy in the environment sees nothing of what stays on this computer')


def real_clip(folder, photo):
    """A clip of the real engine, small and quick."""
    clip = os.path.join(folder, 'real.mp4')
    made = subprocess.run([CLI, 'render', '--start', photo, '--prompt', 'push in', '--size', '320x240', '--fps', '24',
                           '--duration', '5', '--output', clip, '--json'], capture_output=True, text=True, timeout=120)
    return clip if made.returncode == 0 else None


def bad_clips(folder, photo):
    whole = real_clip(folder, photo)
    if whole is None:
        tap.skip('clips that are none', 'no H.264 encoder is installed')
        return
    with open(whole, 'rb') as file:
        data = file.read()
    text = os.path.join(folder, 'page.mp4')
    kinds = {
        'a page': b'<!DOCTYPE html><html><body>sign in</body></html>' * 40,
        'the first half of one': data[:len(data) // 2],
        'a picture': open(photo, 'rb').read(),
        'zeros': bytes(100000),
        'its first 16 bytes': data[:16],
        'one with its bytes turned': data[:len(data) // 4] + bytes(255 - b for b in data[len(data) // 4:]),
    }
    for name, content in kinds.items():
        with open(text, 'wb') as file:
            file.write(content)
        with StandIn('--clip', text) as stand:
            case = Case(stand, photo, text, worker=None)
            ended = case.generate('wavespeed', Expect(states=('FAILED_REMOTE',), charged=('yes',), exits=(1,), submits=(1,),
                                                      billed=(1,), classes={'clip'}))
            case.judge.hold(case.stand.ledger()['services']['wavespeed']['downloads'] == 3, 'not fetched three times')
            case.judge.hold(ended.json and ended.json['jobs'][0]['remote_id'] in (ended.json['jobs'][0]['error'] or {'message': ''})
                            ['message'], 'no id for the support')
            case.tell(f'a clip that is {name} is not done')
    with StandIn('--clip', whole) as stand:
        case = Case(stand, photo, whole, worker=None)
        case.generate('wavespeed', done())
        case.tell('a real clip is done, by the same workers')


class Disk:
    """A small file system of its own, filled up and made larger by mounting it anew."""

    def __init__(self, folder):
        self.path = os.path.join(folder, 'disk')
        os.mkdir(self.path)
        made = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=700m', 'fault-disk', self.path], capture_output=True)
        self.there = made.returncode == 0

    def resize(self, size):
        subprocess.run(['mount', '-o', f'remount,size={size}', self.path], check=True, capture_output=True)

    def fill(self):
        """To the last page."""
        self.resize(self.used())

    def used(self):
        found = os.statvfs(self.path)
        return (found.f_blocks - found.f_bfree) * found.f_frsize

    def close(self):
        if self.there:
            subprocess.run(['umount', '-l', self.path], check=False, capture_output=True)


def full_disk(stand, folder, photo, clip):
    disk = Disk(folder)
    if not disk.there:
        tap.skip('a full disk', 'a file system of its own cannot be mounted here')
        return
    try:
        with_disk(stand, disk, photo, clip)
    finally:
        disk.close()


def with_disk(stand, disk, photo, clip):
    def case_at(name):
        os.mkdir(os.path.join(disk.path, name))
        return Case(stand, photo, clip, folder=os.path.join(disk.path, name))

    # less than half a gigabyte: no money is spent
    disk.resize('64m')
    case = case_at('small')
    case.generate('wavespeed', Expect(states=('READY',), charged=('no',), exits=(3,), submits=(0,), billed=(0,), classes={'space'}))
    disk.resize('700m')
    case.hold(case.home.run('jobs', 'resume', '--wait', '--json'), 'wavespeed', done())
    case.tell('without room for a clip nothing is ordered; with it, it is')

    # full while the answer to the order is on its way: the answer is written all the same
    case = case_at('submit')
    stand.script({'service': 'wavespeed', 'step': 'submit', 'do': 'drip-header', 'ms': 12})
    command = case.home.generate('wavespeed')
    ordered = wait_for(lambda: counts(stand, 'wavespeed').get('submits', 0) > 0, command)
    disk.fill()
    case.judge.hold(ordered, 'it was never ordered')
    ended = command.end()
    case.words = ended.err
    row = case.home.row()
    case.judge.ended(ended, (0, 3))  # the room kept for the answer may do for the clip, too
    case.judge.hold(row.get('remote_id') is not None, f'the answer is not noted: {row.get("state")} {row.get("error_message")}')
    disk.resize('700m')
    case.hold(case.home.run('jobs', 'resume', '--wait', '--json'), 'wavespeed', done())
    case.tell('a disk that is full when the answer to an order comes loses nothing')

    # full while the clip comes
    case = case_at('download')
    stand.script({'service': 'wavespeed', 'step': 'download', 'do': 'drip-body', 'ms': 1})
    command = case.home.generate('wavespeed')
    began = wait_for(lambda: counts(stand, 'wavespeed').get('downloads', 0) > 0, command)
    disk.fill()
    case.judge.hold(began, 'no download began')
    ended = command.end(30)
    case.words = ended.err
    row = case.home.row()
    case.judge.ended(ended, (3,))
    case.judge.hold(row.get('state') in ('RESULT_READY', 'DOWNLOADING', 'VERIFYING'), f'state {row.get("state")}')
    disk.resize('700m')
    case.hold(case.home.run('jobs', 'resume', '--wait', '--json'), 'wavespeed', done())
    case.tell('a disk that is full while a clip comes loses nothing')


def main():
    with tempfile.TemporaryDirectory(prefix='fault-inputs-') as folder:
        photo, clip = os.path.join(folder, 'photo.png'), os.path.join(folder, 'clip')
        make_photo(photo)
        make_clip(clip)
        with StandIn('--clip', clip) as stand:
            bad_addresses(stand, photo, clip)
            bad_keys(stand, photo, clip)
            proxies(stand, photo, clip)
            full_disk(stand, folder, photo, clip)
        bad_clips(folder, photo)
    tap.end()


if __name__ == '__main__':
    main()
