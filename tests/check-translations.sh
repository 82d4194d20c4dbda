#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each language has all words of the program: what xgettext finds now is compared with each po file, so that a string that
# was added or changed since is found; and what stands in the words for a number or a name is the same in both.
# usage: check-translations.sh TOP [FOLDER]     FOLDER: where the po files are, if not in po
set -u
cd "$1" || exit 2
folder=${2:-po}
failed=0
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
export LC_ALL=C.UTF-8

# the same words as meson's preset "glib" finds
if ! xgettext --files-from=po/POTFILES.in --output="$made/all.pot" --from-code=UTF-8 --add-comments \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 \
  --keyword=g_dpgettext2:2c,3 --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
  --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format --flag=g_string_printf:2:c-format \
  --flag=g_string_append_printf:2:c-format --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format 2> "$made/errors"
then
  cat "$made/errors"
  exit 1
fi
n=$(msgattrib --no-obsolete "$made/all.pot" | grep -c '^msgid')
[ "$n" -gt 1000 ] || { echo "only $n strings were found: this test looks at the wrong place"; failed=1; }

# list LANGUAGE WHAT OPTION: those messages, one line each, are a fault
list() {
  found=$(msgattrib "$3" --no-obsolete --no-wrap "$made/$1.po" | sed -n '/^msgid ""/!s/^msg\(id\|ctxt\) //p; /^msgid ""/{N;s/^msgid ""\n"/  "/p}' |
    grep -v '^  "Project-Id-Version')
  [ -z "$found" ] && return
  printf '%s: %s:\n%s\n' "$1" "$2" "$found"
  failed=1
}

for file in "$folder"/*.po; do
  language=$(basename "$file" .po)
  grep -qx "$language" po/LINGUAS || { echo "$language is not in po/LINGUAS"; failed=1; }
  msgmerge --quiet --no-fuzzy-matching --no-wrap --output-file="$made/$language.po" "$file" "$made/all.pot" || failed=1
  list "$language" 'not translated' --untranslated
  list "$language" 'marked as fuzzy' --only-fuzzy
  msgfmt --check --check-accelerators=_ --output-file=/dev/null "$made/$language.po" || failed=1
done
for language in $(grep -v '^#' po/LINGUAS); do
  [ -f "$folder/$language.po" ] || { echo "po/LINGUAS has $language, which has no file"; failed=1; }
done
exit $failed
