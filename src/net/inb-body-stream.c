/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-body-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"

/* Bytes of a file that are encoded at a time: a multiple of three, so that every piece but the last
 * has no padding. 48 KiB become 64 KiB; chosen: libsoup asks for 8 KiB at a time. */
#define RAW_PIECE (48 * 1024)
#define ENCODED_PIECE (RAW_PIECE / 3 * 4)

/* Reads the pieces of a body one after the other. Never holds more than one encoded piece. */
struct _InbBodyStream
{
  GInputStream parent_instance;

  GPtrArray *segments;
  guint index;   /* of the piece that is being read */
  gint64 offset; /* bytes of it that were taken from the text or the file */
  int fd;        /* of its file; −1 while none is open */

  guint8 *raw; /* both for a piece that is encoded, else NULL */
  char *encoded;
  gsize encoded_length;
  gsize encoded_offset;

  gint64 n_left; /* bytes to give before the end; −1 where nobody is asked about the last */
  InbBodyLast last;
  gpointer last_data;
};

G_DEFINE_FINAL_TYPE (InbBodyStream, inb_body_stream, G_TYPE_INPUT_STREAM)

static void
close_file (InbBodyStream *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static gboolean
open_file (InbBodyStream *self, const InbSegment *segment, GError **error)
{
  if (self->fd >= 0)
    return TRUE;
  self->fd = open (segment->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (self->fd >= 0)
    return TRUE;
  g_propagate_error (error, inb_error_new_for_errno (errno, segment->path));
  return FALSE;
}

/* At least one byte, and never past the size the file had: the length of the body was told. */
static gssize
read_file (InbBodyStream *self, const InbSegment *segment, void *buffer, gsize count,
           GError **error)
{
  gsize wanted = MIN (count, (gsize) (segment->size - self->offset));
  gssize n;

  if (!open_file (self, segment, error))
    return -1;
  do
    n = pread (self->fd, buffer, wanted, self->offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, segment->path));
      return -1;
    }
  if (n == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NO_ACCESS,
                   _ ("“%s” became shorter while it was being sent. Start again with a file that "
                      "nothing else is changing."),
                   segment->path);
      return -1;
    }
  self->offset += n;
  return n;
}

static gboolean
fill_encoded (InbBodyStream *self, const InbSegment *segment, GError **error)
{
  gsize wanted = MIN (RAW_PIECE, (gsize) (segment->size - self->offset));
  gsize length = 0;
  int state = 0, save = 0;

  if (self->raw == NULL)
    {
      self->raw = g_malloc (RAW_PIECE);
      self->encoded = g_malloc (ENCODED_PIECE + 8); /* room the encoder asks for */
    }
  while (length < wanted)
    {
      gssize n = read_file (self, segment, self->raw + length, wanted - length, error);

      if (n < 0)
        return FALSE;
      length += (gsize) n;
    }
  self->encoded_length =
      g_base64_encode_step (self->raw, length, FALSE, self->encoded, &state, &save);
  self->encoded_length +=
      g_base64_encode_close (FALSE, self->encoded + self->encoded_length, &state, &save);
  self->encoded_offset = 0;
  return TRUE;
}

static gssize
read_text (InbBodyStream *self, const InbSegment *segment, void *buffer, gsize count)
{
  gsize size;
  const guint8 *text = g_bytes_get_data (segment->text, &size);
  gsize n = MIN (count, size - (gsize) self->offset);

  if (n > 0)
    memcpy (buffer, text + self->offset, n);
  self->offset += (gint64) n;
  return (gssize) n;
}

/* 0 at the end of the piece. */
static gssize
read_segment (InbBodyStream *self, const InbSegment *segment, void *buffer, gsize count,
              GError **error)
{
  gsize n;

  if (segment->text != NULL)
    return read_text (self, segment, buffer, count);
  if (segment->encoding == INB_BODY_PLAIN)
    return self->offset < segment->size ? read_file (self, segment, buffer, count, error) : 0;
  if (self->encoded_offset == self->encoded_length)
    {
      if (self->offset == segment->size)
        return 0;
      if (!fill_encoded (self, segment, error))
        return -1;
    }
  n = MIN (count, self->encoded_length - self->encoded_offset);
  memcpy (buffer, self->encoded + self->encoded_offset, n);
  self->encoded_offset += n;
  return (gssize) n;
}

/* The bytes lie in the reader's buffer, but it does not have them until the read returns. */
static gboolean
may_give (InbBodyStream *self, gsize n, GError **error)
{
  if (self->n_left < 0)
    return TRUE;
  self->n_left -= MIN (self->n_left, (gint64) n);
  if (self->n_left > 0)
    return TRUE;
  if (self->last != NULL && self->last (self->last_data, error))
    {
      self->n_left = -1;
      return TRUE;
    }
  if (self->last == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits for it any more.");
  return FALSE;
}

static gssize
inb_body_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                      GError **error)
{
  InbBodyStream *self = INB_BODY_STREAM (stream);
  gsize done = 0;

  while (done < count && self->index < self->segments->len)
    {
      gssize n = read_segment (self, g_ptr_array_index (self->segments, self->index),
                               (guint8 *) buffer + done, count - done, error);

      if (n < 0)
        return -1;
      done += (gsize) n;
      if (n > 0)
        continue;
      close_file (self);
      self->index++;
      self->offset = 0;
    }
  return may_give (self, done, error) ? (gssize) done : -1;
}

/* The parent's own way is a thread for every 8 KiB. A piece of a file of the store is there at
 * once. */
static void
inb_body_stream_read_async (GInputStream *stream, void *buffer, gsize count, int priority,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  gssize n;

  g_task_set_source_tag (task, inb_body_stream_read_async);
  g_task_set_priority (task, priority);
  n = inb_body_stream_read (stream, buffer, count, cancellable, &error);
  if (n < 0)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, n);
}

static gssize
inb_body_stream_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static gboolean
inb_body_stream_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  close_file (INB_BODY_STREAM (stream));
  return TRUE;
}

static void
inb_body_stream_finalize (GObject *object)
{
  InbBodyStream *self = INB_BODY_STREAM (object);

  close_file (self);
  g_ptr_array_unref (self->segments);
  g_free (self->raw);
  g_free (self->encoded);
  G_OBJECT_CLASS (inb_body_stream_parent_class)->finalize (object);
}

static void
inb_body_stream_class_init (InbBodyStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_body_stream_finalize;
  stream_class->read_fn = inb_body_stream_read;
  stream_class->read_async = inb_body_stream_read_async;
  stream_class->read_finish = inb_body_stream_read_finish;
  stream_class->close_fn = inb_body_stream_close;
}

static void
inb_body_stream_init (InbBodyStream *self)
{
  self->fd = -1;
  self->n_left = -1;
}

/**
 * inb_body_stream_new:
 * @segments: (element-type InbSegment): what to read, in order; not changed from here on
 *
 * Returns: (transfer full): a stream that reads and encodes files only while it is read itself. A
 * read gives as much as was asked for unless the body ends; it fails with %INB_ERROR_NO_ACCESS
 * where a file is gone or became shorter
 */
GInputStream *
inb_body_stream_new (GPtrArray *segments)
{
  InbBodyStream *self = g_object_new (INB_TYPE_BODY_STREAM, NULL);

  self->segments = g_ptr_array_ref (segments);
  return G_INPUT_STREAM (self);
}

/**
 * inb_body_stream_ask_last:
 * @self: a stream of which nothing was read
 * @length: bytes it has, > 0
 * @last: (nullable): asked from within the read that would give the last of them, before it gives
 * any; %NULL: nobody any more, and the last are never given
 * @user_data: for @last
 *
 * May be called again with %NULL when the one that was asked goes.
 */
void
inb_body_stream_ask_last (InbBodyStream *self, gint64 length, InbBodyLast last, gpointer user_data)
{
  if (last != NULL)
    self->n_left = length;
  self->last = last;
  self->last_data = user_data;
}
