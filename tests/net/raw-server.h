/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server that says exactly the bytes a test gives it, on loopback, in threads of its own. Answers
 * are taken in the order the requests come in; when none is left, a connection is closed. */
typedef struct _RawServer RawServer;

/* What happens when the bytes of an answer are out. */
typedef enum
{
  RAW_KEEP,   /* waits for the next request */
  RAW_TUNNEL, /* the same, but behind a handshake from here on */
  RAW_CLOSE,  /* closes the connection in good order */
  RAW_RESET,  /* breaks it off */
  RAW_HANG,   /* says nothing more until the client closes */
  RAW_DEAF,   /* the same, and reads nothing more either */
  RAW_DRIP,   /* one more byte every 5 ms until the client closes */
  RAW_REPEAT, /* the last 64 KiB again and again until the client closes */
} RawEnd;

RawServer *raw_server_new (void);
RawServer *raw_server_new_tls (GTlsCertificate *certificate);
/* Plain until RAW_TUNNEL. */
RawServer *raw_server_new_proxy (GTlsCertificate *certificate);
void raw_server_free (RawServer *self);
void raw_server_answer (RawServer *self, RawEnd end, const char *bytes, gssize length);
void raw_server_answer_early (RawServer *self, RawEnd end, const char *bytes);

/* A head, and a body of which byte i is raw_server_byte (i), from byte @first up to @last. */
void raw_server_answer_pattern (RawServer *self, RawEnd end, const char *head, gint64 first,
                                gint64 last);
char raw_server_byte (gint64 i);
/* Bodies of requests are counted and forgotten. */
void raw_server_set_forgetful (RawServer *self);

guint raw_server_get_port (RawServer *self);
const char *raw_server_get_home (RawServer *self);
char *raw_server_url (RawServer *self, const char *path);

/* After the client let go of its connections: ends the server, so that what it saw is final. */
void raw_server_stop (RawServer *self);
guint raw_server_get_n_connections (RawServer *self);
guint raw_server_get_n_requests (RawServer *self);
gsize raw_server_get_n_bytes (RawServer *self);
/* head and body of a request as they came */
const char *raw_server_get_request (RawServer *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
