#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Gets the public clients and a Node for them with npm, and runs clients.mjs against inb-stand-in; or, with a CLI and a
# WORKER, the program that the CLI prints for the AI SDK.
# usage: clients.sh FOLDER [CLI WORKER]      FOLDER: where they are kept from one run to the next
set -u
here=$(cd "$(dirname "$0")" && pwd)
folder=$1

skip() {
  echo "1..0 # SKIP $1"
  exit 0
}

# major NODE: its version's first number
major() { "$1" --version 2> /dev/null | sed -nE 's/^v([0-9]+)\..*/\1/p'; }

command -v npm > /dev/null || skip "there is no npm to get the clients with"
mkdir -p "$folder" || exit 1
if ! cmp -s "$here/package.json" "$folder/package.json" || [ ! -d "$folder/node_modules/ai" ]; then
  rm -rf "$folder/node_modules"
  mkdir -p "$folder/new" && cp "$here/package.json" "$folder/new/"
  (cd "$folder/new" && npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error) > "$folder/npm.log" 2>&1 ||
    skip "npm cannot get the clients: $(grep -m 1 error "$folder/npm.log")"
  mv "$folder/new/node_modules" "$folder/" && mv "$folder/new/package.json" "$folder/" && rmdir "$folder/new"
fi

node=$(command -v node)
if [ -z "$node" ] || [ "$(major "$node")" -lt 22 ]; then
  case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) skip "no Node 22 for $(uname -m) in npm" ;; esac
  node=$folder/node/node_modules/node-linux-$arch/bin/node
  if [ ! -x "$node" ]; then
    npm install --prefix "$folder/node" --no-audit --no-fund --no-package-lock --no-save --loglevel=error \
      "node-linux-$arch@22" > "$folder/npm.log" 2>&1 || skip "npm cannot get Node 22: $(grep -m 1 error "$folder/npm.log")"
  fi
  [ "$(major "$node")" -ge 22 ] 2> /dev/null || skip "what npm gave as Node 22 does not run"
fi

if [ $# -gt 1 ]; then
  exec /usr/bin/python3 "$here/../cli/request-code.py" "$2" "$3" "$node" "$folder"
fi

rm -f "$folder/port"
ASAN_OPTIONS=detect_leaks=0 "$INB_STAND_IN" --port-file "$folder/port" --die-with-parent &
stand=$!
trap 'kill $stand' EXIT
for _ in $(seq 100); do
  [ -s "$folder/port" ] && break
  read -r -t 0.1 < /dev/zero || true
done
[ -s "$folder/port" ] || { echo "Bail out! the stand-in did not begin"; exit 1; }
echo "# $("$node" --version)"
cp "$here/clients.mjs" "$folder/"
"$node" "$folder/clients.mjs" "http://127.0.0.1:$(cat "$folder/port")" "$here/../wire"
