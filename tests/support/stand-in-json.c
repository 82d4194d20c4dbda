/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers are written as templates, and spoiled while they are written out again. */
#include "stand-in.h"

#include <string.h>

static void
append_quoted (GString *out, const char *text, gboolean with_nul)
{
  const char *c;

  g_string_append_c (out, '"');
  for (c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (out, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *c);
      else
        g_string_append_c (out, *c);
      if (with_nul && c == text)
        g_string_append (out, "\\u0000");
    }
  g_string_append_c (out, '"');
}

static char *
text_va (const char *template, va_list args)
{
  GString *out = g_string_new (NULL);
  const char *c, *word;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (c = template; *c != '\0'; c++)
    {
      if (*c == '\'')
        g_string_append_c (out, '"');
      else if (*c != '%')
        g_string_append_c (out, *c);
      else
        switch (*++c)
          {
          case 's':
            word = va_arg (args, const char *);
            if (word == NULL)
              g_string_append (out, "null");
            else
              append_quoted (out, word, FALSE);
            break;
          case 'r':
            g_string_append (out, va_arg (args, const char *));
            break;
          case 'd':
            g_string_append_printf (out, "%" G_GINT64_FORMAT, va_arg (args, gint64));
            break;
          case 'f':
            g_string_append (
                out, g_ascii_formatd (buffer, sizeof buffer, "%.12g", va_arg (args, double)));
            break;
          default:
            g_assert_not_reached ();
          }
    }
  return g_string_free (out, FALSE);
}

/* JSON after a template: ' stands for ", %s is a quoted string or null, %r goes in as it is, %d is
 * a gint64, %f a double. */
char *
si_text (const char *template, ...)
{
  va_list args;
  char *text;

  va_start (args, template);
  text = text_va (template, args);
  va_end (args);
  return text;
}

/* Answers with a JSON document after a template of si_text(). */
void
si_say (SiCall *call, guint status, const char *template, ...)
{
  va_list args;
  char *text;

  va_start (args, template);
  text = text_va (template, args);
  va_end (args);

  call->status = status;
  g_free (call->type);
  call->type = g_strdup ("application/json");
  g_clear_pointer (&call->bytes, g_bytes_unref);
  call->bytes = g_bytes_new_take (text, strlen (text));
  call->is_clip = FALSE;
}

void
si_header (SiCall *call, const char *name, const char *value)
{
  g_ptr_array_add (call->headers, g_strdup (name));
  g_ptr_array_add (call->headers, g_strdup (value));
}

static void dump_node (GString *out, JsonNode *node, SiDump how);

static void
dump_string (GString *out, const char *text, SiDump how)
{
  g_autofree char *other = NULL;

  switch (how)
    {
    case SI_DUMP_TYPES:
      g_string_append (out, "7");
      return;
    case SI_DUMP_OTHER:
      other = g_strdup_printf ("another-%s", text);
      break;
    case SI_DUMP_SHORT:
      if (strlen (text) > 200)
        {
          g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

          other = g_strdup_printf ("<%" G_GSIZE_FORMAT " chars sha256 %s>", strlen (text), sum);
        }
      break;
    case SI_DUMP_PLAIN:
    case SI_DUMP_HUGE_EXPONENT:
    case SI_DUMP_OVERFLOW:
    case SI_DUMP_NUL:
    default:
      break;
    }
  append_quoted (out, other != NULL ? other : text, how == SI_DUMP_NUL);
}

static void
dump_value (GString *out, JsonNode *node, SiDump how)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    dump_string (out, json_node_get_string (node), how);
  else if (how == SI_DUMP_TYPES)
    g_string_append (out, "\"a word\"");
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (how == SI_DUMP_HUGE_EXPONENT)
    g_string_append (out, "1e999");
  else if (how == SI_DUMP_OVERFLOW)
    g_string_append (out, "99999999999999999999999999");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    g_string_append (out,
                     g_ascii_formatd (buffer, sizeof buffer, "%.17g", json_node_get_double (node)));
}

static void
dump_object (GString *out, JsonObject *object, SiDump how)
{
  g_autoptr (GList) names = json_object_get_members (object);
  GList *l;

  g_string_append_c (out, '{');
  for (l = names; l != NULL; l = l->next)
    {
      append_quoted (out, l->data, FALSE);
      g_string_append_c (out, ':');
      dump_node (out, json_object_get_member (object, l->data), how);
      if (l->next != NULL)
        g_string_append_c (out, ',');
    }
  g_string_append_c (out, '}');
}

static void
dump_array (GString *out, JsonArray *array, SiDump how)
{
  guint i, n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      dump_node (out, json_array_get_element (array, i), how);
    }
  g_string_append_c (out, ']');
}

static void
dump_node (GString *out, JsonNode *node, SiDump how)
{
  switch (JSON_NODE_TYPE (node))
    {
    case JSON_NODE_OBJECT:
      dump_object (out, json_node_get_object (node), how);
      break;
    case JSON_NODE_ARRAY:
      if (how == SI_DUMP_TYPES)
        g_string_append (out, "{}");
      else
        dump_array (out, json_node_get_array (node), how);
      break;
    case JSON_NODE_VALUE:
      dump_value (out, node, how);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, how == SI_DUMP_TYPES ? "[]" : "null");
      break;
    }
}

/* Writes a document out: as it is, or spoiled in one way. */
char *
si_dump (JsonNode *node, SiDump how)
{
  GString *out = g_string_new (NULL);

  dump_node (out, node, how);
  return g_string_free (out, FALSE);
}

/* As most services write a time. */
char *
si_time (gint64 milliseconds)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (milliseconds / 1000);
  g_autofree char *seconds = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03uZ", seconds, (guint) (milliseconds % 1000));
}

/* NULL where the member is missing or no string. */
const char *
si_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* NULL where the member is missing or no object. */
JsonObject *
si_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
