/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-splat.h"

#include <string.h>

#include "render/inb-fill.h"
#include "render/inb-lanes.h"

/* A cell that less than this arrived at is a hole in part. */
#define FULL 0.02F

static inline void
add (float *cell, v4f value)
{
  v4f_store (cell, v4f_load (cell) + value);
}

/* What arrives at a place is shared among the four cells about it. */
static inline void
drop (float *cells, int width, int height, float x, float y, v4f value)
{
  int left = (int) (x + 1.0F) - 1, top = (int) (y + 1.0F) - 1;
  float fx = x - (float) left, fy = y - (float) top;
  float *cell = cells + ((gssize) top * width + left) * 4;
  gboolean is_right = left + 1 < width, is_under = top + 1 < height;
  v4f upper = value * (1.0F - fy), lower = value * fy;

  if (left >= 0 && top >= 0)
    add (cell, upper * (1.0F - fx));
  if (is_right && top >= 0)
    add (cell + 4, upper * fx);
  cell += (gssize) width * 4;
  if (left >= 0 && is_under)
    add (cell, lower * (1.0F - fx));
  if (is_right && is_under)
    add (cell + 4, lower * fx);
}

static void
apply_camera (const double *m, float *x, float *y)
{
  double from_x = *x, from_y = *y, depth = MAX (m[6] * from_x + m[7] * from_y + m[8], 0.01);

  *x = (float) ((m[0] * from_x + m[1] * from_y + m[2]) / depth);
  *y = (float) ((m[3] * from_x + m[4] * from_y + m[5]) / depth);
}

/**
 * inb_splat_draw:
 * @self: a direction
 * @t: 0…1: how far it has moved
 * @camera: (nullable): cell → cell as the camera sees it, row-major 3×3
 * @cells: (out caller-allocates): four numbers a cell: motion to the right, motion downwards,
 * consistency, and 1
 *
 * Carries a motion along itself. Where several things meet the heavier ones win; holes are filled
 * from around them.
 */
void
inb_splat_draw (const InbSplat *self, float t, const double camera[9], float *cells)
{
  const InbFlow *flow = self->flow;
  int width = flow->width, height = flow->height;

  memset (cells, 0, (gsize) width * (gsize) height * 4 * sizeof (float));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gssize at = (gssize) y * width + x;
        float to_x = (float) x + t * flow->x[at], to_y = (float) y + t * flow->y[at];
        v4f value = { flow->x[at], flow->y[at], self->map[at], 1.0F };

        if (camera != NULL)
          apply_camera (camera, &to_x, &to_y);
        if (to_x > -1.0F && to_y > -1.0F && to_x < (float) width && to_y < (float) height)
          drop (cells, width, height, to_x, to_y, value * self->weights[at]);
      }
  inb_fill_holes (cells, width, height, FULL);
}
