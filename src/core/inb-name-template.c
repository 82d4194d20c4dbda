/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-name-template.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* From "{product}_v{take}" to a file's name that every file system takes, also that of the
 * colleague it is sent to. */

/* Of a stem, so that " (99)" and the ending still fit into the 255 bytes of most file systems, and
 * of one long field, so that the take's number after it is not what falls off. Chosen. */
#define MAX_STEM_BYTES 200
#define MAX_FIELD_BYTES 120

static const char *const fields[] = { "product",  "sku",  "take",     "aspect", "duration",
                                      "provider", "date", "original", NULL };

/* Shapes that have a name among people who place clips; others are given in px. */
static const struct
{
  guint width;
  guint height;
} shapes[] = { { 16, 9 }, { 9, 16 }, { 1, 1 }, { 4, 5 }, { 5, 4 },
               { 4, 3 },  { 3, 4 },  { 3, 2 }, { 2, 3 }, { 21, 9 } };

/* A clip's sides are even numbers, so its shape is only nearly the one that was asked for. */
#define SHAPE_TOLERANCE 0.015

static char *
dup_aspect (const InbNameFacts *facts)
{
  double aspect = facts->height > 0 ? (double) facts->width / facts->height : 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      double shape = (double) shapes[i].width / shapes[i].height;

      if (aspect > shape * (1.0 - SHAPE_TOLERANCE) && aspect < shape * (1.0 + SHAPE_TOLERANCE))
        return g_strdup_printf ("%ux%u", shapes[i].width, shapes[i].height);
    }
  return g_strdup_printf ("%ux%u", facts->width, facts->height);
}

static char *
dup_date (gint64 created_us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (created_us / G_TIME_SPAN_SECOND);

  return when != NULL ? g_date_time_format (when, "%Y-%m-%d") : g_strdup ("");
}

/* "Blue mug — SKU 10442" → "10442"; the whole name where no SKU is told apart in it. */
static char *
dup_sku (const char *product)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("\\bsku[\\s:#._-]*([\\p{L}\\p{N}][\\p{L}\\p{N}._-]*)",
                                          G_REGEX_CASELESS, 0, NULL);

  if (product != NULL && g_utf8_validate (product, -1, NULL) &&
      g_regex_match (regex, product, 0, &match))
    return g_match_info_fetch (match, 1);
  return g_strdup (product);
}

/* "mug_front.png" → "mug_front" */
static char *
dup_original (const char *name)
{
  g_autofree char *base = g_strdup (name != NULL ? name : "");
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_steal_pointer (&base);
}

static char *
dup_value (const char *field, const InbNameFacts *facts)
{
  if (g_str_equal (field, "product"))
    return g_strdup (facts->product);
  if (g_str_equal (field, "sku"))
    return dup_sku (facts->product);
  if (g_str_equal (field, "take"))
    return g_strdup_printf ("%u", facts->take);
  if (g_str_equal (field, "aspect"))
    return dup_aspect (facts);
  if (g_str_equal (field, "duration"))
    return g_strdup_printf ("%u", facts->duration_s);
  if (g_str_equal (field, "provider"))
    return g_strdup (facts->provider);
  if (g_str_equal (field, "date"))
    return dup_date (facts->created_us);
  return dup_original (facts->original);
}

static void
cut (char *text, gsize max_bytes)
{
  if (strlen (text) > max_bytes)
    *g_utf8_find_prev_char (text, text + max_bytes + 1) = '\0';
}

/* What a file system, a shell or Windows would stumble over, and what a reader does not see: the
 * marks that turn the direction of a line can make "gpj.exe" of "exe.jpg". */
static gboolean
is_unsafe (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
         (c < 128 && strchr ("/\\:*?\"<>|", (int) c) != NULL);
}

static char *
dup_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) safe = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        c = ' ';
      else if (g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      else if (is_unsafe (c))
        c = '-';
      if (c == ' ' && (safe->len == 0 || safe->str[safe->len - 1] == ' '))
        continue;
      g_string_append_unichar (safe, c);
    }
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/* Names of devices, with any ending, on the other most used system */
static gboolean
is_reserved (const char *stem)
{
  gsize length = strcspn (stem, ".");
  g_autofree char *name = g_ascii_strdown (stem, (gssize) length);
  static const char *const devices[] = { "con", "prn", "aux", "nul", NULL };

  if (g_strv_contains (devices, name))
    return TRUE;
  return length == 4 && (g_str_has_prefix (name, "com") || g_str_has_prefix (name, "lpt")) &&
         name[3] >= '1' && name[3] <= '9';
}

/* Neither hidden, nor an option of a command, nor with a tail that Windows drops; never empty. */
static char *
dup_stem (const char *text)
{
  g_autofree char *safe = dup_safe (text);
  const char *start = safe + strspn (safe, ".- ");
  g_autofree char *stem = g_strdup (start);

  cut (stem, MAX_STEM_BYTES);
  for (gsize n = strlen (stem); n > 0 && strchr (". ", stem[n - 1]) != NULL; n--)
    stem[n - 1] = '\0';
  if (*stem == '\0')
    return g_strdup ("clip");
  if (is_reserved (stem))
    return g_strconcat ("_", stem, NULL);
  return g_steal_pointer (&stem);
}

/* Returns the field at @open, "{name}", with @length its bytes; NULL where no such thing begins. */
static char *
dup_field (const char *open, gsize *length)
{
  gsize n = strspn (open + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");

  if (n == 0 || open[n + 1] != '}')
    return NULL;
  *length = n + 2;
  return g_strndup (open + 1, n);
}

/**
 * inb_name_template_get_fields:
 *
 * Returns: (transfer none) (array zero-terminated=1): what may stand between braces
 */
const char *const *
inb_name_template_get_fields (void)
{
  return fields;
}

/* What stands around a known field is fine, every other brace is a slip of the finger. */
static gboolean
has_stray_brace (const char *name_template)
{
  gsize length;

  for (const char *p = name_template; *p != '\0'; p++)
    {
      g_autofree char *field = *p == '{' ? dup_field (p, &length) : NULL;

      if (field != NULL)
        p += length - 1;
      else if (*p == '{' || *p == '}')
        return TRUE;
    }
  return FALSE;
}

/**
 * inb_name_template_check:
 * @name_template: what a person typed
 * @error: %INB_ERROR_BAD_INPUT, naming what is not known and what is
 *
 * Returns: %TRUE if every name in braces is known and something remains of it
 */
gboolean
inb_name_template_check (const char *name_template, GError **error)
{
  gsize length;

  if (!g_utf8_validate (name_template, -1, NULL) ||
      name_template[strspn (name_template, ".- ")] == '\0')
    return inb_error_refuse (error, _ ("A name needs at least one letter, number or field."));
  for (const char *p = strchr (name_template, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      g_autofree char *field = dup_field (p, &length);
      g_autofree char *known = NULL;

      if (field == NULL || g_strv_contains (fields, field))
        continue;
      known = g_strjoinv ("}, {", (char **) fields);
      /* Translators: the first is what was typed, the second a list of the words that are known */
      return inb_error_refuse (error, _ ("“{%s}” is not known. There are {%s}."), field, known);
    }
  if (has_stray_brace (name_template))
    return inb_error_refuse (error, _ ("Braces stand around a field only, such as {product}."));
  return TRUE;
}

/**
 * inb_name_template_expand:
 * @name_template: text with fields in braces; what is not a known field stays as it is
 * @facts: what they stand for
 *
 * The shape is written with an x, "9x16": a colon cannot stand in a file's name everywhere.
 *
 * Returns: (transfer full): name of a file without its ending: 1 to 200 bytes of UTF-8 without
 * anything that a file system, a shell or Windows reserves; "clip" where nothing is left
 */
char *
inb_name_template_expand (const char *name_template, const InbNameFacts *facts)
{
  g_autofree char *valid = g_utf8_make_valid (name_template, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;

  for (const char *p = valid; *p != '\0';)
    {
      g_autofree char *field = *p == '{' ? dup_field (p, &length) : NULL;
      g_autofree char *value = NULL;
      g_autofree char *safe = NULL;

      if (field == NULL || !g_strv_contains (fields, field))
        {
          g_string_append_c (text, *p++);
          continue;
        }
      value = dup_value (field, facts);
      safe = dup_safe (value != NULL ? value : "");
      cut (safe, MAX_FIELD_BYTES);
      g_strchomp (safe);
      g_string_append (text, safe);
      p += length;
    }
  return dup_stem (text->str);
}

/**
 * inb_name_template_dup_safe:
 * @name: a file's name as it came from elsewhere
 *
 * Returns: (transfer full): the same without what could leave a folder or trip somebody up
 */
char *
inb_name_template_dup_safe (const char *name)
{
  return dup_stem (name);
}

/**
 * inb_name_template_dup_numbered:
 * @stem: name without its ending
 * @number: 1 for the first file of that name, 2, 3, … for those that come after
 * @extension: ending without its dot
 *
 * Returns: (transfer full): "mug.mp4", "mug (2).mp4", …
 */
char *
inb_name_template_dup_numbered (const char *stem, guint number, const char *extension)
{
  if (number <= 1)
    return g_strdup_printf ("%s.%s", stem, extension);
  return g_strdup_printf ("%s (%u).%s", stem, number, extension);
}
