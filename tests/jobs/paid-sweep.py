# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills paid jobs at many points of their lives and counts what became of them.

usage: paid-sweep.py --cli CLI --worker WORKER --shim SHIM --photo PHOTO [--points N] [--double N]
                     [--full N] [--frame-bytes N] [--modes NAME,…] [--at-once N] [--keep FILE]
       INB_STAND_IN names the stand-in services

Nothing of the program under test is read or linked: what was billed is the stand-in's ledger, what the person is told is
`jobs list --json`, what is left are files. A first run, not killed, tells through the shim which system calls there are;
one in ten points lies before the photo's worker begins, where there is hardly a job yet, the others evenly over the
rest. Each round has a data folder, a key and a prompt of its own:

    generate, killed with SIGKILL at its point, every other time together with its workers
    `jobs resume --wait`, once more killed where two kills are wanted, then again to its end
    where the job is UNKNOWN and no service can help, the person's word: `jobs resolve` --lost or --resend

and where a full disk is wanted, no kill, but no write succeeds from the point on; then there is room again.

plain: the service gives no help, so UNKNOWN is the honest end of a kill between the first byte and the answer; it is
*false* where nothing was billed. key: the service knows a repeat by its key. lookup: by our own name for the job.
list: by its list of jobs."""
import argparse
import ctypes
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import StandIn, Tap  # noqa: E402

# mode: (what helps, variable of the key)
MODES = {
    'novita': ('plain', 'NOVITA_API_KEY'),
    'vercel-gateway': ('key', 'AI_GATEWAY_API_KEY'),
    'kling': ('lookup', 'KLINGAI_API_KEY'),
    'wavespeed': ('list', 'WAVESPEED_API_KEY'),
    'replicate': ('list', 'REPLICATE_API_TOKEN'),
}
# What becomes of a kill. The first three are good; of the others there must be none, but for few "false".
CLASSES = ('done', 'none', 'unknown', 'false', 'doubled', 'lost', 'idle', 'other')
PHASES = ('no job', 'PREPARING', 'UPLOADING', 'READY', 'SUBMITTING', 'QUEUED', 'RUNNING', 'RESULT_READY', 'DOWNLOADING',
          'VERIFYING', 'DONE')
MAX_FALSE_PERCENT = 3.0
PATIENCE_S = 120
CLIP = b'CLIP mp4 1600 1200 121 24 seed 7\n'  # what the stand-in for the workers takes for a clip
PR_SET_CHILD_SUBREAPER = 36
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Round:
    """One job, from nothing to its end."""

    def __init__(self, options, stand, provider, name):
        self.options, self.stand, self.provider, self.name = options, stand, provider, name
        self.home = tempfile.mkdtemp(prefix='paid-sweep-')
        self.data = os.path.join(self.home, 'inbetween')
        variable = 'INBETWEEN_BASE_URL_' + provider.upper().replace('-', '_')
        self.environment = {
            'PATH': os.environ.get('PATH', ''), 'HOME': self.home, 'LC_ALL': 'C.UTF-8', 'XDG_DATA_HOME': self.home,
            'GIO_USE_VFS': 'local', 'GSETTINGS_BACKEND': 'memory', 'DBUS_SESSION_BUS_ADDRESS': 'disabled:',
            'INBETWEEN_CLI': options.worker, 'G_FAKE_FOLDER': self.home, variable: stand.origin, MODES[provider][1]: f'sweep-key-{name}',
        }
        with open(os.path.join(self.home, 'frame-bytes'), 'w', encoding='ascii') as file:
            file.write(str(options.frame_bytes))

    def run(self, *arguments, log=None, kill_at=None, full_at=None, hard=False):
        """(status, standard output); negative: the signal it died of. Every worker has ended when this returns."""
        environment = dict(self.environment)
        if (log, kill_at, full_at) != (None, None, None):
            environment.update(LD_PRELOAD=self.options.shim, SHIM_ROOT=self.home)
        if log is not None:
            environment['SHIM_LOG'] = log
        if kill_at is not None:
            environment['SHIM_KILL_AT'] = str(kill_at)
        if full_at is not None:
            environment['SHIM_FULL_AT'] = str(full_at)
        if hard:
            environment['SHIM_HARD'] = '1'
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            child = subprocess.Popen([self.options.cli, *arguments], env=environment, stdin=subprocess.DEVNULL,
                                     stdout=out, stderr=errors, start_new_session=True, preexec_fn=die_with_parent)
            try:
                status = child.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                status = 'hangs'
            wait_for_orphans()
            out.seek(0)
            errors.seek(0)
            self.errors = errors.read().decode(errors='replace')
            return status, out.read().decode(errors='replace')

    def generate(self, **how):
        return self.run('generate', self.options.photo, '--prompt', f'slow push in, {self.name}', '--provider',
                        self.provider, '--json', **how)

    def resume(self, **how):
        return self.run('jobs', 'resume', '--wait', '--json', **how)

    def rows(self):
        status, text = self.run('jobs', 'list', '--json')
        return json.loads(text)['jobs'] if status == 0 else None

    def state(self):
        """The state as the killed process left it, read from a copy: looking must not mend anything."""
        database = os.path.join(self.data, 'inbetween.db')
        copy = os.path.join(self.home, 'copy.db')
        for end in ('', '-wal'):
            if os.path.exists(database + end):
                shutil.copy(database + end, copy + end)
        try:
            connection = sqlite3.connect(copy)
            found = connection.execute('SELECT state FROM jobs').fetchall()
            connection.close()
        except sqlite3.Error:
            found = []
        for end in ('', '-wal', '-shm'):
            if os.path.exists(copy + end):
                os.unlink(copy + end)
        return found[0][0] if found else 'no job'

    def billed(self):
        return sum(job['billed'] for job in self.stand.ledger()['jobs']
                   if job['prompt'] == f'slow push in, {self.name}')

    def files(self, folder):
        return [os.path.join(where, name) for where, _, names in os.walk(os.path.join(self.data, folder))
                for name in names]

    def has_clip(self, row):
        if row['clip'] is None or not os.path.exists(row['clip']):
            return False
        with open(row['clip'], 'rb') as file:
            data = file.read()
        return data == CLIP and row['sha256'] == hashlib.sha256(CLIP).hexdigest()

    def debris(self, rows):
        """What lies about that nobody will ask for."""
        n_done = sum(row['state'] == 'DONE' for row in rows)
        found = self.files('tmp')
        for folder, n in (('clips', 2), ('proxies', 1), ('posters', 1)):
            files = self.files(folder)
            if len(files) != n * n_done:
                found += files or [f'no {folder}']
        return found

    def judge(self, status):
        """(class, details)"""
        rows, billed = self.rows(), self.billed()
        told = {'status': status, 'billed': billed, 'rows': rows, 'errors': self.errors}
        if status == 'hangs' or (isinstance(status, int) and status < 0) or rows is None or len(rows) > 1:
            return 'other', told
        told['debris'] = self.debris(rows)
        if billed > 1:
            return 'doubled', told
        if not rows:
            return ('none', told) if billed == 0 and status == 0 else ('lost', told)
        row = rows[0]
        if row['state'] == 'DONE':
            return ('done' if billed == 1 and self.has_clip(row) and status == 0 else 'lost'), told
        if row['state'] == 'UNKNOWN':
            honest = row['error'] is not None and row['error']['charged'] == 'maybe' and status == 3
            return ('other' if not honest else 'unknown' if billed == 1 else 'false'), told
        return ('lost' if billed == 1 else 'idle'), told

    def resolve(self, row, resend, billed):
        """The person's word on an UNKNOWN job; whether it came as it must."""
        status, _ = self.run('jobs', 'resolve', row['id'], '--resend' if resend else '--lost', '--json')
        rows, now = self.rows(), self.billed()
        if rows is None or len(rows) != 1 or self.debris(rows):
            return False
        if resend:
            return status == 0 and rows[0]['state'] == 'DONE' and now == billed + 1 and self.has_clip(rows[0])
        return status == 3 and rows[0]['state'] == 'FAILED_REMOTE' and rows[0]['error']['charged'] == 'maybe' and \
            now == billed

    def end(self):
        shutil.rmtree(self.home, ignore_errors=True)


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def wait_for_orphans():
    """Workers of a killed program become ours; a data folder is looked at when they are gone."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass


def play(options, stand, order):
    """One round; what a table needs to know of it."""
    provider, kind, number = order['provider'], order['kind'], order['number']
    game = Round(options, stand, provider, f'{provider}-{kind}-{number}')
    hard = number % 2 == 1
    result = {'order': order, 'killed': False, 'killed_again': False, 'told': {}}
    began = time.monotonic()
    if kind == 'full':
        status, _ = game.generate(full_at=order['at'])
        result['killed'] = status != 0
        expected = (0, 1, 3)
    else:
        status, _ = game.generate(kill_at=order['at'], hard=hard)
        result['killed'] = status == -signal.SIGKILL
        expected = (0, -signal.SIGKILL)
    result['phase'] = game.state()
    if status in expected:
        if kind == 'double':
            status, _ = game.resume(kill_at=order['again_at'], hard=not hard)
            result['killed_again'] = status == -signal.SIGKILL
        status, _ = game.resume()
        result['end'], result['told'] = game.judge(status)
    else:
        result.update(end='other', told={'status': status, 'errors': game.errors})
    if result['end'] in ('unknown', 'false') and MODES[provider][0] == 'plain':
        result['resend'] = order['resend']
        result['resolved'] = game.resolve(result['told']['rows'][0], order['resend'], result['told']['billed'])
    game.end()
    result['seconds'] = time.monotonic() - began
    return result


def learn(options, stand, order):
    """The points there are in a run that is not killed."""
    game = Round(options, stand, order['provider'], f'{order["provider"]}-learn')
    log = os.path.join(game.home, 'log')
    status, text = game.generate(log=log)
    with open(log, encoding='utf-8') as file:
        kinds = [line.split(' ')[1] for line in file]
    game.end()
    return {'kinds': kinds, 'good': status == 0, 'told': [status, text, game.errors]}


def in_parallel(options, stand, work, orders, n_processes):
    """Does the work in as many processes as wanted: each reaps only what its own rounds left."""
    readers, results = [], []
    for i in range(n_processes):
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(reader)
            LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
            die_with_parent()
            with os.fdopen(writer, 'w') as pipe:
                for order in orders[i::n_processes]:
                    pipe.write(json.dumps(work(options, stand, order)) + '\n')
                    pipe.flush()
            os._exit(0)
        os.close(writer)
        readers.append(os.fdopen(reader))
    for reader in readers:
        results += [json.loads(line) for line in reader]
        reader.close()
    for _ in readers:
        os.wait()
    return results


def place(i, n, first, n_points):
    """The point of the i-th of n rounds: one in ten before the first that matters."""
    n_before = min(n // 10, n)
    if i < n_before:
        return i * first // n_before
    return first + (i - n_before) * (n_points - first) // (n - n_before)


def make_orders(options, provider, kinds):
    """The place of a second kill is drawn, the same every time."""
    chance = random.Random(provider)
    first = max(0, kinds.index('progress') - 10) if 'progress' in kinds else 0
    orders = []
    for kind, n in (('single', options.points), ('double', options.double), ('full', options.full)):
        for i in range(n):
            at = place(i, n, first, len(kinds))
            orders.append({'provider': provider, 'kind': kind, 'number': i, 'at': at, 'resend': i // 2 % 2 == 1,
                           'again_at': chance.randrange(max(8, len(kinds) - at))})
    return orders


def percent(part, whole):
    return 100.0 * part / whole if whole else 0.0


def print_table(title, groups):
    """groups: (name, results)"""
    print(f'# {title:<24} {"kills":>6} ' + ' '.join(f'{name:>8}' for name in CLASSES) + f' {"debris":>8} {"false %":>8}')
    for name, results in groups:
        ends = [result['end'] for result in results]
        debris = sum(bool(result['told'].get('debris')) for result in results)
        print(f'# {name:<24} {len(ends):>6} ' + ' '.join(f'{ends.count(word):>8}' for word in CLASSES) +
              f' {debris:>8} {percent(ends.count("false"), len(ends)):>8.1f}')


def is_bad(result):
    return (result['end'] not in ('done', 'none', 'unknown', 'false') or bool(result['told'].get('debris')) or
            not result.get('resolved', True))


def tell_details(provider, kinds, groups, resolved):
    print(f'# {provider} ({MODES[provider][0]}): {len(kinds)} points in a run, of these on sockets: ' + ', '.join(
        f'{kinds.count(kind)} {kind}' for kind in ('connect', 'send', 'sent', 'received', 'close')))
    single = groups['killed once']
    print_table('state left by the kill', [(phase, [r for r in single if r['phase'] == phase])
                                           for phase in PHASES if any(r['phase'] == phase for r in single)])
    print_table('all', groups.items())
    again = [result for result in resolved if result['resend']]
    n_twice = sum(result['end'] == 'unknown' for result in again)
    if resolved:
        print(f'# the person said --lost {len(resolved) - len(again)} times and --resend {len(again)} times; of the latter '
              f'{n_twice} were billed a second time, by that word')


def report(tap, provider, kinds, results, seconds):
    of_kind = {kind: [r for r in results if r['order']['kind'] == kind] for kind in ('single', 'double', 'full')}
    groups = {'killed once': [r for r in of_kind['single'] if r['killed']],
              'killed twice': [r for r in of_kind['double'] if r['killed'] and r['killed_again']],
              'disk full': [r for r in of_kind['full'] if r['killed']]}
    killed, n_single = groups['killed once'], len(of_kind['single'])
    tell_details(provider, kinds, groups, [result for result in results if 'resolved' in result])
    print(f'# {seconds:.0f} s, {percent(len(killed), n_single):.0f} % of the points killed')
    bad = [result for result in results if is_bad(result)]
    tap.ok(not bad, f'{provider}: of {len(results)} rounds none doubles, loses, strands or leaves anything',
           *[json.dumps(result) for result in bad[:12]])
    n_false = sum(result['end'] == 'false' for result in killed)
    unknown = [result for result in results if result['end'] in ('unknown', 'false')]
    if MODES[provider][0] == 'plain':
        tap.ok(percent(n_false, len(killed)) <= MAX_FALSE_PERCENT, f'{provider}: few are called unknown without need',
               f'{n_false} of {len(killed)}')
    else:
        tap.ok(not unknown, f'{provider}: the service tells, so none stays unknown',
               *[json.dumps(result) for result in unknown[:12]])
    tap.ok(len(killed) * 10 >= n_single * 9, f'{provider}: the points really kill', f'{len(killed)} of {n_single}')


def main():
    parser = argparse.ArgumentParser()
    for name in ('cli', 'worker', 'shim', 'photo'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--points', type=int, default=60)
    parser.add_argument('--double', type=int, default=0)
    parser.add_argument('--full', type=int, default=0)
    parser.add_argument('--frame-bytes', type=int, default=100000, help='size of the prepared photo')
    parser.add_argument('--modes', default=','.join(MODES))
    parser.add_argument('--at-once', type=int, default=2)
    parser.add_argument('--keep', help='a file that takes every round as a line of JSON')
    options = parser.parse_args()
    tap = Tap()
    with tempfile.NamedTemporaryFile(suffix='.mp4') as clip:
        clip.write(CLIP)
        clip.flush()
        for provider in options.modes.split(','):
            with StandIn('--clip', clip.name, '--polls', '1') as stand:
                began = time.monotonic()
                learned = in_parallel(options, stand, learn, [{'provider': provider}], 1)[0]
                if not learned['good']:
                    raise SystemExit(f'Bail out! {provider} fails without any kill: {learned["told"]}')
                kinds = learned['kinds']
                orders = make_orders(options, provider, kinds)
                results = in_parallel(options, stand, play, orders, options.at_once)
                report(tap, provider, kinds, results, time.monotonic() - began)
                if options.keep:
                    with open(options.keep, 'a', encoding='utf-8') as file:
                        file.writelines(json.dumps(result) + '\n' for result in results)
    tap.end()


if __name__ == '__main__':
    main()
