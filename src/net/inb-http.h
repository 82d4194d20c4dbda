/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-message.h"
#include "net/inb-reply.h"

G_BEGIN_DECLS

/* The way out of this computer: a session for the services' own addresses, which carries keys and
 * follows no redirect, and one for everything else, which carries none. For one thread. */
typedef struct _InbHttp InbHttp;

/**
 * InbHttpMoment:
 * @INB_HTTP_FIRST_BYTE: the connection stands and the first byte is about to leave: DNS, TCP and
 * TLS have succeeded, the address was found good
 * @INB_HTTP_LAST_BYTE: the last bytes of the body are about to leave. What left before is no whole
 * message, which a server must not act upon (RFC 9112, 8). A message without a body has no such
 * moment
 */
typedef enum
{
  INB_HTTP_FIRST_BYTE,
  INB_HTTP_LAST_BYTE,
} InbHttpMoment;

/**
 * InbHttpStarting:
 * @moment: what is about to happen
 * @user_data: as given
 * @error: why it must not
 *
 * Called again should the message ever be started again.
 *
 * Returns: %FALSE to send nothing, or nothing more
 */
typedef gboolean (*InbHttpStarting) (InbHttpMoment moment, gpointer user_data, GError **error);

/**
 * InbHttpTrace:
 * @line: method, scheme and host, path without its query, status, milliseconds, bytes; never a key,
 * a query, a body
 * @user_data: as given
 */
typedef void (*InbHttpTrace) (const char *line, gpointer user_data);

/**
 * InbHttpDeadlines:
 * @connect_ms: from the first sign of the network to the end of the TLS handshake
 * @first_byte_ms: from the last byte of the request to the head of the answer
 * @first_byte_submit_ms: the same of a SUBMIT
 * @look_ms: a whole LOOK, from the call to the last byte
 * @submit_ms: a whole SUBMIT
 * @stall_ms: while bytes should move, a time in which fewer than @stall_bytes did is the end
 * @stall_bytes: see @stall_ms
 *
 * How long things may take. Other bounds than these there are none: an upload or a download takes
 * as long as it moves.
 */
typedef struct
{
  guint connect_ms;
  guint first_byte_ms;
  guint first_byte_submit_ms;
  guint look_ms;
  guint submit_ms;
  guint stall_ms;
  guint stall_bytes;
} InbHttpDeadlines;

void inb_http_init (void);
InbHttp *inb_http_new (void);
void inb_http_free (InbHttp *self);
void inb_http_get_deadlines (const InbHttp *self, InbHttpDeadlines *deadlines);
void inb_http_set_deadlines (InbHttp *self, const InbHttpDeadlines *deadlines);
void inb_http_set_trace (InbHttp *self, InbHttpTrace trace, gpointer user_data);
void inb_http_drop_connections (InbHttp *self);

void inb_http_send_async (InbHttp *self, const InbMessage *message, InbHttpStarting starting,
                          gpointer starting_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
InbReply *inb_http_send_finish (GAsyncResult *result, gboolean *sent, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttp, inb_http_free)

G_END_DECLS
