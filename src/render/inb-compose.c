/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-compose.h"

#include <math.h>

#define TILE_SAMPLES (INB_TILE_ROWS * INB_TILE_COLUMNS)

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
 * inb_source_clear:
 * @self: whose samplers are freed
 */
void
inb_source_clear (InbSource *self)
{
  g_clear_pointer (&self->sharp, inb_sampler_free);
  g_clear_pointer (&self->soft, inb_sampler_free);
}

static gint16
to_weight (double share)
{
  return (gint16) CLAMP (floor (share * 32768.0 + 0.5), 0.0, 32767.0);
}

/**
 * inb_source_draw_tile:
 * @self: a source
 * @x: first column, a multiple of %INB_TILE_COLUMNS
 * @y: first row, a multiple of %INB_TILE_ROWS
 * @n: columns, ≤ %INB_TILE_COLUMNS
 * @tile: (out caller-allocates): %INB_TILE_ROWS × %INB_TILE_COLUMNS samples, aligned to 32 bytes
 * @spare: (out caller-allocates): room for another tile
 *
 * Samples one picture; its weight is not read.
 */
void
inb_source_draw_tile (const InbSource *self, guint x, guint y, guint n, gint16 *tile, gint16 *spare)
{
  inb_sampler_draw_tile (self->sharp, x, y, n, tile);
  if (self->soft == NULL)
    return;
  inb_sampler_draw_tile (self->soft, x, y, n, spare);
  inb_kernels_get ()->mix (tile, spare, to_weight (self->blend));
}

/**
 * inb_compose_finish_row:
 * @in: @n samples of a row, and room to a multiple of 16
 * @y: number of the row
 * @n: samples
 * @out: (out caller-allocates): @n bytes, 1…254
 *
 * Brings one row of a plane of a frame to 8 bits with the same ordered dither.
 */
void
inb_compose_finish_row (const gint16 *in, guint y, guint n, guint8 *out)
{
  inb_kernels_get ()->finish (in, dither[y % 8], n, out);
}

/**
 * inb_compose_plane:
 * @sources: (array length=n_sources): lowest first; the weight of the first one is not read
 * @n_sources: ≥ 1
 * @width: of the plane
 * @height: of the plane
 * @out: (out caller-allocates): @width × @height bytes, unpadded, 1…254
 *
 * Makes one plane of one frame, tile by tile, and brings it to 8 bits with an ordered dither.
 */
void
inb_compose_plane (const InbSource *sources, guint n_sources, guint width, guint height,
                   guint8 *out)
{
  const InbKernels *kernels = inb_kernels_get ();
  gint16 tile[TILE_SAMPLES] INB_ALIGNED = { 0 };
  gint16 over[TILE_SAMPLES] INB_ALIGNED = { 0 };
  gint16 spare[TILE_SAMPLES] INB_ALIGNED = { 0 };

  for (guint y = 0; y < height; y += INB_TILE_ROWS)
    for (guint x = 0; x < width; x += INB_TILE_COLUMNS)
      {
        guint n = MIN (INB_TILE_COLUMNS, width - x);

        inb_source_draw_tile (&sources[0], x, y, n, tile, spare);
        for (guint i = 1; i < n_sources; i++)
          {
            inb_source_draw_tile (&sources[i], x, y, n, over, spare);
            kernels->mix (tile, over, to_weight (sources[i].weight));
          }
        for (guint row = 0; row < MIN (INB_TILE_ROWS, height - y); row++)
          kernels->finish (tile + row * INB_TILE_COLUMNS, dither[row % 8], n,
                           out + (gsize) (y + row) * width + x);
      }
}
