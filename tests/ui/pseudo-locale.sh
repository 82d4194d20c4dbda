#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A language in which every string of the program is put into ⟦brackets⟧, so that one that is not shows.
# usage: pseudo-locale.sh TOP OUTPUT.mo
set -eu
output=$(readlink -f "$(dirname "$2")")/$(basename "$2")
cd "$1"
grep -vE '^(#|$)' po/POTFILES.in | grep -E '\.(c|ui)$' |
  xgettext --from-code=UTF-8 --files-from=- --keyword=_ --keyword=N_ --keyword=C_:1c,2 \
    --keyword=ngettext:1,2 --output=- |
  sed -e 's/CHARSET/UTF-8/' -e 's/nplurals=INTEGER; plural=EXPRESSION/nplurals=2; plural=n != 1/' |
  msgen --no-wrap --lang=xx - |
  msgfilter --keep-header --no-wrap sed -z -e 's/^\n*/&⟦/' -e 's/\n*$/⟧&/' 2> /dev/null |
  msgfmt --output-file="$output" -
