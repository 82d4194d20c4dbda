/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-y4m-store.h"

#include <stdio.h>
#include <string.h>

/* The frames of one short uncompressed clip, as they come from a pipe: one thread reads, others
 * make pictures of what is there. They are kept as they came, 12 bits a pixel: as pictures they
 * would take nearly three times as much. */
struct _InbY4mStore
{
  gatomicrefcount references;
  guint n_expected;

  GMutex lock; /* what follows */
  GPtrArray *frames;
  guint width;
  guint height;
  guint fps;
  gboolean ended; /* no frame comes any more */
};

/* Whatever the stream says of itself: one clip takes no more than this. */
#define MAX_BYTES (60 * 1000 * 1000)
#define MAX_SIDE 4096
#define MAX_HEADER_BYTES 256

/**
 * inb_y4m_store_new:
 * @n_frames: how many the whole clip has; later ones are not read
 *
 * Returns: (transfer full): an empty store
 */
InbY4mStore *
inb_y4m_store_new (guint n_frames)
{
  InbY4mStore *self = g_new0 (InbY4mStore, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->n_expected = n_frames;
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

/**
 * inb_y4m_store_ref:
 * @self: a store
 *
 * Returns: (transfer full): the same; any thread may hold it
 */
InbY4mStore *
inb_y4m_store_ref (InbY4mStore *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * inb_y4m_store_unref:
 * @self: (transfer full): a store
 */
void
inb_y4m_store_unref (InbY4mStore *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->frames);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
read_line (GInputStream *stream, char *line, GCancellable *cancellable)
{
  for (gsize length = 0; length < MAX_HEADER_BYTES - 1; length++)
    {
      if (g_input_stream_read (stream, line + length, 1, cancellable, NULL) != 1)
        return FALSE;
      if (line[length] == '\n')
        {
          line[length] = '\0';
          return TRUE;
        }
    }
  return FALSE;
}

/* As the engine writes it: yuv4mpeg(5) with width, height and rate first, planar 4:2:0. */
static gboolean
read_header (InbY4mStore *self, GInputStream *stream, gsize *frame_bytes, GCancellable *cancellable)
{
  char line[MAX_HEADER_BYTES];
  guint width, height, fps;

  if (!read_line (stream, line, cancellable) ||
      /* NOLINTNEXTLINE(cert-err34-c): the engine's own words, and each number is looked at */
      sscanf (line, "YUV4MPEG2 W%u H%u F%u:1 ", &width, &height, &fps) != 3 || width == 0 ||
      height == 0 || fps == 0 || width > MAX_SIDE || height > MAX_SIDE || width % 2 != 0 ||
      height % 2 != 0)
    return FALSE;
  *frame_bytes = (gsize) width * height * 3 / 2;
  g_mutex_lock (&self->lock);
  self->width = width;
  self->height = height;
  self->fps = fps;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static GBytes *
read_frame (GInputStream *stream, gsize frame_bytes, GCancellable *cancellable)
{
  char line[MAX_HEADER_BYTES];
  g_autofree guint8 *pixels = NULL;
  gsize n_read;

  if (!read_line (stream, line, cancellable) || !g_str_has_prefix (line, "FRAME"))
    return NULL;
  pixels = g_try_malloc (frame_bytes);
  if (pixels == NULL ||
      !g_input_stream_read_all (stream, pixels, frame_bytes, &n_read, cancellable, NULL) ||
      n_read < frame_bytes)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&pixels), frame_bytes);
}

/**
 * inb_y4m_store_read:
 * @self: an empty store
 * @stream: where a clip comes from
 * @cancellable: (nullable): ends it
 *
 * Reads the clip to its end, which may be long: for a thread of its own.
 */
void
inb_y4m_store_read (InbY4mStore *self, GInputStream *stream, GCancellable *cancellable)
{
  gsize frame_bytes = 0;
  guint n_frames = 0;

  if (read_header (self, stream, &frame_bytes, cancellable))
    for (; n_frames < self->n_expected && (n_frames + 1) * frame_bytes <= MAX_BYTES; n_frames++)
      {
        GBytes *frame = read_frame (stream, frame_bytes, cancellable);

        if (frame == NULL)
          break;
        g_mutex_lock (&self->lock);
        g_ptr_array_add (self->frames, frame);
        g_mutex_unlock (&self->lock);
      }
  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_mutex_unlock (&self->lock);
}

/**
 * inb_y4m_store_get_progress:
 * @self: a store, being read
 * @fps: (out): frames a second; 0 as long as nothing came
 * @ended: (out): whether all is read
 *
 * Returns: how many frames are there
 */
guint
inb_y4m_store_get_progress (InbY4mStore *self, guint *fps, gboolean *ended)
{
  guint n_frames;

  g_mutex_lock (&self->lock);
  n_frames = self->frames->len;
  *fps = self->fps;
  *ended = self->ended;
  g_mutex_unlock (&self->lock);
  return n_frames;
}

static guint8
clamp (int value)
{
  return (guint8) CLAMP (value, 0, 255);
}

/* BT.709 of limited range (ITU-R BT.709-6, 3.3 to 3.5) in 256ths, to blue, green, red, opaque; a
 * chroma sample serves four pixels, which at this size nobody sees. */
static void
convert_row (const guint8 *luma, const guint8 *cb, const guint8 *cr, guint8 *out, guint width)
{
  for (guint x = 0; x < width; x++, out += 4)
    {
      int y = 298 * (luma[x] - 16) + 128;
      int u = cb[x / 2] - 128, v = cr[x / 2] - 128;

      out[0] = clamp ((y + 541 * u) >> 8);
      out[1] = clamp ((y - 55 * u - 136 * v) >> 8);
      out[2] = clamp ((y + 459 * v) >> 8);
      out[3] = 255;
    }
}

/**
 * inb_y4m_store_make_texture:
 * @self: a store
 * @index: of a frame that is there
 *
 * Any thread may ask.
 *
 * Returns: (transfer full) (nullable): a picture of it
 */
GdkTexture *
inb_y4m_store_make_texture (InbY4mStore *self, guint index)
{
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *luma, *cb, *cr;
  gsize width, height;
  guint8 *pixels;

  g_mutex_lock (&self->lock);
  if (index < self->frames->len)
    frame = g_bytes_ref (g_ptr_array_index (self->frames, index));
  width = self->width;
  height = self->height;
  g_mutex_unlock (&self->lock);
  if (frame == NULL)
    return NULL;
  luma = g_bytes_get_data (frame, NULL);
  cb = luma + width * height;
  cr = cb + width * height / 4;
  pixels = g_malloc (width * height * 4);
  for (gsize y = 0; y < height; y++)
    convert_row (luma + y * width, cb + y / 2 * (width / 2), cr + y / 2 * (width / 2),
                 pixels + y * width * 4, (guint) width);
  bytes = g_bytes_new_take (pixels, width * height * 4);
  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                 bytes, width * 4);
}
