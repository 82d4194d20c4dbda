#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand jobs that a service works on: what watching them costs.

usage: with-keyring.sh bench-polls.py CLI WORKER NOVITA.JSON [--jobs N] [--seconds N]
A service of its own on loopback, described by a file, always answers "running". One job is sent to it and its row copied;
then `jobs resume --wait` watches all of them, each every five seconds, and its processor time, context switches and memory
are read from /proc.
"""
import argparse
import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time

# Waits are 50 times shorter at a service on this computer, and six times longer for a job that takes long: 42 s in the
# file become the 5 s that services ask for.
EVERY_S = 42
ANSWER = {'task': {'task_id': 'x', 'status': 'TASK_STATUS_PROCESSING', 'reason': '', 'progress_percent': 0}}


class Service:
    """Says "accepted" to every POST and "running" to every GET."""

    def __init__(self):
        self.n_polls = 0
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self.run, args=(ready,), daemon=True).start()
        ready.wait()

    def run(self, ready):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.serve, '127.0.0.1', 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b'\r\n\r\n')
                length = 0
                for line in head.split(b'\r\n'):
                    if line.lower().startswith(b'content-length:'):
                        length = int(line.split(b':')[1])
                await reader.readexactly(length)
                if head.startswith(b'GET'):
                    self.n_polls += 1
                body = json.dumps(ANSWER if head.startswith(b'GET') else {'task_id': 'first-one'}).encode()
                writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n' % len(body) + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def read_process(pid):
    """CPU seconds, context switches that were asked for and not, of all threads; resident KiB."""
    ticks = os.sysconf('SC_CLK_TCK')
    with open('/proc/%d/stat' % pid) as file:
        fields = file.read().rsplit(')', 1)[1].split()
    asked = forced = 0
    for task in os.listdir('/proc/%d/task' % pid):
        with open('/proc/%d/task/%s/status' % (pid, task)) as file:
            for line in file:
                if line.startswith('voluntary'):
                    asked += int(line.split()[1])
                elif line.startswith('nonvoluntary'):
                    forced += int(line.split()[1])
    with open('/proc/%d/status' % pid) as file:
        rss = next(int(line.split()[1]) for line in file if line.startswith('VmRSS'))
    return (int(fields[11]) + int(fields[12])) / ticks, asked, forced, rss


def multiply(database, n_jobs):
    """Copies the one job that the service has."""
    with sqlite3.connect(database) as connection:
        columns = [row[1] for row in connection.execute('PRAGMA table_info(jobs)')]
        row = dict(zip(columns, connection.execute("SELECT * FROM jobs WHERE remote_id IS NOT NULL").fetchone()))
        for index in range(1, n_jobs):
            copy = dict(row, id='00000000-0000-4000-8000-%012d' % index, take=index + 1, change=row['change'] + index,
                        created_us=row['created_us'] + index, remote_id='job-%d' % index)
            connection.execute('INSERT INTO jobs (%s) VALUES (%s)' % (','.join(copy), ','.join('?' * len(copy))),
                               list(copy.values()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('cli')
    parser.add_argument('worker')
    parser.add_argument('template')
    parser.add_argument('--jobs', type=int, default=1000)
    parser.add_argument('--seconds', type=int, default=60)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix='inb-polls-')
    root = os.path.join(folder, 'inbetween')
    service = Service()
    with open(options.template) as file:
        provider = json.load(file)
    provider.update(id='studio', name='Studio')
    provider['credentials'][0]['env'] = []
    provider['poll'].update(first_s=1, every_s=EVERY_S)
    os.makedirs(os.path.join(root, 'providers'))
    with open(os.path.join(root, 'providers', 'studio.json'), 'w') as file:
        json.dump(provider, file)
    with open(os.path.join(folder, 'mug.gif'), 'w') as file:
        file.write('GIF89a    mug')
    env = dict(os.environ, XDG_DATA_HOME=folder, G_FAKE_FOLDER=folder, INBETWEEN_CLI=options.worker,
               INBETWEEN_BASE_URL_STUDIO='http://127.0.0.1:%d' % service.port)
    subprocess.run([options.cli, 'keys', 'set', 'studio'], env=env, input='studio-key-1234\n', text=True, check=True,
                   stdout=subprocess.DEVNULL)
    first = subprocess.Popen([options.cli, 'generate', os.path.join(folder, 'mug.gif'), '--prompt', 'push in', '--provider',
                              'studio'], env=env, stderr=subprocess.DEVNULL)
    while service.n_polls == 0:
        time.sleep(0.05)
    first.send_signal(signal.SIGTERM)
    first.wait()
    multiply(os.path.join(root, 'inbetween.db'), options.jobs)
    watcher = subprocess.Popen([options.cli, 'jobs', 'resume', '--wait'], env=env, stderr=subprocess.DEVNULL)
    time.sleep(30)  # until each job has settled into its slow rhythm
    before, polls = read_process(watcher.pid), service.n_polls
    time.sleep(options.seconds)
    after, polls = read_process(watcher.pid), service.n_polls - polls
    watcher.kill()
    print('%d jobs watched for %d s on %d cores, load %.1f' % (options.jobs, options.seconds, os.cpu_count(), os.getloadavg()[0]))
    print('polls                      %d (one a job every %.1f s)' % (polls, options.jobs * options.seconds / max(1, polls)))
    print('processor                  %.2f %% of a core (goal: 2)' % (100 * (after[0] - before[0]) / options.seconds))
    print('processor time a poll      %.0f us' % (1e6 * (after[0] - before[0]) / max(1, polls)))
    print('context switches asked for %.1f a second (goal: 20 wake-ups)' % ((after[1] - before[1]) / options.seconds))
    print('memory                     %.1f MB' % (after[3] / 1000))


main()
