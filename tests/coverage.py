#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints, by folder of src/, how many lines of a build with -Db_coverage=true have run, and the files least covered.
usage: coverage.py TOP BUILD"""
import collections
import json
import subprocess
import sys

TOP, BUILD = sys.argv[1:3]
told = subprocess.run(['gcovr', '--root', TOP, '--filter', 'src/', '--json-summary', '-', BUILD],
                      cwd=TOP, stdout=subprocess.PIPE, check=True).stdout
files = [(file['filename'].split('/'), file['line_covered'], file['line_total']) for file in json.loads(told)['files']]
folders = collections.defaultdict(lambda: [0, 0, 0])
for path, covered, total in files:
    for name in (path[1], 'src'):
        folders[name] = [a + b for a, b in zip(folders[name], (1, covered, total))]
print('%-12s %6s %8s %8s %7s' % ('folder', 'files', 'lines', 'ran', '%'))
for name in sorted(folders, key=lambda name: (name == 'src', name)):
    n, covered, total = folders[name]
    print('%-12s %6d %8d %8d %7.1f' % (name, n, total, covered, 100 * covered / max(total, 1)))
print('least: ' + ', '.join('%s %.0f %%' % ('/'.join(path[1:]), 100 * covered / total)
                            for path, covered, total in sorted(files, key=lambda file: file[1] / max(file[2], 1))[:8]
                            if total > 0))
sys.exit(not folders['src'][1])
