/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-y4m.h"

#include <string.h>
#include <unistd.h>

#include "render/inb-output.h"

struct _InbY4m
{
  char *path;
  int fd;
};

/**
 * inb_y4m_open:
 * @path: a file, or "-" for standard output
 * @width: px, even
 * @height: px, even
 * @fps: frames a second
 * @error: as inb_output_create() and inb_output_write()
 *
 * Writes the header of an uncompressed clip: planar 4:2:0, BT.709 limited, chroma sited as in
 * MPEG-2. The format is that of mjpegtools' yuv4mpeg(5); XCOLORRANGE is ffmpeg's extension.
 *
 * Returns: (transfer full) (nullable): a writer
 */
InbY4m *
inb_y4m_open (const char *path, guint width, guint height, guint fps, GError **error)
{
  g_autofree char *header = g_strdup_printf (
      "YUV4MPEG2 W%u H%u F%u:1 Ip A1:1 C420mpeg2 XCOLORRANGE=LIMITED\n", width, height, fps);
  g_autoptr (InbY4m) self = g_new0 (InbY4m, 1);

  self->path = g_strdup (path);
  self->fd = g_str_equal (path, "-") ? dup (STDOUT_FILENO) : inb_output_create (path, error);
  if (self->fd < 0 || !inb_output_write (self->fd, header, strlen (header), path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * inb_y4m_push:
 * @self: an open writer
 * @frame: width × height luma bytes, then two chroma planes of half width and height, unpadded
 * @error: as inb_output_write()
 *
 * Returns: %FALSE if the frame is not written
 */
gboolean
inb_y4m_push (InbY4m *self, GBytes *frame, GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (frame, &length);

  return inb_output_write (self->fd, "FRAME\n", 6, self->path, error) &&
         inb_output_write (self->fd, data, length, self->path, error);
}

/**
 * inb_y4m_close:
 * @self: an open writer
 * @error: as inb_output_sync()
 *
 * Puts everything on the disk. @self is still to be freed.
 *
 * Returns: %FALSE if the clip is not whole
 */
gboolean
inb_y4m_close (InbY4m *self, GError **error)
{
  return inb_output_sync (self->fd, self->path, error);
}

/**
 * inb_y4m_free:
 * @self: (transfer full): a writer; the file stays as it is
 */
void
inb_y4m_free (InbY4m *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}
