#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a person does with the installed Flatpak, in the sandbox: the window by hand (window.py), then the commands, then the
# same where no H.264 is and where no portal is. Run beside the open window by whatever verifies the Flatpak, in its session:
# an X display, a bus with portals and an unlocked keyring, /run/user/UID as XDG_RUNTIME_DIR.
# usage: drive.sh APP-ID        a line "ok …" or "FAIL …" a step; exit status 1 if any failed
# INB_SHOTS names a folder for pictures, DRIVE_LOG a file that keeps all that is printed (both in the home by themselves).
# shellcheck disable=SC2317  # steps are called by name
set -u
app=$1
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
own=$HOME/.var/app/$app
outside=$(mktemp -d "$HOME/outside-XXXXXX")   # the sandbox sees nothing of the home
export INB_SHOTS=${INB_SHOTS:-$HOME/screenshots} INB_BUILD=$outside
failed=0
exec > >(tee "${DRIVE_LOG:-$HOME/drive.log}") 2>&1
printing=$!

fault() { echo "FAIL $1"; failed=1; }

# step WHAT COMMAND…: it must end well. What it prints is shown either way.
step() {
  local what=$1
  shift
  if "$@" > "$outside/said" 2>&1; then echo "ok $what"; else fault "$what"; fi
  sed 's/^/    /' "$outside/said"
}

inside() { flatpak run --user --command=inbetween-cli "$app" "$@" < /dev/null; }
# in a data folder of its own: jobs in the other are made by the open window, which has H.264
no_h264() { flatpak run --user --env=GST_PLUGIN_FEATURE_RANK=avdec_h264:NONE,openh264dec:NONE,x264enc:NONE,openh264enc:NONE \
  --command=env "$app" "XDG_DATA_HOME=$own/data/no-h264" inbetween-cli "$@" < /dev/null; }
no_bus() { flatpak run --user --no-session-bus --command=inbetween-cli "$app" "$@"; }

# shown_as PATTERN COMMAND…: whatever its exit status, it must print that
shown_as() {
  local pattern=$1
  shift
  "$@" > "$outside/text" 2>&1
  cat "$outside/text"
  tr '\n' ' ' < "$outside/text" | grep -qE -- "$pattern"
}

drive_window() {
  for program in xdotool openbox convert import cc; do
    command -v $program > /dev/null || { fault "the window: $program is missing"; return; }
  done
  # shellcheck disable=SC2046
  cc -o "$outside/drag-source" "$top/tests/support/drag-source.c" $(pkg-config --cflags --libs gtk4) ||
    { fault 'the other window could not be built'; return; }
  mkdir "$outside/taken"
  openbox > /dev/null 2>&1 &
  local manager=$!
  PYTHONPATH=$top/tests/gui PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -W ignore "$here/window.py" \
    "$app" "$outside/bottle.jpg" "$outside/drag-source" "$outside/taken" || failed=1
  kill $manager
}

# make NAME RUNNER ENDING: a clip by the commands, of a photo that lies where the sandbox sees it
make() {
  local clips=$own/data/made-$1
  "$2" generate "$own/data/photo.jpg" --prompt 'slow push in' --framing 16:9 --output "$clips/" --json > "$outside/made.json" &&
    grep -q '"state" *: *"DONE"' "$outside/made.json" && ls "$clips"/*."$3"
}

keep_key() {
  local key
  key=drive-key-0123456789abcdef
  printf '%s\n' "$key" | flatpak run --user --command=inbetween-cli "$app" keys set wavespeed &&
    inside keys status &&
    inside keys status --json | jq -e '.keys[] | select(.id == "wavespeed") | .source == "keyring"' &&
    ls -l "$own/data/keyrings" &&
    if grep -rl "$key" "$own"; then echo 'the key lies there for all to read'; return 1; fi
}

forget_key() {
  inside keys clear wavespeed && inside keys status --json | jq -e '[.keys[] | select(.source != "none")] == []'
}

convert "$top/data/sample/start.jpg" -set comment "$RANDOM$RANDOM" "$outside/bottle.jpg"   # unlike that of an earlier run
step 'the sandbox does not see the photo outside' \
  flatpak run --user --command=sh "$app" -c "test ! -e '$outside/bottle.jpg'"
drive_window

mkdir -p "$own/data"
rm -rf "$own"/data/made-* "$own/data/no-h264"
cp "$top/data/sample/start.jpg" "$own/data/photo.jpg"
step 'the self-test finds all that must work' inside selftest
step 'the self-test finds the keyring' shown_as 'ok +keyring' inside selftest
step 'a clip by the commands' make h264 inside mp4
step 'it is whole' sh -c "flatpak run --user --command=inbetween-cli '$app' inspect '$own'/data/made-h264/*.mp4"
step 'the jobs are listed' inside jobs
step 'a key is kept through the Secret portal, and is not to be read on the disk' keep_key
step 'and forgotten again' forget_key

step 'without H.264 the self-test says what is missing' shown_as 'codecs-extra' no_h264 selftest
step 'without H.264 a clip is made as WebM' make webm no_h264 webm
step 'it is whole too' sh -c "flatpak run --user --command=inbetween-cli '$app' inspect '$own'/data/made-webm/*.webm"
step 'without H.264 a clip in H.264 is refused with words' \
  shown_as 'codecs-extra' no_h264 inspect "$(find "$own/data/made-h264" -name '*.mp4' | head -n 1)"
step 'without a bus the self-test passes' no_bus selftest
step 'without a bus a key is not kept, and it is said' \
  shown_as 'not kept.*WAVESPEED' sh -c "echo drive-key | flatpak run --user --no-session-bus --command=inbetween-cli '$app' keys set wavespeed"

rm -rf "$outside"
exec >&- 2>&-
wait $printing
exit $failed
