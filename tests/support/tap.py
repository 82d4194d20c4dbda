# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test written in Python prints: the Test Anything Protocol."""
import sys


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def ok(self, good, name, *details):
        """One test; its details are told where it fails."""
        self.n += 1
        self.failed += not good
        print(f'{"ok" if good else "not ok"} {self.n} - {name}')
        for detail in details:
            if not good:
                print('# ' + str(detail).replace('\n', '\n# '))
        sys.stdout.flush()
        return good

    def skip(self, name, why):
        self.n += 1
        print(f'ok {self.n} - {name} # SKIP {why}')

    def end(self):
        print(f'1..{self.n}')
        sys.exit(self.failed > 0)
