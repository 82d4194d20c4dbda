/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-clip-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-ebml.h"

#define HASH_PIECE_BYTES (256 * 1024)

/* Opening must not wait: a FIFO without a writer would hold the worker for ever. */
static gboolean
open_regular (InbClipFile *self, const char *path, GError **error)
{
  struct stat status;

  self->fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    g_propagate_error (error, inb_error_new_for_errno (errno, self->name));
  else if (S_ISDIR (status.st_mode))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                 _ ("“%s” is a folder. Choose one video in it."), self->name);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                 _ ("“%s” is not a file but a pipe or a device. Choose a video file."), self->name);
  else if (status.st_size == 0)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                 _ ("“%s” is empty. Get it again from where it came."), self->name);
  else
    {
      self->size = status.st_size;
      return TRUE;
    }
  return FALSE;
}

static gboolean
sniff (InbClipFile *self, GError **error)
{
  static const guint8 ebml[] = { 0x1a, 0x45, 0xdf, 0xa3 };
  guint8 head[12] = { 0 };

  if (pread (self->fd, head, sizeof head, 0) < 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, self->name));
      return FALSE;
    }
  if (memcmp (head + 4, "ftyp", 4) == 0)
    self->container = "mp4";
  else if (memcmp (head, ebml, sizeof ebml) == 0)
    self->container = "webm";
  else
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                 _ ("“%s” is not a video that Inbetween reads. Choose an MP4, MOV or WebM file."),
                 self->name);
  return self->container != NULL;
}

static gboolean
walk (InbClipFile *self, GError **error)
{
  if (g_str_equal (self->container, "webm"))
    return inb_ebml_walk (self->fd, self->name, error);
  if (!inb_boxes_walk (self->fd, self->name, &self->boxes, error))
    return FALSE;
  if (self->boxes.quicktime)
    self->container = "mov";
  return TRUE;
}

/**
 * inb_clip_file_open:
 * @path: a file of any kind
 * @error: %INB_ERROR_NO_ACCESS if it is missing or may not be read; %INB_ERROR_BAD_CLIP for a
 * folder, a pipe, an empty file, what is not a video, and what is not whole
 *
 * Checks a foreign file without decoding anything and without a library: kind, first bytes, then
 * all boxes or elements.
 *
 * Returns: (transfer full) (nullable): the open file
 */
InbClipFile *
inb_clip_file_open (const char *path, GError **error)
{
  g_autoptr (InbClipFile) self = g_new0 (InbClipFile, 1);

  self->name = g_filename_display_basename (path);
  if (!open_regular (self, path, error) || !sniff (self, error) || !walk (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * inb_clip_file_hash:
 * @self: an open file
 * @error: %INB_ERROR_FAILED if it cannot be read
 *
 * Returns: (transfer full) (nullable): 64 hex digits, SHA-256 of all bytes
 */
char *
inb_clip_file_hash (InbClipFile *self, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (HASH_PIECE_BYTES);
  gint64 offset = 0;

  while (offset < self->size)
    {
      gssize n = pread (self->fd, piece, HASH_PIECE_BYTES, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_propagate_error (error, inb_error_new_for_errno (n < 0 ? errno : EIO, self->name));
          return NULL;
        }
      g_checksum_update (checksum, piece, n);
      offset += n;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * inb_clip_file_free:
 * @self: (transfer full): an open file
 */
void
inb_clip_file_free (InbClipFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self);
}
