/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json-scan.h"

/**
 * inb_json_parse_object:
 * @data: text
 * @length: bytes, −1 if it ends with NUL
 * @error: %INB_ERROR_FAILED if it is not one JSON object, or not one that inb_json_scan() lets pass
 *
 * Returns: (transfer full): the object
 */
JsonObject *
inb_json_parse_object (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  JsonNode *root = NULL;

  if (inb_json_scan (data, length < 0 ? strlen (data) : (gsize) length, &parse_error) &&
      json_parser_load_from_data (parser, data, length, &parse_error))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_object_ref (json_node_get_object (root));
  g_set_error (error, INB_ERROR, INB_ERROR_FAILED, _ ("Not a JSON object: %s"),
               parse_error != NULL ? parse_error->message : _ ("something else, or nothing"));
  return NULL;
}

/**
 * inb_json_builder_print:
 * @builder: with one finished root
 * @pretty: for people
 *
 * Returns: (transfer full): the text, without a newline at the end
 */
char *
inb_json_builder_print (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, pretty);
}

/**
 * inb_json_add_string:
 * @builder: inside an object
 * @name: member
 * @value: (nullable): text; %NULL writes null. Bytes that are not UTF-8 are replaced
 */
void
inb_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

/**
 * inb_json_add_int:
 * @builder: inside an object
 * @name: member
 * @value: number
 */
void
inb_json_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * inb_json_add_double:
 * @builder: inside an object
 * @name: member
 * @value: number; what is not finite becomes null, since JSON has no word for it
 */
void
inb_json_add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * inb_json_add_boolean:
 * @builder: inside an object
 * @name: member
 * @value: yes or no
 */
void
inb_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* json-glib's own getters complain at a wrong type; whoever wrote the text may be wrong, so these
 * do not. */
static JsonNode *
find_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static gboolean
holds_number (JsonNode *node)
{
  return node != NULL && (json_node_get_value_type (node) == G_TYPE_INT64 ||
                          json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

/**
 * inb_json_get_string:
 * @object: an object
 * @name: member
 *
 * Returns: (transfer none) (nullable): the text, %NULL if the member is missing or something else
 */
const char *
inb_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = find_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * inb_json_get_int:
 * @object: an object
 * @name: member
 * @fallback: what stands for a member that is missing or no whole number
 *
 * Returns: the number
 */
gint64
inb_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = find_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node)
                                                                         : fallback;
}

/**
 * inb_json_get_double:
 * @object: an object
 * @name: member
 * @fallback: what stands for a member that is missing or no finite number
 *
 * Returns: the number
 */
double
inb_json_get_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = find_value (object, name);

  return holds_number (node) && isfinite (json_node_get_double (node)) ? json_node_get_double (node)
                                                                       : fallback;
}

/**
 * inb_json_get_boolean:
 * @object: an object
 * @name: member
 * @fallback: what stands for a member that is missing or neither true nor false
 *
 * Returns: yes or no
 */
gboolean
inb_json_get_boolean (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = find_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
             ? json_node_get_boolean (node)
             : fallback;
}

/**
 * inb_json_get_object:
 * @object: an object
 * @name: member
 *
 * Returns: (transfer none) (nullable): the object inside
 */
JsonObject *
inb_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * inb_json_get_array:
 * @object: an object
 * @name: member
 *
 * Returns: (transfer none) (nullable): the array inside
 */
JsonArray *
inb_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
