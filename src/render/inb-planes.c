/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-planes.h"

#include <string.h>

#include "render/inb-farm.h"

/* Rows that one thread converts at a time. */
#define ROWS_A_TASK 32

typedef struct
{
  const InbPixels *pixels;
  InbPlane **planes;
} Conversion;

/**
 * inb_plane_new:
 * @width: samples, ≥ 1
 * @height: rows, ≥ 1
 *
 * Returns: (transfer full): a plane with undefined samples; call inb_plane_pad() when it is filled
 */
InbPlane *
inb_plane_new (int width, int height)
{
  InbPlane *self = g_new0 (InbPlane, 1);

  self->width = width;
  self->height = height;
  self->stride = (width + 2 * INB_PLANE_PAD_X + 15) & ~15;
  self->memory = g_new (gint16, (gsize) self->stride * (gsize) (height + 2 * INB_PLANE_PAD_Y));
  self->data = self->memory + INB_PLANE_PAD_Y * self->stride + INB_PLANE_PAD_X;
  return self;
}

/**
 * inb_plane_free:
 * @self: (transfer full): a plane
 */
void
inb_plane_free (InbPlane *self)
{
  g_free (self->memory);
  g_free (self);
}

static int
mirror (int index, int length)
{
  while (index < 0 || index >= length)
    index = index < 0 ? -1 - index : 2 * length - 1 - index;
  return index;
}

/**
 * inb_plane_pad:
 * @self: a plane with all its samples
 *
 * Continues the picture as its mirror image on all four sides.
 */
void
inb_plane_pad (InbPlane *self)
{
  gsize pitch = (gsize) self->stride * sizeof (gint16);

  for (int y = 0; y < self->height; y++)
    {
      gint16 *row = self->data + y * self->stride;

      for (int i = 1; i <= INB_PLANE_PAD_X; i++)
        row[-i] = row[mirror (-i, self->width)];
      for (int x = self->width; x < self->stride - INB_PLANE_PAD_X; x++)
        row[x] = row[mirror (x, self->width)];
    }
  for (int i = -INB_PLANE_PAD_Y; i < self->height + INB_PLANE_PAD_Y; i++)
    if (i < 0 || i >= self->height)
      memcpy (self->data + i * self->stride - INB_PLANE_PAD_X,
              self->data + mirror (i, self->height) * self->stride - INB_PLANE_PAD_X, pitch);
}

/* ITU-R BT.709-6, 3.2 and 3.4, with R, G and B as 0…1; transparent pixels stand on white. */
static inline void
store_pixel (float red, float green, float blue, gint16 *luma, gint16 *cb, gint16 *cr)
{
  float y = 0.2126F * red + 0.7152F * green + 0.0722F * blue;
  float scaled_y = (16.0F + 219.0F * y) * INB_PLANE_ONE;
  float scaled_cb = (128.0F + 224.0F / 1.8556F * (blue - y)) * INB_PLANE_ONE;
  float scaled_cr = (128.0F + 224.0F / 1.5748F * (red - y)) * INB_PLANE_ONE;

  *luma = (gint16) (scaled_y + 0.5F);
  *cb = (gint16) (scaled_cb + 0.5F);
  *cr = (gint16) (scaled_cr + 0.5F);
}

static void
convert_row_8 (const guint8 *in, guint n, guint n_channels, gint16 *out[3])
{
  for (guint x = 0; x < n; x++, in += n_channels)
    {
      float scale = n_channels == 4 ? (float) in[3] / (255.0F * 255.0F) : 1.0F / 255.0F;
      float white = n_channels == 4 ? 1.0F - (float) in[3] / 255.0F : 0.0F;

      store_pixel ((float) in[0] * scale + white, (float) in[1] * scale + white,
                   (float) in[2] * scale + white, out[0] + x, out[1] + x, out[2] + x);
    }
}

static void
convert_row_16 (const guint16 *in, guint n, guint n_channels, gint16 *out[3])
{
  for (guint x = 0; x < n; x++, in += n_channels)
    {
      float scale = n_channels == 4 ? (float) in[3] / (65535.0F * 65535.0F) : 1.0F / 65535.0F;
      float white = n_channels == 4 ? 1.0F - (float) in[3] / 65535.0F : 0.0F;

      store_pixel ((float) in[0] * scale + white, (float) in[1] * scale + white,
                   (float) in[2] * scale + white, out[0] + x, out[1] + x, out[2] + x);
    }
}

static void
convert_rows_cb (guint task, gpointer user_data)
{
  const Conversion *self = user_data;
  const InbPixels *pixels = self->pixels;
  const guint8 *bytes = g_bytes_get_data (pixels->bytes, NULL);
  guint n_channels = inb_pixel_format_get_n_channels (pixels->format);
  gboolean wide = pixels->format == INB_PIXELS_RGB16 || pixels->format == INB_PIXELS_RGBA16;

  for (guint y = task * ROWS_A_TASK; y < MIN ((task + 1) * ROWS_A_TASK, pixels->height); y++)
    {
      const guint8 *in = bytes + y * pixels->stride;
      gint16 *out[3];

      for (guint i = 0; i < 3; i++)
        out[i] = self->planes[i]->data + (gssize) y * self->planes[i]->stride;
      if (wide)
        convert_row_16 ((const guint16 *) (const void *) in, pixels->width, n_channels, out);
      else if (n_channels == 3) /* written out, so that the compiler makes a loop for each */
        convert_row_8 (in, pixels->width, 3, out);
      else
        convert_row_8 (in, pixels->width, 4, out);
    }
}

/**
 * inb_planes_from_pixels:
 * @pixels: a photo, sRGB
 * @n_threads: threads to use, ≥ 1; the planes are the same for any number
 * @planes: (out) (array fixed-size=3) (transfer full): Y', Cb and Cr, each as large as the photo,
 * padded
 *
 * Converts a photo once, before it is resampled. Alpha is flattened on white.
 */
void
inb_planes_from_pixels (const InbPixels *pixels, guint n_threads, InbPlane *planes[3])
{
  Conversion conversion = { pixels, planes };

  for (guint i = 0; i < 3; i++)
    planes[i] = inb_plane_new ((int) pixels->width, (int) pixels->height);
  inb_farm_each (n_threads, (pixels->height + ROWS_A_TASK - 1) / ROWS_A_TASK, convert_rows_cb,
                 &conversion);
  for (guint i = 0; i < 3; i++)
    inb_plane_pad (planes[i]);
}
