#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang builds everything without a warning; cppcheck, clang-tidy and scan-build's analyzer find nothing in src/.

usage: static.py TOP BUILD     BUILD: a folder for a build with clang, made where it is missing. Prints TAP.
Each tool is first shown a planted fault: one that finds nothing there would find nothing anywhere.
"""
import glob
import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from tap import Tap  # noqa: E402

TOP, BUILD = map(os.path.abspath, sys.argv[1:3])
SOURCES = os.path.join(TOP, 'src') + os.sep
ANALYZE = shutil.which('analyze-build') or (sorted(glob.glob('/usr/bin/analyze-build-*')) or ['analyze-build'])[-1]
tap = Tap()

LEAK = '''#include <glib.h>
void leak (int n);
void leak (int n) { char *text = g_strdup_printf ("%d", n); text[0] = 'x'; }
'''
SEMICOLON = '''int semicolon (int a);
int semicolon (int a) { if (a > 2); a = 0; return a; }
'''
FREED = '''#include <stdlib.h>
int freed (void);
int freed (void) { int *a = malloc (sizeof *a), b; if (a == NULL) return 0; *a = 1; free (a); b = *a; return b; }
'''


def run(*words, **options):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    return done.returncode, done.stdout


def build():
    """With warnings as errors; what only the linker or a generator says counts too."""
    log = ''
    if not os.path.exists(os.path.join(BUILD, 'build.ninja')):
        status, log = run('meson', 'setup', BUILD, TOP, '--werror', '-Dbuildtype=debugoptimized', env=dict(os.environ, CC='clang'))
        if status != 0:
            return ['no build: ' + log]
    status, told = run('ninja', '-k', '0', '-C', BUILD)
    faults = re.findall(r'^.*(?:error|warning): .*$', told, re.M)
    return faults if status == 0 or faults else [told[-4000:]]


def read_commands():
    with open(os.path.join(BUILD, 'compile_commands.json'), encoding='utf-8') as file:
        commands = json.load(file)
    once = {}  # a file that is compiled for several programs is looked at once
    for command in commands:
        command['file'] = os.path.normpath(os.path.join(command['directory'], command['file']))
        once.setdefault(command['file'], command)
    return [command for path, command in sorted(once.items()) if path.startswith(SOURCES)]


def cppcheck(*paths):
    status, told = run('cppcheck', '--quiet', '-j', str(os.cpu_count()), '--std=c11', '--library=gtk',
                       '--enable=warning,performance,portability', '--inline-suppr', '--suppress=missingIncludeSystem',
                       '--error-exitcode=2', '-I' + SOURCES, '-I' + BUILD, *paths)
    return [told] if status != 0 else []


def tidy(folder, paths):
    """What else clang says there is the build's matter."""
    def one(group):
        status, told = run('clang-tidy', '--quiet', '-p', folder, '--config-file=' + os.path.join(TOP, '.clang-tidy'),
                           '--extra-arg=-Wno-format-nonliteral', *group)
        faults = re.findall(r'^\S+:\d+:\d+: error: .*$', told, re.M)
        return faults if status == 0 or faults else ['not looked at: %s\n%s' % (' '.join(group), told[-2000:])]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        groups = pool.map(one, [paths[i:i + 4] for i in range(0, len(paths), 4)])
        return sorted({fault for faults in groups for fault in faults})


def analyze(commands, leaks=False):
    """The analyzer knows malloc() and GLib's, but not that g_autofree frees: leaks are cppcheck's and the sanitizers' matter."""
    faults = []
    with tempfile.TemporaryDirectory() as work:
        listed = os.path.join(work, 'commands.json')
        with open(listed, 'w', encoding='utf-8') as file:
            json.dump(commands, file)
        status, told = run(ANALYZE, '--cdb', listed, '--plist', '--keep-empty', '--no-failure-reports', '-o', work)
        reports = glob.glob(os.path.join(work, '**', '*.plist'), recursive=True)
        reports = [path for path in reports if os.path.getsize(path) > 0]  # an analyzer that crashed leaves an empty one
        if status != 0 or len(reports) < len(commands):
            faults.append('%d of %d files were looked at\n%s' % (len(reports), len(commands), told[-2000:]))
        for path in reports:
            with open(path, 'rb') as file:
                report = plistlib.load(file)
            faults += ['%s:%d: %s [%s]' % (report['files'][fault['location']['file']], fault['location']['line'],
                                          fault['description'], fault['check_name'])
                       for fault in report['diagnostics'] if leaks or not fault['description'].startswith('Potential leak')]
    return sorted(set(faults))


def check_plants():
    with tempfile.TemporaryDirectory() as work:
        commands = []
        flags = subprocess.run(['pkg-config', '--cflags', 'glib-2.0'], capture_output=True, text=True, check=True).stdout.strip()
        for name, text in (('leak', LEAK), ('semicolon', SEMICOLON), ('freed', FREED)):
            path = os.path.join(work, name + '.c')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            commands.append({'directory': work, 'file': path, 'command': 'clang %s -c %s -o %s.o' % (flags, path, name)})
        with open(os.path.join(work, 'compile_commands.json'), 'w', encoding='utf-8') as file:
            json.dump(commands, file)
        found = ''.join(cppcheck(os.path.join(work, 'leak.c')))
        tap.ok('memleak' in found, 'cppcheck finds a planted leak', found)
        found = tidy(work, [os.path.join(work, 'semicolon.c')])
        tap.ok('bugprone-suspicious-semicolon' in ''.join(found), 'clang-tidy finds a planted semicolon', found)
        found = analyze(commands)
        tap.ok(len(found) == 1 and 'after it is freed' in found[0], 'the analyzer finds a planted use after free, and nothing else', found)


faults = build()
tap.ok(not faults, 'clang builds the program and its tests without a warning', '\n'.join(faults))
check_plants()
commands = read_commands()
folders = sorted({os.path.dirname(command['file']) for command in commands})
tap.ok(len(commands) > 300 and len(folders) == 10, 'every folder of src is looked at', len(commands), folders)
faults = cppcheck(SOURCES)
tap.ok(not faults, 'cppcheck finds nothing in src', *faults)
for folder in folders:
    here = [command for command in commands if os.path.dirname(command['file']) == folder]
    name = '%s (%d files)' % (os.path.relpath(folder, TOP), len(here))
    faults = tidy(BUILD, [command['file'] for command in here])
    tap.ok(not faults, 'clang-tidy finds nothing in ' + name, '\n'.join(faults))
    faults = analyze(here)
    tap.ok(not faults, "scan-build's analyzer finds nothing in " + name, '\n'.join(faults))
tap.end()
