# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests written in Python share: starting inb-stand-in, talking to it, and TAP."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time

from tap import Tap  # noqa: F401  (who has the stand-in has the other, too)

HERE = os.path.dirname(os.path.abspath(__file__))
WIRE = os.path.join(HERE, '..', 'wire')


class StandIn:
    """One running stand-in; `with StandIn() as stand:`"""

    def __init__(self, *arguments):
        self.folder = tempfile.TemporaryDirectory(prefix='stand-in-')
        port_file = os.path.join(self.folder.name, 'port')
        # under the address sanitizer: the whole stack of every allocation makes it forty times slower
        self.process = subprocess.Popen([os.environ['INB_STAND_IN'], '--port-file', port_file, '--die-with-parent',
                                         *arguments], env={**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0'})
        until = time.monotonic() + 20
        while not os.path.exists(port_file):
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit('Bail out! the stand-in did not begin')
            self.process_wait(0.01)
        with open(port_file, encoding='ascii') as file:
            self.port = int(file.read())
        self.origin = f'http://127.0.0.1:{self.port}'

    def process_wait(self, seconds):
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.status = self.process.wait(20)
        self.folder.cleanup()

    def connect(self, timeout=10):
        return socket.create_connection(('127.0.0.1', self.port), timeout)

    def call(self, method, path, body=None, headers=None):
        """(status, headers, bytes); body may be anything JSON, bytes or None."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            headers.setdefault('Content-Type', 'application/json')
            body = json.dumps(body).encode()
        connection.request(method, path.replace(self.origin, ''), body, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, data

    def json(self, method, path, body=None, headers=None):
        status, _, data = self.call(method, path, body, headers)
        return status, json.loads(data) if data else None

    def script(self, *rules):
        status, answer = self.json('POST', '/script', list(rules))
        assert status == 200, answer

    def clear(self):
        self.json('DELETE', '/script')
        self.json('DELETE', '/ledger')

    def ledger(self):
        return self.json('GET', '/ledger')[1]

    def memory(self):
        """The most it ever held, in KiB."""
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as file:
            return next(int(line.split()[1]) for line in file if line.startswith('VmHWM'))


    def sanitized(self):
        """Under the address sanitizer memory is kept back on purpose."""
        with open(f'/proc/{self.process.pid}/maps', encoding='ascii') as file:
            return 'libasan' in file.read()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def token(access='ak-test', secret='sk-test', begins=-5, ends=1800, algorithm='HS256'):
    """A token as Kling wants it, or one with something wrong."""
    now = int(time.time())
    head = base64url(json.dumps({'alg': algorithm, 'typ': 'JWT'}).encode())
    claims = base64url(json.dumps({'iss': access, 'exp': now + ends, 'nbf': now + begins}).encode())
    signature = hmac.new(secret.encode(), f'{head}.{claims}'.encode(), hashlib.sha256).digest()
    return f'{head}.{claims}.{base64url(signature)}'


def picture(name='first.png'):
    with open(os.path.join(WIRE, name), 'rb') as file:
        return file.read()
