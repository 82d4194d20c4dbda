#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person can count on when money is involved, one scenario each, judged by the stand-in's ledger.

usage: paid.py CLI WORKER     INB_STAND_IN names the stand-in
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from standin import StandIn  # noqa: E402

CLI, WORKER = sys.argv[1:3]
CLIP = b'CLIP mp4 1920 1080 150 30\n'  # as the worker that stands in likes it
KEYS = {
    'vercel-gateway': ('AI_GATEWAY_API_KEY', 'vck_0123456789'), 'wavespeed': ('WAVESPEED_API_KEY', 'ws-0123456789'),
    'eachlabs': ('EACHLABS_API_KEY', 'el-0123456789'), 'novita': ('NOVITA_API_KEY', 'nv-0123456789'),
    'highway': ('HIGHWAY_API_KEY', 'hw-0123456789'), 'kling': ('KLINGAI_API_KEY', 'api-key-kling-0123'),
    'fal': ('FAL_KEY', 'id012345:secret67'), 'replicate': ('REPLICATE_API_TOKEN', 'r8_0123456789'),
}
tests = []
n_tests = n_failed = 0


def scenario(function):
    tests.append(function)
    return function


class Desk:
    """A data folder of its own, keys in the environment, and the stand-in."""

    def __init__(self, stand):
        self.stand = stand
        self.folder = tempfile.mkdtemp(prefix='inb-paid-')
        self.env = dict(os.environ, XDG_DATA_HOME=self.folder, G_FAKE_FOLDER=self.folder, INBETWEEN_CLI=WORKER)
        self.env.pop('DBUS_SESSION_BUS_ADDRESS', None)
        for service, (variable, key) in KEYS.items():
            self.env['INBETWEEN_BASE_URL_' + service.upper().replace('-', '_')] = stand.origin
            self.env[variable] = key
        self.photo = os.path.join(self.folder, 'mug.gif')
        with open(self.photo, 'w') as file:
            file.write('GIF89a    mug')

    def key(self, service, key):
        if key is None:
            self.env.pop(KEYS[service][0])
        else:
            self.env[KEYS[service][0]] = key

    def start(self, *words):
        return subprocess.Popen([CLI, *words], env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words):
        child = self.start(*words)
        out, err = child.communicate(timeout=240)
        return child.returncode, out, err

    def generate(self, provider, *options):
        status, out, err = self.run('generate', self.photo, '--prompt', 'push in', '--provider', provider, '--json', *options)
        try:
            return status, json.loads(out).get('jobs', []), out + err
        except ValueError:
            return status, [], out + err

    def jobs(self):
        return json.loads(self.run('jobs', 'list', '--json')[1])['jobs']

    def count(self, service, what):
        return self.stand.ledger()['services'].get(service, {}).get(what, 0)


class Failure(Exception):
    pass


def expect(good, what):
    if not good:
        raise Failure(what)


def only(desk):
    jobs = desk.jobs()
    expect(len(jobs) == 1, 'one job, not %d' % len(jobs))
    return jobs[0]


@scenario
def a_lost_answer_without_help_waits_for_the_person_and_says_about_money(desk):
    desk.stand.script({'service': 'novita', 'step': 'submit', 'do': 'lose-answer'})
    status, jobs, told = desk.generate('novita')
    expect(status == 3 and jobs[0]['state'] == 'UNKNOWN' and jobs[0]['error']['charged'] == 'maybe', told)
    expect('charged' in jobs[0]['error']['message'], told)
    status, _, _ = desk.run('jobs', 'resume', '--wait')
    expect(desk.count('novita', 'submits') == 1, 'resume sent it again')


@scenario
def lost_gives_it_up_and_keeps_it_in_the_ledger(desk):
    desk.stand.script({'service': 'novita', 'step': 'submit', 'do': 'lose-answer'})
    job = desk.generate('novita')[1][0]
    status, out, err = desk.run('jobs', 'resolve', job['id'], '--lost', '--json')
    job = only(desk)
    expect(job['state'] == 'FAILED_REMOTE' and job['error']['charged'] == 'maybe', (status, out, err))
    expect(desk.count('novita', 'submits') == 1, 'sent again')


@scenario
def resend_is_the_only_way_to_a_second_charge(desk):
    desk.stand.script({'service': 'novita', 'step': 'submit', 'do': 'lose-answer'})
    job = desk.generate('novita')[1][0]
    status, out, err = desk.run('jobs', 'resolve', job['id'], '--resend')
    expect(status == 0 and only(desk)['state'] == 'DONE', (status, out, err))
    expect(desk.count('novita', 'billed') == 2, desk.stand.ledger()['services'])


@scenario
def every_paid_request_is_on_record_with_what_came_of_it(desk):
    desk.stand.script({'service': 'novita', 'step': 'submit', 'do': 'lose-answer'})
    job = desk.generate('novita')[1][0]
    desk.run('jobs', 'resolve', job['id'], '--resend')
    shown = json.loads(desk.run('jobs', 'show', job['id'], '--json')[1])
    expect([row['outcome'] for row in shown['attempts']] == ['unresolved', 'accepted'], shown['attempts'])
    expect(desk.run('jobs', 'show', job['id'])[1].count('novita at') == 2, 'two lines')


@scenario
def eachlabs_never_gets_more_than_ten_at_once(desk):
    for _ in range(3):
        status, out, err = desk.run('generate', desk.photo, '--prompt', 'push in', '--provider', 'eachlabs', '--takes', '4',
                                    '--detach')
        expect(status == 0, err)
    desk.run('jobs', 'resume', '--wait')
    jobs = desk.jobs()
    refused = [entry for entry in desk.stand.json('GET', '/requests')[1] if entry['status'] == 429]
    expect(len(jobs) == 12 and all(job['state'] == 'DONE' for job in jobs), [job['state'] for job in jobs])
    expect(desk.count('eachlabs', 'submits') == 12 and refused == [], refused)


@scenario
def only_an_unclear_job_can_be_resolved(desk):
    job = desk.generate('novita')[1][0]
    status, out, err = desk.run('jobs', 'resolve', job['id'], '--resend')
    expect(status == 2 and 'DONE' in err and desk.count('novita', 'billed') == 1, (status, out, err))


def lost_and_found(desk, service):
    desk.stand.script({'service': service, 'step': 'submit', 'do': 'lose-answer'})
    status, jobs, told = desk.generate(service)
    expect(status == 0 and jobs[0]['state'] == 'DONE', told)
    expect(desk.count(service, 'billed') == 1, desk.stand.ledger()['services'])


@scenario
def a_lost_answer_is_found_by_the_key_the_gateway_knows_it_by(desk):
    lost_and_found(desk, 'vercel-gateway')


@scenario
def a_lost_answer_is_found_by_our_reference_at_kling(desk):
    lost_and_found(desk, 'kling')


@scenario
def a_lost_answer_is_found_in_the_history_of_wavespeed(desk):
    lost_and_found(desk, 'wavespeed')


@scenario
def a_lost_answer_is_found_in_the_history_of_eachlabs(desk):
    lost_and_found(desk, 'eachlabs')


@scenario
def a_lost_answer_is_found_in_the_history_of_replicate(desk):
    lost_and_found(desk, 'replicate')


def never_arrived(desk, service):
    """The service answers in riddles and has taken nothing: proved by its list, then sent once more."""
    desk.stand.script({'service': service, 'step': 'submit', 'do': '502-html'})
    status, jobs, told = desk.generate(service)
    expect(status == 0 and jobs[0]['state'] == 'DONE', told)
    expect(desk.count(service, 'billed') == 1 and desk.count(service, 'submits') == 2, desk.stand.ledger()['services'])


@scenario
def what_kling_never_got_is_sent_once_more(desk):
    never_arrived(desk, 'kling')


@scenario
def what_wavespeed_never_got_is_sent_once_more(desk):
    never_arrived(desk, 'wavespeed')


@scenario
def without_a_key_there_is_no_job(desk):
    desk.key('novita', None)
    status, jobs, told = desk.generate('novita')
    expect(status == 1 and 'NOVITA_API_KEY' in told and desk.jobs() == [], told)


@scenario
def a_refused_key_costs_nothing(desk):
    desk.key('wavespeed', 'bad-0123456789')
    status, jobs, told = desk.generate('wavespeed')
    expect(status == 1 and jobs[0]['error']['class'] == 'key' and jobs[0]['error']['charged'] == 'no', told)
    expect(desk.count('wavespeed', 'billed') == 0, 'billed')


@scenario
def an_empty_account_is_told_as_that(desk):
    for service in ('novita', 'kling', 'replicate', 'eachlabs', 'vercel-gateway'):
        desk.key(service, ('api-key-kling-' if service == 'kling' else '') + 'poor-0123456789')
        status, jobs, told = desk.generate(service)
        expect(status == 1 and jobs and jobs[0]['error']['class'] == 'money', service + ': ' + told)


@scenario
def a_route_goes_on_where_nothing_was_accepted(desk):
    desk.key('wavespeed', 'poor-0123456789')
    status, jobs, told = desk.generate('wavespeed,fal')
    expect(status == 0 and jobs[0]['state'] == 'DONE' and jobs[0]['provider'] == 'fal', told)
    expect(desk.count('fal', 'billed') == 1 and desk.count('wavespeed', 'billed') == 0, desk.stand.ledger()['services'])


@scenario
def a_route_goes_on_where_the_first_is_dead_or_has_no_key(desk):
    desk.env['INBETWEEN_BASE_URL_WAVESPEED'] = 'http://127.0.0.1:9'
    status, jobs, told = desk.generate('wavespeed,fal')
    expect(status == 0 and jobs[0]['provider'] == 'fal', told)
    desk.key('wavespeed', None)
    status, jobs, told = desk.generate('wavespeed,novita')
    expect(status == 0 and jobs[0]['provider'] == 'novita', told)
    expect(desk.count('fal', 'billed') == 1 and desk.count('novita', 'billed') == 1, desk.stand.ledger()['services'])


@scenario
def what_a_service_has_no_field_for_is_refused_and_tiers_are_found(desk):
    status, jobs, told = desk.generate('wavespeed', '--seed', '5')
    expect(status == 2 and '--seed' in told, told)
    status, jobs, told = desk.generate('kling', '--resolution', '720p', '--max-cost', '0.21')
    expect(status == 0 and jobs[0]['model'] == 'kling-v2-5-turbo-std', told)


@scenario
def two_signals_in_a_row_cut_off_no_answer(desk):
    for wait in (0.05, 0.12, 0.2, 0.3):
        child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'novita')
        desk.stand.process_wait(wait)
        child.send_signal(signal.SIGTERM)
        desk.stand.process_wait(0.02)
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)
    desk.run('jobs', 'resume', '--wait')
    states = [job['state'] for job in desk.jobs()]
    expect('UNKNOWN' not in states and desk.count('novita', 'billed') == states.count('DONE'), states)


@scenario
def a_route_stops_where_something_may_have_been_accepted(desk):
    desk.stand.script({'service': 'novita', 'step': 'submit', 'do': 'lose-answer'})
    status, jobs, told = desk.generate('novita,fal')
    expect(status == 3 and jobs[0]['state'] == 'UNKNOWN' and desk.count('fal', 'submits') == 0, told)


@scenario
def a_route_does_not_go_on_from_what_the_photo_is_to_blame_for(desk):
    desk.stand.script({'service': 'novita', 'step': 'submit', 'do': '400'})
    status, jobs, told = desk.generate('novita,fal')
    expect(jobs[0]['state'] == 'REJECTED' and desk.count('fal', 'submits') == 0, told)


@scenario
def the_cap_of_the_day_holds_over_several_runs(desk):
    desk.run('jobs', 'cap', '--day', '0.80')
    expect(desk.generate('wavespeed', '--takes', '2')[0] == 0, 'two takes fit')
    status, jobs, told = desk.generate('wavespeed')
    expect(status == 4 and not jobs and desk.count('wavespeed', 'billed') == 2, told)


@scenario
def what_was_refused_gives_its_reserve_back(desk):
    desk.run('jobs', 'cap', '--day', '0.40')
    desk.key('wavespeed', 'bad-0123456789')
    expect(desk.generate('wavespeed')[0] == 1, 'refused')
    desk.key('wavespeed', 'ws-0123456789')
    expect(desk.generate('wavespeed')[0] == 0, 'the cap is whole again')


@scenario
def max_cost_refuses_before_a_job_exists(desk):
    status, jobs, told = desk.generate('wavespeed', '--max-cost', '0.34')
    expect(status == 4 and desk.jobs() == [], told)
    expect(desk.generate('wavespeed', '--max-cost', '0.35')[0] == 0, 'just enough')
    expect(desk.generate('novita', '--max-cost', '5')[0] == 4, 'no published price')


@scenario
def rates_are_kept_by_waiting(desk):
    desk.stand.script({'service': 'fal', 'step': 'submit', 'do': '429-seconds', 'seconds': 1, 'times': 2})
    status, jobs, told = desk.generate('fal')
    expect(status == 0 and desk.count('fal', 'billed') == 1, told)


@scenario
def a_job_that_a_service_has_survives_sigterm_and_is_fetched_later(desk):
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': 'next', 'state': 'running'})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'novita')
    while desk.count('novita', 'polls') == 0 and child.poll() is None:
        desk.stand.process_wait(0.02)
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=30)
    expect(child.returncode in (3, 130) and 'resume' in err, (child.returncode, err))
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': '*', 'state': 'done'})
    status, out, err = desk.run('jobs', 'resume', '--wait')
    expect(status == 0 and only(desk)['state'] == 'DONE' and desk.count('novita', 'billed') == 1, (status, out, err))


@scenario
def ctrl_c_does_not_throw_away_what_is_paid_for(desk):
    desk.stand.json('POST', '/jobs', {'service': 'fal', 'id': 'next', 'state': 'running'})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'fal')
    while desk.count('fal', 'polls') == 0 and child.poll() is None:
        desk.stand.process_wait(0.02)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=30)
    expect(only(desk)['state'] in ('QUEUED', 'RUNNING') and desk.count('fal', 'cancels') == 0, desk.jobs())


@scenario
def cancel_tells_the_truth_where_there_is_one(desk):
    desk.stand.json('POST', '/jobs', {'service': 'fal', 'id': 'next', 'state': 'running'})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'fal', '--json')
    while desk.count('fal', 'polls') == 0 and child.poll() is None:
        desk.stand.process_wait(0.02)
    status, out, err = desk.run('jobs', 'cancel', only(desk)['id'])
    child.communicate(timeout=30)
    job = only(desk)
    expect(status == 0 and job['state'] == 'CANCELLED_REMOTE' and desk.count('fal', 'cancels') == 1, (status, out, err))


@scenario
def cancel_tells_the_truth_where_there_is_none(desk):
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': 'next', 'state': 'running'})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'novita')
    while desk.count('novita', 'polls') == 0 and child.poll() is None:
        desk.stand.process_wait(0.02)
    status, out, err = desk.run('jobs', 'cancel', only(desk)['id'])
    expect(status == 2 and 'charged' in err, (status, out, err))
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': '*', 'state': 'done'})
    expect(child.wait(30) == 0 and only(desk)['state'] == 'DONE', desk.jobs())
    child.communicate()


@scenario
def an_address_that_ended_is_asked_for_anew(desk):
    desk.stand.script({'service': 'novita', 'step': 'download', 'do': '403'})
    status, jobs, told = desk.generate('novita')
    expect(status == 0 and jobs[0]['state'] == 'DONE' and desk.count('novita', 'billed') == 1, told)


@scenario
def a_clip_that_never_comes_ends_with_the_id_for_their_support(desk):
    desk.stand.script({'service': 'novita', 'step': 'download', 'do': '404', 'times': -1})
    status, jobs, told = desk.generate('novita')
    expect(jobs[0]['state'] == 'EXPIRED' and jobs[0]['error']['charged'] == 'yes', told)
    expect(jobs[0]['remote_id'] in jobs[0]['error']['message'], told)


@scenario
def a_failed_job_says_whether_it_was_charged(desk):
    for service, charged in (('wavespeed', 'no'), ('novita', 'maybe')):
        desk.stand.json('POST', '/jobs', {'service': service, 'id': 'next', 'state': 'failed', 'message': 'it was too dark'})
        job = desk.generate(service)[1][0]
        expect(job['state'] == 'FAILED_REMOTE' and job['error']['charged'] == charged
               and 'too dark' in job['error']['message'], job)


@scenario
def nothing_paid_starts_by_itself_after_a_restart(desk):
    desk.stand.script({'service': 'wavespeed', 'step': 'upload', 'do': 'hang', 'times': -1})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'wavespeed')
    while desk.count('wavespeed', 'uploads') == 0 and only_or_none(desk) != 'UPLOADING' and child.poll() is None:
        desk.stand.process_wait(0.02)
    child.kill()
    child.communicate()
    desk.stand.clear()
    # somebody else's work makes this process run the jobs; the paid one must wait for its person
    desk.generate('local')
    expect(desk.count('wavespeed', 'submits') == 0, 'it was sent')
    status, out, err = desk.run('jobs', 'resume', '--wait')
    expect(status == 0 and desk.count('wavespeed', 'billed') == 1, (status, out, err))


@scenario
def what_no_service_has_after_a_restart_waits_for_its_person(desk):
    desk.stand.script({'service': 'wavespeed', 'step': 'submit', 'do': 'hang'})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'wavespeed')
    while only_or_none(desk) != 'SUBMITTING' and child.poll() is None:
        desk.stand.process_wait(0.02)
    child.kill()
    child.communicate()
    # another job makes this process run for as long as it takes to look it up
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': 'next', 'state': 'running'})
    other = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'novita')
    while states(desk).get('wavespeed') in ('SUBMITTING', 'UNKNOWN', 'RECONCILING') and other.poll() is None:
        desk.stand.process_wait(0.05)
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': '*', 'state': 'done'})
    expect(other.wait(30) == 0, other.communicate())
    other.communicate()
    expect(states(desk)['wavespeed'] == 'READY' and desk.count('wavespeed', 'submits') == 1, states(desk))
    status, out, err = desk.run('jobs', 'resume', '--wait')
    expect(status == 0 and desk.count('wavespeed', 'billed') == 1, (status, out, err))


def states(desk):
    return {job['provider']: job['state'] for job in desk.jobs()}


def only_or_none(desk):
    jobs = desk.jobs()
    return jobs[0]['state'] if jobs else None


@scenario
def who_has_another_key_does_not_serve_the_job(desk):
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': 'next', 'state': 'running'})
    child = desk.start('generate', desk.photo, '--prompt', 'push in', '--provider', 'novita')
    while desk.count('novita', 'polls') == 0 and child.poll() is None:
        desk.stand.process_wait(0.02)
    child.kill()
    child.communicate()
    polls = desk.count('novita', 'polls')
    address = desk.env.pop('INBETWEEN_BASE_URL_NOVITA')
    status, out, err = desk.run('jobs', 'resume', '--wait')
    expect(status == 2 and desk.count('novita', 'polls') == polls, (status, out, err))
    desk.env['INBETWEEN_BASE_URL_NOVITA'] = address
    desk.stand.json('POST', '/jobs', {'service': 'novita', 'id': '*', 'state': 'done'})
    expect(desk.run('jobs', 'resume', '--wait')[0] == 0 and only(desk)['state'] == 'DONE', desk.jobs())


@scenario
def detach_leaves_somebody_who_fetches_the_clip(desk):
    status, out, err = desk.run('generate', desk.photo, '--prompt', 'push in', '--provider', 'novita', '--detach')
    expect(status == 0, err)
    for _ in range(500):
        if only(desk)['state'] == 'DONE':
            break
        desk.stand.process_wait(0.02)
    expect(only(desk)['state'] == 'DONE' and desk.count('novita', 'billed') == 1, desk.jobs())


@scenario
def the_ledger_has_a_line_a_job_and_adds_up(desk):
    desk.generate('wavespeed', '--takes', '2')
    desk.generate('local')
    ledger = json.loads(desk.run('jobs', 'ledger', '--json')[1])
    expect(len(ledger['ledger']) == 3 and ledger['estimate_micros'] == 700000, ledger)
    lines = desk.run('jobs', 'ledger', '--csv')[1].splitlines()
    expect(len(lines) == 4 and sum('wavespeed' in line for line in lines) == 2, lines)


def run_one(test, stand):
    global n_tests, n_failed
    stand.clear()
    desk = Desk(stand)
    n_tests += 1
    name = test.__name__.replace('_', ' ')
    try:
        test(desk)
        print('ok %d %s' % (n_tests, name))
    except Failure as failure:
        n_failed += 1
        print('not ok %d %s' % (n_tests, name))
        print('#   ' + str(failure).replace('\n', '\n#   '))
    sys.stdout.flush()
    shutil.rmtree(desk.folder, ignore_errors=True)


def main():
    wanted = sys.argv[3:]
    with tempfile.NamedTemporaryFile() as clip:
        clip.write(CLIP)
        clip.flush()
        with StandIn('--clip', clip.name) as stand:
            for test in tests:
                if not wanted or test.__name__ in wanted:
                    run_one(test, stand)
    print('1..%d' % n_tests)
    return 1 if n_failed else 0


if __name__ == '__main__':
    sys.exit(main())
