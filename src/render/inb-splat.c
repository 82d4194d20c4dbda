/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-splat.h"

#include <string.h>

#include "render/inb-fill.h"
#include "render/inb-patch.h"

/* A cell that less than this arrived at is a hole in part. */
#define FULL 0.02F

/* What arrives at a place is shared among the four cells about it. */
static inline void
drop (float *sums, int width, int height, float x, float y, v4f value)
{
  int left, top;
  float fx, fy;

  if (!(x > -1.0F && y > -1.0F && x < (float) width && y < (float) height))
    return;
  left = (int) (x + 1.0F) - 1;
  top = (int) (y + 1.0F) - 1;
  fx = x - (float) left;
  fy = y - (float) top;
  for (int j = 0; j < 2; j++)
    for (int i = 0; i < 2; i++)
      {
        float share = (i == 0 ? 1.0F - fx : fx) * (j == 0 ? 1.0F - fy : fy);
        float *cell = sums + ((gssize) (top + j) * width + left + i) * 4;
        v4f sum;

        if (left + i < 0 || top + j < 0 || left + i >= width || top + j >= height)
          continue;
        sum = v4f_load (cell) + value * share;
        memcpy (cell, &sum, sizeof sum);
      }
}

static void
drop_all (const InbSplat *self, float t, const double camera[9], float *sums)
{
  const InbFlow *flow = self->flow;
  const double *m = camera;

  for (int y = 0; y < flow->height; y++)
    for (int x = 0; x < flow->width; x++)
      {
        gssize at = (gssize) y * flow->width + x;
        float weight = self->weights[at];
        float to_x = (float) x + t * flow->x[at], to_y = (float) y + t * flow->y[at];
        v4f value = { flow->x[at], flow->y[at], self->map[at], 1.0F };

        if (m != NULL)
          {
            double depth = m[6] * to_x + m[7] * to_y + m[8];
            double from_x = to_x, from_y = to_y;

            if (depth < 0.01)
              continue;
            to_x = (float) ((m[0] * from_x + m[1] * from_y + m[2]) / depth);
            to_y = (float) ((m[3] * from_x + m[4] * from_y + m[5]) / depth);
          }
        drop (sums, flow->width, flow->height, to_x, to_y, value * weight);
      }
}

/**
 * inb_splat_draw:
 * @self: a direction
 * @t: 0…1: how far it has moved
 * @camera: (nullable): cell → cell as the camera sees it, row-major 3×3
 * @sums: (out caller-allocates): room for four numbers a cell
 * @channels: (out): a number a cell each: motion to the right, motion downwards, consistency, and
 * how much arrived there
 *
 * Carries a motion along itself. Where several things meet the heavier ones win; holes are filled
 * from around them.
 */
void
inb_splat_draw (const InbSplat *self, float t, const double camera[9], float *sums,
                float *const channels[4])
{
  gsize n = (gsize) self->flow->width * (gsize) self->flow->height;
  gboolean holes = FALSE;

  memset (sums, 0, n * 4 * sizeof (float));
  drop_all (self, t, camera, sums);
  for (gsize i = 0; i < n; i++)
    {
      float weight = sums[4 * i + 3];
      float scale = weight > 0.0F ? 1.0F / weight : 0.0F;

      for (guint k = 0; k < 3; k++)
        channels[k][i] = sums[4 * i + k] * scale;
      channels[3][i] = MIN (weight * (1.0F / FULL), 1.0F);
      holes |= weight < FULL;
    }
  if (holes)
    inb_fill_holes (channels, 3, channels[3], self->flow->width, self->flow->height);
}
