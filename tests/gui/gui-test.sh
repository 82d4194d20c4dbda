#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A desktop of its own for one test: a home, a bus, an X server, a window manager; then the test.
# usage: gui-test.sh TEST.py [ARGUMENTS…]
# The test starts the program itself (gui.py). SCREEN=1280x800x24 is the size of the screen.
set -u
here=$(dirname "$(readlink -f "$0")")

if [ -z "${INB_GUI_TOP:-}" ]; then
  INB_GUI_TOP=$(mktemp -d)
  export INB_GUI_TOP
  export HOME=$INB_GUI_TOP/home XDG_RUNTIME_DIR=$INB_GUI_TOP/run
  export XDG_CONFIG_HOME=$HOME/config XDG_DATA_HOME=$HOME/data
  # a registry of GStreamer that was read before saves half a second a start
  export XDG_CACHE_HOME=${INB_GUI_CACHE:-$HOME/cache}
  mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$INB_GUI_TOP/services"
  mkdir -m 700 "$XDG_RUNTIME_DIR"
  cp /usr/share/dbus-1/services/org.a11y.Bus.service "$INB_GUI_TOP/services/"
  sed "s,@SERVICES@,$INB_GUI_TOP/services,; s,@RUN@,$XDG_RUNTIME_DIR," \
    "$here/../support/session.conf.in" > "$INB_GUI_TOP/session.conf"
  # what the bus starts talks too, and only the test may write on standard output
  dbus-run-session --config-file="$INB_GUI_TOP/session.conf" -- "$0" "$@" 3>&1 >&2
  status=$?
  rm -rf "$INB_GUI_TOP"
  exit $status
fi

exec >&3 3>&-
Xvfb -displayfd 6 -screen 0 "${SCREEN:-1280x800x24}" -nolisten tcp \
  6> "$INB_GUI_TOP/display" 2> /dev/null &
server=$!
for _ in $(seq 100); do
  [ -s "$INB_GUI_TOP/display" ] && break
  sleep .05
done
DISPLAY=:$(cat "$INB_GUI_TOP/display")
export DISPLAY
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=atspi GSETTINGS_BACKEND=memory GIO_USE_VFS=local \
  GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1
export LC_ALL=${LC_ALL:-C.UTF-8}
[ "$(pkg-config --modversion gtk4 2> /dev/null | cut -d. -f2)" -ge 10 ] 2> /dev/null &&
  export GDK_DEBUG=no-portals
openbox > /dev/null 2>&1 &
manager=$!
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 timeout "${INB_GUI_TIMEOUT:-120}" \
  /usr/bin/python3 -W ignore "$@"
status=$?
kill "$manager"
wait "$manager" 2> /dev/null
kill "$server"
wait "$server" 2> /dev/null
exit $status
