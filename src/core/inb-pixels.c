/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-pixels.h"

#include <string.h>

/**
 * inb_pixels_new:
 * @width: px, ≥ 1
 * @height: px, ≥ 1
 * @stride: bytes a row, ≥ @width × inb_pixel_format_get_n_bytes()
 * @format: what a pixel is
 * @bytes: (transfer none): the rows, top first; at least @height × @stride bytes
 *
 * Returns: (transfer full): the picture; free with inb_pixels_free()
 */
InbPixels *
inb_pixels_new (guint width, guint height, gsize stride, InbPixelFormat format, GBytes *bytes)
{
  InbPixels *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (stride >= (gsize) width * inb_pixel_format_get_n_bytes (format), NULL);
  g_return_val_if_fail (g_bytes_get_size (bytes) / stride >= height, NULL);

  self = g_new0 (InbPixels, 1);
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->format = format;
  self->bytes = g_bytes_ref (bytes);
  return self;
}

/**
 * inb_pixels_free:
 * @self: (transfer full): a picture
 */
void
inb_pixels_free (InbPixels *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * inb_pixel_format_get_n_channels:
 * @format: a format
 *
 * Returns: 3 without, 4 with alpha
 */
guint
inb_pixel_format_get_n_channels (InbPixelFormat format)
{
  return format == INB_PIXELS_RGB8 || format == INB_PIXELS_RGB16 ? 3 : 4;
}

/**
 * inb_pixel_format_get_n_bytes:
 * @format: a format
 *
 * Returns: bytes of one pixel: 3, 4, 6 or 8
 */
guint
inb_pixel_format_get_n_bytes (InbPixelFormat format)
{
  guint sample = format == INB_PIXELS_RGB16 || format == INB_PIXELS_RGBA16 ? 2 : 1;

  return sample * inb_pixel_format_get_n_channels (format);
}

static guint8
read_grey (const InbPixels *self, guint x, guint y)
{
  const guint8 *row = (const guint8 *) g_bytes_get_data (self->bytes, NULL) + y * self->stride;
  const guint8 *pixel = row + x * inb_pixel_format_get_n_bytes (self->format);
  guint16 wide;

  if (self->format == INB_PIXELS_RGB8 || self->format == INB_PIXELS_RGBA8)
    return *pixel;
  memcpy (&wide, pixel, sizeof wide);
  return wide >> 8;
}

/**
 * inb_pixels_sample_grey:
 * @self: a grey picture: all its channels but alpha are alike
 * @x: px, with centres at halves; the border goes on outside
 * @y: the same
 *
 * Returns: between the four samples around, in 8 bits
 */
guint8
inb_pixels_sample_grey (const InbPixels *self, double x, double y)
{
  double left = CLAMP (x - 0.5, 0.0, self->width - 1.0);
  double top = CLAMP (y - 0.5, 0.0, self->height - 1.0);
  guint column = (guint) left, row = (guint) top;
  guint next = MIN (column + 1, self->width - 1), below = MIN (row + 1, self->height - 1);
  double across = left - column, down = top - row;
  double upper =
      read_grey (self, column, row) * (1.0 - across) + read_grey (self, next, row) * across;
  double lower =
      read_grey (self, column, below) * (1.0 - across) + read_grey (self, next, below) * across;

  return (guint8) (upper * (1.0 - down) + lower * down + 0.5);
}
