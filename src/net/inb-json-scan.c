/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-json-scan.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "core/inb-error.h"

/* One pass over a text that is not trusted, before a parser that is too kind sees it. */
typedef struct
{
  const char *begin;
  const char *at;
  const char *end;
  guint n_tokens;
  guint depth;
  GHashTable *names[INB_JSON_MAX_DEPTH]; /* of the open objects; NULL for an open array */
  const char *fault;                     /* the first one, translated */
} Scanner;

static gboolean
refuse (Scanner *self, const char *fault)
{
  if (self->fault == NULL)
    self->fault = fault;
  return FALSE;
}

static void
skip_blanks (Scanner *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL)
    self->at++;
}

static gboolean
skip_char (Scanner *self, char c)
{
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* Four hexadecimal digits. */
static gboolean
read_unit (Scanner *self, gunichar *unit)
{
  *unit = 0;
  if (self->end - self->at < 4)
    return refuse (self, _ ("a text that does not end"));
  for (guint i = 0; i < 4; i++, self->at++)
    {
      if (!g_ascii_isxdigit (*self->at))
        return refuse (self, _ ("an escape that is none"));
      *unit = *unit * 16 + (gunichar) g_ascii_xdigit_value (*self->at);
    }
  return TRUE;
}

/* json-glib ends a text at \u0000, and half a surrogate pair makes what is not UTF-8. */
static gboolean
read_character (Scanner *self, GString *text)
{
  gunichar c, low = 0;

  if (!read_unit (self, &c))
    return FALSE;
  if (c >= 0xd800 && c < 0xdc00)
    {
      if (!skip_char (self, '\\') || !skip_char (self, 'u') || !read_unit (self, &low) ||
          low < 0xdc00 || low > 0xdfff)
        return refuse (self, _ ("half a character"));
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  else if (c == 0 || (c >= 0xdc00 && c <= 0xdfff))
    return refuse (self, _ ("a character that is none"));
  if (text != NULL)
    g_string_append_unichar (text, c);
  return TRUE;
}

static gboolean
read_escape (Scanner *self, GString *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *known;

  if (self->at >= self->end || *self->at == '\0')
    return refuse (self, _ ("a text that does not end"));
  if (skip_char (self, 'u'))
    return read_character (self, text);
  known = strchr (letters, *self->at);
  if (known == NULL)
    return refuse (self, _ ("an escape that is none"));
  self->at++;
  if (text != NULL)
    g_string_append_c (text, values[known - letters]);
  return TRUE;
}

/* What the text says goes to @text if that is given. */
static gboolean
read_text (Scanner *self, GString *text)
{
  if (!skip_char (self, '"'))
    return refuse (self, _ ("a name without quotation marks"));
  while (self->at < self->end)
    {
      guchar c = (guchar) *self->at++;

      if (c == '"')
        return TRUE;
      if (c < 0x20)
        return refuse (self, _ ("a control character in a text"));
      if (c == '\\')
        {
          if (!read_escape (self, text))
            return FALSE;
        }
      else if (text != NULL)
        g_string_append_c (text, (char) c);
    }
  return refuse (self, _ ("a text that does not end"));
}

static gboolean
skip_digits (Scanner *self)
{
  const char *first = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > first;
}

/* json-glib makes −1 of what is too large for it, and infinity of 1e999. */
static gboolean
is_in_range (const char *number, gboolean whole)
{
  errno = 0;
  if (!whole)
    return isfinite (g_ascii_strtod (number, NULL));
  (void) g_ascii_strtoll (number, NULL, 10);
  return errno != ERANGE;
}

static gboolean
read_number (Scanner *self)
{
  const char *first = self->at;
  gboolean whole = TRUE;
  g_autofree char *number = NULL;

  skip_char (self, '-');
  if (!skip_char (self, '0') && !skip_digits (self))
    return refuse (self, _ ("a value that is none"));
  if (skip_char (self, '.'))
    {
      whole = FALSE;
      if (!skip_digits (self))
        return refuse (self, _ ("a number that is none"));
    }
  if (skip_char (self, 'e') || skip_char (self, 'E'))
    {
      whole = FALSE;
      if (!skip_char (self, '+'))
        skip_char (self, '-');
      if (!skip_digits (self))
        return refuse (self, _ ("a number that is none"));
    }
  number = g_strndup (first, (gsize) (self->at - first));
  return is_in_range (number, whole) || refuse (self, _ ("a number beyond all bounds"));
}

static gboolean
read_word (Scanner *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) >= length && memcmp (self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }
  return read_number (self);
}

static gboolean
open_level (Scanner *self, gboolean object)
{
  if (self->depth == INB_JSON_MAX_DEPTH)
    return refuse (self, _ ("too many levels"));
  self->names[self->depth++] =
      object ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL;
  return TRUE;
}

static void
close_level (Scanner *self)
{
  self->depth--;
  g_clear_pointer (&self->names[self->depth], g_hash_table_unref);
}

static gboolean
read_name (Scanner *self)
{
  GString *name = g_string_new (NULL);

  skip_blanks (self);
  if (!read_text (self, name))
    {
      g_string_free (name, TRUE);
      return FALSE;
    }
  if (!g_hash_table_add (self->names[self->depth - 1], g_string_free (name, FALSE)))
    return refuse (self, _ ("the same name twice"));
  skip_blanks (self);
  return skip_char (self, ':') || refuse (self, _ ("a name without a value"));
}

/* A value, or the beginning of a level. Sets @opened where something may follow inside. */
static gboolean
read_value (Scanner *self, gboolean *opened)
{
  gboolean object;

  *opened = FALSE;
  skip_blanks (self);
  if (++self->n_tokens > INB_JSON_MAX_TOKENS)
    return refuse (self, _ ("too many values"));
  if (self->at >= self->end)
    return refuse (self, _ ("an end where a value should be"));
  if (*self->at == '"')
    return read_text (self, NULL);
  object = *self->at == '{';
  if (!object && *self->at != '[')
    return read_word (self);
  self->at++;
  if (!open_level (self, object))
    return FALSE;
  skip_blanks (self);
  if (skip_char (self, object ? '}' : ']'))
    {
      close_level (self);
      return TRUE;
    }
  *opened = TRUE;
  return !object || read_name (self);
}

/* What follows a value: the next one of its level, or the ends of levels. */
static gboolean
go_on (Scanner *self)
{
  while (self->depth > 0)
    {
      gboolean object = self->names[self->depth - 1] != NULL;

      skip_blanks (self);
      if (skip_char (self, ','))
        return !object || read_name (self);
      if (!skip_char (self, object ? '}' : ']'))
        return refuse (self, _ ("neither a comma nor an end after a value"));
      close_level (self);
    }
  return TRUE;
}

static gboolean
scan (Scanner *self)
{
  do
    {
      gboolean opened = TRUE;

      while (opened)
        if (!read_value (self, &opened))
          return FALSE;
      if (!go_on (self))
        return FALSE;
    }
  while (self->depth > 0);
  skip_blanks (self);
  return self->at == self->end || refuse (self, _ ("more after its end"));
}

/**
 * inb_json_scan:
 * @data: (array length=length): text that is not trusted
 * @length: bytes
 * @error: %INB_ERROR_FAILED with the place and the fault, and nothing of the text, which may hold a
 * secret
 *
 * Whether a text is JSON by RFC 8259 to the letter, within the bounds above, with no name twice in
 * one object and no number that a gint64 or a double cannot hold. json-glib 1.6 lets all of these
 * pass, and comments, single quotes, `01` and two documents in one (measured); after this scan it
 * reads what is written. Uses a few kilobytes of stack, and memory for the names.
 *
 * Returns: whether it may be parsed
 */
gboolean
inb_json_scan (const char *data, gsize length, GError **error)
{
  Scanner self = { data, data, data + length };
  gboolean good;

  if (length > INB_JSON_MAX_BYTES)
    good = refuse (&self, _ ("more than 1 MiB"));
  else if (!g_utf8_validate_len (data, length, NULL))
    good = refuse (&self, _ ("what is not UTF-8"));
  else
    good = scan (&self);
  while (self.depth > 0)
    close_level (&self);
  if (!good)
    /* Translators: a number, and what is there: "the same name twice". */
    g_set_error (error, INB_ERROR, INB_ERROR_FAILED, _ ("at byte %lu: %s"),
                 (gulong) (self.at - self.begin), self.fault);
  return good;
}
