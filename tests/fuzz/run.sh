#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every fuzzer of a build for a while, one after the other; TAP.
# usage: tests/fuzz/run.sh BUILD-FOLDER [SECONDS]
set -u
build=$1
seconds=${2:-60}
corpus=$(cd "$(dirname "$0")" && pwd)/corpus
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export G_SLICE=always-malloc
n=0 bad=0
for fuzzer in "$build"/tests/fuzz/fuzz-*; do
  if [ ! -x "$fuzzer" ] || [ ! -f "$fuzzer" ]; then continue; fi
  n=$((n + 1))
  name=${fuzzer##*/fuzz-}
  mkdir -p "$work/$name"
  # 256 MB and 1 s an input: promises of the README; leaks are looked for by libFuzzer itself
  if "$fuzzer" -max_total_time="$seconds" -rss_limit_mb=512 -malloc_limit_mb=256 -timeout=1 -max_len=8192 -print_final_stats=1 \
    -artifact_prefix="$build/tests/fuzz/" "$work/$name" "$corpus/$name" > "$work/log" 2>&1; then
    echo "ok $n $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") runs in $seconds s, \
$(grep -oE 'cov: [0-9]+' "$work/log" | tail -n 1), peak $(sed -n 's/^stat::peak_rss_mb: *//p' "$work/log") MB"
  else
    bad=$((bad + 1))
    tail -n 40 "$work/log" | sed 's/^/# /'
    echo "not ok $n $name"
  fi
done
echo "1..$n"
[ "$n" -gt 0 ] && [ "$bad" = 0 ]
