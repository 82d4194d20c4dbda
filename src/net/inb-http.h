/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-message.h"
#include "net/inb-reply.h"

G_BEGIN_DECLS

/* The way out of this computer: a session for the services' own addresses, which carries keys and
 * follows no redirect, and one for everything else, which carries none. For one thread. */
typedef struct _InbHttp InbHttp;

/**
 * InbHttpStarting:
 * @user_data: as given
 * @error: why it must not be sent
 *
 * Called when the connection stands and before the first byte leaves: DNS, TCP and TLS have
 * succeeded, the address was found good. Called again should the message ever be started again.
 *
 * Returns: %FALSE to send nothing
 */
typedef gboolean (*InbHttpStarting) (gpointer user_data, GError **error);

/**
 * InbHttpTrace:
 * @line: method, scheme and host, path without its query, status, milliseconds, bytes; never a key,
 * a query, a body
 * @user_data: as given
 */
typedef void (*InbHttpTrace) (const char *line, gpointer user_data);

InbHttp *inb_http_new (void);
void inb_http_free (InbHttp *self);
void inb_http_set_trace (InbHttp *self, InbHttpTrace trace, gpointer user_data);
void inb_http_drop_connections (InbHttp *self);

void inb_http_send_async (InbHttp *self, const InbMessage *message, InbHttpStarting starting,
                          gpointer starting_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
InbReply *inb_http_send_finish (GAsyncResult *result, gboolean *sent, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttp, inb_http_free)

G_END_DECLS
