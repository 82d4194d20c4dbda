/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-messages.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-address.h"
#include "net/inb-json-path.h"
#include "providers/inb-message-parts.h"
#include "providers/inb-message-values.h"
#include "providers/inb-template.h"

/* How a frame comes to where a service can fetch it: a ticket and a PUT, or one multipart POST. */

/* What a connection says of itself, and what would show who asks: no answer may set these. */
static const char *const own_headers[] = {
  "host",   "content-length", "transfer-encoding",   "connection", "authorization",
  "cookie", "expect",         "proxy-authorization", "upgrade",    "te",
};

static void
add_part_head (InbBody *body, const char *boundary, const char *name, const char *file,
               const char *media)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_printf (head, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", boundary, name);
  if (file != NULL)
    g_string_append_printf (head, "; filename=\"%s\"", file);
  g_string_append_printf (head, "\r\nContent-Type: %s\r\n\r\n", media);
  inb_body_add_text (body, head->str, (gssize) head->len);
}

static void
add_fields (InbBody *body, const char *boundary, JsonNode *fields)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (fields == NULL || !JSON_NODE_HOLDS_OBJECT (fields))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (fields));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = json_to_string (value, FALSE);

      add_part_head (body, boundary, name, NULL, "application/json");
      inb_body_add_text (body, text, -1);
      inb_body_add_text (body, "\r\n", -1);
    }
}

/* RFC 7578. Names and media types come from the provider file and from us. */
static InbBody *
make_form (const InbUpload *upload, const InbPicture *picture, GHashTable *table, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *boundary = g_strconcat ("inbetween-", uuid, NULL);
  g_autofree char *type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  g_autofree char *end = g_strdup_printf ("--%s--\r\n", boundary);
  JsonNode *name = g_hash_table_lookup (table, "upload.name");
  g_autoptr (InbBody) body = inb_body_new (type);

  add_part_head (body, boundary, upload->part, json_node_get_string (name), picture->media);
  if (!inb_body_add_file (body, picture->path, INB_BODY_PLAIN, error))
    return NULL;
  inb_body_add_text (body, "\r\n", -1);
  add_fields (body, boundary, upload->fields);
  inb_body_add_text (body, end, -1);
  return g_steal_pointer (&body);
}

static gboolean
add_ticket_body (InbMessage *message, const InbUpload *upload, const InbPicture *picture,
                 GHashTable *table, GError **error)
{
  g_autoptr (JsonNode) filled = NULL;
  g_autofree char *text = NULL;

  if (upload->kind == INB_UPLOAD_MULTIPART)
    {
      message->body = make_form (upload, picture, table, error);
      return message->body != NULL;
    }
  if (upload->ticket.body == NULL || JSON_NODE_HOLDS_NULL (upload->ticket.body))
    return TRUE;
  filled = inb_template_fill (upload->ticket.body, table, error);
  if (filled == NULL)
    return FALSE;
  text = json_to_string (filled, FALSE);
  message->body = inb_body_new ("application/json");
  inb_body_add_text (message->body, text, -1);
  return TRUE;
}

/**
 * inb_messages_make_ticket:
 * @values: what is known; no request is needed
 * @picture: the frame that is to be uploaded
 * @error: as inb_messages_make(); %INB_ERROR_NOBODY if the service takes no uploads
 *
 * The first message of an upload: it asks for a place, or, with %INB_UPLOAD_MULTIPART, carries the
 * file itself.
 *
 * Returns: (transfer full) (nullable): the message; its answer is for inb_answers_read_ticket()
 */
InbMessage *
inb_messages_make_ticket (const InbMessageValues *values, const InbPicture *picture, GError **error)
{
  const InbService *service = values->provider->service;
  const InbUpload *upload = service != NULL ? service->upload : NULL;
  g_autoptr (InbMessage) message = NULL;
  g_autoptr (GHashTable) table = NULL;
  g_autofree char *url = NULL;

  if (upload == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOBODY, _ ("%s takes no uploads."),
                   values->provider->name);
      return NULL;
    }
  table = inb_message_values_make_table (values);
  if (!inb_message_values_add_upload (picture, table, error))
    return NULL;
  url = inb_message_parts_fill_url (values, upload->ticket.url, table, error);
  if (url == NULL)
    return NULL;
  message =
      inb_message_new (upload->kind == INB_UPLOAD_MULTIPART ? INB_MESSAGE_UPLOAD : INB_MESSAGE_LOOK,
                       upload->ticket.method, url);
  message->home = g_strdup (values->home);
  if (!add_ticket_body (message, upload, picture, table, error) ||
      !inb_message_parts_sign (message, values, &upload->ticket, table, error))
    return NULL;
  return g_steal_pointer (&message);
}

static char *
dup_answer_text (JsonNode *ticket, const char *path)
{
  JsonNode *node = path != NULL ? inb_json_path_find (ticket, path) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

static gboolean
may_be_set (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_headers); i++)
    if (g_ascii_strcasecmp (own_headers[i], name) == 0)
      return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  return *name != '\0';
}

static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 || (guchar) *text >= 0x7f)
      return FALSE;
  return TRUE;
}

/* Exactly the headers of the ticket: a signature covers them. What it says of the content goes to
 * the body, which says it when it is sent. */
static void
add_given_headers (InbMessage *message, JsonNode *given, char **media)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (given == NULL || !JSON_NODE_HOLDS_OBJECT (given))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (given));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const char *text =
          json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;

      if (text == NULL || !may_be_set (name) || !is_plain (text))
        continue;
      if (g_ascii_strcasecmp (name, "content-type") == 0)
        {
          g_free (*media);
          *media = g_strdup (text);
        }
      else
        inb_message_parts_set_header (message, name, text);
    }
}

static gboolean
refuse_ticket (const InbMessageValues *values, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_NETWORK,
               _ ("%s gave no usable place for the picture. Try again later."),
               values->provider->name);
  return FALSE;
}

/**
 * inb_messages_make_put:
 * @values: what is known
 * @picture: the frame
 * @ticket: of inb_answers_read_ticket()
 * @error: %INB_ERROR_NETWORK if the ticket has no address that may be used, %INB_ERROR_NO_ACCESS if
 * the frame cannot be read
 *
 * The second message of an upload. It goes where the ticket says, without any key, with the
 * ticket's headers and no others.
 *
 * Returns: (transfer full) (nullable): the message; %NULL without @error where the ticket's call
 * was the upload itself
 */
InbMessage *
inb_messages_make_put (const InbMessageValues *values, const InbPicture *picture, JsonNode *ticket,
                       GError **error)
{
  const InbUpload *upload = values->provider->service->upload;
  g_autoptr (InbMessage) message = NULL;
  g_autofree char *media = g_strdup (picture->media);
  g_autofree char *method = NULL;
  g_autofree char *url = NULL;

  if (upload == NULL || upload->kind == INB_UPLOAD_MULTIPART)
    return NULL;
  method = dup_answer_text (ticket, upload->put_method);
  url = dup_answer_text (ticket, upload->put_url);
  if (url == NULL || !inb_address_check_url (url, values->home, NULL) ||
      (method != NULL && strcmp (method, "PUT") != 0 && strcmp (method, "POST") != 0))
    {
      refuse_ticket (values, error);
      return NULL;
    }
  message = inb_message_new (INB_MESSAGE_UPLOAD, method != NULL ? method : "PUT", url);
  message->home = g_strdup (values->home);
  message->bare = TRUE;
  if (upload->put_headers != NULL)
    add_given_headers (message, inb_json_path_find (ticket, upload->put_headers), &media);
  message->body = inb_body_new (media);
  if (!inb_body_add_file (message->body, picture->path, INB_BODY_PLAIN, error))
    return NULL;
  return g_steal_pointer (&message);
}
