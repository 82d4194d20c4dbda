/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-json-path.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* Where a value lies in an answer: members with dots between them, each followed by any number of
 * indices: `data.outputs[0].url`, and `[*]` for every element. Names may have letters, digits, "_"
 * and "-". A path that begins with an index starts at an array. */

typedef enum
{
  STEP_NAME,
  STEP_INDEX,
  STEP_EVERY,
  STEP_END,
  STEP_BAD,
} Step;

/* More than any answer is long; a larger index is a slip. */
#define MAX_INDEX 9999

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

/* Reads `[7]` or `[*]`. */
static Step
read_index (const char **at, guint *index)
{
  const char *p = *at + 1;

  *index = 0;
  if (p[0] == '*' && p[1] == ']')
    {
      *at = p + 2;
      return STEP_EVERY;
    }
  if (!g_ascii_isdigit (*p))
    return STEP_BAD;
  while (g_ascii_isdigit (*p) && *index <= MAX_INDEX)
    *index = *index * 10 + (guint) g_ascii_digit_value (*p++);
  if (*p != ']' || *index > MAX_INDEX)
    return STEP_BAD;
  *at = p + 1;
  return STEP_INDEX;
}

/* The next step of a path; @first is the beginning of the whole path. */
static Step
read_step (const char *first, const char **at, char **name, guint *index)
{
  const char *p = *at;

  if (*p == '\0')
    return p == first ? STEP_BAD : STEP_END;
  if (*p == '[')
    return read_index (at, index);
  if (p != first && *p++ != '.')
    return STEP_BAD;
  *at = p;
  while (is_name_char (*p))
    p++;
  if (p == *at)
    return STEP_BAD;
  g_free (*name);
  *name = g_strndup (*at, (gsize) (p - *at));
  *at = p;
  return STEP_NAME;
}

/**
 * inb_json_path_check:
 * @path: what a provider file calls a path
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Returns: whether inb_json_path_find() can follow it
 */
gboolean
inb_json_path_check (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  const char *at = path;
  guint index = 0;
  Step step;

  do
    step = read_step (path, &at, &name, &index);
  while (step != STEP_END && step != STEP_BAD);
  if (step == STEP_END)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               /* Translators: a piece of text such as "data..id". */
               _ ("“%s” is no path. A path looks like data.outputs[0].url or videos[*]."), path);
  return FALSE;
}

static JsonNode *
get_member (JsonNode *node, const char *name)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), name)
                                       : NULL;
}

static guint
get_length (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;
}

/* Follows the path from @at on and adds what lies at its end. */
static void
follow (JsonNode *node, const char *path, const char *at, GPtrArray *found)
{
  g_autofree char *name = NULL;
  guint index = 0;

  while (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    switch (read_step (path, &at, &name, &index))
      {
      case STEP_NAME:
        node = get_member (node, name);
        break;
      case STEP_INDEX:
        node = index < get_length (node)
                   ? json_array_get_element (json_node_get_array (node), index)
                   : NULL;
        break;
      case STEP_EVERY:
        for (guint i = 0; i < get_length (node); i++)
          follow (json_array_get_element (json_node_get_array (node), i), path, at, found);
        return;
      case STEP_END:
        g_ptr_array_add (found, node);
        return;
      case STEP_BAD:
      default:
        return;
      }
}

/**
 * inb_json_path_find_all:
 * @root: an answer
 * @path: of inb_json_path_check()
 *
 * Returns: (transfer container) (element-type JsonNode): what lies there, in the answer's order;
 * null and what is missing count as nothing
 */
GPtrArray *
inb_json_path_find_all (JsonNode *root, const char *path)
{
  GPtrArray *found = g_ptr_array_new ();

  follow (root, path, path, found);
  return found;
}

/**
 * inb_json_path_find:
 * @root: an answer
 * @path: of inb_json_path_check()
 *
 * Returns: (transfer none) (nullable): the first that lies there
 */
JsonNode *
inb_json_path_find (JsonNode *root, const char *path)
{
  g_autoptr (GPtrArray) found = inb_json_path_find_all (root, path);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}
