#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The linker holds the layers: no GTK in the command line, no libvips in the window.
# usage: check-links.sh INBETWEEN INBETWEEN-CLI
set -u
failed=0
if ldd "$2" | grep -E 'libgtk|libadwaita'; then echo "$2 links the screen's libraries"; failed=1; fi
if ldd "$1" | grep -E 'libvips'; then echo "$1 links libvips"; failed=1; fi
ldd "$1" | grep -q libgtk-4 || { echo "$1 has no GTK: the test looks at the wrong program"; failed=1; }
ldd "$2" | grep -q libvips || { echo "$2 has no libvips: the test looks at the wrong program"; failed=1; }
exit $failed
