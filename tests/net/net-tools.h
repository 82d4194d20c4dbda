/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-http.h"
#include "raw-server.h"

G_BEGIN_DECLS

/* What a body of any length may take over the memory there was: promises, P21 and P22. Sanitizers
 * keep shadows of it. */
#if defined(__SANITIZE_ADDRESS__)
#define NET_MEMORY_KB (64 * 1024)
#else
#define NET_MEMORY_KB 1024
#endif

/* What came of a message that was sent and waited for. */
typedef struct
{
  InbReply *reply;
  gboolean sent;
  GError *error;
} Outcome;

typedef struct
{
  guint n_called;
  guint n_last;
  gboolean refuse;
  gboolean refuse_last;
} Gate;

void outcome_clear (Outcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* An InbHttpStarting; @gate_data is a Gate. */
gboolean gate_starting (InbHttpMoment moment, gpointer gate_data, GError **error);

void net_send (InbHttp *http, const InbMessage *message, Gate *gate, GCancellable *cancellable,
               Outcome *outcome);
/* Lets go of the client's connections and of the server's, so that what the server saw is final. */
void net_finish (InbHttp **http, RawServer *server);
InbMessage *net_message (RawServer *server, InbMessageKind kind, const char *method,
                         const char *path);
void net_message_set_body (InbMessage *message, const char *text);
/* An answer begins within 80 ms, and a kilobyte moves in 80 ms. */
InbHttp *net_impatient_http (void);
char *net_make_file (const char *folder, const char *name, gsize size);
gint64 net_get_peak_kb (void);
void net_reset_peak (void);

G_END_DECLS
