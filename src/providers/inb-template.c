/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-template.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "core/inb-error.h"

/* What a provider file says of a message, with placeholders where values go. A text that is one
 * placeholder becomes the value itself; others take it as text. No expressions, no conditions. */

typedef enum
{
  TYPE_OWN,
  TYPE_STRING,
  TYPE_INTEGER,
  TYPE_NUMBER,
  TYPE_JSON,
} Type;

static const char *const type_words[] = { NULL, "string", "integer", "number", "json" };

typedef struct
{
  char *name;
  Type type;
  gboolean optional; /* without a value the member is left out */
} Placeholder;

static void
placeholder_clear (Placeholder *self)
{
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Placeholder, placeholder_clear)

static gboolean
is_name (const char *name)
{
  if (!g_ascii_islower (*name))
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_islower (*name) && !g_ascii_isdigit (*name) && strchr ("_.:-", *name) == NULL)
      return FALSE;
  return TRUE;
}

/* Takes "{name:type?}" apart; *at is behind it afterwards. "key:" is followed by the name of a
 * credential, never by a type. */
static gboolean
read_placeholder (const char **at, Placeholder *self, GError **error)
{
  const char *end = strchr (*at, '}');
  char *colon;

  if (end == NULL)
    return inb_error_refuse (error, _ ("“%s” has a brace that is not closed"), *at);
  self->name = g_strndup (*at + 1, (gsize) (end - *at) - 1);
  if (g_str_has_suffix (self->name, "?"))
    {
      self->optional = TRUE;
      self->name[strlen (self->name) - 1] = '\0';
    }
  colon = g_str_has_prefix (self->name, "key:") ? NULL : strrchr (self->name, ':');
  if (colon != NULL)
    {
      for (guint i = TYPE_STRING; i < G_N_ELEMENTS (type_words); i++)
        if (strcmp (colon + 1, type_words[i]) == 0)
          self->type = (Type) i;
      if (self->type == TYPE_OWN)
        return inb_error_refuse (error, _ ("“%s” is no type: string, integer, number or json"),
                                 colon + 1);
      *colon = '\0';
    }
  *at = end + 1;
  return is_name (self->name) ||
         inb_error_refuse (error, _ ("“%s” is no name of a value"), self->name);
}

/* Whether the text is one placeholder and nothing else. */
static gboolean
is_whole (const char *text)
{
  const char *end = strchr (text, '}');

  return *text == '{' && end != NULL && end[1] == '\0';
}

static gboolean
check_text (const char *text, InbTemplateKnows knows, gpointer user_data, GError **error)
{
  gboolean whole = is_whole (text);

  for (const char *p = text; *p != '\0';)
    {
      g_auto (Placeholder) placeholder = { 0 };

      if (*p == '}')
        return inb_error_refuse (error, _ ("“%s” has a brace that was not opened"), text);
      if (*p != '{')
        {
          p++;
          continue;
        }
      if (!read_placeholder (&p, &placeholder, error))
        return FALSE;
      if (!knows (placeholder.name, user_data))
        return inb_error_refuse (error, _ ("there is no value “%s”"), placeholder.name);
      if (!whole && (placeholder.optional || placeholder.type != TYPE_OWN))
        return inb_error_refuse (
            error, _ ("“%s” can only leave out, or give a type to, a whole text"), text);
    }
  return TRUE;
}

/**
 * inb_template_check:
 * @template: JSON of a provider file
 * @knows: (scope call): which values there can be
 * @user_data: for @knows
 * @error: %INB_ERROR_BAD_INPUT: the first fault
 *
 * Returns: whether inb_template_fill() can fail of missing or unfit values only
 */
gboolean
inb_template_check (JsonNode *template, InbTemplateKnows knows, gpointer user_data, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (template))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (template));
      while (json_object_iter_next (&iter, &name, &member))
        if (!inb_template_check (member, knows, user_data, error))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_ARRAY (template))
    {
      JsonArray *array = json_node_get_array (template);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!inb_template_check (json_array_get_element (array, i), knows, user_data, error))
          return FALSE;
    }
  else if (json_node_get_value_type (template) == G_TYPE_STRING)
    return check_text (json_node_get_string (template), knows, user_data, error);
  return TRUE;
}

/* A value as text: what is text already, or a number as JSON writes it. */
static char *
dup_text (JsonNode *value)
{
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));
  return json_to_string (value, FALSE);
}

static JsonNode *
make_number (const char *text, Type type)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  char *end = NULL;
  gboolean good;

  errno = 0;
  if (type == TYPE_INTEGER)
    json_node_set_int (node, g_ascii_strtoll (text, &end, 10));
  else
    json_node_set_double (node, g_ascii_strtod (text, &end));
  good = end != text && *end == '\0' && errno == 0 &&
         (type == TYPE_INTEGER || isfinite (json_node_get_double (node)));
  if (!good)
    g_clear_pointer (&node, json_node_unref);
  return node;
}

static JsonNode *
convert (JsonNode *value, const Placeholder *placeholder, GError **error)
{
  g_autofree char *text = NULL;
  JsonNode *node = NULL;

  if (placeholder->type == TYPE_OWN)
    return json_node_copy (value);
  text = dup_text (value);
  if (placeholder->type == TYPE_STRING)
    node = json_node_init_string (json_node_alloc (), text);
  else if (placeholder->type == TYPE_JSON)
    node = json_from_string (text, NULL);
  else
    node = make_number (text, placeholder->type);
  if (node == NULL)
    inb_error_refuse (error, _ ("the value “%s” does not have the type that the service wants"),
                      placeholder->name);
  return node;
}

/* A text of the template. Returns %NULL without @error where the member is to be left out. */
static JsonNode *
fill_string (const char *text, GHashTable *values, GError **error)
{
  g_auto (Placeholder) placeholder = { 0 };
  g_autofree char *filled = NULL;
  JsonNode *value;

  if (!is_whole (text))
    {
      filled = inb_template_fill_text (text, INB_TEMPLATE_PLAIN, values, error);
      return filled != NULL ? json_node_init_string (json_node_alloc (), filled) : NULL;
    }
  if (!read_placeholder (&text, &placeholder, error))
    return NULL;
  value = g_hash_table_lookup (values, placeholder.name);
  if (value != NULL)
    return convert (value, &placeholder, error);
  if (!placeholder.optional)
    inb_error_refuse (error, _ ("the value “%s” is missing"), placeholder.name);
  return NULL;
}

/* The array without elements that have no value. */
static JsonNode *
fill_array (JsonArray *template, GHashTable *values, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  GError *problem = NULL;

  for (guint i = 0; i < json_array_get_length (template) && problem == NULL; i++)
    {
      JsonNode *node = inb_template_fill (json_array_get_element (template, i), values, &problem);

      if (node != NULL)
        json_array_add_element (array, node);
    }
  if (problem == NULL)
    return json_node_init_array (json_node_alloc (), array);
  g_propagate_error (error, problem);
  return NULL;
}

static JsonNode *
fill_object (JsonObject *template, GHashTable *values, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  GError *problem = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, template);
  while (problem == NULL && json_object_iter_next_ordered (&iter, &name, &member))
    {
      JsonNode *node = inb_template_fill (member, values, &problem);

      if (node != NULL)
        json_object_set_member (object, name, node);
    }
  if (problem == NULL)
    return json_node_init_object (json_node_alloc (), object);
  g_propagate_error (error, problem);
  return NULL;
}

/**
 * inb_template_fill:
 * @template: of inb_template_check(): an object or an array
 * @values: (element-type utf8 JsonNode): what there is; a name that is missing has no value
 * @error: %INB_ERROR_BAD_INPUT naming the value that is missing or unfit, never its text
 *
 * Returns: (transfer full) (nullable): the template with its values, in the template's order
 */
JsonNode *
inb_template_fill (JsonNode *template, GHashTable *values, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (template))
    return fill_object (json_node_get_object (template), values, error);
  if (JSON_NODE_HOLDS_ARRAY (template))
    return fill_array (json_node_get_array (template), values, error);
  if (json_node_get_value_type (template) == G_TYPE_STRING)
    return fill_string (json_node_get_string (template), values, error);
  return json_node_copy (template);
}

/* Only what leads to a place is taken as it is written: hosts, a model's path, addresses that the
 * service gave. */
static gboolean
is_place (const char *name)
{
  return g_str_has_prefix (name, "host.") || g_str_has_prefix (name, "model.") ||
         g_str_has_prefix (name, "kept.");
}

static gboolean
may_stand_in_header (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 || *text == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
append (GString *filled, const char *name, JsonNode *value, InbTemplateText kind, GError **error)
{
  g_autofree char *text = dup_text (value);

  if (kind == INB_TEMPLATE_HEADER && !may_stand_in_header (text))
    return inb_error_refuse (
        error, _ ("the value “%s” has a line break or another control character in it"), name);
  if (kind == INB_TEMPLATE_ADDRESS && !is_place (name))
    g_string_append_uri_escaped (filled, text, NULL, FALSE);
  else
    g_string_append (filled, text);
  return TRUE;
}

/**
 * inb_template_fill_text:
 * @text: with placeholders
 * @kind: plain; an address, where values but hosts, model variables and kept answers are escaped; a
 * header, where control characters are refused
 * @values: (element-type utf8 JsonNode): what there is
 * @error: %INB_ERROR_BAD_INPUT naming the value that is missing or unfit, never its text
 *
 * Returns: (transfer full) (nullable): the text with its values
 */
char *
inb_template_fill_text (const char *text, InbTemplateText kind, GHashTable *values, GError **error)
{
  g_autoptr (GString) filled = g_string_new (NULL);

  while (*text != '\0')
    {
      g_auto (Placeholder) placeholder = { 0 };
      JsonNode *value;

      if (*text != '{')
        {
          g_string_append_c (filled, *text++);
          continue;
        }
      if (!read_placeholder (&text, &placeholder, error))
        return NULL;
      value = g_hash_table_lookup (values, placeholder.name);
      if (value == NULL)
        {
          inb_error_refuse (error, _ ("the value “%s” is missing"), placeholder.name);
          return NULL;
        }
      if (!append (filled, placeholder.name, value, kind, error))
        return NULL;
    }
  return g_strdup (filled->str);
}
