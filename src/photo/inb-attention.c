/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-attention.h"

#include <math.h>
#include <string.h>

#include "photo/inb-edge.h"

/* Chosen by eye. */
#define SIDE 192u     /* px of the longer side that is looked at: things, not grain */
#define SAMPLES 3.0   /* px of the copy, along and across, that make one of these */
#define RING 3u       /* px of the border that stand for the background */
#define IGNORED 0.04f /* 10 of 255: noise, and a shadow's end */

/* The photo on a grid of at most SIDE px, colour multiplied by alpha. */
typedef struct
{
  guint width;
  guint height;
  guint n_channels;
  float *px;
} Grid;

static float *
grid_at (const Grid *grid, guint x, guint y)
{
  return grid->px + ((gsize) y * grid->width + x) * grid->n_channels;
}

static void
grid_init (Grid *self, const InbPixels *copy)
{
  double scale = MIN (1.0, (double) SIDE / MAX (copy->width, copy->height));
  InbEdge edge;
  g_autofree float *line = NULL;
  g_autofree guint *counts = NULL;
  guint step = MAX (1, (guint) (1.0 / scale / SAMPLES));

  self->width = MAX (1, (guint) (copy->width * scale));
  self->height = MAX (1, (guint) (copy->height * scale));
  inb_edge_init (&edge, copy, INB_EDGE_TOP);
  self->n_channels = edge.n_channels;
  self->px = g_new0 (float, (gsize) self->width * self->height * self->n_channels);
  counts = g_new0 (guint, (gsize) self->width * self->height);
  line = g_new (float, (gsize) copy->width * self->n_channels);
  for (guint y = 0; y < copy->height; y += step)
    {
      guint row = y * self->height / copy->height;

      inb_edge_read_line (&edge, y, line);
      for (guint x = 0; x < copy->width; x += step)
        {
          guint column = x * self->width / copy->width;

          counts[row * self->width + column]++;
          for (guint c = 0; c < self->n_channels; c++)
            grid_at (self, column, row)[c] += line[x * self->n_channels + c];
        }
    }
  for (guint i = 0; i < self->width * self->height; i++)
    for (guint c = 0; c < self->n_channels; c++)
      self->px[i * self->n_channels + c] /= MAX (1, counts[i]);
}

/* Mean of the border's few px at both ends of one row or column. */
static void
read_ends (const Grid *grid, guint place, gboolean is_row, float *first, float *last)
{
  guint length = is_row ? grid->width : grid->height;
  guint ring = MIN (RING, length);

  memset (first, 0, grid->n_channels * sizeof (float));
  memset (last, 0, grid->n_channels * sizeof (float));
  for (guint i = 0; i < ring; i++)
    for (guint c = 0; c < grid->n_channels; c++)
      {
        guint j = length - 1 - i;

        first[c] += (is_row ? grid_at (grid, i, place) : grid_at (grid, place, i))[c] / ring;
        last[c] += (is_row ? grid_at (grid, j, place) : grid_at (grid, place, j))[c] / ring;
      }
}

/* How far each px is from what its row's two ends would make of it (or its column's). */
static void
compare (const Grid *grid, gboolean by_row, float *misses)
{
  guint n_lines = by_row ? grid->height : grid->width;
  guint length = by_row ? grid->width : grid->height;
  float first[INB_EDGE_MAX_CHANNELS], last[INB_EDGE_MAX_CHANNELS];

  for (guint place = 0; place < n_lines; place++)
    {
      read_ends (grid, place, by_row, first, last);
      for (guint i = 0; i < length; i++)
        {
          guint x = by_row ? i : place, y = by_row ? place : i;
          const float *px = grid_at (grid, x, y);
          float share = length > 1 ? (float) i / (length - 1) : 0.0f;
          float sum = 0.0f;

          for (guint c = 0; c < grid->n_channels; c++)
            {
              float miss = px[c] - (first[c] + share * (last[c] - first[c]));

              sum += miss * miss;
            }
          misses[y * grid->width + x] = MIN (misses[y * grid->width + x], sqrtf (sum));
        }
    }
}

/**
 * inb_attention_find:
 * @copy: a small copy of the whole photo
 * @x: (out): 0…1 of the width
 * @y: (out): 0…1 of the height
 *
 * Where the product is: the middle of what differs from its background, which is guessed at every
 * px from the two ends of its row and of its column, so that gradients and horizons do not count.
 * Unlike libvips's attention, which takes the one most conspicuous spot (a red cap), this holds the
 * whole product in the middle of a crop. The middle of the photo if nothing differs.
 */
void
inb_attention_find (const InbPixels *copy, double *x, double *y)
{
  Grid grid;
  g_autofree float *misses = NULL;
  double sum = 0.0, sum_x = 0.0, sum_y = 0.0;

  grid_init (&grid, copy);
  misses = g_new0 (float, (gsize) grid.width *grid.height);
  for (guint i = 0; i < grid.width * grid.height; i++)
    misses[i] = G_MAXFLOAT;
  compare (&grid, TRUE, misses);
  compare (&grid, FALSE, misses);
  for (guint row = 0; row < grid.height; row++)
    for (guint column = 0; column < grid.width; column++)
      {
        float miss = MAX (0.0f, misses[row * grid.width + column] - IGNORED);
        double weight = (double) (miss * miss);

        sum += weight;
        sum_x += weight * (column + 0.5);
        sum_y += weight * (row + 0.5);
      }
  *x = sum > 1e-6 ? sum_x / sum / grid.width : 0.5;
  *y = sum > 1e-6 ? sum_y / sum / grid.height : 0.5;
  g_free (grid.px);
}
