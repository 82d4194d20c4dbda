/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "net/inb-http.h"
#include "net/inb-deadline.h"

G_BEGIN_DECLS

/* One request and its answer on the wire, under every rule that both sessions share: address,
 * deadlines, once only, trace. Inside net/ only. */
typedef struct _InbExchange InbExchange;

/**
 * InbExchangeWay:
 * @session: that sends
 * @deadlines: how long things may take
 * @trace: (nullable): told at the end
 * @trace_data: for @trace
 *
 * What an #InbHttp lends to an exchange.
 */
typedef struct
{
  SoupSession *session;
  const InbHttpDeadlines *deadlines;
  InbHttpTrace trace;
  gpointer trace_data;
} InbExchangeWay;

InbExchange *inb_exchange_new (const InbExchangeWay *way, const InbMessage *message,
                               GCancellable *cancellable, GError **error);
void inb_exchange_free (InbExchange *self);
void inb_exchange_set_starting (InbExchange *self, InbHttpStarting starting, gpointer user_data);
SoupMessage *inb_exchange_get_message (InbExchange *self);
GCancellable *inb_exchange_get_cancellable (InbExchange *self);
InbDeadline *inb_exchange_get_watch (InbExchange *self);
gboolean inb_exchange_get_sent (InbExchange *self);
guint inb_exchange_get_status (InbExchange *self);
const char *inb_exchange_get_header (InbExchange *self, const char *name);

void inb_exchange_send_async (InbExchange *self, GAsyncReadyCallback callback, gpointer user_data);
GInputStream *inb_exchange_send_finish (InbExchange *self, GAsyncResult *result, GError **error);
void inb_exchange_moved (InbExchange *self, gsize n_bytes);
void inb_exchange_stop (InbExchange *self, GError *verdict);
GError *inb_exchange_take_error (InbExchange *self, GError *error);
void inb_exchange_end (InbExchange *self, const GError *error);

/* inb-redirect.c */
char *inb_exchange_dup_redirect (InbExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbExchange, inb_exchange_free)

/* implemented by InbHttp */
InbHttp *inb_http_ref (InbHttp *self);
void inb_http_unref (InbHttp *self);
InbExchange *inb_http_open (InbHttp *self, const InbMessage *message, GCancellable *cancellable,
                            GError **error);

G_END_DECLS
