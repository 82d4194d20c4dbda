/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-outlet.h"

#include <string.h>

#include "render/inb-kernels.h"

/* Thresholds of an ordered dither, 8 × 8 (Bayer 1973), the row twice: each of 0…63 once, so that
 * the mean of an area stays what it was and whole code values stay themselves. */
static const gint16 dither[8][16] = {
  { 0, 32, 8, 40, 2, 34, 10, 42, 0, 32, 8, 40, 2, 34, 10, 42 },
  { 48, 16, 56, 24, 50, 18, 58, 26, 48, 16, 56, 24, 50, 18, 58, 26 },
  { 12, 44, 4, 36, 14, 46, 6, 38, 12, 44, 4, 36, 14, 46, 6, 38 },
  { 60, 28, 52, 20, 62, 30, 54, 22, 60, 28, 52, 20, 62, 30, 54, 22 },
  { 3, 35, 11, 43, 1, 33, 9, 41, 3, 35, 11, 43, 1, 33, 9, 41 },
  { 51, 19, 59, 27, 49, 17, 57, 25, 51, 19, 59, 27, 49, 17, 57, 25 },
  { 15, 47, 7, 39, 13, 45, 5, 37, 15, 47, 7, 39, 13, 45, 5, 37 },
  { 63, 31, 55, 23, 61, 29, 53, 21, 63, 31, 55, 23, 61, 29, 53, 21 },
};

/**
 * inb_outlet_put:
 * @self: an outlet
 * @area: a part of a plane
 * @samples: its samples, laid out as #InbArea says; are changed
 *
 * Lays light and air over what is drawn, and brings it to 8 bits with an ordered dither.
 */
void
inb_outlet_put (const InbOutlet *self, const InbArea *area, gint16 *samples)
{
  guint divisor = area->plane == 0 ? 1 : 2, width = self->width / divisor;
  gsize before = 0;

  for (guint row = 0; self->planes != NULL && row < area->n_rows; row++)
    {
      const InbPlane *plane = self->planes[area->plane];

      memcpy (plane->data + (gssize) (area->y + row) * plane->stride + area->x,
              samples + row * INB_TILE_COLUMNS, area->n_columns * sizeof (gint16));
    }
  if (self->planes != NULL)
    return;
  if (self->air != NULL)
    inb_air_frame_apply (self->air, area, samples);
  if (area->plane > 0)
    before =
        (gsize) self->width * self->height + (area->plane - 1) * (gsize) width * (self->height / 2);
  for (guint row = 0; row < area->n_rows; row++)
    inb_kernels_get ()->finish (samples + row * INB_TILE_COLUMNS, dither[(area->y + row) % 8],
                                area->n_columns,
                                self->i420 + before + (gsize) (area->y + row) * width + area->x);
}

/**
 * inb_outlet_put_row:
 * @self: an outlet
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @y: number of a row
 * @samples: the whole row, and room to a multiple of 16; are changed
 *
 * The same for one row.
 */
void
inb_outlet_put_row (const InbOutlet *self, guint plane, guint y, gint16 *samples)
{
  guint width = self->width / (plane == 0 ? 1 : 2);

  for (guint x = 0; x < width; x += INB_TILE_COLUMNS)
    {
      InbArea area = { plane, x, y, MIN (INB_TILE_COLUMNS, width - x), 1 };

      inb_outlet_put (self, &area, samples + x);
    }
}
