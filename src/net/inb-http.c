/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-http.h"

#include <libsoup/soup.h>

#include "core/inb-error.h"
#include "net/inb-address.h"
#include "net/inb-exchange.h"

/* Connections one service gets: promises, §5.4 (six cost no more than two and wait less). */
#define MAX_CONNS_PER_HOST 6
#define MAX_CONNS 32
/* Belt and braces: no single read or write waits longer, should a deadline of ours ever fail. Past
 * the longest of those for one step, 120 s. */
#define IO_TIMEOUT_S 150
/* How long an unused connection is kept; the library's own value. */
#define IDLE_TIMEOUT_S 60

struct _InbHttp
{
  gatomicrefcount ref_count;
  SoupSession *sessions[2][2];   /* without credentials or with; to this computer or elsewhere */
  InbHttpDeadlines deadlines[2]; /* to this computer or elsewhere, as the sessions */
  InbHttpTrace trace;
  gpointer trace_data;
};

/* promises, §2 facts 6 and 7 */
static const InbHttpDeadlines default_deadlines = {
  .connect_ms = 15 * 1000,
  .first_byte_ms = 60 * 1000,
  .first_byte_submit_ms = 120 * 1000,
  .look_ms = 30 * 1000,
  .submit_ms = 300 * 1000,
  .stall_ms = 30 * 1000,
  .stall_bytes = 30 * 1024,
};

/* An origin on this computer that a person set: no line and no queue lies between, so whoever is
 * silent for seconds is silent for good. A paid request waits longest: it may go on from there.
 * Chosen; a busy computer of two cores kept them all (the fault matrix). */
static const InbHttpDeadlines near_deadlines = {
  .connect_ms = 5 * 1000,
  .first_byte_ms = 2 * 1000,
  .first_byte_submit_ms = 4 * 1000,
  .look_ms = 4 * 1000,
  .submit_ms = 10 * 1000,
  .stall_ms = 1500,
  .stall_bytes = 1536,
};

/**
 * inb_http_init:
 *
 * To be called at the start of main(), before any thread: sets an environment variable. Before
 * 3.4.4 the library keeps a whole download over HTTP/2 in memory (measured: 256 MB for 256 MB) and
 * can only be kept from HTTP/2 that way; later versions are told for each download.
 */
void
inb_http_init (void)
{
  if (!soup_check_version (3, 4, 4))
    g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

/**
 * inb_http_new:
 *
 * Returns: (transfer full): a way out for the calling thread: everything it does, it does on that
 * thread's default main context
 */
InbHttp *
inb_http_new (void)
{
  InbHttp *self = g_new0 (InbHttp, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->deadlines[0] = default_deadlines;
  self->deadlines[1] = near_deadlines;
  return self;
}

InbHttp *
inb_http_ref (InbHttp *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
inb_http_unref (InbHttp *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  inb_http_drop_connections (self);
  g_free (self);
}

/**
 * inb_http_free:
 * @self: (transfer full): a way out
 *
 * What is under way goes on to its end, without a trace.
 */
void
inb_http_free (InbHttp *self)
{
  self->trace = NULL;
  inb_http_unref (self);
}

/**
 * inb_http_set_trace:
 * @self: a way out
 * @trace: (nullable): told of each exchange when it is over
 * @user_data: for @trace
 */
void
inb_http_set_trace (InbHttp *self, InbHttpTrace trace, gpointer user_data)
{
  self->trace = trace;
  self->trace_data = user_data;
}

/**
 * inb_http_get_deadlines:
 * @self: a way out
 * @deadlines: (out caller-allocates): what holds on the Internet
 */
void
inb_http_get_deadlines (const InbHttp *self, InbHttpDeadlines *deadlines)
{
  *deadlines = self->deadlines[0];
}

/**
 * inb_http_set_deadlines:
 * @self: a way out
 * @deadlines: for what is sent from now on, wherever to; the defaults are promises, §2 facts 6 and
 * 7, and shorter ones for an origin on this computer. Tests set others
 */
void
inb_http_set_deadlines (InbHttp *self, const InbHttpDeadlines *deadlines)
{
  self->deadlines[0] = self->deadlines[1] = *deadlines;
}

/**
 * inb_http_drop_connections:
 * @self: a way out
 *
 * Lets go of every connection that is kept for later: after a sleep they are dead without knowing.
 * What is under way goes on; what is sent from now on connects anew.
 */
void
inb_http_drop_connections (InbHttp *self)
{
  for (guint bare = 0; bare < 2; bare++)
    for (guint loopback = 0; loopback < 2; loopback++)
      g_clear_object (&self->sessions[bare][loopback]);
}

/* The proxy of this computer would be asked for this computer too, and see the keys of plain http.
 */
static SoupSession *
get_session (InbHttp *self, gboolean bare, gboolean loopback)
{
  SoupSession **session = &self->sessions[bare ? 1 : 0][loopback ? 1 : 0];

  if (*session == NULL)
    {
      *session = soup_session_new_with_options (
          "user-agent", "Inbetween/" PACKAGE_VERSION, "timeout", IO_TIMEOUT_S, "idle-timeout",
          IDLE_TIMEOUT_S, "max-conns", MAX_CONNS, "max-conns-per-host", MAX_CONNS_PER_HOST, NULL);
      if (loopback)
        soup_session_set_proxy_resolver (*session, NULL);
    }
  return *session;
}

/**
 * inb_http_open:
 * @self: a way out
 * @message: what
 * @cancellable: (nullable): the person's
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Returns: (transfer full) (nullable): an exchange in the session that fits @message
 */
InbExchange *
inb_http_open (InbHttp *self, const InbMessage *message, GCancellable *cancellable, GError **error)
{
  gboolean loopback = inb_address_is_loopback_home (message->url, message->home);
  InbExchangeWay way = {
    .session = get_session (self, message->bare, loopback),
    .deadlines = &self->deadlines[loopback ? 1 : 0],
    .trace = self->trace,
    .trace_data = self->trace_data,
  };

  return inb_exchange_new (&way, message, cancellable, error);
}
