# SPDX-License-Identifier: GPL-3.0-or-later
"""One cell of the fault matrix: a job of one service, ordered from the command line, while the service misbehaves; and what
is known of it afterwards, from the service's ledger, the command's own words, its data folder and the kernel."""
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

CANARY = 'canary-4b1d09c2e7'  # in every key; must stay with the service's own origin
KEYS = {'WAVESPEED_API_KEY': f'k-{CANARY}-w', 'EACHLABS_API_KEY': f'k-{CANARY}-e', 'NOVITA_API_KEY': f'k-{CANARY}-n',
        'HIGHWAY_API_KEY': f'hw-{CANARY}-h', 'KLINGAI_API_KEY': f'api-key-kling-{CANARY}', 'FAL_KEY': f'{CANARY}-f:{CANARY}-s',
        'REPLICATE_API_TOKEN': f'k-{CANARY}-r', 'AI_GATEWAY_API_KEY': f'k-{CANARY}-g'}
SERVICES = ('wavespeed', 'eachlabs', 'novita', 'highway', 'kling', 'fal', 'replicate', 'vercel-gateway')
LIMIT_S = 60
AT_THE_SERVICE = ('QUEUED', 'RUNNING', 'STALLED', 'CANCELLING', 'RESULT_READY', 'DOWNLOADING', 'VERIFYING')
MONEY = re.compile(r'charg|paid|pay|bill|money|\$')


def make_clip(path):
    """What the workers of fake-worker.c take for a clip."""
    line = b'CLIP mp4 1920 1080 150 30\n'
    with open(path, 'wb') as file:
        file.write(line + bytes(32 + i * 7 % 90 for i in range(50000)))


def make_photo(path, width=640, height=480):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    rows = b''.join(b'\0' + bytes((x ^ y) & 255 for x in range(width) for _ in 'rgb') for y in range(height))
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
                   chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def sha256(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


class Ended:
    """How a command ended: status, words, and the most memory it held, in KiB."""

    def __init__(self, status, out, err, rss, seconds):
        self.signal = -status if status < 0 else 0
        self.status, self.out, self.err, self.rss, self.seconds = status, out, err, rss, seconds
        try:
            self.json = json.loads(out)
        except ValueError:
            self.json = None


# Runs a command and tells its pid, then how it ended and the most memory it held. A process takes over the figure of
# the one it was forked from, so that must be a small one.
LAUNCHER = """
import os, sys
to = int(sys.argv[1])
pid = os.fork()
if pid == 0:
    os.close(to)
    os.execv(sys.argv[2], sys.argv[2:])
os.write(to, b'%d ' % pid)
_, status, usage = os.wait4(pid, 0)
os.write(to, b'%d %d' % (os.waitstatus_to_exitcode(status), usage.ru_maxrss))
"""


class Command:
    def __init__(self, home, *arguments):
        self.files = [tempfile.TemporaryFile(dir=home.folder), tempfile.TemporaryFile(dir=home.folder)]
        self.began = time.monotonic()
        self.told, to = os.pipe()
        self.launcher = subprocess.Popen([sys.executable, '-I', '-S', '-c', LAUNCHER, str(to), home.cli, *arguments],
                                         env=home.env, cwd=home.folder, stdin=subprocess.DEVNULL, stdout=self.files[0],
                                         stderr=self.files[1], pass_fds=[to])
        os.close(to)
        self.pid = int(os.read(self.told, 20))

    def send(self, number):
        if self.launcher.poll() is None:
            os.kill(self.pid, number)

    def end(self, limit=LIMIT_S):
        """Waits, with a bound."""
        timer = threading.Timer(limit, self.send, [signal.SIGKILL])
        timer.start()
        self.launcher.wait()
        timer.cancel()
        status, rss = os.read(self.told, 40).split()
        os.close(self.told)
        words = []
        for file in self.files:
            file.seek(0)
            words.append(file.read().decode('utf-8', 'replace'))
            file.close()
        return Ended(int(status), *words, int(rss), time.monotonic() - self.began)


class Home:
    """A person's folders and environment, new for each cell."""

    def __init__(self, cli, worker, stand, photo, folder=None):
        self.cli, self.stand, self.photo = cli, stand, photo
        self.own = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix='fault-')
        self.data = os.path.join(self.folder, 'inbetween')
        keep = ('PATH', 'LANG', 'LC_ALL', 'G_DEBUG', 'G_SLICE', 'MALLOC_CHECK_', 'ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS')
        self.env = {name: os.environ[name] for name in keep if name in os.environ}
        self.env |= {'HOME': self.folder, 'XDG_DATA_HOME': self.folder, 'XDG_CACHE_HOME': self.folder + '/cache',
                     'XDG_CONFIG_HOME': self.folder + '/config', 'GIO_USE_VFS': 'local', 'GSETTINGS_BACKEND': 'memory',
                     'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'}
        self.env |= KEYS
        if worker is not None:
            self.env['INBETWEEN_CLI'] = worker
        for service in SERVICES:
            self.env['INBETWEEN_BASE_URL_' + service.upper().replace('-', '_')] = stand.origin

    def close(self):
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments, limit=LIMIT_S):
        return Command(self, *arguments).end(limit)

    def run_beside(self, *arguments):
        return Command(self, *arguments)

    def generate(self, service, *more):
        return Command(self, 'generate', self.photo, '--prompt', 'a slow push in', '--provider', service, '--json', *more)

    def row(self):
        """What the data folder says of the one job; {} before there is one."""
        try:
            database = sqlite3.connect(f'file:{self.data}/inbetween.db?mode=ro', uri=True, timeout=5)
            database.row_factory = sqlite3.Row
            rows = database.execute('SELECT * FROM jobs').fetchall()
            database.close()
        except sqlite3.OperationalError:
            return {}
        assert len(rows) < 2
        return dict(rows[0]) if rows else {}

    def left_in_tmp(self):
        return [name for name in os.listdir(self.data + '/tmp') if os.path.isfile(f'{self.data}/tmp/{name}')]

    def clips(self):
        return glob.glob(self.data + '/clips/*/*/*.mp4')

    def tell_key(self):
        """Files that hold a key."""
        found = []
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as file:
                    if CANARY.encode() in file.read():
                        found.append(name)
        return found


def wait_for(what, command, limit=20.0):
    """Until what() is true, the command ended, or the time is over; looks fifty times a second."""
    until = time.monotonic() + limit
    ended = threading.Event()
    while time.monotonic() < until:
        if what():
            return True
        if command.launcher.poll() is not None:
            return bool(what())
        ended.wait(0.02)
    return False


def counts(stand, service):
    return stand.ledger()['services'].get(service, {})


class Judge:
    """Collects what is wrong."""

    def __init__(self):
        self.wrong = []

    def hold(self, good, words):
        if not good:
            self.wrong.append(words)

    def ended(self, ended, exits):
        self.hold(ended.signal == 0, f'ended by signal {ended.signal} after {ended.seconds:.1f} s')
        self.hold(exits is None or ended.status in exits, f'exit status {ended.status}, not of {exits}')
        self.hold(CANARY not in ended.out + ended.err, 'a key in the output')

    def row(self, row, expect):
        self.hold(row.get('state') in expect.states, f'state {row.get("state")}, not of {expect.states}')
        self.hold(expect.charged is None or row.get('charged') in expect.charged,
                  f'charged {row.get("charged")}, not of {expect.charged}')
        if row.get('state') == 'DONE':
            self.hold(row['error_class'] is None, f'done, but with an error: {row["error_message"]}')
            return
        self.hold(expect.classes is None or row.get('error_class') in expect.classes,
                  f'error class {row.get("error_class")}, not of {expect.classes}')
        if row.get('error_class') is not None:
            self.hold(MONEY.search(row['error_message'] or ''), f'no word of money: {row["error_message"]}')

    def json(self, ended, row, expect):
        """What the command says is what the folder says."""
        jobs = (ended.json or {}).get('jobs', [])
        self.hold(len(jobs) == 1, f'no job in the JSON: {ended.out[:200]!r}')
        if not jobs:
            return
        error = jobs[0]['error']
        self.hold(jobs[0]['state'] == row.get('state'), f'the JSON says {jobs[0]["state"]}')
        self.hold(jobs[0]['remote_id'] == row.get('remote_id'), 'the JSON has another remote id')
        self.hold((error is None) == (row.get('error_class') is None), f'the JSON has error {error}')
        self.hold(error is None or error['charged'] == row.get('charged'), f'the JSON has error {error}')

    def ledger(self, ledger, service, expect):
        of = ledger['services'].get(service, {})
        self.hold(expect.submits is None or of.get('submits', 0) in expect.submits,
                  f'{of.get("submits", 0)} submits, not of {expect.submits}')
        self.hold(ledger['billed'] in expect.billed, f'billed {ledger["billed"]}, not of {expect.billed}')
        for name, n in expect.least.items():
            self.hold(of.get(name, 0) >= n, f'{of.get(name, 0)} {name}, less than {n}')
        self.hold(ledger['leaks'] == [], f'keys went where they must not: {ledger["leaks"]}')
        self.hold(ledger['elsewhere'] == 0, f'{ledger["elsewhere"]} requests to another host')
        self.hold(ledger['followed'] in expect.followed, f'{ledger["followed"]} redirects followed')
        self.hold(ledger['strays'] == 0, f'{ledger["strays"]} requests to paths that there are not')

    def files(self, home, row, sum_of_clip):
        self.hold(home.tell_key() == [], f'a key in {home.tell_key()}')
        if row.get('state') != 'DONE':
            self.hold(home.clips() == [], f'a clip that is not done: {home.clips()}')
            return
        self.hold(home.left_in_tmp() == [], f'left behind: {home.left_in_tmp()}')
        self.hold(len(home.clips()) == 1 and sha256(home.clips()[0]) == sum_of_clip, 'the clip is not the one delivered')
