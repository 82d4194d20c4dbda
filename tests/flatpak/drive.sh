#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a clip inside the sandbox and checks it there. Run beside the open window by whatever verifies the Flatpak.
# usage: drive.sh APP-ID
set -eu
app=$1
top=$(cd "$(dirname "$0")/../.." && pwd)
data=$HOME/.var/app/$app/data
mkdir -p "$data"
cp "$top/data/sample/start.jpg" "$data/photo.jpg"
inside() { flatpak run --user --command=inbetween-cli "$app" "$@"; }

inside selftest
inside generate "$data/photo.jpg" --prompt 'slow push in' --framing 16:9 --output "$data/clips-out/" --json > "$data/made.json"
grep -q '"state" *: *"DONE"' "$data/made.json"
clip=$(find "$data/clips-out" -type f | head -n 1)
inside inspect "$clip" --json
inside jobs
