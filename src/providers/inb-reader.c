/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* Characters of a path or a reason */
#define MAX_MESSAGE 300

static char *
join_path (const char *path, const char *name)
{
  if (name == NULL)
    return g_strdup (path);
  return *path != '\0' ? g_strconcat (path, ".", name, NULL) : g_strdup (name);
}

/* A message is read in a terminal: what a stranger's file brings in does not move its cursor, nor
 * fill it. */
static void
make_tame (char *text)
{
  char *end = text;

  for (guint i = 0; *end != '\0' && i < MAX_MESSAGE; i++)
    {
      char *next = g_utf8_next_char (end);

      if (g_unichar_iscntrl (g_utf8_get_char (end)))
        memset (end, '?', (gsize) (next - end));
      end = next;
    }
  *end = '\0';
}

/**
 * inb_reader_refuse:
 * @self: a reader
 * @name: (nullable): a member; %NULL: the object itself
 * @format: what is wrong, printf style
 * @...: its values
 *
 * Sets %INB_ERROR_BAD_INPUT with file, path and reason; only the first fault is kept.
 *
 * Returns: %FALSE, always
 */
gboolean
inb_reader_refuse (InbReader *self, const char *name, const char *format, ...)
{
  g_autofree char *path = join_path (self->path, name);
  g_autofree char *reason = NULL;
  gsize length;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  make_tame (path);
  make_tame (reason);
  length = strlen (reason);
  if (length > 0 && reason[length - 1] == '.')
    reason[length - 1] = '\0';
  if (self->error == NULL || *self->error == NULL)
    /* Translators: file, place in it, reason. */
    g_set_error (self->error, INB_ERROR, INB_ERROR_BAD_INPUT, _ ("Provider file “%s”, %s: %s."),
                 self->file, *path != '\0' ? path : _ ("the whole of it"), reason);
  return FALSE;
}

/**
 * inb_reader_begin:
 * @self: (out caller-allocates): the reader
 * @file: name of the file, for messages; must outlive the reader
 * @object: (transfer none): its root
 * @error: (nullable): where the first fault goes
 */
void
inb_reader_begin (InbReader *self, const char *file, JsonObject *object, GError **error)
{
  *self = (InbReader){ .file = file, .path = g_strdup (""), .error = error };
  self->object = json_object_ref (object);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * inb_reader_get:
 * @self: a reader
 * @name: a member; it counts as asked for
 *
 * Returns: (transfer none) (nullable): what stands there
 */
JsonNode *
inb_reader_get (InbReader *self, const char *name)
{
  g_hash_table_add (self->seen, g_strdup (name));
  return json_object_get_member (self->object, name);
}

static void
begin_inside (InbReader *self, InbReader *parent, char *path, JsonObject *object)
{
  inb_reader_begin (self, parent->file, object, parent->error);
  g_free (self->path);
  self->path = path;
}

/**
 * inb_reader_enter:
 * @self: (out caller-allocates): a reader of the object inside
 * @parent: a reader
 * @name: a member that must be an object
 *
 * Returns: %FALSE if it is not; @self needs no end then
 */
gboolean
inb_reader_enter (InbReader *self, InbReader *parent, const char *name)
{
  JsonNode *node = inb_reader_get (parent, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return inb_reader_refuse (parent, name, "must be an object");
  begin_inside (self, parent, join_path (parent->path, name), json_node_get_object (node));
  return TRUE;
}

/**
 * inb_reader_enter_element:
 * @self: (out caller-allocates): a reader of the element
 * @parent: a reader
 * @name: the member that holds the array
 * @array: the array
 * @index: place of an element that must be an object
 *
 * Returns: %FALSE if it is not; @self needs no end then
 */
gboolean
inb_reader_enter_element (InbReader *self, InbReader *parent, const char *name, JsonArray *array,
                          guint index)
{
  JsonNode *node = json_array_get_element (array, index);
  g_autofree char *place = g_strdup_printf ("%s[%u]", name, index);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return inb_reader_refuse (parent, place, "must be an object");
  begin_inside (self, parent, join_path (parent->path, place), json_node_get_object (node));
  return TRUE;
}

/**
 * inb_reader_end:
 * @self: a reader
 *
 * Frees it. A member nobody asked for is a fault: a slip of the pen must not be taken for a limit
 * that is not there.
 *
 * Returns: %FALSE if there was such a member
 */
gboolean
inb_reader_end (InbReader *self)
{
  g_autoptr (GList) members = json_object_get_members (self->object);
  gboolean good = TRUE;

  for (GList *link = members; link != NULL && good; link = link->next)
    if (!g_hash_table_contains (self->seen, link->data))
      good = inb_reader_refuse (self, link->data, "is not known");
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->object, json_object_unref);
  g_clear_pointer (&self->path, g_free);
  return good;
}

/**
 * inb_reader_is_null:
 * @self: a reader
 * @name: a member that may be missing
 *
 * Returns: %TRUE if it is missing or null
 */
gboolean
inb_reader_is_null (InbReader *self, const char *name)
{
  JsonNode *node = inb_reader_get (self, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * inb_reader_string:
 * @self: a reader
 * @name: a member that must be a text, not empty
 * @value: (out) (transfer none): the text
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_string (InbReader *self, const char *name, const char **value)
{
  JsonNode *node = inb_reader_get (self, name);

  if (!holds (node, G_TYPE_STRING) || *json_node_get_string (node) == '\0')
    return inb_reader_refuse (self, name, "must be a text");
  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * inb_reader_string_or_null:
 * @self: a reader
 * @name: a member
 * @value: (out) (transfer none) (nullable): the text; %NULL if it is missing or null
 *
 * Returns: %FALSE if it is something else
 */
gboolean
inb_reader_string_or_null (InbReader *self, const char *name, const char **value)
{
  *value = NULL;
  return inb_reader_is_null (self, name) || inb_reader_string (self, name, value);
}

/**
 * inb_reader_int:
 * @self: a reader
 * @name: a member that must be a whole number
 * @min: the least it may be
 * @max: the most it may be
 * @value: (out): the number
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_int (InbReader *self, const char *name, gint64 min, gint64 max, gint64 *value)
{
  JsonNode *node = inb_reader_get (self, name);

  if (!holds (node, G_TYPE_INT64) || json_node_get_int (node) < min ||
      json_node_get_int (node) > max)
    return inb_reader_refuse (
        self, name, "must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min,
        max);
  *value = json_node_get_int (node);
  return TRUE;
}

/**
 * inb_reader_int_or_null:
 * @self: a reader
 * @name: a member
 * @max: the most it may be
 * @value: (out): the number, ≥ 1; 0 if it is missing or null
 *
 * Returns: %FALSE if it is something else
 */
gboolean
inb_reader_int_or_null (InbReader *self, const char *name, gint64 max, gint64 *value)
{
  *value = 0;
  return inb_reader_is_null (self, name) || inb_reader_int (self, name, 1, max, value);
}

/**
 * inb_reader_boolean:
 * @self: a reader
 * @name: a member that must be true or false
 * @value: (out): which
 *
 * Returns: %FALSE if it is neither
 */
gboolean
inb_reader_boolean (InbReader *self, const char *name, gboolean *value)
{
  JsonNode *node = inb_reader_get (self, name);

  if (!holds (node, G_TYPE_BOOLEAN))
    return inb_reader_refuse (self, name, "must be true or false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * inb_reader_array:
 * @self: a reader
 * @name: a member that must be an array with at least one element
 * @value: (out) (transfer none): the array
 *
 * Returns: %FALSE if it is not
 */
gboolean
inb_reader_array (InbReader *self, const char *name, JsonArray **value)
{
  JsonNode *node = inb_reader_get (self, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) == 0)
    return inb_reader_refuse (self, name, "must be a list that is not empty");
  *value = json_node_get_array (node);
  return TRUE;
}

/**
 * inb_reader_word:
 * @self: a reader
 * @name: a member that must be one of some words
 * @words: (array length=n_words): the words
 * @n_words: how many
 * @index: (out): which of them
 *
 * Returns: %FALSE if it is none of them
 */
gboolean
inb_reader_word (InbReader *self, const char *name, const char *const *words, guint n_words,
                 guint *index)
{
  g_autoptr (GString) known = g_string_new (NULL);
  const char *value = NULL;

  if (!inb_reader_string (self, name, &value))
    return FALSE;
  for (guint i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i], value) == 0)
        {
          *index = i;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", words[i]);
    }
  return inb_reader_refuse (self, name, "“%s” is none of %s", value, known->str);
}
