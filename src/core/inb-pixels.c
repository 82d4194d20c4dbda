/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-pixels.h"

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
