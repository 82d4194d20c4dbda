/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON that a parser has to survive; the real answer stands in most of it. */
#include "stand-in.h"

#include <string.h>

static void
take (SiCall *call, char *text, gssize size)
{
  g_clear_pointer (&call->bytes, g_bytes_unref);
  call->bytes = g_bytes_new_take (text, size < 0 ? strlen (text) : (gsize) size);
}

/* Puts a member in front of the others, whose value is many times the same few bytes between two
 * brackets. */
static gboolean
pad (SiCall *call, const char *before, const char *unit, guint64 times, const char *after)
{
  gsize size;
  const char *rest = g_bytes_get_data (call->bytes, &size);
  gboolean is_empty = size < 3;
  g_autoptr (GString) block = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *length = NULL;
  g_autofree char *head = NULL;
  SiRaw *raw;
  guint i;

  for (i = 0; i < 1000; i++)
    g_string_append (block, unit);
  bytes = g_bytes_new (block->str, block->len);
  length = g_strdup_printf ("Content-Length: %" G_GUINT64_FORMAT "\r\n",
                            strlen (before) + block->len * (times / 1000) + strlen (after) +
                                (is_empty ? 1 : size));
  head = si_raw_head (call, length);
  raw = si_raw_new (call);
  si_raw_text (raw, head);
  si_raw_text (raw, before);
  si_raw_repeat (raw, bytes, times / 1000);
  si_raw_text (raw, after);
  /* the answer's own first brace has become a comma */
  if (is_empty)
    si_raw_text (raw, "}");
  else
    {
      g_autofree char *members = g_strndup (rest + 1, size - 1);

      si_raw_text (raw, ",");
      si_raw_text (raw, members);
    }
  si_raw_start (raw);
  return TRUE;
}

static char *
twice (SiCall *call)
{
  gsize size;
  const char *text = g_bytes_get_data (call->bytes, &size);
  g_autofree char *copy = g_strndup (text, size);
  g_autoptr (JsonNode) node = json_from_string (copy, NULL);
  g_autofree char *first = si_dump (node, SI_DUMP_PLAIN);
  g_autofree char *second = si_dump (node, SI_DUMP_OTHER);

  if (strcmp (first, "{}") == 0)
    return g_strdup ("{\"id\":\"a\",\"id\":\"b\"}");
  first[strlen (first) - 1] = ',';
  return g_strconcat (first, second + 1, NULL);
}

/* The answer written out with another value in some places, and one member more so that there is
 * such a place. */
static char *
otherwise (SiCall *call, SiDump how)
{
  gsize size;
  const char *text = g_bytes_get_data (call->bytes, &size);
  g_autofree char *copy = g_strndup (text, size);
  g_autoptr (JsonNode) node = json_from_string (copy, NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_set_int_member (json_node_get_object (node), "zz_number", 1);
      json_object_set_string_member (json_node_get_object (node), "zz_string", "word");
    }
  return si_dump (node, how);
}

static gboolean
is_json (SiCall *call)
{
  gsize size;
  const char *text = call->is_clip ? NULL : g_bytes_get_data (call->bytes, &size);

  return text != NULL && size > 1 && text[0] == '{' && text[size - 1] == '}';
}

/* All behaviours json-…; where there is no JSON to spoil, such as a clip, an empty object is
 * spoiled instead of it. */
gboolean
si_fault_json (SiCall *call)
{
  const char *name = si_rule_do (call->rule) + strlen ("json-");

  call->carries_clips = FALSE;
  if (!is_json (call))
    si_say (call, 200, "{}");
  if (strcmp (name, "deep") == 0)
    {
      g_autofree char *close = g_strnfill (100000, ']');

      return pad (call, "{\"deep\":", "[", 100000, close);
    }
  if (strcmp (name, "wide") == 0)
    return pad (call, "{\"wide\":[", "0,", 2000000, "0]");
  if (strcmp (name, "string-13m") == 0)
    return pad (call, "{\"long\":\"", "a", 13000000, "\"");

  if (strcmp (name, "duplicate") == 0)
    take (call, twice (call), -1);
  else if (strcmp (name, "1e999") == 0)
    take (call, otherwise (call, SI_DUMP_HUGE_EXPONENT), -1);
  else if (strcmp (name, "overflow") == 0)
    take (call, otherwise (call, SI_DUMP_OVERFLOW), -1);
  else if (strcmp (name, "nul") == 0)
    take (call, otherwise (call, SI_DUMP_NUL), -1);
  else if (strcmp (name, "types") == 0)
    take (call, otherwise (call, SI_DUMP_TYPES), -1);
  else if (strcmp (name, "bom") == 0)
    {
      g_autofree char *text = otherwise (call, SI_DUMP_PLAIN);

      take (call, g_strconcat ("\xef\xbb\xbf", text, NULL), -1);
    }
  else if (strcmp (name, "empty") == 0)
    take (call, g_strdup (""), 0);
  else
    take (call, g_strdup ("null"), -1);
  return FALSE;
}
