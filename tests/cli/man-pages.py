#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The man pages have every command and option that the programs' help prints, and no other; and they render clean.

usage: man-pages.py INBETWEEN-CLI INBETWEEN FOLDER
"""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from tap import Tap  # noqa: E402

CLI, WINDOW, FOLDER = sys.argv[1:4]
OPTION = re.compile(r'^  (?:-([a-z]), )?--([a-z][a-z-]*)(?:=(\S+))?(?: |$)', re.M)
tap = Tap()


def ask(program, *words):
    env = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='')
    return subprocess.run([program, *words], env=env, capture_output=True, text=True, timeout=60).stdout


def read(name):
    with open(os.path.join(FOLDER, name)) as file:
        return file.read()


def plain(text):
    """Roff as it is read: no fonts, no escapes."""
    text = re.sub(r'\\f[A-Z]', '', text).replace('\\&', '').replace('\\-', '-').replace('...', '…')
    return text.replace('\\(lq', '“').replace('\\(rq', '”').replace('\\(aq', "'").replace('\\(mu', '×')


def options_of_help(text):
    """'-p --prompt TEXT' of each option but help itself."""
    return {' '.join(filter(None, (short and '-' + short, '--' + name, value)))
            for short, name, value in OPTION.findall(text) if not name.startswith('help')}


def options_of_page(text):
    """The same of each tagged paragraph that begins with an option."""
    found = set()
    for line in re.findall(r'^\.TP\n(\\fB\\-.*)$', text, re.M):
        for match in re.finditer(r'(?:-([a-z]), )?--([a-z][a-z-]*)(?: ([^ ,]\S*))?', plain(line)):
            short, name, value = match.groups()
            if not name.startswith('help'):
                found.add(' '.join(filter(None, (short and '-' + short, '--' + name, value))))
    return found


def same(name, told, written):
    tap.ok(told == written, name, 'not in the page: %s\nonly in the page: %s' % (sorted(told - written), sorted(written - told)))


def check_cli():
    page = read('inbetween-cli.1')
    listed = re.search(r'^Commands:\n(.*?)\n\n', ask(CLI, '--help'), re.M | re.S).group(1)
    commands = [line.split()[0] for line in listed.split('\n')]
    sections = dict(re.findall(r'^\.SS (\S+)\n(.*?)(?=^\.S[SH] )', page, re.M | re.S))
    tap.ok(list(sections) == commands and len(commands) > 5, 'each command has its part, in the order of the help',
          '%s\n%s' % (commands, list(sections)))
    for command in commands:
        text = ask(CLI, command, '--help')
        written = sections.get(command, '')
        same('the options of ' + command, options_of_help(text), options_of_page(written))
        words = re.match(r'.*\n  inbetween-cli \S+ \[OPTION…\] \[(.*)\]\n', text)
        if words:
            told = {word.split()[0] for word in words.group(1).split('|')}
            same('the words of ' + command, told, set(re.findall(r'^\.TP\n\.B ([a-z]+)$', written, re.M)))


def check_window():
    same('the options of the window', options_of_help(ask(WINDOW, '--help')), options_of_page(read('inbetween.1')))


def check_render(name):
    env = dict(os.environ, LC_ALL='C.UTF-8', MANWIDTH='80', MANROFFSEQ='')
    done = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', os.path.join(FOLDER, name)], env=env,
                          capture_output=True, text=True, timeout=60)
    tap.ok(done.returncode == 0 and done.stderr == '' and 'NAME' in done.stdout, name + ' renders without a warning',
          done.stderr)


check_cli()
check_window()
for page_name in ('inbetween.1', 'inbetween-cli.1'):
    check_render(page_name)
tap.end()
