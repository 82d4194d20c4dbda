/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-turnstile.h"

/* As many as a session keeps connections to one host, twice over: the next is at hand when one
 * ends. */
#define MAX_UNDER_WAY 4

typedef struct
{
  guint n_under_way;
  GQueue waiting; /* Call */
} Lane;

struct _InbTurnstile
{
  InbHttp *http;
  GHashTable *lanes; /* service → Lane */
};

typedef struct
{
  InbTurnstile *turnstile;
  Lane *lane;
  InbMessage *message;
  GCancellable *cancellable;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Call;

static void
call_free (Call *self)
{
  g_clear_pointer (&self->message, inb_message_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
lane_free (gpointer data)
{
  Lane *lane = data;

  g_queue_clear_full (&lane->waiting, (GDestroyNotify) call_free);
  g_free (lane);
}

static void begin (Call *call);

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  Call *next = g_queue_pop_head (&call->lane->waiting);

  call->lane->n_under_way--;
  if (next != NULL)
    begin (next);
  call->callback (source, result, call->user_data);
}

static void
begin (Call *call)
{
  call->lane->n_under_way++;
  inb_http_send_async (call->turnstile->http, call->message, NULL, NULL, call->cancellable,
                       ended_cb, call);
}

/**
 * inb_turnstile_new:
 * @http: the way out; outlives the turnstile
 *
 * Returns: (transfer full): a turnstile for the thread of @http
 */
InbTurnstile *
inb_turnstile_new (InbHttp *http)
{
  InbTurnstile *self = g_new0 (InbTurnstile, 1);

  self->http = http;
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lane_free);
  return self;
}

/**
 * inb_turnstile_free:
 * @self: (transfer full): a turnstile; who waits is not called any more
 */
void
inb_turnstile_free (InbTurnstile *self)
{
  g_hash_table_unref (self->lanes);
  g_free (self);
}

/**
 * inb_turnstile_send:
 * @self: a turnstile
 * @service: id of a provider: a slow one holds up nobody else
 * @message: (transfer full): a call that is free to repeat
 * @cancellable: (nullable): ends it, at the latest when its turn comes
 * @callback: (scope async): as of inb_http_send_async(); ended by inb_http_send_finish()
 * @user_data: for @callback
 */
void
inb_turnstile_send (InbTurnstile *self, const char *service, InbMessage *message,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Lane *lane = g_hash_table_lookup (self->lanes, service);
  Call *call = g_new0 (Call, 1);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      g_hash_table_insert (self->lanes, g_strdup (service), lane);
    }
  call->turnstile = self;
  call->lane = lane;
  call->message = message;
  call->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  call->callback = callback;
  call->user_data = user_data;
  if (lane->n_under_way < MAX_UNDER_WAY)
    begin (call);
  else
    g_queue_push_tail (&lane->waiting, call);
}
