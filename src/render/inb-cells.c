/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-cells.h"

#include <string.h>

#include "render/inb-farm.h"

/* Motion is sought in at most this many cells: half of full HD each way, and a small frame at its
 * own size. */
#define MAX_CELLS (960u * 540u)
#define MAX_STEP 8

typedef struct
{
  const InbSource *source;
  InbPlane *into;
} Framing;

static void
frame_band_cb (guint task, gpointer user_data)
{
  const Framing *self = user_data;
  gint16 tile[INB_TILE_ROWS * INB_TILE_COLUMNS] INB_ALIGNED = { 0 };
  gint16 spare[INB_TILE_ROWS * INB_TILE_COLUMNS] INB_ALIGNED = { 0 };
  guint width = (guint) self->into->width, y = task * INB_TILE_ROWS;
  guint n_rows = MIN (INB_TILE_ROWS, (guint) self->into->height - y);

  for (guint x = 0; x < width; x += INB_TILE_COLUMNS)
    {
      guint n = MIN (INB_TILE_COLUMNS, width - x);

      inb_source_draw_tile (self->source, x, y, n, tile, spare);
      for (guint row = 0; row < n_rows; row++)
        memcpy (self->into->data + (gssize) (y + row) * self->into->stride + x,
                tile + row * INB_TILE_COLUMNS, n * sizeof (gint16));
    }
}

/**
 * inb_cells_draw_source:
 * @source: (transfer none): what is drawn: its colour
 * @width: of the plane, samples
 * @height: of the plane, rows
 * @n_threads: threads to use, ≥ 1; the plane is the same for any number
 *
 * Returns: (transfer full): a plane of a frame, before it is brought to 8 bits
 */
InbPlane *
inb_cells_draw_source (const InbSource *source, guint width, guint height, guint n_threads)
{
  InbPlane *into = inb_plane_new ((int) width, (int) height);
  Framing framing = { source, into };

  inb_farm_each (n_threads, (height + INB_TILE_ROWS - 1) / INB_TILE_ROWS, frame_band_cb, &framing);
  inb_plane_pad (into);
  return into;
}

/**
 * inb_cells_frame_plane:
 * @layer: (transfer none): a flat picture
 * @frame: number of a frame
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @width: of a frame, px
 * @height: of a frame, px
 * @n_threads: threads to use, ≥ 1; the plane is the same for any number
 *
 * Returns: (transfer full): what a layer shows in a frame, without its alpha
 */
InbPlane *
inb_cells_frame_plane (const InbLayer *layer, guint frame, guint plane, guint width, guint height,
                       guint n_threads)
{
  guint divisor = plane == 0 ? 1 : 2;
  InbPlane *into;
  InbSource source;

  inb_layer_sample (layer, frame, plane, &source);
  into = inb_cells_draw_source (&source, width / divisor, height / divisor, n_threads);
  inb_source_clear (&source);
  return into;
}

/**
 * inb_cells_new:
 * @plane: (transfer none): brightness of a frame
 * @n: samples that a cell is wide
 *
 * Returns: (transfer full): the mean of each @n × @n samples, edges repeated
 */
InbPlane *
inb_cells_new (const InbPlane *plane, guint n)
{
  int step = (int) n;
  InbPlane *cells =
      inb_plane_new ((plane->width + step - 1) / step, (plane->height + step - 1) / step);

  for (int y = 0; y < cells->height; y++)
    for (int x = 0; x < cells->width; x++)
      {
        int sum = step * step / 2;

        for (int j = 0; j < step; j++)
          for (int i = 0; i < step; i++)
            sum += plane->data[MIN (y * step + j, plane->height - 1) * plane->stride +
                               MIN (x * step + i, plane->width - 1)];
        cells->data[y * cells->stride + x] = (gint16) (sum / (step * step));
      }
  inb_plane_pad (cells);
  return cells;
}

/**
 * inb_cells_choose_step:
 * @width: of a frame, px
 * @height: of a frame, px
 *
 * Returns: px that a cell is wide in which motion is sought: 1, 2, 4 or 8
 */
guint
inb_cells_choose_step (guint width, guint height)
{
  guint step = 1;

  while (step < MAX_STEP && (width / step) * (height / step) > MAX_CELLS)
    step *= 2;
  return step;
}
