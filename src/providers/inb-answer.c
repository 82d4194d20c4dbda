/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-answer.h"

#include <math.h>
#include <string.h>

#include "net/inb-json-path.h"
#include "net/inb-json-scan.h"
#include "providers/inb-events.h"
#include "providers/inb-long-texts.h"

/* Ids of the known services have 8 to 64 characters; this bound is chosen. */
#define MAX_ID 512
#define MAX_REQUEST_ID 128

static JsonNode *
parse (const char *data, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!inb_json_scan (data, length, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static gboolean
looks_like_page (const InbReply *reply, const char *data, gsize length)
{
  gsize at = 0;

  if (g_strcmp0 (reply->content_type, "text/html") == 0)
    return TRUE;
  while (at < length && g_ascii_isspace (data[at]))
    at++;
  return at < length && data[at] == '<';
}

/**
 * inb_answer_new:
 * @reply: a whole answer, which must outlive the result
 *
 * Returns: (transfer full): the answer, opened
 */
InbAnswer *
inb_answer_new (const InbReply *reply)
{
  InbAnswer *self = g_new0 (InbAnswer, 1);
  g_autoptr (GBytes) rest = NULL;
  const char *data;
  gsize length;

  self->status = reply->status;
  self->reply = reply;
  self->cut = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (reply->body == NULL)
    return self;
  rest = inb_long_texts_cut (reply->body, self->cut);
  data = g_bytes_get_data (rest, &length);
  if (length == 0)
    return self;
  self->page = looks_like_page (reply, data, length);
  self->root = parse (data, length);
  return self;
}

/* An error that came as an event, in the shape it has as an answer: so the same rules read it. */
static void
unfold_error (InbAnswer *self)
{
  static const char *const names[][2] = {
    { "message", "message" }, { "errorType", "type" }, { "param", "param" }, { "code", "code" }
  };
  JsonObject *event = json_node_get_object (self->root);
  JsonObject *error = json_object_new ();
  JsonObject *outer = json_object_new ();
  double status = 0.0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (event, names[i][0]))
      json_object_set_member (error, names[i][1],
                              json_node_copy (json_object_get_member (event, names[i][0])));
  /* without a status, whether anything was made is not known: as after a fault of the service */
  self->status = 500;
  if (inb_answer_get_number (self, "statusCode", &status) && status >= 400.0 && status < 600.0)
    self->status = (guint) status;
  json_object_set_object_member (outer, "error", error);
  json_node_unref (self->root);
  self->root = json_node_init_object (json_node_alloc (), outer);
  json_object_unref (outer);
}

/**
 * inb_answer_new_for_event:
 * @reply: a whole event stream, which must outlive the result
 *
 * The way of the AI gateway's synchronous call, read 2026-11: comments while it works, then one
 * event: {"type": "result", …} or {"type": "error", "message", "errorType", "statusCode"}, both
 * with HTTP 200.
 *
 * Returns: (transfer full): the first event as if it had been the answer, an error with its own
 * status; without a root if there is no such event
 */
InbAnswer *
inb_answer_new_for_event (const InbReply *reply)
{
  InbAnswer *self = g_new0 (InbAnswer, 1);
  g_autoptr (GBytes) rest = NULL;
  g_autofree char *text = NULL;
  g_autofree char *type = NULL;
  const char *data;
  gsize length;

  self->status = reply->status;
  self->reply = reply;
  self->cut = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (reply->body == NULL)
    return self;
  rest = inb_long_texts_cut (reply->body, self->cut);
  data = g_bytes_get_data (rest, &length);
  if (length == 0)
    return self;
  self->page = looks_like_page (reply, data, length);
  text = inb_events_dup_first_data (data, length);
  if (text != NULL)
    self->root = parse (text, strlen (text));
  type = inb_answer_dup_text (self, "type");
  if (g_strcmp0 (type, "error") == 0)
    unfold_error (self);
  else if (g_strcmp0 (type, "result") != 0)
    g_clear_pointer (&self->root, json_node_unref);
  return self;
}

/**
 * inb_answer_free:
 * @self: (transfer full): an answer
 */
void
inb_answer_free (InbAnswer *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_ptr_array_unref (self->cut);
  g_free (self);
}

/**
 * inb_answer_is_success:
 * @self: an answer
 *
 * Returns: whether HTTP says so; what is inside may say otherwise
 */
gboolean
inb_answer_is_success (const InbAnswer *self)
{
  return self->status >= 200 && self->status < 300;
}

/**
 * inb_answer_is_object:
 * @self: an answer
 *
 * Returns: whether it holds an object of JSON that says something
 */
gboolean
inb_answer_is_object (const InbAnswer *self)
{
  return self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root) &&
         json_object_get_size (json_node_get_object (self->root)) > 0;
}

/**
 * inb_answer_is_ok:
 * @self: an answer
 * @service: whose
 *
 * Returns: whether the mark is there that every good answer of the service has; %TRUE where it has
 * none
 */
gboolean
inb_answer_is_ok (const InbAnswer *self, const InbService *service)
{
  g_autofree char *text = NULL;

  if (service->ok_path == NULL)
    return TRUE;
  text = inb_answer_dup_text (self, service->ok_path);
  return text != NULL && g_strcmp0 (text, service->ok_is) == 0;
}

/**
 * inb_answer_find:
 * @self: an answer
 * @path: (nullable): of a provider file
 *
 * Returns: (transfer none) (nullable): what lies there
 */
JsonNode *
inb_answer_find (const InbAnswer *self, const char *path)
{
  return self->root != NULL && path != NULL ? inb_json_path_find (self->root, path) : NULL;
}

/**
 * inb_answer_dup_node_text:
 * @node: (nullable): of an answer
 *
 * Returns: (transfer full) (nullable): a text as it is, a number or truth value as JSON writes it;
 * %NULL for anything else
 */
char *
inb_answer_dup_node_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

/**
 * inb_answer_dup_text:
 * @self: an answer
 * @path: (nullable): of a provider file, or "header:NAME"
 *
 * Returns: (transfer full) (nullable): the text there, see inb_answer_dup_node_text()
 */
char *
inb_answer_dup_text (const InbAnswer *self, const char *path)
{
  if (path != NULL && g_str_has_prefix (path, "header:"))
    return g_strdup (inb_reply_get_header (self->reply, path + strlen ("header:")));
  return inb_answer_dup_node_text (inb_answer_find (self, path));
}

/**
 * inb_answer_dup_first_text:
 * @self: an answer
 * @paths: (nullable) (array zero-terminated): of a provider file
 *
 * Returns: (transfer full) (nullable): the first of the texts there that is not empty
 */
char *
inb_answer_dup_first_text (const InbAnswer *self, char **paths)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autofree char *text = inb_answer_dup_text (self, paths[i]);

      if (text != NULL && *text != '\0')
        return g_steal_pointer (&text);
    }
  return NULL;
}

/**
 * inb_answer_get_number:
 * @self: an answer
 * @path: (nullable): of a provider file
 * @number: (out): a number, or a text that is one; finite
 *
 * Returns: whether there is one
 */
gboolean
inb_answer_get_number (const InbAnswer *self, const char *path, double *number)
{
  JsonNode *node = inb_answer_find (self, path);
  g_autofree char *text = NULL;
  char *end = NULL;
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return FALSE;
  text = inb_answer_dup_node_text (node);
  if (!g_ascii_isdigit (*text) && *text != '-' && *text != '.')
    return FALSE;
  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value))
    return FALSE;
  *number = value;
  return TRUE;
}

/**
 * inb_answer_dup_id:
 * @node: (nullable): of an answer
 *
 * Ids are texts, even where a service writes digits without quotation marks.
 *
 * Returns: (transfer full) (nullable): the id; %NULL for what can be none: nothing, more than 512
 * bytes, control characters or blanks at its ends, a folder's "." and "..", a fraction
 */
char *
inb_answer_dup_id (JsonNode *node)
{
  g_autofree char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_STRING &&
       json_node_get_value_type (node) != G_TYPE_INT64))
    return NULL;
  text = inb_answer_dup_node_text (node);
  if (*text == '\0' || strlen (text) > MAX_ID || strcmp (text, ".") == 0 ||
      strcmp (text, "..") == 0)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || *p == 0x7f)
      return NULL;
  return g_steal_pointer (&text);
}

/**
 * inb_answer_dup_request_id:
 * @self: an answer
 * @service: whose
 *
 * Returns: (transfer full) (nullable): what the service calls this exchange, for its support: at
 * most 128 printable characters
 */
char *
inb_answer_dup_request_id (const InbAnswer *self, const InbService *service)
{
  g_autofree char *text = inb_answer_dup_first_text (self, service->request_ids);

  if (text == NULL || strlen (text) > MAX_REQUEST_ID)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return NULL;
  return g_steal_pointer (&text);
}
