#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-format 14 is the only judge of layout. usage: check-format.sh TOP
set -u
cd "$1" || exit 2
find src tests -name '*.[ch]' | sort | xargs clang-format --dry-run -Werror
