/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-region.h"

#include <math.h>

/* Sweeps over the whole picture, there and back: enough for ways that turn as often. */
#define N_SWEEPS 3

/**
 * inb_regions_new:
 * @kinds: width × height: what each px is
 * @width: px
 * @height: px
 *
 * Px of the same kind that touch with a side belong together.
 *
 * Returns: (transfer full): the regions, numbered from the top left
 */
InbRegions *
inb_regions_new (const guint8 *kinds, int width, int height)
{
  InbRegions *self = g_new0 (InbRegions, 1);
  int n = width * height;
  g_autofree gint32 *stack = g_new (gint32, n);

  self->width = width;
  self->height = height;
  self->labels = g_new (gint32, n);
  for (int i = 0; i < n; i++)
    self->labels[i] = -1;
  for (int start = 0; start < n; start++)
    {
      int depth = 0;

      if (self->labels[start] >= 0)
        continue;
      self->labels[start] = (gint32) self->n;
      stack[depth++] = start;
      while (depth > 0)
        {
          int at = stack[--depth], x = at % width, y = at / width;
          int others[4] = { x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at,
                            y > 0 ? at - width : at, y < height - 1 ? at + width : at };

          for (guint i = 0; i < 4; i++)
            {
              int other = others[i];

              g_assert (other >= 0 && other < n);
              if (self->labels[other] >= 0 || kinds[other] != kinds[start])
                continue;
              self->labels[other] = (gint32) self->n;
              stack[depth++] = other;
            }
        }
      self->n++;
    }
  return self;
}

/**
 * inb_regions_free:
 * @self: (transfer full): regions
 */
void
inb_regions_free (InbRegions *self)
{
  g_free (self->labels);
  g_free (self);
}

/* What a step between two px costs: their difference beyond what is free. */
static float
get_step (const float *const channels[3], int a, int b, float free_step)
{
  float step =
      fabsf (channels[0][a] - channels[0][b]) +
      2.0F * (fabsf (channels[1][a] - channels[1][b]) + fabsf (channels[2][a] - channels[2][b]));

  return MAX (step - free_step, 0.0F);
}

/* One sweep in reading order, or against it. */
static void
sweep (const float *const channels[3], int width, int height, int way, float free_step,
       float *distances)
{
  for (int i = 0; i < width * height; i++)
    {
      int at = way > 0 ? i : width * height - 1 - i;
      int x = at % width, y = at / width;
      int before = x - way, above = y - way;

      if (before >= 0 && before < width)
        distances[at] =
            MIN (distances[at], distances[at - way] + get_step (channels, at, at - way, free_step));
      if (above < 0 || above >= height)
        continue;
      for (int side = -1; side <= 1; side++)
        if (x + side >= 0 && x + side < width)
          {
            int other = above * width + x + side;

            distances[at] =
                MIN (distances[at], distances[other] + get_step (channels, at, other, free_step));
          }
    }
}

/**
 * inb_region_walk:
 * @channels: Y', Cb, Cr
 * @width: px
 * @height: px
 * @free_step: difference of neighbours that costs nothing: grain, and the slope of a shadow
 * @distances: (inout): 0 where a walk may begin, elsewhere large; becomes what the cheapest walk
 * to each px costs, in code values
 *
 * Geodesic distance: within a plain back any way is cheap, over an edge none is.
 */
void
inb_region_walk (const float *const channels[3], int width, int height, float free_step,
                 float *distances)
{
  for (guint i = 0; i < N_SWEEPS; i++)
    {
      sweep (channels, width, height, 1, free_step, distances);
      sweep (channels, width, height, -1, free_step, distances);
    }
}
