/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-exchange.h"
#include "net/inb-http.h"
#include "net/inb-json-scan.h"
#include "net/inb-redirect.h"

/* inb_http_send_async(): a message and the whole of its answer. */

/* Bytes read at a time; an answer has a few kilobytes. */
#define PIECE (16 * 1024)

typedef struct
{
  InbHttp *http;
  InbMessage *message; /* of this hop */
  InbHttpStarting starting;
  gpointer starting_data;
  GCancellable *person;
  guint n_hops;
  InbExchange *exchange;
  GInputStream *stream;
  GByteArray *body;
  guint8 buffer[PIECE];
  gboolean whole; /* the stream was read to its end */
  gboolean sent;
} Send;

static void begin_hop (GTask *task);
static void read_more (GTask *task);

static void
end_exchange (Send *send, const GError *error)
{
  if (send->exchange == NULL)
    return;
  send->sent = send->sent || inb_exchange_get_sent (send->exchange);
  inb_exchange_end (send->exchange, error);
  /* not read to its end, the connection is of no more use; to close it must not wait for the rest
   */
  if (send->stream != NULL && !send->whole)
    g_cancellable_cancel (inb_exchange_get_cancellable (send->exchange));
  g_clear_object (&send->stream);
  g_clear_pointer (&send->exchange, inb_exchange_free);
}

static void
send_free (gpointer data)
{
  Send *send = data;

  end_exchange (send, NULL);
  inb_http_unref (send->http);
  inb_message_free (send->message);
  g_clear_object (&send->person);
  g_clear_pointer (&send->body, g_byte_array_unref);
  g_free (send);
}

/* Takes the error. */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GError) taken = error;

  end_exchange (g_task_get_task_data (task), taken);
  g_task_return_error (task, g_steal_pointer (&taken));
}

/* As fail(), for what an exchange said: @error may be of the library. */
static void
fail_exchange (GTask *task, GError *error)
{
  Send *send = g_task_get_task_data (task);

  fail (task, inb_exchange_take_error (send->exchange, error));
}

static void
take_header_cb (const char *name, const char *value, gpointer user_data)
{
  InbReply *reply = user_data;

  g_hash_table_insert (reply->headers, g_ascii_strdown (name, -1), g_utf8_make_valid (value, -1));
}

static void
succeed (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  const char *type = inb_exchange_get_header (send->exchange, "Content-Type");
  g_autofree char *valid_type = type != NULL ? g_utf8_make_valid (type, -1) : NULL;
  InbReply *reply = inb_reply_new (inb_exchange_get_status (send->exchange), valid_type, NULL, 0);
  gint64 now_us;

  g_bytes_unref (reply->body);
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&send->body)); /* may be megabytes */

  soup_message_headers_foreach (
      soup_message_get_response_headers (inb_exchange_get_message (send->exchange)), take_header_cb,
      reply);
  reply->date_us = inb_http_date_parse (inb_reply_get_header (reply, "date"));
  now_us = reply->date_us > 0 ? reply->date_us : g_get_real_time ();
  reply->retry_after_s =
      inb_retry_after_parse (inb_reply_get_header (reply, "retry-after"), now_us);
  end_exchange (send, NULL);
  g_task_return_pointer (task, reply, (GDestroyNotify) inb_reply_free);
}

static gsize
get_max (const Send *send)
{
  return send->message->max_answer > 0 ? send->message->max_answer : INB_JSON_MAX_BYTES;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n < 0)
    {
      fail_exchange (task, g_steal_pointer (&error));
      return;
    }
  if (n == 0)
    {
      send->whole = TRUE;
      succeed (task);
      return;
    }
  inb_exchange_moved (send->exchange, (gsize) n);
  if (send->body->len + (gsize) n > get_max (send))
    {
      fail_exchange (
          task, g_error_new_literal (INB_ERROR, INB_ERROR_NETWORK,
                                     _ ("The answer is longer than any answer of a service is.")));
      return;
    }
  g_byte_array_append (send->body, send->buffer, (guint) n);
  read_more (task);
}

static void
read_more (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  g_input_stream_read_async (send->stream, send->buffer, PIECE, G_PRIORITY_DEFAULT,
                             inb_exchange_get_cancellable (send->exchange), read_cb,
                             g_object_ref (task));
}

/* In the session without credentials a GET is led on; every hop is checked as the first was. */
static gboolean
follow (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  g_autofree char *next = NULL;
  g_autoptr (GError) error = NULL;

  if (!send->message->bare || strcmp (send->message->method, "GET") != 0)
    return FALSE;
  next = inb_exchange_dup_redirect (send->exchange);
  if (next == NULL)
    return FALSE;
  if (!inb_redirect_follow (send->message, &send->n_hops, next, &error))
    {
      fail_exchange (task, g_steal_pointer (&error));
      return TRUE;
    }
  end_exchange (send, NULL);
  begin_hop (task);
  return TRUE;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  send->stream = inb_exchange_send_finish (send->exchange, result, &error);
  if (send->stream == NULL)
    fail (task, g_steal_pointer (&error));
  else if (!follow (task))
    read_more (task);
}

static void
begin_hop (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  send->exchange = inb_http_open (send->http, send->message, send->person, &error);
  if (send->exchange == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  inb_exchange_set_starting (send->exchange, send->starting, send->starting_data);
  inb_exchange_send_async (send->exchange, sent_cb, g_object_ref (task));
}

/**
 * inb_http_send_async:
 * @self: a way out
 * @message: what to send; copied, but for the files of its body
 * @starting: (nullable): asked when the connection stands, before the first byte leaves, and again
 * before the last one does
 * @starting_data: for @starting, kept until the callback was called
 * @cancellable: (nullable): to give up; of a SUBMIT that left it is then not known whether it was
 * accepted
 * @callback: (scope async): called on the thread's default main context
 * @user_data: for @callback
 *
 * Sends one message and reads its whole answer, of whatever status. With credentials no redirect is
 * followed: it is an answer like any other. A SUBMIT is never sent a second time by itself. Every
 * deadline of #InbHttpDeadlines holds; answers are bounded, counted after decoding.
 */
void
inb_http_send_async (InbHttp *self, const InbMessage *message, InbHttpStarting starting,
                     gpointer starting_data, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Send *send = g_new0 (Send, 1);

  g_task_set_source_tag (task, inb_http_send_async);
  g_task_set_task_data (task, send, send_free);
  send->http = inb_http_ref (self);
  send->message = inb_message_copy (message);
  send->starting = starting;
  send->starting_data = starting_data;
  g_set_object (&send->person, cancellable);
  send->body = g_byte_array_new ();
  begin_hop (task);
}

/**
 * inb_http_send_finish:
 * @result: of the callback
 * @sent: (out) (optional): whether the whole message may have left: an error with %FALSE here
 * proves that nobody was asked anything, since a part of a message is no message
 * @error: %INB_ERROR_NETWORK where no whole answer came, %INB_ERROR_BAD_INPUT where the message may
 * not be sent, %INB_ERROR_CANCELLED, or what @starting said
 *
 * Returns: (transfer full) (nullable): the answer
 */
InbReply *
inb_http_send_finish (GAsyncResult *result, gboolean *sent, GError **error)
{
  Send *send = g_task_get_task_data (G_TASK (result));

  if (sent != NULL)
    *sent = send->sent;
  return g_task_propagate_pointer (G_TASK (result), error);
}
