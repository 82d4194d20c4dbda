#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window beside a bare one of the platform: launch, memory, rest.

usage: gui-test.sh bench-window.py PROBE.so BARE-WINDOW FILL-STORE [--rounds N] [--jobs 0,1000,100000]
       [--rest SECONDS] [--photo PHOTO]
Both programs run in turn on the same display and bus; the best of each counts, since whatever else the machine does only
ever adds. See README.md for what the columns are.
"""
import argparse
import os
import shutil
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import StandIn  # noqa: E402

BUILD = os.environ['INB_BUILD']
PROGRAM = os.path.join(BUILD, 'src', 'inbetween')
N_BINS = 4096
# s after which nothing of the start is under way any more: a worker reads the last product's photo
AT_REST_S = 6


class Counts:
    """What probe.c keeps; the numbers are those of this moment."""

    def __init__(self, path):
        with open(path, 'rb') as file:
            numbers = struct.unpack(f'={6 + N_BINS}q', file.read())
        self.first_frame_ns, self.settled_ns, self.first_frame_cpu_ns, self.settled_cpu_ns = numbers[:4]
        self.n_frames, self.n_turns = numbers[4:6]
        self.bins = numbers[6:]


class Run:
    """One start of a program, with the probe inside."""

    def __init__(self, probe, program, home, args=(), env=None):
        self.probe = os.path.join(home, 'probe')
        if os.path.exists(self.probe):
            os.unlink(self.probe)
        self.log = open(os.path.join(home, 'log'), 'w+')
        environment = {**os.environ, 'XDG_DATA_HOME': os.path.join(home, 'data'), 'INB_PROBE': self.probe,
                       'LD_PRELOAD': probe, **(env or {})}
        self.start_ns = time.monotonic_ns()
        self.process = subprocess.Popen([program, *args], env=environment, stdout=self.log, stderr=self.log)

    def wait_settled(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(.02)
            if self.process.poll() is not None:
                break
            if os.path.exists(self.probe) and os.path.getsize(self.probe) == 8 * (6 + N_BINS) and \
                    Counts(self.probe).settled_ns:
                return Counts(self.probe)
        self.log.seek(0)
        sys.exit(f'{self.process.args} did not come to rest: {self.log.read()}')

    def ms(self, ns):
        return (ns - self.start_ns) / 1e6

    def memory(self):
        """Shares of memory, in MB: what it costs (PSS) and what is its own alone."""
        with open(f'/proc/{self.process.pid}/smaps_rollup', encoding='ascii') as file:
            rows = {line.split(':')[0]: int(line.split()[1]) for line in file if line.count('kB')}
        return rows['Pss'] / 1024, (rows['Private_Dirty'] + rows['Private_Clean']) / 1024

    def switches(self):
        """How often any of its threads went to sleep or was sent there."""
        total = 0
        for task in os.listdir(f'/proc/{self.process.pid}/task'):
            with open(f'/proc/{self.process.pid}/task/{task}/status', encoding='ascii') as file:
                total += sum(int(line.split()[1]) for line in file if 'ctxt_switches' in line)
        return total

    def stalls(self, seconds):
        """ms that turns of the main loop kept it from listening, over a while: the 99th of a hundred, the longest, how many."""
        before = Counts(self.probe).bins
        time.sleep(seconds)
        bins = [now - then for now, then in zip(Counts(self.probe).bins, before, strict=True)]
        total, seen, p99, longest = sum(bins), 0, 0, 0
        for ms, n in enumerate(bins):
            seen += n
            if n:
                longest = ms
            if seen <= total * .99:
                p99 = ms + 1
        return p99, longest, total

    def end(self):
        self.process.terminate()
        self.process.wait(20)
        self.log.seek(0)
        said = self.log.read()
        assert said == '', said


def make_home(top, fill, n_jobs):
    home = os.path.join(top, f'jobs-{n_jobs}')
    os.makedirs(os.path.join(home, 'data'))
    if n_jobs:
        subprocess.check_call([fill, os.path.join(home, 'data', 'inbetween'), str(n_jobs)])
    return home


def measure(probe, program, home, rest):
    run = Run(probe, program, home)
    counts = run.wait_settled()
    time.sleep(1)
    pss, own = run.memory()
    result = {'first': run.ms(counts.first_frame_ns), 'settled': run.ms(counts.settled_ns), 'pss': pss, 'own': own,
              'first_cpu': counts.first_frame_cpu_ns / 1e6, 'settled_cpu': counts.settled_cpu_ns / 1e6}
    if rest:
        time.sleep(AT_REST_S)
        before, frames = run.switches(), Counts(run.probe).n_frames
        time.sleep(rest)
        result['wakes'] = (run.switches() - before) / rest
        result['frames'] = Counts(run.probe).n_frames - frames
    run.end()
    return result


def best(rows):
    return {key: min(row[key] for row in rows) for key in rows[-1] if all(key in row for row in rows)} | \
        {key: rows[-1][key] for key in ('wakes', 'frames') if key in rows[-1]}


def measure_jobs(probe, home, photo, rest):
    """How long the main loop is kept while eight jobs are polled and a clip is made by the local engine."""
    with StandIn('--polls', '40') as stand:
        env = {'INBETWEEN_BASE_URL_WAVESPEED': stand.origin, 'WAVESPEED_API_KEY': 'ws-0123456789'}
        run = Run(probe, PROGRAM, home, env=env)
        run.wait_settled()
        words = [os.environ['INBETWEEN_CLI'], 'generate', photo, '--prompt', 'push in', '--detach']
        environment = {**os.environ, **env, 'XDG_DATA_HOME': os.path.join(home, 'data')}
        quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL, 'env': environment}
        for takes in '4', '4':
            subprocess.check_call([*words, '--provider', 'wavespeed', '--takes', takes], **quiet)
        subprocess.check_call([*words, '--provider', 'local'], **quiet)
        result = run.stalls(rest)
        n_orders = stand.ledger()['services']['wavespeed']['submits']
        run.process.terminate()
        run.process.wait(30)
        assert n_orders == 8, n_orders
        return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('probe')
    parser.add_argument('bare')
    parser.add_argument('fill')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--jobs', default='0,1000,100000')
    parser.add_argument('--rest', type=float, default=10)
    parser.add_argument('--photo', help='measures the main loop while eight jobs run, too')
    options = parser.parse_args()
    top = os.path.join(os.environ['HOME'], 'bench')
    os.makedirs(top)
    subjects = [('bare window', options.bare, make_home(top, options.fill, 0))]
    os.rename(subjects[0][2], os.path.join(top, 'bare'))
    subjects = [('bare window', options.bare, os.path.join(top, 'bare'))]
    for n_jobs in map(int, options.jobs.split(',')):
        subjects.append((f'{n_jobs} jobs', PROGRAM, make_home(top, options.fill, n_jobs)))
    print('load', *os.getloadavg())
    rows = {name: [] for name, _, _ in subjects}
    for i in range(options.rounds + 1):
        for name, program, home in subjects:
            row = measure(options.probe, program, home, options.rest if i == options.rounds else 0)
            if i > 0:  # the first start reads the disk
                rows[name].append(row)
    bare = best(rows['bare window'])
    columns = [('first', 'first frame ms'), ('first_cpu', 'its cpu ms'), ('settled', 'settled ms'),
               ('settled_cpu', 'its cpu ms'), ('pss', 'PSS MB'), ('own', 'own MB')]
    print(f'{"":12}' + ''.join(f'{title:>15} ratio' for _, title in columns) + f'{"wakes/s":>9}{"frames":>8}')
    for name, _, _ in subjects:
        it = best(rows[name])
        print(f'{name:12}' + ''.join(f'{it[key]:15.1f} {it[key] / bare[key]:5.2f}' for key, _ in columns) +
              f'{it.get("wakes", 0):9.2f}{it.get("frames", 0):8d}')
    if options.photo:
        p99, longest, n_turns = measure_jobs(options.probe, make_home(top, options.fill, 2), options.photo, 20)
        print(f'8 jobs polled, 1 rendered: main loop kept {p99} ms (99 of 100 of {n_turns} turns), {longest} ms at most')
    print('load', *os.getloadavg())
    shutil.rmtree(top)


main()
