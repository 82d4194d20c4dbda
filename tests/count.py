# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests of meson's JUnit file passed, failed and were skipped, then the names of the programs with a
failure. With --rest, leaves those programs out: they are run again, and counted then."""
import sys
import xml.etree.ElementTree as tree

rest = '--rest' in sys.argv
passed = failed = skipped = 0
again = []
for suite in tree.parse(sys.argv[1]).getroot():
    program = suite.get('name').split(' / ')[-1] if ' / ' in suite.get('name') else None
    cases = suite.findall('testcase')
    bad = [c for c in cases if c.find('failure') is not None or c.find('error') is not None]
    # a program that died after its last case says so at its suite only
    died = int(suite.get('errors', 0)) + int(suite.get('failures', 0)) > 0 and not bad
    if bad or died:
        again += [program] if program else [c.get('name').split(' / ')[-1] for c in bad]
        if rest and program:
            continue
    skips = sum(c.find('skipped') is not None for c in cases)
    skipped += skips
    failed += 0 if rest else len(bad) + died
    passed += len(cases) - len(bad) - skips
print(passed, failed, skipped, *again)
