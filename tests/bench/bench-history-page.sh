#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The page of the history over 100,000 jobs. usage: bench-history-page.sh WITH-DISPLAY FILL-STORE BENCH [JOBS]
set -u
folder=$(mktemp -d)
"$2" "$folder" "${4:-100000}" && "$1" "$3" "$folder"
status=$?
rm -rf "$folder"
exit $status
