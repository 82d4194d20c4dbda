#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# House rules that no compiler sees. usage: check-house.sh TOP
set -u
cd "$1" || exit 2
failed=0

# never WHAT PATTERN PATHS…: PATTERN must not be found
never() {
  what=$1 pattern=$2
  shift 2
  hits=$(grep -rnE --include='*.[ch]' --include=meson.build -- "$pattern" "$@" 2>/dev/null)
  if [ -n "$hits" ]; then
    printf '%s:\n%s\n' "$what" "$hits"
    failed=1
  fi
}

never 'an autoptr error given away without g_steal_pointer is freed twice' \
  'g_task_return_error \([a-z_]+, (error|local_error|[a-z_]*_error)\)' src
never 'g_quark_from_string instead of G_DEFINE_QUARK' 'g_quark_from_string' src
never 'a property notified by name' 'g_object_notify \(' src
never 'an address outside the provider files' '"https?://' src
never 'a sleep in a test' '\b(g_usleep|usleep|sleep) \(' tests
never 'checks switched off' 'G_DISABLE_(CHECKS|ASSERT)' meson.build src tests
# a poster is our own worker's; all else is foreign
# shellcheck disable=SC2046
never 'a picture decoded in the window' 'gdk_texture_new_from_' $(find src/ui src/player -name '*.[ch]' ! -name inb-poster.c)
never 'GdkPixbuf, which starts processes for pictures on newer systems' 'gdk_pixbuf_new' src/ui src/player
never 'printing outside the commands' '[^_a-z](printf|g_print|g_printerr|puts) \(' \
  src/core src/photo src/render src/net src/providers src/store src/jobs src/player
never 'a comparison that is true when the strings differ' 'if \(g_strcmp0 \([^()]*\)\)' src
never 'a certificate waved through' 'accept-certificate' src
never 'work left undone' 'TODO|FIXME|[^X]XXX[^X]' src tests

# none WHAT LIST: the list must be empty
none() {
  if [ -n "$2" ]; then
    printf '%s:\n%s\n' "$1" "$2"
    failed=1
  fi
}

none 'properties without G_PARAM_STATIC_STRINGS' \
  "$(grep -rlE 'g_param_spec_[a-z]+ \(' src --include='*.c' | xargs -r grep -L G_PARAM_STATIC_STRINGS)"
none 'Shift+Tab never leaves a widget that hands the focus on (grab_focus) but does not say how to leave (focus)' \
  "$(grep -rlE 'grab_focus = inb_' src --include='*.c' | xargs -r grep -LE -- '->focus = ')"
none 'files past 500 lines' \
  "$(find src -name '*.c' -exec wc -l {} + | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 }')"
none 'templates that are no resource' \
  "$(for file in src/ui/*.ui; do grep -q ">${file##*/}<" src/ui/inbetween-ui.gresource.xml || echo "$file"; done)"
exit $failed
