#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every file with words for people is in po/POTFILES.in, and nothing else is. usage: check-potfiles.sh TOP
set -u
cd "$1" || exit 2
{
  grep -rlE '[^a-zA-Z](_|N_|C_|ngettext|g_dngettext) \(' src --include='*.c'
  grep -rlE 'translatable="yes"' src --include='*.ui'
  ls data/*.desktop.in data/*.metainfo.xml.in data/*.gschema.xml 2>/dev/null
} | sort -u > "${TMPDIR:-/tmp}/potfiles.want.$$"
grep -vE '^(#|$)' po/POTFILES.in | sort -u > "${TMPDIR:-/tmp}/potfiles.have.$$"
diff -u "${TMPDIR:-/tmp}/potfiles.have.$$" "${TMPDIR:-/tmp}/potfiles.want.$$"
status=$?
rm -f "${TMPDIR:-/tmp}/potfiles.want.$$" "${TMPDIR:-/tmp}/potfiles.have.$$"
exit $status
