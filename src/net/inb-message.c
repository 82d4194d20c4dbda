/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-message.h"

#include <string.h>

/* More than any header of a service is long; a token of a gateway has about a thousand. */
#define MAX_HEADER_VALUE 8192

/* What the transport says by itself: given by hand, two ends could read two messages out of one. */
static const char *const forbidden[] = {
  "connection",          "content-length",    "expect", "host",    "keep-alive",
  "proxy-authorization", "transfer-encoding", "te",     "trailer", "upgrade",
};

static void
header_free (gpointer data)
{
  InbHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

/**
 * inb_message_new:
 * @kind: what it is for
 * @method: "GET", "POST", "PUT" or "DELETE"
 * @url: absolute address
 *
 * Returns: (transfer full): a message without headers and body, for the service's own session
 */
InbMessage *
inb_message_new (InbMessageKind kind, const char *method, const char *url)
{
  InbMessage *self = g_new0 (InbMessage, 1);

  self->kind = kind;
  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_with_free_func (header_free);
  return self;
}

static void
append_header (InbMessage *self, const char *name, const char *value)
{
  InbHeader *header = g_new0 (InbHeader, 1);

  header->name = g_strdup (name);
  header->value = g_strdup (value);
  g_ptr_array_add (self->headers, header);
}

/**
 * inb_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): the same once more; the body is shared
 */
InbMessage *
inb_message_copy (const InbMessage *self)
{
  InbMessage *copy = inb_message_new (self->kind, self->method, self->url);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const InbHeader *header = g_ptr_array_index (self->headers, i);

      append_header (copy, header->name, header->value);
    }
  copy->body = self->body != NULL ? inb_body_ref (self->body) : NULL;
  copy->home = g_strdup (self->home);
  copy->bare = self->bare;
  copy->max_answer = self->max_answer;
  copy->refused = g_strdup (self->refused);
  return copy;
}

/**
 * inb_message_free:
 * @self: (transfer full): a message
 */
void
inb_message_free (InbMessage *self)
{
  g_free (self->method);
  g_free (self->url);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, inb_body_free);
  g_free (self->home);
  g_free (self->refused);
  g_free (self);
}

static gboolean
is_name (const char *name)
{
  if (*name == '\0')
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    if (g_ascii_strcasecmp (name, forbidden[i]) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_value (const char *value)
{
  gsize length = strlen (value);

  if (length > MAX_HEADER_VALUE)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (value[i] < 0x20 || value[i] > 0x7e)
      return FALSE;
  return TRUE;
}

/**
 * inb_message_add_header:
 * @self: a message
 * @name: letters, digits, "-" and "_"; none that the transport sets itself
 * @value: printable ASCII of at most 8192 characters
 *
 * Adds a header. One that cannot be sent as it is (a key with a line break) is not taken and spoils
 * the message: sending it fails with %INB_ERROR_BAD_INPUT before anything leaves. The library would
 * leave such a header out and send the request without its key.
 *
 * Returns: whether it was taken
 */
gboolean
inb_message_add_header (InbMessage *self, const char *name, const char *value)
{
  if (is_name (name) && is_value (value))
    {
      append_header (self, name, value);
      return TRUE;
    }
  if (self->refused == NULL)
    self->refused = g_strescape (name, NULL);
  return FALSE;
}

/**
 * inb_message_get_header:
 * @self: a message
 * @name: of a header; letter case is ignored
 *
 * Returns: (transfer none) (nullable): the value of the last of that name
 */
const char *
inb_message_get_header (const InbMessage *self, const char *name)
{
  for (guint i = self->headers->len; i > 0; i--)
    {
      const InbHeader *header = g_ptr_array_index (self->headers, i - 1);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }
  return NULL;
}
