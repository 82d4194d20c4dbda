/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-reader.h"

#include <string.h>

#include "net/inb-json-path.h"

/* Bounds are chosen: several times what any known service needs. */
#define MAX_PATH 200
#define MAX_PATHS 8
#define MAX_WORDS 32
#define MAX_WORD 100
#define HEADER_PREFIX "header:"

/**
 * inb_reader_dup_text:
 * @self: a reader
 * @name: a member that must be a text for people
 * @max_chars: the most characters it may have
 * @text: (out) (transfer full): the text; nothing in it moves a terminal's cursor
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_dup_text (InbReader *self, const char *name, guint max_chars, char **text)
{
  const char *value = NULL;

  if (!inb_reader_string (self, name, &value))
    return FALSE;
  if (g_utf8_strlen (value, -1) > (glong) max_chars)
    return inb_reader_refuse (self, name, "has more than %u characters", max_chars);
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return inb_reader_refuse (self, name, "has a line break or another control character");
  *text = g_strdup (value);
  return TRUE;
}

/* "header:NAME", where a header of the answer may stand for a path into it */
static gboolean
is_header (const char *text)
{
  const char *name = text + strlen (HEADER_PREFIX);

  return g_str_has_prefix (text, HEADER_PREFIX) && *name != '\0' &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (name);
}

static gboolean
check_path (InbReader *self, const char *name, const char *path)
{
  g_autoptr (GError) problem = NULL;

  if (strlen (path) > MAX_PATH)
    return inb_reader_refuse (self, name, "is longer than %d characters", MAX_PATH);
  if (inb_json_path_check (path, &problem))
    return TRUE;
  return inb_reader_refuse (self, name, "%s", problem->message);
}

/**
 * inb_reader_dup_path:
 * @self: a reader
 * @name: a member that must be a path into an answer
 * @path: (out) (transfer full): the path
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_dup_path (InbReader *self, const char *name, char **path)
{
  const char *text = NULL;

  if (!inb_reader_string (self, name, &text) || !check_path (self, name, text))
    return FALSE;
  *path = g_strdup (text);
  return TRUE;
}

/**
 * inb_reader_dup_path_or_null:
 * @self: a reader
 * @name: a member
 * @path: (out) (transfer full) (nullable): the path; %NULL if the member is missing or null
 *
 * Returns: %FALSE if it is something else
 */
gboolean
inb_reader_dup_path_or_null (InbReader *self, const char *name, char **path)
{
  return inb_reader_is_null (self, name) || inb_reader_dup_path (self, name, path);
}

static gboolean
holds_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
         *json_node_get_string (node) != '\0';
}

/**
 * inb_reader_dup_texts:
 * @self: a reader
 * @name: a member that must be a text or a list of texts; none where it is missing or null
 * @max: the most there may be
 * @texts: (out) (transfer full) (array zero-terminated): the texts, each with at most 100 bytes
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_dup_texts (InbReader *self, const char *name, guint max, char ***texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = inb_reader_get (self, name);
  JsonArray *array = NULL;
  guint n_texts = 0;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    array = json_node_get_array (node);
  if (!inb_reader_is_null (self, name))
    n_texts = array != NULL ? json_array_get_length (array) : 1;
  if (n_texts > max)
    return inb_reader_refuse (self, name, "may have at most %u elements", max);
  for (guint i = 0; i < n_texts; i++)
    {
      JsonNode *element = array != NULL ? json_array_get_element (array, i) : node;

      if (!holds_text (element))
        return inb_reader_refuse (self, name, "must be a text or a list of texts");
      if (strlen (json_node_get_string (element)) > MAX_WORD)
        return inb_reader_refuse (self, name, "has a text longer than %d bytes", MAX_WORD);
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  *texts = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * inb_reader_dup_paths:
 * @self: a reader
 * @name: a member that must be a path or a list of paths; none where it is missing or null
 * @headers: whether "header:NAME" may stand for a path
 * @paths: (out) (transfer full) (array zero-terminated): the paths
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_dup_paths (InbReader *self, const char *name, gboolean headers, char ***paths)
{
  g_auto (GStrv) texts = NULL;

  if (!inb_reader_dup_texts (self, name, MAX_PATHS, &texts))
    return FALSE;
  for (guint i = 0; texts[i] != NULL; i++)
    if (!(headers && is_header (texts[i])) && !check_path (self, name, texts[i]))
      return FALSE;
  *paths = g_steal_pointer (&texts);
  return TRUE;
}

/**
 * inb_reader_dup_values:
 * @self: a reader
 * @name: a member that must be a text, a whole number, or a list of those; none where it is missing
 * or null
 * @values: (out) (transfer full) (array zero-terminated): the values, numbers as text
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_dup_values (InbReader *self, const char *name, char ***values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = inb_reader_get (self, name);
  gboolean list = node != NULL && JSON_NODE_HOLDS_ARRAY (node);
  guint n_values = list ? json_array_get_length (json_node_get_array (node)) : 1;

  if (inb_reader_is_null (self, name))
    n_values = 0;
  if (n_values > MAX_WORDS)
    return inb_reader_refuse (self, name, "may have at most %d elements", MAX_WORDS);
  for (guint i = 0; i < n_values; i++)
    {
      JsonNode *value = list ? json_array_get_element (json_node_get_array (node), i) : node;
      g_autofree char *number = NULL;

      if (json_node_get_value_type (value) == G_TYPE_INT64)
        number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
      else if (!holds_text (value) || strlen (json_node_get_string (value)) > MAX_WORD)
        return inb_reader_refuse (self, name, "must be texts of at most %d bytes or whole numbers",
                                  MAX_WORD);
      g_strv_builder_add (builder, number != NULL ? number : json_node_get_string (value));
    }
  *values = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * inb_reader_ints:
 * @self: a reader
 * @name: a member that must be a list of whole numbers; none where it is missing or null
 * @min: the least each may be
 * @max: the most each may be
 * @values: (element-type guint): the numbers are put to it
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_ints (InbReader *self, const char *name, guint min, guint max, GArray *values)
{
  JsonArray *array = NULL;

  if (inb_reader_is_null (self, name))
    return TRUE;
  if (!inb_reader_array (self, name, &array))
    return FALSE;
  if (json_array_get_length (array) > MAX_WORDS)
    return inb_reader_refuse (self, name, "may have at most %d elements", MAX_WORDS);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      guint value;

      if (json_node_get_value_type (node) != G_TYPE_INT64 ||
          json_node_get_int (node) < (gint64) min || json_node_get_int (node) > (gint64) max)
        return inb_reader_refuse (self, name, "may hold whole numbers from %u to %u", min, max);
      value = (guint) json_node_get_int (node);
      g_array_append_val (values, value);
    }
  return TRUE;
}

/**
 * inb_reader_dup_words:
 * @self: a reader
 * @name: a member that must be a list of at least one text
 * @words: (out) (transfer full) (array zero-terminated): the texts
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_dup_words (InbReader *self, const char *name, char ***words)
{
  JsonArray *array = NULL;

  return inb_reader_array (self, name, &array) &&
         inb_reader_dup_texts (self, name, MAX_WORDS, words);
}
