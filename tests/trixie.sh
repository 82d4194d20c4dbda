#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and tests the program on Debian 13, in a root of its own: GTK 4.18, libadwaita 1.7, libsoup 3.6, GStreamer 1.26. Needs
# root and mmdebstrap. That root (3 GB) is kept for the next time; its mounts and processes end with this script,
# since it has them in name spaces of its own.
# usage: tests/trixie.sh [SUITE…]     suites of tests/run, whose output this prints
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
root=${INBETWEEN_TRIXIE:-$top/_trixie}
suites=${*:-core data display looks gui}

if [ "${INBETWEEN_TRIXIE_INSIDE:-}" != 1 ]; then
  export INBETWEEN_TRIXIE_INSIDE=1
  # shellcheck disable=SC2086
  exec unshare --mount --pid --fork --kill-child "$0" $suites
fi

if [ ! -f "$root/etc/inbetween-ready" ]; then
  rm -rf --one-file-system "$root"
  log=$(mktemp)
  # packages come from where apt of this system has its own, with the same settings
  archive=$(apt-get indextargets --format '$(REPO_URI) $(LABEL) $(CODENAME)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $3 !~ /-/ { print $1; exit }')
  [ -n "$archive" ] || { echo "apt of this system knows no archive of Debian" >&2; exit 1; }
  settings=$(mktemp)
  apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries|Languages)' > "$settings" || true
  mmdebstrap --quiet --variant=minbase --aptopt="$settings" --include=ca-certificates,locales \
    --customize-hook='chroot "$1" localedef -i en_US -f UTF-8 en_US.UTF-8' \
    --customize-hook='printf "#!/bin/sh\nexit 101\n" > "$1/usr/sbin/policy-rc.d"; chmod +x "$1/usr/sbin/policy-rc.d"' \
    trixie "$root" "deb $archive trixie main" "deb $archive trixie-updates main" > "$log" 2>&1 ||
    { tail -n 40 "$log" >&2; exit 1; }
  rm -f "$settings" "$log"
  touch "$root/etc/inbetween-ready"
fi

mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
# A copy, so that no test can write into this tree, and a run does not see what is changed meanwhile. What differs from the
# last copy is new now: its own time may lie before the end of the last build, which would then keep what it made.
rm -rf "$root/source-before"
[ ! -d "$root/source" ] || mv "$root/source" "$root/source-before"
mkdir -p "$root/source"
tar -C "$top" --exclude='./_*' --exclude=./.git -cf - . | tar -C "$root/source" -xf -
if [ -d "$root/source-before" ]; then
  (cd "$root/source" && find . -type f -exec sh -c \
    'for name; do cmp -s "$name" "../source-before/$name" && touch -r "../source-before/$name" "$name" || touch "$name"; done' sh {} +)
  rm -rf "$root/source-before"
fi
# not chroot: below one, tests cannot make name spaces of their own (a full disk, a user without rights)
cd "$root"
pivot_root . .
umount -l .
cd /
# shellcheck disable=SC2086
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8 INBETWEEN_TEST_BUILD=/build \
  /source/tests/run $suites
