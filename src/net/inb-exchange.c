/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-exchange.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-address.h"
#include "net/inb-body-stream.h"
#include "net/inb-exchange-error.h"
#include "net/inb-soup-message.h"
#include "net/inb-trace.h"

struct _InbExchange
{
  InbMessage *spec;
  char *host;
  gboolean loopback; /* it goes to the origin a person set on this computer */

  SoupSession *session;
  SoupMessage *message;
  InbDeadline *deadline;
  GCancellable *cancellable; /* ours: deadlines, policy; the person's pulls it too */
  GInputStream *body;        /* that asks us before its last bytes go */
  GCancellable *person;
  gulong person_id;

  InbHttpStarting starting;
  gpointer starting_data;
  gboolean begun;  /* a byte may have left */
  gboolean whole;  /* all of them may have */
  GError *verdict; /* why we stopped it ourselves */

  InbHttpTrace trace;
  gpointer trace_data;
  gint64 began_us;
  guint64 n_out;
  guint64 n_in;
};

static void
expired_cb (InbDeadlineStep step, gpointer user_data)
{
  InbExchange *self = user_data;

  inb_exchange_stop (self, inb_exchange_error_for_step (step, self->host));
}

static void
person_cancelled_cb (GCancellable *person, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

/* The address that is really connected to: a name is checked too late for a trick here. Through a
 * proxy the person set, the proxy finds the way. */
static GError *
check_address (InbExchange *self)
{
  GSocketAddress *remote = soup_message_get_remote_address (self->message);
  GInetAddress *address;

  if (G_IS_PROXY_ADDRESS (remote) && !self->loopback)
    return NULL;
  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                        _ ("Where “%s” leads is not known. Nothing was sent there."), self->host);
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  if (self->loopback ? g_inet_address_get_is_loopback (address) : inb_address_is_public (address))
    return NULL;
  return inb_exchange_error_for_address (address, self->host);
}

static gboolean
has_body (InbExchange *self)
{
  return self->spec->body != NULL && inb_body_get_length (self->spec->body) > 0;
}

static gboolean
ask (InbExchange *self, InbHttpMoment moment, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (self->starting == NULL || self->starting (moment, self->starting_data, &refusal))
    return TRUE;
  if (refusal == NULL)
    refusal = inb_exchange_error_cancelled ();
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
last_cb (gpointer user_data, GError **error)
{
  InbExchange *self = user_data;
  GError *refusal = NULL;

  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
      ask (self, INB_HTTP_LAST_BYTE, &refusal))
    {
      self->whole = TRUE;
      return TRUE;
    }
  if (refusal == NULL)
    return FALSE;
  g_propagate_error (error, g_error_copy (refusal));
  inb_exchange_stop (self, refusal); /* the library may word it otherwise */
  return FALSE;
}

static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  InbExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  /* stopped while it connected: no attempt is begun that will not be made */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  error = check_address (self);
  if (error == NULL)
    ask (self, INB_HTTP_FIRST_BYTE, &error);
  if (error != NULL)
    {
      inb_exchange_stop (self, g_steal_pointer (&error));
      return;
    }
  self->begun = TRUE;
  self->whole = self->whole || !has_body (self);
  inb_deadline_enter (self->deadline, INB_DEADLINE_REQUEST);
}

static void
drop_body (InbExchange *self)
{
  if (self->body != NULL)
    inb_body_stream_ask_last (INB_BODY_STREAM (self->body), 0, NULL, NULL);
  g_clear_object (&self->body);
}

static void
set_body (InbExchange *self)
{
  const InbBody *body = self->spec->body;

  if (body == NULL)
    return;
  drop_body (self);
  self->body = inb_body_open (body);
  if (has_body (self))
    inb_body_stream_ask_last (INB_BODY_STREAM (self->body), inb_body_get_length (body), last_cb,
                              self);
  soup_message_set_request_body (
      self->message,
      inb_message_get_header (self->spec, "Content-Type") ? NULL : inb_body_get_content_type (body),
      self->body, (gssize) inb_body_get_length (body));
}

/* The library sends again by itself what it takes for harmless, where a connection that was kept
 * has died. An order is never that. All else needs a new connection: on another that was kept the
 * second try begins before the end of the first was told, which then takes the second one's state
 * away, and the program with it (libsoup 3.2.3, measured: 8 crashes of 60). */
static void
restarted_cb (SoupMessage *message, gpointer user_data)
{
  InbExchange *self = user_data;

  if (self->spec->kind == INB_MESSAGE_SUBMIT)
    {
      inb_exchange_stop (self,
                         g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                                      _ ("The connection to “%s” broke before an answer came."),
                                      self->host));
      return;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  set_body (self); /* the library forgets it */
  inb_deadline_enter (self->deadline, INB_DEADLINE_WAIT);
}

static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  gpointer user_data)
{
  InbExchange *self = user_data;

  inb_deadline_advance (self->deadline, INB_DEADLINE_CONNECT);
}

static void
wrote_data_cb (SoupMessage *message, guint size, gpointer user_data)
{
  InbExchange *self = user_data;

  self->n_out += size;
  inb_deadline_moved (self->deadline, size);
}

static void
wrote_body_cb (SoupMessage *message, gpointer user_data)
{
  InbExchange *self = user_data;

  inb_deadline_advance (self->deadline, INB_DEADLINE_ANSWER);
}

static void
got_headers_cb (SoupMessage *message, gpointer user_data)
{
  InbExchange *self = user_data;

  inb_deadline_advance (self->deadline, INB_DEADLINE_BODY);
}

static void
connect_signals (InbExchange *self)
{
  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (restarted_cb), self);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (wrote_data_cb), self);
  g_signal_connect (self->message, "wrote-body", G_CALLBACK (wrote_body_cb), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (got_headers_cb), self);
}

/**
 * inb_exchange_new:
 * @way: how
 * @message: what
 * @cancellable: (nullable): the person's
 * @error: %INB_ERROR_BAD_INPUT where it may not be sent at all
 *
 * Returns: (transfer full) (nullable): an exchange that is not under way yet; its clock runs
 */
InbExchange *
inb_exchange_new (const InbExchangeWay *way, const InbMessage *message, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (SoupMessage) soup_message = inb_soup_message_new (message, error);
  InbExchange *self;

  if (soup_message == NULL)
    return NULL;
  self = g_new0 (InbExchange, 1);
  self->spec = inb_message_copy (message);
  self->host = inb_address_dup_host (message->url);
  self->loopback = inb_address_is_loopback_home (message->url, message->home);
  self->session = g_object_ref (way->session);
  self->message = g_steal_pointer (&soup_message);
  self->deadline = inb_deadline_new (way->deadlines, message->kind, expired_cb, self);
  self->trace = way->trace;
  self->trace_data = way->trace_data;
  self->began_us = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->person = g_object_ref (cancellable);
      self->person_id = g_cancellable_connect (cancellable, G_CALLBACK (person_cancelled_cb),
                                               g_object_ref (self->cancellable), g_object_unref);
    }
  set_body (self);
  connect_signals (self);
  return self;
}

/**
 * inb_exchange_free:
 * @self: (transfer full): an exchange that ended
 */
void
inb_exchange_free (InbExchange *self)
{
  if (self->person != NULL)
    g_cancellable_disconnect (self->person, self->person_id);
  g_clear_object (&self->person);
  g_signal_handlers_disconnect_by_data (self->message, self);
  drop_body (self);
  inb_deadline_free (self->deadline);
  g_object_unref (self->cancellable);
  g_object_unref (self->message);
  g_object_unref (self->session);
  g_clear_error (&self->verdict);
  inb_message_free (self->spec);
  g_free (self->host);
  g_free (self);
}

/**
 * inb_exchange_set_starting:
 * @self: an exchange
 * @starting: (nullable): asked before the first byte leaves
 * @user_data: for @starting
 */
void
inb_exchange_set_starting (InbExchange *self, InbHttpStarting starting, gpointer user_data)
{
  self->starting = starting;
  self->starting_data = user_data;
}

/**
 * inb_exchange_get_message:
 * @self: an exchange
 *
 * Returns: (transfer none): the message of the library
 */
SoupMessage *
inb_exchange_get_message (InbExchange *self)
{
  return self->message;
}

/**
 * inb_exchange_get_cancellable:
 * @self: an exchange
 *
 * Returns: (transfer none): what ends every call on its behalf
 */
GCancellable *
inb_exchange_get_cancellable (InbExchange *self)
{
  return self->cancellable;
}

/**
 * inb_exchange_get_watch:
 * @self: an exchange
 *
 * Returns: (transfer none): its clock
 */
InbDeadline *
inb_exchange_get_watch (InbExchange *self)
{
  return self->deadline;
}

/**
 * inb_exchange_get_sent:
 * @self: an exchange
 *
 * Returns: whether the whole of it may have left
 */
gboolean
inb_exchange_get_sent (InbExchange *self)
{
  return self->whole;
}

/**
 * inb_exchange_get_status:
 * @self: an exchange
 *
 * Returns: the HTTP status, 0 before there is one
 */
guint
inb_exchange_get_status (InbExchange *self)
{
  return soup_message_get_status (self->message);
}

/**
 * inb_exchange_get_header:
 * @self: an exchange
 * @name: of a header of the answer
 *
 * Returns: (transfer none) (nullable): its last value
 */
const char *
inb_exchange_get_header (InbExchange *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

/**
 * inb_exchange_send_async:
 * @self: an exchange
 * @callback: (scope async): called when the head of the answer is there
 * @user_data: for @callback
 */
void
inb_exchange_send_async (InbExchange *self, GAsyncReadyCallback callback, gpointer user_data)
{
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           callback, user_data);
}

/**
 * inb_exchange_send_finish:
 * @self: an exchange
 * @result: of its callback
 * @error: #InbError
 *
 * Returns: (transfer full) (nullable): the body
 */
GInputStream *
inb_exchange_send_finish (InbExchange *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (self->session, result, &local_error);

  if (stream != NULL && self->verdict == NULL && self->begun)
    return g_steal_pointer (&stream);
  if (stream != NULL) /* a proxy's own answer, or what came as we stopped */
    g_set_error (&local_error, INB_ERROR, INB_ERROR_NETWORK,
                 _ ("The proxy on the way to “%s” refused: %u. Check the proxy of this computer."),
                 self->host, soup_message_get_status (self->message));
  g_propagate_error (error, inb_exchange_take_error (self, g_steal_pointer (&local_error)));
  return NULL;
}

/**
 * inb_exchange_moved:
 * @self: an exchange
 * @n_bytes: of the body that were read
 */
void
inb_exchange_moved (InbExchange *self, gsize n_bytes)
{
  self->n_in += n_bytes;
  inb_deadline_moved (self->deadline, n_bytes);
}

/**
 * inb_exchange_stop:
 * @self: an exchange
 * @verdict: (transfer full): why
 *
 * Ends it from our side; whatever is under way fails, with the first verdict.
 */
void
inb_exchange_stop (InbExchange *self, GError *verdict)
{
  if (self->verdict == NULL)
    self->verdict = verdict;
  else
    g_error_free (verdict);
  g_cancellable_cancel (self->cancellable);
}

/**
 * inb_exchange_take_error:
 * @self: an exchange
 * @error: (transfer full): what a call of the library said
 *
 * Returns: (transfer full): what it means
 */
GError *
inb_exchange_take_error (InbExchange *self, GError *error)
{
  g_autoptr (GError) raw = error;
  GError *meant;

  if (self->verdict != NULL)
    meant = g_error_copy (self->verdict);
  else if (self->person != NULL && g_cancellable_is_cancelled (self->person) &&
           g_error_matches (raw, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    meant = inb_exchange_error_cancelled ();
  else
    meant = inb_exchange_error_explain (raw, self->host);
  if (self->spec->kind == INB_MESSAGE_SUBMIT && meant->domain == INB_ERROR &&
      (meant->code == INB_ERROR_NETWORK || meant->code == INB_ERROR_CANCELLED))
    inb_exchange_error_add_charge (meant, self->whole);
  return meant;
}

/**
 * inb_exchange_end:
 * @self: an exchange that is over
 * @error: (nullable): why it failed
 *
 * Writes its line of the trace.
 */
void
inb_exchange_end (InbExchange *self, const GError *error)
{
  g_autofree char *line = NULL;
  InbTraceLine facts = {
    .method = self->spec->method,
    .url = self->spec->url,
    .bare = self->spec->bare,
    .status = soup_message_get_status (self->message),
    .error = error != NULL ? inb_error_get_name (error) : NULL,
    .milliseconds = (g_get_monotonic_time () - self->began_us) / G_TIME_SPAN_MILLISECOND,
    .n_out = self->n_out,
    .n_in = self->n_in,
  };

  if (self->trace == NULL)
    return;
  line = inb_trace_line_print (&facts);
  self->trace (line, self->trace_data);
}
