/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  INB_PIXELS_RGB8,
  INB_PIXELS_RGBA8,
  INB_PIXELS_RGB16,
  INB_PIXELS_RGBA16,
} InbPixelFormat;

/**
 * InbPixels:
 * @width: px, ≥ 1
 * @height: px, ≥ 1
 * @stride: bytes from one row to the next, ≥ width × bytes of a pixel
 * @format: sRGB, straight (not premultiplied) alpha, 16 bit in the machine's byte order
 * @bytes: at least height × stride bytes, top row first
 *
 * A decoded photo on its way from src/photo to src/render. Immutable once made.
 */
typedef struct
{
  guint width;
  guint height;
  gsize stride;
  InbPixelFormat format;
  GBytes *bytes;
} InbPixels;

InbPixels *inb_pixels_new (guint width, guint height, gsize stride, InbPixelFormat format,
                           GBytes *bytes);
void inb_pixels_free (InbPixels *self);
guint inb_pixel_format_get_n_channels (InbPixelFormat format);
guint inb_pixel_format_get_n_bytes (InbPixelFormat format);
guint8 inb_pixels_sample_grey (const InbPixels *self, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPixels, inb_pixels_free)

G_END_DECLS
