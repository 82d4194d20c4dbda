# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests of a run of meson's passed, failed and were skipped, then the names of the programs that failed.
usage: count.py FOLDER [--rest]     FOLDER: meson-logs. --rest leaves those programs out: they are run again, and counted
then.

Which programs failed stands in testlog.json only: the JUnit file beside it counts the cases, and of a program that died
or was too slow it has the cases before that, all of them passed."""
import json
import os
import sys
import xml.etree.ElementTree as tree

GOOD = {'OK', 'SKIP', 'EXPECTEDFAIL'}

folder, rest = sys.argv[1], '--rest' in sys.argv
root = tree.parse(os.path.join(folder, 'testlog.junit.xml')).getroot()
suites = {suite.get('name').partition('.')[2]: suite for suite in root}  # by the program's name, without the project's
passed = failed = skipped = 0
again = []
with open(os.path.join(folder, 'testlog.json'), encoding='utf-8') as log:
    programs = [json.loads(line) for line in log]
for program in programs:
    well = program['result'] in GOOD
    if not well:
        again.append(program['name'].split(' / ')[-1])
    if not well and rest:
        continue
    suite = suites.get(program['name'])
    if suite is None:  # no list of cases: the program itself is one
        cases, skips, bad = 1, int(program['result'] == 'SKIP'), int(not well)
    else:
        cases = len(suite.findall('testcase'))
        skips = len(suite.findall('testcase/skipped'))
        bad = sum(case.find('failure') is not None or case.find('error') is not None for case in suite)
    passed += cases - skips - bad
    skipped += skips
    failed += bad if well else max(bad, 1)
print(passed, failed, skipped, *again)
