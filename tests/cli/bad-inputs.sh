#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every bad input gets one clear sentence that names the thing and the way out, the documented exit status, no stack of
# warnings, and loses nothing. Prints TAP with the message in each line's comment.
# usage: bad-inputs.sh INBETWEEN-CLI INBETWEEN
set -u
cli=$1 window=$2
T=$(mktemp -d)
trap 'chmod -R u+rwX "$T" 2> /dev/null; rm -rf "$T"' EXIT
export XDG_DATA_HOME=$T/data HOME=$T LC_ALL=C.UTF-8
unset DISPLAY WAYLAND_DISPLAY
chmod 711 "$T"
n=0

# check NAME STATUS WORD COMMAND…: status as documented, exactly one line on standard error and it holds WORD
check() {
  local name=$1 want=$2 word=$3 status text lines problem=
  shift 3
  n=$((n + 1))
  "$@" > "$T/out" 2> "$T/err" < /dev/null
  status=$?
  text=$(cat "$T/err")
  lines=$(grep -c . "$T/err")
  [ "$status" = "$want" ] || problem="status $status, not $want"
  [ "$lines" = 1 ] || problem="$problem; $lines lines"
  grep -qF -- "$word" <<< "$text" || problem="$problem; $word is not named"
  ! grep -qE 'CRITICAL|WARNING|Aborted|Segmentation' <<< "$text" || problem="$problem; a program's complaint"
  leftover=$(find "$T" -name '*.part*' -o -name '*.tmp' | head -n 3)
  [ -z "$leftover" ] || problem="$problem; left behind: $leftover"
  if [ -z "$problem" ]; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name: $problem"
  fi
  sed 's/^/#   '"$status"' | /' "$T/err" | sed "s,$T/,,g"
}

# as SOMEBODY: root may read and write everything, so as root these run as another user
as() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
  else
    "$@"
  fi
}

good=$T/good.jpg
convert -size 640x480 gradient:gray60-white -fill firebrick -draw 'circle 320,240 320,160' "$good"
: > "$T/empty.jpg"
echo 'this is a letter, not a picture' > "$T/text.jpg"
convert -size 800x600 plasma:fractal "$T/whole.jpg"
head -c 20000 "$T/whole.jpg" > "$T/truncated.jpg"
# a PNG of 74 bytes whose header claims 65,000 x 65,000
/usr/bin/python3 - "$T/bomb.png" << 'EOF'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
head = chunk(b'IHDR', struct.pack('>IIBBBBB', 65000, 65000, 8, 2, 0, 0, 0))
data = b'\x89PNG\r\n\x1a\n' + head + chunk(b'IDAT', zlib.compress(b'')[:17]) + chunk(b'IEND', b'')
open(sys.argv[1], 'wb').write(data[:74].ljust(74, b'\0'))
EOF
convert -size 4000x1 xc:red "$T/line.png"
convert -size 10x10 xc:red "$T/tiny.png"
mkdir "$T/folder.jpg"
mkfifo "$T/fifo.jpg"
cp "$good" "$T/secret.jpg"
chmod 000 "$T/secret.jpg"
long=$(printf 'x%.0s' $(seq 2501))
generate=("$cli" generate)

check 'an empty file' 2 'empty.jpg' "${generate[@]}" "$T/empty.jpg" --prompt 'push in'
check 'a text named .jpg' 2 'text.jpg' "${generate[@]}" "$T/text.jpg" --prompt 'push in'
check 'what is no photo leaves no job behind' 0 'no jobs yet' "$cli" jobs
check 'a truncated JPEG' 2 'truncated.jpg' "${generate[@]}" "$T/truncated.jpg" --prompt 'push in'
check 'a PNG header of 65,000 x 65,000' 2 '65000' "${generate[@]}" "$T/bomb.png" --prompt 'push in'
check 'a photo of 4000 x 1' 2 '4000×1' "${generate[@]}" "$T/line.png" --prompt 'push in'
check 'a photo of 10 x 10' 2 '10×10' "${generate[@]}" "$T/tiny.png" --prompt 'push in'
check 'a folder' 2 'folder.jpg' "${generate[@]}" "$T/folder.jpg" --prompt 'push in'
check 'a FIFO' 2 'fifo.jpg' timeout 10 "${generate[@]}" "$T/fifo.jpg" --prompt 'push in'
check 'a file that may not be read' 2 'secret.jpg' as env XDG_DATA_HOME=/tmp/inbetween-nobody.$$ \
  "${generate[@]}" "$T/secret.jpg" --prompt 'push in'
rm -rf "/tmp/inbetween-nobody.$$"
check 'a missing file' 2 'nowhere.jpg' "${generate[@]}" "$T/nowhere.jpg" --prompt 'push in'
check 'no photo at all' 2 '--help' "${generate[@]}" --prompt 'push in'
check 'a prompt of 0 characters' 2 'prompt' "${generate[@]}" "$good" --prompt ''
check 'a prompt of 2,501 characters' 2 '2501' "${generate[@]}" "$good" --prompt "$long"
check 'a prompt that is not UTF-8' 2 'UTF-8' "${generate[@]}" "$good" --prompt $'push \xff in'
check 'a duration of 7' 2 'not 7' "${generate[@]}" "$good" --prompt 'push in' --duration 7
check 'no takes' 2 'not 0' "${generate[@]}" "$good" --prompt 'push in' --takes 0
check 'five takes' 2 'not 5' "${generate[@]}" "$good" --prompt 'push in' --takes 5
check 'a framing that does not exist' 2 '4:3' "${generate[@]}" "$good" --prompt 'push in' --framing 4:3
check 'a focus outside the photo' 2 'focus' "${generate[@]}" "$good" --prompt 'push in' --focus 2,0
check 'a provider that does not exist' 2 'nosuch' "${generate[@]}" "$good" --prompt 'push in' --provider nosuch
check 'an option that does not exist' 2 '--colour' "${generate[@]}" "$good" --prompt 'push in' --colour red
check 'a last photo that is missing' 2 'nowhere.jpg' "${generate[@]}" "$good" --last "$T/nowhere.jpg" --prompt 'push in'
check 'an output in a folder that is missing' 2 'nowhere' "${generate[@]}" "$good" --prompt 'push in' \
  --output "$T/nowhere/clip.mp4"
mkdir "$T/readonly"
chmod 555 "$T/readonly"
check 'a data folder that can only be read' 2 'readonly' as env XDG_DATA_HOME="$T/readonly" \
  "${generate[@]}" "$good" --prompt 'push in'
check 'a word that selftest does not take' 2 'nonsense' "$cli" selftest nonsense
# whoever asked for JSON can read the error as well, whichever command it was
for command in generate request photo render inspect poster proxy jobs providers keys selftest; do
  check "an option that $command does not have" 2 '--nope' sh -c '"$0" "$1" --nope --json && exit 99; status=$?
    "$0" "$1" --nope --json 2> /dev/null | python3 -c "import json, sys; json.load(sys.stdin)[\"error\"]" && exit $status' \
    "$cli" "$command"
done
check 'a job that does not exist' 2 'nosuch' "$cli" jobs show nosuch

if unshare -m true 2> /dev/null; then
  # shellcheck disable=SC2016
  full() { unshare -m sh -c 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"' "$T/full" "$@"; }
else
  # shellcheck disable=SC2016
  full() { unshare -rm sh -c 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"' "$T/full" "$@"; }
fi
mkdir "$T/full"
check 'a full disk' 1 'room' full env XDG_DATA_HOME="$T/full" "${generate[@]}" "$good" --prompt 'push in'
check 'no encoder at all' 1 'ncoder' \
  env GST_PLUGIN_FEATURE_RANK=x264enc:NONE,openh264enc:NONE,vp9enc:NONE,vp8enc:NONE \
  XDG_DATA_HOME="$T/noenc" "${generate[@]}" "$good" --prompt 'push in'
check 'no H.264 decoder' 1 'h264' env GST_PLUGIN_FEATURE_RANK=avdec_h264:NONE,openh264dec:NONE \
  XDG_DATA_HOME="$T/nodec" "${generate[@]}" "$good" --prompt 'push in'
# shellcheck disable=SC2016
check 'a standard output that is closed' 1 'standard output' sh -c '"$@" >&-' sh "$cli" jobs list
# shellcheck disable=SC2016
check 'a standard output that is full' 1 'standard output' sh -c '"$@" > /dev/full' sh "$cli" providers
check 'no display' 1 'display' env DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "$window"
echo "1..$n"
