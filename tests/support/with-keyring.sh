#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program on a D-Bus of its own with an empty, unlocked keyring, in a home folder of its own.
# usage: with-keyring.sh PROGRAM [ARGUMENTS…]
set -u
for program in gnome-keyring-daemon dbus-run-session; do
  command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed"; exit 77; }
done
if [ "${1-}" = --inside ]; then
  shift
  # it goes to the background when it has its name on the bus and its keyring is open
  echo | gnome-keyring-daemon --daemonize --components=secrets --unlock > /dev/null 2>&1 || exit 1
  exec "$@"
fi
top=$(mktemp -d)
mkdir -m 700 "$top/run"
mkdir "$top/services" "$top/data" "$top/config"
export HOME="$top" XDG_RUNTIME_DIR="$top/run" XDG_DATA_HOME="$top/data" XDG_CONFIG_HOME="$top/config"
sed "s,@SERVICES@,$top/services,; s,@RUN@,$top/run," "$(dirname "$0")/session.conf.in" > "$top/session.conf"
dbus-run-session --config-file="$top/session.conf" -- "$0" --inside "$@" 2> "$top/errors"
status=$?
grep -v '^dbus-daemon' "$top/errors" >&2
pkill -f "gnome-keyring-daemon.*$top" 2> /dev/null
rm -rf "$top"
exit $status
