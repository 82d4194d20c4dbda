/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-body.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "core/inb-error.h"
#include "net/inb-body-stream.h"

/* Bytes read at a time for the hash; chosen. */
#define HASH_PIECE (64 * 1024)

struct _InbBody
{
  gatomicrefcount ref_count;
  char *content_type;
  GPtrArray *segments;
  gint64 length;
};

static void
segment_free (gpointer data)
{
  InbSegment *segment = data;

  g_clear_pointer (&segment->text, g_bytes_unref);
  g_free (segment->path);
  g_free (segment);
}

/**
 * inb_body_new:
 * @content_type: "application/json" and the like
 *
 * Returns: (transfer full): an empty body
 */
InbBody *
inb_body_new (const char *content_type)
{
  InbBody *self = g_new0 (InbBody, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->content_type = g_strdup (content_type);
  self->segments = g_ptr_array_new_with_free_func (segment_free);
  return self;
}

/**
 * inb_body_ref:
 * @self: a body, complete
 *
 * Returns: (transfer full): the same, to be given to inb_body_free() once more
 */
InbBody *
inb_body_ref (InbBody *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * inb_body_free:
 * @self: (transfer full): a body
 *
 * Lets go of it; streams that were opened go on.
 */
void
inb_body_free (InbBody *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->content_type);
  g_ptr_array_unref (self->segments);
  g_free (self);
}

/**
 * inb_body_add_text:
 * @self: a body that was not opened yet
 * @text: what is sent as it is
 * @length: bytes, −1 for a text that ends with NUL
 */
void
inb_body_add_text (InbBody *self, const char *text, gssize length)
{
  InbSegment *segment = g_new0 (InbSegment, 1);

  segment->text = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  self->length += (gint64) g_bytes_get_size (segment->text);
  g_ptr_array_add (self->segments, segment);
}

/**
 * inb_body_add_file:
 * @self: a body that was not opened yet
 * @path: of a regular file; it is read when the body is, and must stay as it is until then
 * @encoding: how its bytes are sent
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_BAD_INPUT
 *
 * The size is taken now: a file that grows is sent up to it, one that shrinks is an error then.
 *
 * Returns: %FALSE on an error
 */
gboolean
inb_body_add_file (InbBody *self, const char *path, InbBodyEncoding encoding, GError **error)
{
  InbSegment *segment;
  struct stat found;

  if (stat (path, &found) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, path));
      return FALSE;
    }
  if (!S_ISREG (found.st_mode))
    return inb_error_refuse (error, _ ("“%s” is no file. Choose a file."), path);
  segment = g_new0 (InbSegment, 1);
  segment->path = g_strdup (path);
  segment->size = found.st_size;
  segment->encoding = encoding;
  self->length += encoding == INB_BODY_BASE64 ? (segment->size + 2) / 3 * 4 : segment->size;
  g_ptr_array_add (self->segments, segment);
  return TRUE;
}

/**
 * inb_body_get_content_type:
 * @self: a body
 *
 * Returns: (transfer none): the media type
 */
const char *
inb_body_get_content_type (const InbBody *self)
{
  return self->content_type;
}

/**
 * inb_body_get_length:
 * @self: a body
 *
 * Returns: how many bytes are sent, encoded
 */
gint64
inb_body_get_length (const InbBody *self)
{
  return self->length;
}

/**
 * inb_body_open:
 * @self: a body; nothing may be added from here on
 *
 * Returns: (transfer full): a stream of exactly inb_body_get_length() bytes, which holds no more
 * than 112 KiB of them and cannot go back
 */
GInputStream *
inb_body_open (const InbBody *self)
{
  return inb_body_stream_new (self->segments);
}

/**
 * inb_body_hash:
 * @self: a body
 * @error: what reading a file can say
 *
 * Returns: (transfer full) (nullable): SHA-256 of exactly the bytes that are sent, 64 hexadecimal
 * digits
 */
char *
inb_body_hash (const InbBody *self, GError **error)
{
  g_autoptr (GInputStream) stream = inb_body_open (self);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (HASH_PIECE);
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, HASH_PIECE, NULL, error)) > 0)
    g_checksum_update (checksum, buffer, n);
  return n == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}
