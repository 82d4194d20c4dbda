#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program on an X server and a D-Bus of its own. The bus can start nothing: a portal or a keyring would come
# with warnings. The server picks a free display by itself, so that many of these can run at once.
# usage: with-display.sh [--screen 1280x800] PROGRAM [ARGUMENTS…]
set -u
screen=1280x800
if [ "$1" = --screen ]; then
  screen=$2
  shift 2
fi
for program in Xvfb dbus-run-session; do
  command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed"; exit 77; }
done
top=$(mktemp -d)
mkdir -m 700 "$top/run"
mkdir "$top/services" "$top/data" "$top/config"
export HOME="$top" XDG_RUNTIME_DIR="$top/run" XDG_DATA_HOME="$top/data" XDG_CONFIG_HOME="$top/config"
sed "s,@SERVICES@,$top/services,; s,@RUN@,$top/run," "$(dirname "$0")/session.conf.in" > "$top/session.conf"

Xvfb -displayfd 6 -screen 0 "${screen}x24" -nolisten tcp 6> "$top/display" 2> /dev/null &
server=$!
tries=0
while [ ! -s "$top/display" ] && [ $tries -lt 100 ]; do
  sleep .05
  tries=$((tries + 1))
done
DISPLAY=:$(cat "$top/display")
export DISPLAY ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0 GTK_A11Y=test GSK_RENDERER=cairo GDK_BACKEND=x11 NO_AT_BRIDGE=1
dbus-run-session --config-file="$top/session.conf" -- "$@" 2> "$top/errors"
status=$?
grep -v '^dbus-daemon' "$top/errors" >&2
kill $server
wait $server 2> /dev/null
rm -rf "$top"
exit $status
