/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-reply.h"

#include <libsoup/soup.h>
#include <string.h>

/* Retry-After: at most six digits of seconds, and nobody waits longer than an hour without asking
 * again: promises, §2 fact 14. */
#define MAX_DIGITS 6
#define MAX_RETRY_AFTER_S 3600
/* The longest date HTTP knows has 34 characters. */
#define MAX_DATE 64

/* "Application/JSON; charset=utf-8" → "application/json" */
static char *
read_media_type (const char *content_type)
{
  gsize length = content_type != NULL ? strcspn (content_type, ";, \t") : 0;

  return length > 0 ? g_ascii_strdown (content_type, (gssize) length) : g_strdup ("");
}

/**
 * inb_reply_new:
 * @status: HTTP status
 * @content_type: (nullable): value of that header
 * @body: (nullable): the whole body
 * @length: its bytes, −1 for a text that ends with NUL
 *
 * Returns: (transfer full): an answer with that header and no other
 */
InbReply *
inb_reply_new (guint status, const char *content_type, const char *body, gssize length)
{
  InbReply *self = g_new0 (InbReply, 1);

  self->status = status;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (content_type != NULL)
    g_hash_table_insert (self->headers, g_strdup ("content-type"), g_strdup (content_type));
  self->content_type = read_media_type (content_type);
  if (body == NULL)
    self->body = g_bytes_new (NULL, 0);
  else
    self->body = g_bytes_new (body, length < 0 ? strlen (body) : (gsize) length);
  self->retry_after_s = -1;
  return self;
}

/**
 * inb_reply_free:
 * @self: (transfer full): an answer
 */
void
inb_reply_free (InbReply *self)
{
  g_hash_table_unref (self->headers);
  g_free (self->content_type);
  g_bytes_unref (self->body);
  g_free (self);
}

/**
 * inb_reply_get_header:
 * @self: an answer
 * @name: of a header; letter case is ignored
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
inb_reply_get_header (const InbReply *self, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, lower);
}

static gboolean
is_printable (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (text[i] < 0x20 || text[i] > 0x7e)
      return FALSE;
  return length > 0 && length <= MAX_DATE;
}

/**
 * inb_http_date_parse:
 * @value: (nullable): a date as a header has it
 *
 * Returns: µs since 1970; 0 for what is no date
 */
gint64
inb_http_date_parse (const char *value)
{
  g_autoptr (GDateTime) date = NULL;

  if (value == NULL || !is_printable (value))
    return 0;
  date = soup_date_time_new_from_http_string (value);
  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

/**
 * inb_retry_after_parse:
 * @value: (nullable): value of a Retry-After header
 * @now_us: µs since 1970: the time of the answer
 *
 * Returns: seconds to wait, 1…3600; −1 for what says nothing
 */
gint64
inb_retry_after_parse (const char *value, gint64 now_us)
{
  g_autofree char *text = NULL;
  gint64 seconds, date_us;

  if (value == NULL || strlen (value) > MAX_DATE)
    return -1;
  text = g_strstrip (g_strdup (value));
  if (*text == '\0')
    return -1;
  if (strspn (text, "0123456789") == strlen (text))
    {
      if (strlen (text) > MAX_DIGITS)
        return -1;
      seconds = g_ascii_strtoll (text, NULL, 10);
    }
  else
    {
      date_us = inb_http_date_parse (text);
      if (date_us == 0)
        return -1;
      seconds = (date_us - now_us) / G_USEC_PER_SEC;
    }
  return CLAMP (seconds, 1, MAX_RETRY_AFTER_S);
}
