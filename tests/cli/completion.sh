#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What Tab offers for inbetween-cli, asked of bash itself: the completion is loaded, and its function called with the
# words as bash splits them. Prints TAP.
# usage: completion.sh INBETWEEN-CLI COMPLETION WORKER
set -u
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
mkdir "$T/bin"
ln -s "$(readlink -f "$1")" "$T/bin/inbetween-cli"
worker=$(readlink -f "$3")
export PATH="$T/bin:$PATH" XDG_DATA_HOME="$T/data" LC_ALL=C.UTF-8
# shellcheck source=/dev/null
. "$2"
n=0

# offers LINE: one word a line, for a cursor at the end of LINE
offers() {
  local line=$1 spec
  spec=$(complete -p inbetween-cli) || return
  COMP_LINE=$line COMP_POINT=${#line}
  line=${line//=/ = } line=${line//:/ : }
  read -r -a COMP_WORDS <<< "$line"
  [ "${line% }" = "$line" ] || COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  spec=${spec##*-F }
  "${spec%% *}" inbetween-cli "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  printf '%s\n' "${COMPREPLY[@]}"
}

ok() {
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

# check NAME LINE WORD…: exactly those are offered, in any order
check() {
  local name=$1 line=$2 got want
  shift 2
  got=$(offers "$line" | sort)
  want=$(printf '%s\n' "$@" | sort)
  [ "$got" = "$want" ]
  ok $? "$name"
  [ "$got" = "$want" ] || diff <(echo "$want") <(echo "$got") | sed 's/^/#   /'
}

mapfile -t commands < <(inbetween-cli --help | awk '/^Commands:/ { on = 1; next } on && NF == 0 { exit } on { print $1 }')
[ "${#commands[@]}" -gt 5 ]
ok $? 'the help names its commands'
check 'each command is offered' 'inbetween-cli ' "${commands[@]}" --help --version
check 'by its first letters' 'inbetween-cli prov' providers
for command in "${commands[@]}"; do
  mapfile -t options < <(inbetween-cli "$command" --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | grep -oE -e '--.*')
  check "each option of $command" "inbetween-cli $command -" "${options[@]}"
done
check 'values that the help names' 'inbetween-cli generate --fit ' crop extend
check 'after =, too' 'inbetween-cli generate --fit=e' extend
check 'with a colon in them' 'inbetween-cli generate --framing ' original 16:9 9:16 1:1
check 'only what is behind the colon is new' 'inbetween-cli photo --framing=16:' 9
check 'numbers of a range' 'inbetween-cli generate --takes ' 1 2 3 4
check 'nothing where anything can be' 'inbetween-cli generate --seed ' ''
mapfile -t providers < <(inbetween-cli providers --json | jq -r '.providers[].id')
[ "${#providers[@]}" -gt 5 ]
ok $? 'there are providers'
check 'each provider' 'inbetween-cli generate --provider ' "${providers[@]}"
check 'a second provider' 'inbetween-cli generate --provider local,wave' local,wavespeed
check 'whose limits' 'inbetween-cli photo --limits wave' wavespeed
check 'whose key' 'inbetween-cli keys set ' "${providers[@]}"
check 'the models of the provider' 'inbetween-cli generate --provider wavespeed --model ' \
  "$(inbetween-cli providers --json | jq -r '.providers[] | select(.id == "wavespeed") | .models[].id')"
check 'what can be done with jobs' 'inbetween-cli jobs ' list show resume cancel resolve ledger cap
cd "$T" || exit 1
mkdir photos
: > photos/shoe.jpg
check 'a photo' 'inbetween-cli generate --fit crop photos/s' photos/shoe.jpg
check 'a photo as a value' 'inbetween-cli generate --last photos/s' photos/shoe.jpg
check 'a file to write to' 'inbetween-cli photo photos/shoe.jpg -o photos/s' photos/shoe.jpg
printf 'GIF89a    mug' > mug.gif
INBETWEEN_CLI=$worker G_FAKE_FOLDER=$T inbetween-cli generate mug.gif --prompt 'push in' > made 2>&1 || sed 's/^/#   /' made
id=$(inbetween-cli jobs 2> /dev/null | awk '{ print $1 }')
[ -n "$id" ]
ok $? 'there is a job'
check 'a job' 'inbetween-cli jobs show ' "$id"
echo "1..$n"
