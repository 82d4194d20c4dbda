#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file of the tree has a licence: by a line among its first, or by its name in .reuse/dep5.

usage: check-licences.py TOP
"""
import fnmatch
import os
import re
import subprocess
import sys

os.chdir(sys.argv[1])
LINE = re.compile(rb'SPDX-License-Identifier: ([A-Za-z0-9.-]+)')
N_LINES = 6
faults = []


def find_files():
    """What git knows and what it would take; without git, what is there. Build folders begin with "_"."""
    listed = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard'], capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return [name for name in listed.stdout.split('\n') if name and os.path.lexists(name)]
    return [os.path.relpath(os.path.join(place, name), '.') for place, _, names in os.walk('.') for name in names
            if not re.search(r'(^|/)(_|\.git(/|$))', os.path.relpath(place, '.')) and not name.endswith('.pyc')]


def read_list():
    """[(pattern, licence)] of .reuse/dep5"""
    with open('.reuse/dep5', encoding='utf-8') as file:
        text = re.sub(r'\n +', ' ', file.read())
    found = []
    for part in re.split(r'\n\n+', text):
        fields = dict(re.findall(r'^([A-Za-z-]+): *(.*)$', part, re.M))
        if 'Files' in fields:
            found += [(pattern, fields['License']) for pattern in fields['Files'].split()]
    return found


files = [name for name in find_files() if name != 'LICENSE' and not name.startswith(('LICENSES/', '.reuse/'))]
patterns = read_list()
used = {licence for _, licence in patterns}
needed = set()
for name in files:
    with open(name, 'rb') as file:
        own = LINE.search(b'\n'.join(file.read(4096).split(b'\n')[:N_LINES]))
    if own:
        used.add(own.group(1).decode())
        continue
    matching = [pattern for pattern, _ in patterns if fnmatch.fnmatchcase(name, pattern)]
    needed.update(matching)
    if not matching:
        faults.append('%s has no licence: write an SPDX line into it, or its name into .reuse/dep5' % name)
faults += ['.reuse/dep5: no file needs "%s"' % pattern for pattern, _ in patterns if pattern not in needed]
texts = {os.path.splitext(name)[0] for name in os.listdir('LICENSES')}
faults += ['LICENSES/%s.txt is missing' % licence for licence in sorted(used - texts)]
faults += ['LICENSES/%s.txt is the licence of no file' % licence for licence in sorted(texts - used)]
if len(files) < 500:
    faults.append('only %d files were found: this test looks at the wrong place' % len(files))
print('\n'.join(faults) or '%d files, %s' % (len(files), ', '.join(sorted(used))))
sys.exit(1 if faults else 0)
