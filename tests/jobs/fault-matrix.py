# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix: every behaviour of the stand-in services at every step of a paid job, once, and for a chosen set always.
It knows nothing of the program's code: it holds the service's ledger, the command's words, the data folder and the kernel's
figures against fault_table.py.

usage: fault-matrix.py CLI WORKER [--bounded] [--lanes N] [--only TEXT]"""
import argparse
import os
import queue
import signal
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
from fault_cells import (AT_THE_SERVICE, Home, Judge, counts, make_clip, make_photo, sha256,  # noqa: E402
                         wait_for)
from fault_table import BEHAVIOURS, EXPECT, NOT_TAKEN, VERDICT_BY_CODE, Expect, done, submit, upload  # noqa: E402
from standin import StandIn, Tap  # noqa: E402

RSS_BOUND_KIB = 64 * 1024
RSS_GOAL_KIB = 16 * 1024


class Cell:
    """One behaviour at one step of one service, once: the job must come to the end that the table names."""

    def __init__(self, service, step, do, expect=None, name=None, **rule):
        self.service, self.step, self.do, self.rule = service, step, do, rule
        self.expect = expect or EXPECT[step](service, do)
        self.name = name or f'{service} {step} {do}' + ''.join(f' {key}={value}' for key, value in rule.items())
        self.rss = 0

    def prepare(self, stand):
        stand.script({'service': self.service, 'step': self.step, 'do': self.do, **self.rule})

    def act(self, home):
        return home.generate(self.service).end()

    def run(self, lane):
        judge = Judge()
        lane.stand.clear()
        home = Home(lane.cli, lane.worker, lane.stand, lane.photo)
        home.sum_of_clip = lane.clip
        try:
            self.prepare(lane.stand)
            ended = self.act(home)
            row = home.row()
            judge.ended(ended, self.expect.exits)
            judge.row(row, self.expect)
            if self.expect.exits != (130,) or row.get('state') == 'CANCELLED_REMOTE':
                judge.json(ended, row, self.expect)
            judge.ledger(lane.stand.ledger(), self.service, self.expect)
            judge.files(home, row, lane.clip)
            self.rss = ended.rss
            self.check(home, judge)
            if judge.wrong:
                judge.wrong.append(f'it said: {(ended.err or ended.out)[-700:].strip()!r}')
        finally:
            home.close()
        return judge.wrong

    def check(self, home, judge):
        pass


class Cancelled(Cell):
    """A job that the service works on, cancelled by a second command while the first one waits for it."""

    def act(self, home):
        stand = home.stand
        stand.json('POST', '/jobs', {'service': self.service, 'id': 'next', 'state': 'running'})
        first = home.generate(self.service)
        running = wait_for(lambda: counts(stand, self.service).get('polls', 0) > 0, first)
        second = home.run_beside('jobs', 'cancel', home.row().get('id', 'none'), '--json') if running else None
        if self.expect.settle:
            wait_for(lambda: counts(stand, self.service).get('cancels', 0) > 0, first)
            stand.json('POST', '/jobs', {'service': self.service, 'id': '*', 'state': 'done'})
        ended = first.end()
        self.second = second.end(10) if second else None
        return ended

    def check(self, home, judge):
        want = 1 if self.expect.settle else 0
        judge.hold(self.second is not None and self.second.status == want,
                   f'jobs cancel ended with {self.second and self.second.status}, not {want}')


class Lasting(Cell):
    """A fault that does not pass. The program is told to end once it has met the fault a few times: nothing may be lost then,
    and once the fault is gone `jobs resume --wait` goes on to the clip."""
    COUNTED = {'submit': ('submits', 2), 'poll': ('polls', 3), 'result': ('polls', 4), 'download': ('downloads', 2)}

    def __init__(self, service, step, do, held, **rule):
        super().__init__(service, step, do, expect=held, times=-1, **rule)
        self.name += ', then resumed'

    def prepare(self, stand):
        super().prepare(stand)
        if self.step == 'poll':  # no answer at all, also when the job is done
            stand.script({'service': self.service, 'step': 'result', 'do': self.do, **self.rule})

    def act(self, home):
        command = home.generate(self.service)
        name, n = self.COUNTED[self.step]
        wait_for(lambda: counts(home.stand, self.service).get(name, 0) >= n, command)
        command.send(signal.SIGTERM)
        return command.end()

    def check(self, home, judge):
        home.stand.json('DELETE', '/script')
        ended = home.run('jobs', 'resume', home.row()['id'], '--wait', '--json')
        row = home.row()
        expect = done(followed=(0,), submits=None)
        judge.ended(ended, expect.exits)
        judge.row(row, expect)
        judge.json(ended, row, expect)
        judge.ledger(home.stand.ledger(), self.service, expect)
        judge.files(home, row, home.sum_of_clip)
        self.rss = max(self.rss, ended.rss)


def kept(*states, **other):
    """Interrupted while a service has it: kept, and said so by the exit status."""
    return Expect(**{'states': states or AT_THE_SERVICE, 'charged': ('maybe', 'yes'), 'exits': (3,), 'submits': (1,),
                     'billed': (1,), **other})


def once():
    """Every behaviour at every step."""
    for do in BEHAVIOURS:
        yield Cell('wavespeed', 'submit', do)
        yield Cell('novita', 'submit', do)
        yield Cell('wavespeed', 'upload', do)
        yield Cell('wavespeed', 'upload', do, upload('wavespeed', do, put=True), after=1)
        yield Cell('wavespeed', 'poll', do)
        yield Cell('wavespeed', 'result', do)
        yield Cell('fal', 'result', do)
        yield Cell('wavespeed', 'download', do)
        yield Cancelled('replicate', 'cancel', do)


def more():
    """The same at the services with other ways: submits with other help, uploads in one message, other cancels; and what is
    accepted although nothing is heard of it."""
    for do in BEHAVIOURS:
        for service in ('eachlabs', 'highway', 'kling', 'fal', 'replicate', 'vercel-gateway'):
            yield Cell(service, 'submit', do)
        yield Cell('replicate', 'upload', do)
        yield Cancelled('fal', 'cancel', do)
        yield Cancelled('eachlabs', 'cancel', do)


def accepted():
    for do in NOT_TAKEN:
        for service in ('wavespeed', 'novita', 'kling', 'vercel-gateway'):
            if (service, do) in VERDICT_BY_CODE:
                continue
            yield Cell(service, 'submit', do, submit(service, do, accepts=True), accept=True)


def inside():
    """A service whose answers may hold the clip itself: the longest answers that are taken at all."""
    for do in ('endless', 'gzip-bomb', 'json-string-13m', 'json-wide', 'json-deep', 'header-64m'):
        yield Cell('vercel-gateway', 'poll', do)
        yield Cell('vercel-gateway', 'result', do)


def lasting():
    verdict = submit('wavespeed', '401')
    yield Cell('wavespeed', 'submit', '401', verdict, times=-1)
    yield Cell('wavespeed', 'submit', 'lose-answer', times=-1)
    yield Cell('novita', 'submit', 'hang', times=-1)
    # sent again a few times, each time after the service's list has shown that nothing was accepted; then a person is asked
    yield Cell('wavespeed', 'submit', '503', Expect(states=('READY',), charged=('no',), exits=(3,), submits=(2, 3), billed=(0,),
                                                    classes={'unavailable'}), times=-1)
    # interrupted before anything was accepted: nothing is at a service
    yield Lasting('wavespeed', 'submit', '429-seconds', kept('READY', charged=('no',), submits=None, billed=(0,), exits=(130,)))
    yield Cell('wavespeed', 'upload', '503', Expect(states=('FAILED_LOCAL',), charged=('no',), exits=(1,), submits=(0,),
                                                    billed=(0,)), times=-1)
    for do in ('503', '401', 'html-200', 'hang', 'json-types', 'endless', '429-date', 'redirect-other-host', 'lose-answer'):
        yield Lasting('wavespeed', 'poll', do, kept('QUEUED', 'RUNNING', 'STALLED'))
    for do in ('500', 'json-null', 'gzip-bomb'):
        yield Lasting('fal', 'result', do, kept('QUEUED', 'RUNNING', 'STALLED'))
    for do in ('503', 'html-200', 'hang', 'short-length', 'gzip-bomb'):
        yield Lasting('wavespeed', 'download', do, kept('RESULT_READY', 'DOWNLOADING', charged=('yes',)))
    # no address is good any more; no clip is a clip; the service has forgotten the job
    yield Cell('wavespeed', 'download', '403', Expect(states=('EXPIRED',), charged=('yes',), exits=(1,), submits=(1,),
                                                      billed=(1,), classes={'expired'}), times=-1)
    yield Cell('wavespeed', 'download', 'json-empty', Expect(states=('FAILED_REMOTE',), charged=('yes',), exits=(1,),
                                                             submits=(1,), billed=(1,)), times=-1)
    yield Cell('wavespeed', 'poll', '404', Expect(states=('EXPIRED',), charged=('maybe',), exits=(1,), submits=(1,),
                                                  billed=(1,), classes={'expired'}), times=-1)
    # the service cannot be told, and finishes meanwhile: the clip is kept
    yield Cancelled('replicate', 'cancel', '503', done(settle=True, least={'cancels': 1}), times=-1)
    yield Cancelled('replicate', 'cancel', 'hang', done(settle=True, least={'cancels': 1}), times=-1)


def bounded():
    """What the ordinary run holds: every behaviour at the step where money leaves, once with and once without help; each at
    two other steps in turn; and some that last."""
    turn = [('wavespeed', 'poll', Cell), ('wavespeed', 'download', Cell), ('replicate', 'cancel', Cancelled),
            ('wavespeed', 'upload', Cell), ('fal', 'result', Cell)]
    for i, do in enumerate(BEHAVIOURS):
        yield Cell('wavespeed', 'submit', do)
        yield Cell('novita', 'submit', do)
        for service, step, kind in (turn[i % len(turn)], turn[(i + 2) % len(turn)]):
            if (step, do) != ('download', 'endless'):  # two gigabytes
                yield kind(service, step, do)
    wanted = ('wavespeed submit 401', 'wavespeed submit 503', 'wavespeed poll 503', 'wavespeed download 503',
              'replicate cancel 503')
    yield from (cell for cell in lasting() if cell.name.startswith(wanted))


class Lane(threading.Thread):
    """A stand-in of its own, and one cell after the other."""

    def __init__(self, run, stand):
        super().__init__(daemon=True)
        self.stand, self.cli, self.worker, self.photo, self.clip = stand, run.cli, run.worker, run.photo, run.sum
        self.todo, self.report = run.todo, run.report

    def run(self):
        while True:
            try:
                cell = self.todo.get_nowait()
            except queue.Empty:
                return
            began = time.monotonic()
            try:
                wrong = cell.run(self)
            except Exception as problem:  # a cell that cannot be judged has failed
                wrong = [f'{type(problem).__name__}: {problem}']
            self.report(cell, wrong, time.monotonic() - began)


class Run:
    def __init__(self, options, folder):
        self.cli, self.worker = os.path.abspath(options.cli), os.path.abspath(options.worker)
        self.photo, self.clip = os.path.join(folder, 'photo.png'), os.path.join(folder, 'clip')
        make_photo(self.photo)
        make_clip(self.clip)
        self.sum = sha256(self.clip)
        self.tap, self.lock = Tap(), threading.Lock()
        self.todo = queue.Queue()
        self.passed, self.peak, self.peak_of = 0, 0, 'nothing'
        self.slow = []
        self.base = 0

    def report(self, cell, wrong, seconds):
        with self.lock:
            over = cell.rss - self.base
            if cell.rss and over > RSS_BOUND_KIB:
                wrong = wrong + [f'{over} KiB over the base']
            if cell.rss and over > self.peak:
                self.peak, self.peak_of = over, cell.name
            self.passed += not wrong
            self.slow.append((seconds, cell.name))
            self.tap.ok(not wrong, cell.name, *wrong)

    def measure_base(self, stand):
        """The most that a job without a fault holds."""
        lane = Lane(self, stand)
        for service in ('wavespeed', 'fal', 'replicate', 'novita'):
            cell = Cell(service, 'submit', 'hang', done(), name=f'{service} without a fault', after=1000)
            wrong = cell.run(lane)
            self.base = max(self.base, cell.rss)
            self.report(cell, wrong, 0)
            self.passed -= not wrong

    def all(self, cells, lanes):
        stands = [StandIn('--clip', self.clip) for _ in range(lanes)]
        try:
            self.measure_base(stands[0])
            for cell in cells:
                self.todo.put(cell)
            n, began = self.todo.qsize(), time.monotonic()
            running = [Lane(self, stand) for stand in stands]
            for lane in running:
                lane.start()
            for lane in running:
                lane.join()
        finally:
            for stand in stands:
                stand.__exit__()
        print(f'# cells {n}, passed {self.passed}, {time.monotonic() - began:.0f} s in {lanes} lanes')
        print(f'# memory: base {self.base} KiB, at most {self.peak} KiB over it ({self.peak_of}); '
              f'bound {RSS_BOUND_KIB}, goal {RSS_GOAL_KIB}')
        print('# slowest: ' + ', '.join(f'{name} {seconds:.1f} s' for seconds, name in sorted(self.slow)[:-6:-1]))
        self.tap.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('cli')
    parser.add_argument('worker')
    parser.add_argument('--bounded', action='store_true')
    parser.add_argument('--lanes', type=int, default=min(6, 3 * len(os.sched_getaffinity(0))))
    parser.add_argument('--only', default='')
    options = parser.parse_args()
    cells = list(bounded()) if options.bounded else [*once(), *more(), *accepted(), *inside(), *lasting()]
    with tempfile.TemporaryDirectory(prefix='fault-matrix-') as folder:
        Run(options, folder).all([cell for cell in cells if options.only in cell.name], options.lanes)


if __name__ == '__main__':
    main()
