#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the table of src/README.md: which folder may include which, and which libraries each may know.
# usage: check-layers.sh TOP
set -u
cd "$1/src" || exit 2
failed=0

bad() {
  echo "$*"
  failed=1
}

# may FOLDER ALLOWED…: every #include "folder/…" in FOLDER names itself or one of ALLOWED
may() {
  folder=$1
  shift
  allowed=" $folder $* "
  # no folder: a generated header (config.h and resources)
  found=$(grep -nHE '^#include "[a-z]+/' "$folder"/*.[ch] 2>/dev/null) || return 0
  while IFS= read -r line; do
    target=$(printf '%s\n' "$line" | sed -E 's,.*#include "([a-z]+)/.*,\1,')
    case $allowed in
      *" $target "*) ;;
      *) bad "src/$line: $folder may not include $target" ;;
    esac
  done <<EOF
$found
EOF
}

may core
may photo core
may render core
may net core
may providers core net
may store core
may jobs core net providers store
may cli core photo render net providers store jobs
may player core
may ui core net providers store jobs player

# only LIBRARY-PATTERN FOLDER…: the header may be included in those folders alone
only() {
  pattern=$1
  shift
  hits=$(grep -nHE "^#include <($pattern)" ./*/*.[ch] | sed 's,^\./,,')
  for folder; do
    hits=$(printf '%s\n' "$hits" | grep -v "^$folder/")
  done
  [ -z "$hits" ] || bad "$hits
<$pattern> belongs to: $*"
}

only 'gtk/|gdk/|gsk/|graphene' player ui
only 'adwaita' ui
only 'vips/' photo
only 'gst/' render player
only 'json-glib/' net providers
only 'sqlite3' store
only 'libsoup/' net

# nothing else at the top level
extra=$(cd .. && git ls-files 2>/dev/null | cut -d/ -f1 | sort -u |
  grep -vE '^(src|data|po|tests|flatpak|meson\.build|meson_options\.txt|README\.md|LICENSE|LICENSES|NEWS|\..*)$')
[ -z "$extra" ] || bad "at the top level beside what belongs there: $extra"
exit $failed
