/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that no well-behaved server gives: written to the connection itself, a little at a time.
 */
#include "stand-in.h"

#include <string.h>
#include <sys/socket.h>

#define CHUNK 65536

typedef struct
{
  GBytes *bytes;        /* NULL: the body */
  guint64 times;        /* of bytes */
  guint64 from, length; /* of the body */
  guint drip;           /* milliseconds a byte; 0: as fast as it goes */
} Piece;

struct _SiRaw
{
  SiCall *call; /* until it starts */
  SiStand *stand;
  GIOStream *stream;
  GSocket *socket;
  GQueue pieces;
  guint drip;
  gboolean hold, reset;

  /* what the body is */
  GBytes *body;
  gboolean is_clip;
  guint clip;
  char *service, *job;

  guchar buffer[CHUNK];
  gsize filled, written;
};

static void write_next (SiRaw *raw);

static void
piece_free (Piece *piece)
{
  g_clear_pointer (&piece->bytes, g_bytes_unref);
  g_free (piece);
}

SiRaw *
si_raw_new (SiCall *call)
{
  SiRaw *raw = g_new0 (SiRaw, 1);

  raw->call = call;
  raw->stand = call->stand;
  raw->is_clip = call->is_clip;
  raw->clip = call->clip;
  raw->body = call->bytes != NULL ? g_bytes_ref (call->bytes) : NULL;
  raw->service = call->job != NULL ? g_strdup (call->job->service) : NULL;
  raw->job = call->job != NULL ? g_strdup (call->job->id) : NULL;
  g_queue_init (&raw->pieces);
  return raw;
}

static Piece *
add_piece (SiRaw *raw, GBytes *bytes, guint64 times)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  piece->times = times;
  piece->drip = raw->drip;
  g_queue_push_tail (&raw->pieces, piece);
  return piece;
}

void
si_raw_text (SiRaw *raw, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  add_piece (raw, bytes, 1);
}

void
si_raw_bytes (SiRaw *raw, GBytes *bytes)
{
  add_piece (raw, bytes, 1);
}

void
si_raw_repeat (SiRaw *raw, GBytes *bytes, guint64 times)
{
  add_piece (raw, bytes, times);
}

void
si_raw_body (SiRaw *raw, guint64 from, guint64 length)
{
  Piece *piece = add_piece (raw, NULL, 0);

  piece->from = from;
  piece->length = length;
}

void
si_raw_drip (SiRaw *raw, guint milliseconds)
{
  raw->drip = milliseconds;
}

void
si_raw_hold (SiRaw *raw)
{
  raw->hold = TRUE;
}

void
si_raw_reset (SiRaw *raw)
{
  raw->reset = TRUE;
}

static void
finish (SiRaw *raw)
{
  struct linger linger = { 1, 0 };

  if (raw->reset)
    setsockopt (g_socket_get_fd (raw->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_io_stream_close (raw->stream, NULL, NULL);
  g_socket_close (raw->socket, NULL);
  g_object_unref (raw->stream);
  g_object_unref (raw->socket);
  g_queue_clear_full (&raw->pieces, (GDestroyNotify) piece_free);
  g_clear_pointer (&raw->body, g_bytes_unref);
  g_free (raw->service);
  g_free (raw->job);
  g_free (raw);
}

static void
held_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiRaw *raw = user_data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) > 0)
    g_input_stream_read_async (G_INPUT_STREAM (source), raw->buffer, CHUNK, G_PRIORITY_DEFAULT,
                               NULL, held_cb, raw);
  else
    finish (raw);
}

/* Puts up to a chunk of what comes next into the buffer; FALSE: there is nothing more. */
static gboolean
fill (SiRaw *raw)
{
  Piece *piece = g_queue_peek_head (&raw->pieces);
  const guchar *data;
  gsize size;

  raw->written = raw->filled = 0;
  if (piece == NULL)
    return FALSE;
  if (piece->bytes != NULL)
    {
      /* of a long text, a chunk at a time */
      data = g_bytes_get_data (piece->bytes, &size);
      raw->filled = MIN (size - piece->from, CHUNK);
      memcpy (raw->buffer, data + piece->from, raw->filled);
      piece->from += raw->filled;
      if (piece->from == size)
        {
          piece->from = 0;
          if (piece->times != G_MAXUINT64)
            piece->times--;
        }
    }
  else if (raw->is_clip)
    raw->filled = si_clip_read (raw->stand, piece->from, raw->buffer, MIN (piece->length, CHUNK));
  else
    {
      data = g_bytes_get_data (raw->body, &size);
      raw->filled = MIN (piece->length, CHUNK);
      memcpy (raw->buffer, data + piece->from, raw->filled);
    }
  raw->drip = piece->drip;
  return TRUE;
}

/* A part of the body has left. */
static void
note_body (SiRaw *raw, gsize n)
{
  Piece *piece = g_queue_peek_head (&raw->pieces);
  SiJob *job;

  if (piece == NULL || piece->bytes != NULL)
    return;
  if (raw->is_clip && raw->job != NULL)
    {
      job = si_job_find (raw->stand, raw->service, raw->job);
      if (job != NULL)
        si_job_covered (raw->stand, job, raw->clip, piece->from, piece->from + n);
    }
  piece->from += n;
  piece->length -= n;
}

static gboolean
drip_cb (gpointer user_data)
{
  write_next (user_data);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiRaw *raw = user_data;
  gssize n = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      finish (raw);
      return;
    }
  raw->written += (gsize) n;
  note_body (raw, (gsize) n);
  if (raw->drip > 0)
    g_timeout_add (raw->drip, drip_cb, raw);
  else
    write_next (raw);
}

static gboolean
piece_is_done (Piece *piece)
{
  return piece->bytes != NULL ? piece->times == 0 || g_bytes_get_size (piece->bytes) == 0
                              : piece->length == 0;
}

static void
write_next (SiRaw *raw)
{
  if (raw->written == raw->filled)
    {
      while (!g_queue_is_empty (&raw->pieces) && piece_is_done (g_queue_peek_head (&raw->pieces)))
        piece_free (g_queue_pop_head (&raw->pieces));
      if (!fill (raw))
        {
          if (raw->hold)
            g_input_stream_read_async (g_io_stream_get_input_stream (raw->stream), raw->buffer,
                                       CHUNK, G_PRIORITY_DEFAULT, NULL, held_cb, raw);
          else
            finish (raw);
          return;
        }
    }
  g_output_stream_write_async (
      g_io_stream_get_output_stream (raw->stream), raw->buffer + raw->written,
      raw->drip > 0 ? 1 : raw->filled - raw->written, G_PRIORITY_DEFAULT, NULL, written_cb, raw);
}

/* Takes the connection away from libsoup and writes. */
void
si_raw_start (SiRaw *raw)
{
  SoupServerMessage *message = raw->call->message;

  raw->call = NULL;
  raw->socket = g_object_ref (soup_server_message_get_socket (message));
  raw->stream = soup_server_message_steal_connection (message);
  write_next (raw);
}

/* The beginning of an answer, down to the empty line; framing is one line or more, each with its
 * end. */
char *
si_raw_head (SiCall *call, const char *framing)
{
  GString *head = g_string_new (NULL);
  guint i;

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", call->status,
                          soup_status_get_phrase (call->status));
  if (call->type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\n", call->type);
  for (i = 0; i < call->headers->len; i += 2)
    g_string_append_printf (head, "%s: %s\r\n", (char *) call->headers->pdata[i],
                            (char *) call->headers->pdata[i + 1]);
  g_string_append (head, framing);
  g_string_append (head, "\r\n");
  return g_string_free (head, FALSE);
}
