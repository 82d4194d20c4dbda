#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that can be recognised, through every service and its errors; then they are looked for.

usage: canary.py CLI WORKER [all]     INB_STAND_IN names the stand-in; all: each fault at each service, else one at each
Places: all files of the data folder, standard output and error with all messages and the trace shown, command lines and
environments of the workers and of the command itself (but for the variables the keys were given in), what the stand-in saw
where no key may go.
"""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from paid import CLI, CLIP, KEYS, WORKER, Desk  # noqa: E402
from standin import StandIn  # noqa: E402

PROMPT = 'a prompt nobody else writes: vermilion otter'
FAULTS = [
    [], [{'step': 'submit', 'do': '401'}], [{'step': 'submit', 'do': '400'}], [{'step': 'submit', 'do': '502-html'}],
    [{'step': 'submit', 'do': 'lose-answer'}], [{'step': 'submit', 'do': 'json-types'}],
    [{'step': 'poll', 'do': '503'}, {'step': 'poll', 'do': 'redirect-other-host'}],
    [{'step': 'submit', 'do': 'redirect-other-host'}], [{'step': 'download', 'do': 'redirect-other-host'}],
    [{'step': 'upload', 'do': '500'}], [{'step': 'upload', 'do': 'redirect-other-host'}],
]
# answers twice: first what it was started with, then what it does
SPY = '''#!/bin/sh
{ tr '\\0' '\\n' < /proc/$$/cmdline; tr '\\0' '\\n' < /proc/$$/environ; } >> "$G_FAKE_FOLDER/spied"
exec %s "$@"
'''


def find(folder, words):
    hits = []
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), 'rb') as file:
                data = file.read()
            hits += ['%s in %s' % (word, os.path.join(place, name)) for word in words if word.encode() in data]
    return hits


def run_one(stand, service, faults):
    """Hits of one run, and the number of places looked at."""
    desk = Desk(stand)
    stand.clear()
    canaries = {name: 'canary-%s-5e1f09' % name for name in KEYS}
    canaries['fal'] = 'canaryfal:canary-fal-5e1f09'
    for name, key in canaries.items():
        desk.key(name, key)
    spy = os.path.join(desk.folder, 'spy.sh')
    with open(spy, 'w') as file:
        file.write(SPY % WORKER)
    os.chmod(spy, 0o755)
    desk.env.update(INBETWEEN_CLI=spy, G_MESSAGES_DEBUG='all')
    if faults:
        stand.script(*[dict(rule, service=service) for rule in faults])
    run = subprocess.run([CLI, 'generate', desk.photo, '--prompt', PROMPT, '--provider', service, '--trace'],
                         env=desk.env, capture_output=True, text=True, timeout=60)
    words = list(canaries.values())
    told = run.stdout + run.stderr
    hits = ['%s in the output of %s' % (word, service) for word in words if word in told]
    hits += ['the prompt in the output of %s' % service] if 'vermilion' in told else []
    hits += find(desk.folder, words)
    hits += ['a key seen elsewhere: %s' % leak for leak in stand.ledger()['leaks']]
    if not os.path.exists(os.path.join(desk.folder, 'spied')):
        hits.append('no worker of %s was spied on: this test sees nothing' % service)
    return hits, sum(len(names) for _, _, names in os.walk(desk.folder)) + 3


def main():
    hits, n_runs, n_places = [], 0, 0
    with tempfile.NamedTemporaryFile() as clip:
        clip.write(CLIP)
        clip.flush()
        with StandIn('--clip', clip.name) as stand:
            for index, service in enumerate(KEYS):
                for faults in FAULTS if sys.argv[3:] == ['all'] else [FAULTS[0], FAULTS[1 + index]]:
                    found, places = run_one(stand, service, faults)
                    hits, n_runs, n_places = hits + found, n_runs + 1, n_places + places
    print('# %d runs, %d places looked at, hits: %d' % (n_runs, n_places, len(hits)))
    for hit in sorted(set(hits))[:20]:
        print('# ' + hit)
    print('%sok 1 no key and no prompt is found where it may not be' % ('not ' if hits else ''))
    print('1..1')
    return 1 if hits else 0


sys.exit(main())
