#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The version stands in meson.build. NEWS and the metainfo tell of that release first, with the same day, and every release
# of the one is in the other. usage: check-version.sh TOP
set -u
cd "$1" || exit 2
failed=0
version=$(sed -n "s/^  version: '\(.*\)',$/\1/p" meson.build)
metainfo=$(sed -n 's/.*<release version="\([^"]*\)" date="\([^"]*\)">.*/\1 (\2)/p' data/*.metainfo.xml.in)
news=$(sed -n 's/^Overview of changes in Inbetween //p' NEWS)

bad() {
  echo "$*"
  failed=1
}

printf '%s' "$version" | grep -qxE '[0-9]+\.[0-9]+\.[0-9]+' || bad "meson.build has no version: $version"
case $news in
  "$version ("*) ;;
  *) bad "NEWS begins with $(printf '%s' "$news" | head -n 1), not with $version" ;;
esac
[ "$news" = "$metainfo" ] || bad "the releases of NEWS and of the metainfo differ:
$news
--
$metainfo"
again=$(git grep -lF -- "$version" -- . ':!meson.build' ':!NEWS' ':!data/*.metainfo.xml.in' 2>/dev/null | xargs -r grep -lE -- "(^|[^0-9.])$(printf '%s' "$version" | sed 's/\./\\./g')([^0-9.]|$)")
[ -z "$again" ] || bad "the version is written down again in: $again"
exit $failed
