# SPDX-License-Identifier: GPL-3.0-or-later
"""What must come of each behaviour of a service at each step. Written from the rules, before the program was asked:

 - a submit: an answer of 400, 401, 402, 403, 404 in the service's own JSON is a verdict: not accepted, free. 429 is not
   accepted, and tried again. An answer with an id that can be read is accepted, whatever else is wrong with it. All else
   (no whole answer, 408, 409, 5xx, pages, redirects, success without an id) is unclear, and never sent again by itself:
   the service is asked (its list, our reference, the same key), and where it gives no help a person is.
 - an upload is free: what may pass is tried again, a verdict ends the job before anything was sent.
 - a poll that fails says nothing of the job; neither does a result that cannot be read.
 - a download that fails goes on where it stopped, or from a fresh address; nothing is done that is not a whole clip.
 - a cancel that did not arrive is sent again; what it came to is the service's word, and a clip that is there is kept.
"""
from dataclasses import dataclass, field

HELPERS = {'wavespeed': 'list', 'eachlabs': 'list', 'replicate': 'list', 'kling': 'reference', 'vercel-gateway': 'key'}

VERDICTS = ('400', '401', '402', '403', '404')
LATER = ('429-seconds', '429-date', '429-garbage')
# nothing was accepted, but nothing proves it
NOT_TAKEN = ('hang', 'half-status-line', '408', '409', '500', '502-html', '503', 'redirect-301', 'redirect-307',
             'redirect-other-host', 'redirect-file')
# accepted, and the answer cannot be used; among them what a strict reader of JSON refuses as a whole
LOST = ('drip-body', 'drip-header', 'reset-before-body', 'reset-mid-body', 'short-length', 'header-64m', 'endless', 'gzip-bomb',
        'html-200', 'json-deep', 'json-wide', 'json-string-13m', 'json-duplicate', 'json-1e999',
        'json-overflow', 'json-nul', 'json-types', 'json-bom',
        'json-empty', 'json-null', 'lose-answer')
# odd, but whole: the id stands in it. A chunked body without its end is whole for libsoup before 3.6.5, and lost after.
READABLE = ('short-chunked', 'no-length', 'over-long', 'wrong-type')

BEHAVIOURS = VERDICTS + LATER + NOT_TAKEN + LOST + READABLE
# services that take pictures inside the message may repeat them in the answer: 13 MB are no fault of theirs
MAY_REPEAT = ('novita', 'highway', 'kling', 'vercel-gateway')
STEPS = ('upload', 'submit', 'poll', 'result', 'download', 'cancel')

# what a service means by a refusal of the account (its documentation; elsewhere 403 is about the key)
# 409 with the code that stands for a bad request is one
VERDICT_BY_CODE = {('kling', '409')}

CLASSES = {'400': {'input'}, '409': {'input'}, '401': {'key'}, '402': {'money'}, '403': {'key'}}
OF_SERVICE = {('wavespeed', '403'): {'money'}, ('eachlabs', '403'): {'plan', 'key'}, ('fal', '403'): {'money'},
              ('vercel-gateway', '403'): {'plan'}, ('vercel-gateway', '404'): {'plan'}, ('kling', '403'): {'plan'}}


@dataclass
class Expect:
    """The end of a cell. None: not held against anything."""
    states: tuple
    charged: tuple = None
    exits: tuple = None
    classes: set = None
    submits: tuple = None       # counted by the service
    billed: tuple = (0, 1)
    least: dict = field(default_factory=dict)  # counts of the service that must be reached
    followed: tuple = (0,)
    settle: bool = False        # cancel: the job is finished at the service after the cancel was refused


def done(**other):
    return Expect(**{'states': ('DONE',), 'charged': ('yes',), 'exits': (0,), 'submits': (1,), 'billed': (1,), **other})


def submit(service, do, accepts=None):
    taken = do in LOST or do in READABLE if accepts is None else accepts
    if do in VERDICTS or (service, do) in VERDICT_BY_CODE:
        classes = OF_SERVICE.get((service, do), CLASSES.get(do))
        return Expect(states=('REJECTED',), charged=('no',), exits=(1, 2) if do in ('400', '409') else (1,), classes=classes,
                      submits=(1,), billed=(0,))
    if do in LATER:
        return done(submits=(2,))
    help_ = HELPERS.get(service)
    if do in READABLE or (do == 'json-string-13m' and service in MAY_REPEAT):
        lost = done(least={'submits': 1}, submits=(1, 2) if help_ == 'key' else (1,))
        if do == 'short-chunked' and help_ is None:
            lost = Expect(states=('DONE', 'UNKNOWN'), submits=(1,), billed=(1,))
        return lost
    if do == 'json-types' and help_ in (None, 'key'):
        # a number for an id, or another whole operation: nobody can be asked whether it is the right one, so it is asked
        # for until it is sure that the service has no such job
        return Expect(states=('EXPIRED', 'UNKNOWN', 'QUEUED'), charged=('maybe',), exits=(1, 3), submits=(1,), billed=(1,))
    if help_ is None:
        return Expect(states=('UNKNOWN',), charged=('maybe',), exits=(3,), classes={'unknown'}, submits=(1,),
                      billed=(1,) if taken else (0,))
    if help_ == 'key':
        return done(submits=(2,))  # the same key: one job, one price
    if taken:
        return done(least={'histories': 1})
    # the service has shown that it has no such job: that is its proof that nothing was accepted
    return done(submits=(2,), least={'histories': 2})


def upload(service, do, put=False):
    if do in ('400', '401', '402', '403') and not put:
        return Expect(states=('FAILED_LOCAL',), charged=('no',), exits=(1, 2) if do == '400' else (1,),
                      classes=OF_SERVICE.get((service, do), CLASSES[do]), submits=(0,), billed=(0,))
    return done()


def poll(service, do):
    return done()


def result(service, do):
    # fal tells with a 4xx of its second answer why there is no clip
    if service == 'fal' and do in ('400',):
        return Expect(states=('FAILED_REMOTE',), charged=('maybe',), exits=(1,), submits=(1,), billed=(1,))
    return done()


def download(service, do):
    return done(followed=(1,) if do in ('redirect-301', 'redirect-307') else (0,))


def cancel(service, do, accepts=None):
    gone = {'states': ('CANCELLED_REMOTE',), 'charged': ('maybe',), 'exits': (130,), 'submits': (1,), 'billed': (1,)}
    if do in VERDICTS or do == '409':
        return done(settle=True, least={'cancels': 1})
    if do in LATER or do in NOT_TAKEN or accepts is False:
        return Expect(**gone, least={'cancels': 2})
    return Expect(**gone, least={'cancels': 1})


EXPECT = {'upload': upload, 'submit': submit, 'poll': poll, 'result': result, 'download': download, 'cancel': cancel}
