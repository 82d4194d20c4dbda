# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests of a JUnit file passed, failed and were skipped; a program without cases counts as one."""
import sys
import xml.etree.ElementTree as tree

passed = failed = skipped = 0
for suite in tree.parse(sys.argv[1]).getroot():
    cases = suite.findall('testcase')
    for case in cases:
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
        elif case.find('skipped') is not None:
            skipped += 1
        else:
            passed += 1
    # a program that died after its last case says so at its suite only
    if int(suite.get('errors', 0)) + int(suite.get('failures', 0)) > 0 and \
       not any(c.find('failure') is not None or c.find('error') is not None for c in cases):
        failed += 1
print(passed, failed, skipped)
