/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-download.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-address.h"
#include "net/inb-download-head.h"
#include "net/inb-exchange.h"
#include "net/inb-part.h"
#include "net/inb-redirect.h"

/* Bytes read at a time: promises, §2 fact 19. */
#define PIECE (256 * 1024)
/* Pieces taken in one turn of the main loop while they are there already; chosen: a megabyte takes
 * about a millisecond, so whoever cancels does not wait. */
#define N_PIECES 4
#define PROGRESS_EVERY (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  InbHttp *http;
  InbMessage *message; /* of this hop */
  char **hosts;
  InbPart *part;
  char *etag;
  gint64 max_bytes;
  InbDownloadEtag tell_etag;
  InbDownloadProgress tell_progress;
  gpointer tell_data;
  GCancellable *person;

  guint n_hops;
  gboolean again; /* it was begun anew once */
  InbExchange *exchange;
  GInputStream *stream;
  gboolean whole; /* the stream was read to its end */
  gint64 n_expected;
  gint64 n_came;
  gint64 total;
  gint64 told_us;
  gint64 retry_after_s;
  guint8 *buffer;
} Fetch;

static void begin_hop (GTask *task);
static void read_more (GTask *task);

static void
end_exchange (Fetch *fetch, const GError *error)
{
  if (fetch->exchange == NULL)
    return;
  inb_exchange_end (fetch->exchange, error);
  if (fetch->stream != NULL && !fetch->whole)
    g_cancellable_cancel (inb_exchange_get_cancellable (fetch->exchange));
  g_clear_object (&fetch->stream);
  g_clear_pointer (&fetch->exchange, inb_exchange_free);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  end_exchange (fetch, NULL);
  inb_http_unref (fetch->http);
  inb_message_free (fetch->message);
  g_strfreev (fetch->hosts);
  g_clear_pointer (&fetch->part, inb_part_free);
  g_free (fetch->etag);
  g_clear_object (&fetch->person);
  g_free (fetch->buffer);
  g_free (fetch);
}

/* Takes the error. */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GError) taken = error;

  end_exchange (g_task_get_task_data (task), taken);
  g_task_return_error (task, g_steal_pointer (&taken));
}

static void
tell_progress (Fetch *fetch, gboolean last)
{
  gint64 now_us = g_get_monotonic_time ();

  if (fetch->tell_progress == NULL || (!last && now_us - fetch->told_us < PROGRESS_EVERY))
    return;
  fetch->told_us = now_us;
  fetch->tell_progress (inb_part_get_size (fetch->part), fetch->total, fetch->tell_data);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (inb_part_sync_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
succeed (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  end_exchange (fetch, NULL);
  tell_progress (fetch, TRUE);
  inb_part_sync_async (fetch->part, synced_cb, g_object_ref (task));
}

static void
finish_body (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  fetch->whole = TRUE;
  if ((fetch->n_expected < 0 || fetch->n_came == fetch->n_expected) &&
      (fetch->total < 0 || inb_part_get_size (fetch->part) == fetch->total))
    {
      succeed (task);
      return;
    }
  fail (task, g_error_new_literal (INB_ERROR, INB_ERROR_NETWORK,
                                   _ ("The clip was cut short on its way. It is continued where it "
                                      "stopped.")));
}

/* FALSE when it is over. */
static gboolean
take_piece (GTask *task, gsize n)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (inb_part_get_size (fetch->part) + (gint64) n > fetch->max_bytes)
    {
      /* no clip, and nothing to be continued */
      if (inb_part_clear (fetch->part, &error))
        g_set_error_literal (&error, INB_ERROR, INB_ERROR_TOO_LARGE,
                             _ ("What came is larger than a clip may be. It was thrown away."));
    }
  else if (inb_part_write (fetch->part, fetch->buffer, n, &error))
    {
      fetch->n_came += (gint64) n;
      inb_exchange_moved (fetch->exchange, n);
      tell_progress (fetch, FALSE);
      return TRUE;
    }
  fail (task, g_steal_pointer (&error));
  return FALSE;
}

/* What a read gave: bytes, the end, or an error. FALSE when it is over. */
static gboolean
take_result (GTask *task, gssize n, GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (n > 0)
    return take_piece (task, (gsize) n);
  if (n == 0)
    finish_body (task);
  else
    fail (task, inb_exchange_take_error (fetch->exchange, error));
  return FALSE;
}

/* What is there already is taken without another turn of the loop. */
static gboolean
drain (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (!G_IS_POLLABLE_INPUT_STREAM (fetch->stream) ||
      !g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (fetch->stream)))
    return TRUE;
  for (guint i = 1; i < N_PIECES; i++)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (
          G_POLLABLE_INPUT_STREAM (fetch->stream), fetch->buffer, PIECE,
          inb_exchange_get_cancellable (fetch->exchange), &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return TRUE;
      if (!take_result (task, n, g_steal_pointer (&error)))
        return FALSE;
    }
  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (take_result (task, n, error) && drain (task))
    read_more (task);
}

static void
read_more (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_input_stream_read_async (fetch->stream, fetch->buffer, PIECE, G_PRIORITY_DEFAULT,
                             inb_exchange_get_cancellable (fetch->exchange), read_cb,
                             g_object_ref (task));
}

/* Empty first, then the new validator: never the old bytes beside it. */
static gboolean
begin_anew (Fetch *fetch, const char *etag, GError **error)
{
  if (!inb_part_clear (fetch->part, error))
    return FALSE;
  g_free (fetch->etag);
  fetch->etag = g_strdup (etag);
  if (fetch->tell_etag != NULL)
    fetch->tell_etag (fetch->etag, fetch->tell_data);
  return TRUE;
}

static gboolean
ask_again (GTask *task, GError **error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (!begin_anew (fetch, NULL, error))
    return FALSE;
  if (fetch->again)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NETWORK,
                           _ ("What came does not fit together. The clip is fetched anew."));
      return FALSE;
    }
  fetch->again = TRUE;
  end_exchange (fetch, NULL);
  begin_hop (task);
  return TRUE;
}

static void
take_head (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *host = inb_address_dup_host (fetch->message->url);
  g_autoptr (GError) error = NULL;
  InbDownloadHead head = { .n_have = inb_part_get_size (fetch->part),
                           .etag = fetch->etag,
                           .max_bytes = fetch->max_bytes,
                           .host = host };
  InbDownloadStep step = inb_download_head_read (
      &head, inb_exchange_get_status (fetch->exchange),
      soup_message_get_response_headers (inb_exchange_get_message (fetch->exchange)), &error);
  g_autofree char *new_etag = head.new_etag;

  fetch->n_expected = head.n_expected;
  fetch->n_came = 0;
  fetch->total = head.total;
  fetch->retry_after_s = head.retry_after_s;
  if (step == INB_DOWNLOAD_COMPLETE)
    succeed (task);
  else if (step == INB_DOWNLOAD_CONTINUE ||
           (step == INB_DOWNLOAD_BEGIN && begin_anew (fetch, new_etag, &error)))
    read_more (task);
  else if (step != INB_DOWNLOAD_AGAIN || !ask_again (task, &error))
    fail (task, g_steal_pointer (&error));
}

static gboolean
check_host (const Fetch *fetch, GError **error)
{
  g_autofree char *host = NULL;

  if (fetch->hosts == NULL || inb_address_is_at (fetch->message->url, fetch->message->home) ||
      inb_address_has_host (fetch->message->url, (const char *const *) fetch->hosts))
    return TRUE;
  host = inb_address_dup_host (fetch->message->url);
  return inb_error_refuse (error,
                           _ ("The clip would come from “%s”, which is not one of this "
                              "service's addresses."),
                           host != NULL ? host : "…");
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;

  fetch->stream = inb_exchange_send_finish (fetch->exchange, result, &error);
  if (fetch->stream == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  next = inb_exchange_dup_redirect (fetch->exchange);
  if (next == NULL)
    take_head (task);
  else if (inb_redirect_follow (fetch->message, &fetch->n_hops, next, &error))
    {
      end_exchange (fetch, NULL);
      begin_hop (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static void
set_headers (Fetch *fetch)
{
  g_autofree char *range = NULL;

  g_ptr_array_set_size (fetch->message->headers, 0);
  /* an encoding would move every offset */
  inb_message_add_header (fetch->message, "Accept-Encoding", "identity");
  if (inb_part_get_size (fetch->part) == 0 || fetch->etag == NULL)
    return;
  range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-", inb_part_get_size (fetch->part));
  inb_message_add_header (fetch->message, "Range", range);
  inb_message_add_header (fetch->message, "If-Range", fetch->etag);
}

static void
begin_hop (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  set_headers (fetch);
  if (check_host (fetch, &error))
    fetch->exchange = inb_http_open (fetch->http, fetch->message, fetch->person, &error);
  if (fetch->exchange == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  soup_message_disable_feature (inb_exchange_get_message (fetch->exchange),
                                SOUP_TYPE_CONTENT_DECODER);
  inb_exchange_send_async (fetch->exchange, sent_cb, g_object_ref (task));
}

/**
 * inb_http_download_async:
 * @self: a way out
 * @download: what; copied
 * @etag: (nullable): told whenever the file is begun anew, before its first byte is written: keep
 * it for the next call
 * @progress: (nullable): told at most ten times a second, and at the end
 * @progress_data: for both, kept until the callback was called
 * @cancellable: (nullable): to stop; what arrived stays
 * @callback: (scope async): called on the thread's default main context
 * @user_data: for @callback
 *
 * Fetches a file, or what is missing of it, through the session without credentials. At most five
 * redirects are followed, each checked like the first address. There is no bound on the time but
 * that bytes must come.
 */
void
inb_http_download_async (InbHttp *self, const InbDownload *download, InbDownloadEtag etag,
                         InbDownloadProgress progress, gpointer progress_data,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, inb_http_download_async);
  g_task_set_task_data (task, fetch, fetch_free);
  fetch->http = inb_http_ref (self);
  fetch->message = inb_message_new (INB_MESSAGE_UPLOAD, "GET", download->url);
  fetch->message->bare = TRUE;
  fetch->message->home = g_strdup (download->home);
  fetch->hosts = g_strdupv ((char **) download->hosts);
  fetch->etag = inb_etag_is_strong (download->etag) ? g_strdup (download->etag) : NULL;
  fetch->max_bytes = download->max_bytes;
  fetch->tell_etag = etag;
  fetch->tell_progress = progress;
  fetch->tell_data = progress_data;
  g_set_object (&fetch->person, cancellable);
  fetch->retry_after_s = -1;
  fetch->buffer = g_malloc (PIECE);
  fetch->part = inb_part_open (download->part, &error);
  if (fetch->part == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    begin_hop (task);
}

/**
 * inb_http_download_finish:
 * @result: of the callback
 * @retry_after_s: (out) (optional): how long the server asks to wait, 1…3600; −1 where it does not
 * @error: %INB_ERROR_EXPIRED: a fresh address is needed; %INB_ERROR_UNAVAILABLE and
 * %INB_ERROR_NETWORK: later, what arrived is continued; %INB_ERROR_NO_SPACE; %INB_ERROR_TOO_LARGE;
 * %INB_ERROR_BAD_INPUT: such an address is not asked; %INB_ERROR_CANCELLED
 *
 * Returns: whether the whole file is on the disk. Where the server did not say how long it is, that
 * is all it sent: what it is must be looked at in any case
 */
gboolean
inb_http_download_finish (GAsyncResult *result, gint64 *retry_after_s, GError **error)
{
  Fetch *fetch = g_task_get_task_data (G_TASK (result));

  if (retry_after_s != NULL)
    *retry_after_s = fetch->retry_after_s;
  return g_task_propagate_boolean (G_TASK (result), error);
}
