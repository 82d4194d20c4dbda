/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-miniature.h"

#include "render/inb-farm.h"

typedef struct
{
  const InbPixels *photo;
  InbMiniature *miniature;
} Shrinking;

/* Adds a run of px up: red, green and blue on white, in 1/255 or 1/65535. */
static void
add_run (const InbPixels *photo, guint y, guint from, guint to, guint64 sums[3])
{
  const guint8 *row = (const guint8 *) g_bytes_get_data (photo->bytes, NULL) + y * photo->stride;
  guint n = inb_pixel_format_get_n_channels (photo->format);

  if (photo->format == INB_PIXELS_RGB8)
    for (guint at = from * 3; at < to * 3; at += 3)
      for (guint i = 0; i < 3; i++)
        sums[i] += row[at + i];
  else if (photo->format == INB_PIXELS_RGBA8)
    for (guint at = from * n; at < to * n; at += n)
      for (guint i = 0; i < 3; i++)
        sums[i] += (row[at + i] * row[at + 3] + 255U * (255U - row[at + 3]) + 127U) / 255U;
  else
    for (guint at = from * n; at < to * n; at += n)
      for (guint i = 0; i < 3; i++)
        {
          const guint16 *wide = (const guint16 *) (const void *) row;
          guint64 alpha = n == 4 ? wide[at + 3] : 65535;

          sums[i] += (wide[at + i] * alpha + 65535 * (65535 - alpha) + 32767) / 65535;
        }
}

/* ITU-R BT.709-6, 3.2 and 3.3, at full range. */
static void
shrink_row_cb (guint task, gpointer user_data)
{
  const Shrinking *self = user_data;
  const InbPixels *photo = self->photo;
  InbMiniature *small = self->miniature;
  gboolean wide = photo->format == INB_PIXELS_RGB16 || photo->format == INB_PIXELS_RGBA16;
  guint width = (guint) small->width, height = (guint) small->height;
  guint top = task * photo->height / height, bottom = (task + 1) * photo->height / height;

  for (guint x = 0; x < width; x++)
    {
      guint left = x * photo->width / width, right = (x + 1) * photo->width / width;
      double n = (double) (right - left) * (bottom - top) * (wide ? 257.0 : 1.0);
      guint64 sums[3] = { 0, 0, 0 };
      double luma;

      for (guint y = top; y < bottom; y++)
        add_run (photo, y, left, right, sums);
      luma =
          (0.2126 * (double) sums[0] + 0.7152 * (double) sums[1] + 0.0722 * (double) sums[2]) / n;
      small->channels[0][task * width + x] = (float) luma;
      small->channels[1][task * width + x] = (float) (((double) sums[2] / n - luma) / 1.8556);
      small->channels[2][task * width + x] = (float) (((double) sums[0] / n - luma) / 1.5748);
    }
}

/**
 * inb_miniature_new:
 * @photo: (transfer none): a photo; transparent parts are seen on white
 * @long_side: px of the longer side; a smaller photo stays as it is
 * @n_threads: threads to use, ≥ 1; the miniature is the same for any number
 *
 * Returns: (transfer full): the photo, small: each px the mean of those it stands for
 */
InbMiniature *
inb_miniature_new (const InbPixels *photo, guint long_side, guint n_threads)
{
  InbMiniature *self = g_new0 (InbMiniature, 1);
  Shrinking shrinking = { photo, self };
  double ratio = MAX (1.0, (double) MAX (photo->width, photo->height) / long_side);

  self->width = (int) MAX (1.0, photo->width / ratio + 0.5);
  self->height = (int) MAX (1.0, photo->height / ratio + 0.5);
  for (guint i = 0; i < 3; i++)
    self->channels[i] = g_new (float, (gsize) self->width *(gsize) self->height);
  inb_farm_each (n_threads, (guint) self->height, shrink_row_cb, &shrinking);
  return self;
}

/**
 * inb_miniature_free:
 * @self: (transfer full): a miniature
 */
void
inb_miniature_free (InbMiniature *self)
{
  for (guint i = 0; i < 3; i++)
    g_free (self->channels[i]);
  g_free (self);
}
