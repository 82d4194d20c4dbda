/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-fill.h"

#include "render/inb-lanes.h"

/* More levels than any picture has. */
#define MAX_LEVELS 16

typedef struct
{
  int width;
  int height;
  float *cells;
} Level;

/* Push: a cell of the smaller level holds what four hold, but no more than one can. */
static void
push (const Level *from, const Level *into, float full)
{
  const v4f none = { 0 };

  for (int y = 0; y < into->height; y++)
    for (int x = 0; x < into->width; x++)
      {
        const float *above = from->cells + ((gssize) 2 * y * from->width + 2 * x) * 4;
        const float *below = above + (gssize) from->width * 4;
        gboolean right = 2 * x + 1 < from->width, under = 2 * y + 1 < from->height;
        v4f sum = v4f_load (above) + (right ? v4f_load (above + 4) : none);

        if (under)
          sum += v4f_load (below) + (right ? v4f_load (below + 4) : none);
        if (sum[3] > full)
          sum *= full / sum[3];
        v4f_store (into->cells + ((gssize) y * into->width + x) * 4, sum);
      }
}

/* What the smaller level, which is whole, says of a cell: bilinear. */
static inline v4f
look_up (const Level *small, int x, int y)
{
  int near_x = x / 2, near_y = y / 2;
  int far_x = CLAMP (near_x + (x % 2 == 0 ? -1 : 1), 0, small->width - 1);
  int far_y = CLAMP (near_y + (y % 2 == 0 ? -1 : 1), 0, small->height - 1);
  const float *near_row = small->cells + (gssize) near_y * small->width * 4;
  const float *far_row = small->cells + (gssize) far_y * small->width * 4;

  return (v4f_load (near_row + near_x * 4) * 0.75F + v4f_load (near_row + far_x * 4) * 0.25F) *
             0.75F +
         (v4f_load (far_row + near_x * 4) * 0.75F + v4f_load (far_row + far_x * 4) * 0.25F) * 0.25F;
}

/* Pull: what a cell lacks comes from the smaller level. */
static void
pull (const Level *self, const Level *small, float full)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        float *cell = self->cells + ((gssize) y * self->width + x) * 4;
        v4f sum = v4f_load (cell);
        float weight = sum[3];

        if (weight >= full)
          v4f_store (cell, sum * (1.0F / weight));
        else
          v4f_store (cell, (sum + look_up (small, x, y) * (full - weight)) * (1.0F / full));
      }
}

/**
 * inb_fill_holes:
 * @sums: @width × @height cells of four numbers: three sums of weighted values, and their weight;
 * becomes three values and 1
 * @width: cells
 * @height: rows of cells
 * @full: weight, > 0, from which on a cell needs nothing from its neighbours; 0: a hole
 *
 * Push-pull (Gortler, Grzeszczuk, Szeliski and Cohen 1996): holes take the mean of what lies around
 * them, the further in the smoother. Where nothing counts at all values become 0.
 */
void
inb_fill_holes (float *sums, int width, int height, float full)
{
  Level levels[MAX_LEVELS];
  Level last = { 1, 1, (float[4]){ 0.0F, 0.0F, 0.0F, 1.0F } };
  guint n_levels = 1;

  levels[0] = (Level){ width, height, sums };
  while (n_levels < MAX_LEVELS && MAX (levels[n_levels - 1].width, levels[n_levels - 1].height) > 1)
    {
      const Level *large = &levels[n_levels - 1];
      Level *small = &levels[n_levels++];

      small->width = (large->width + 1) / 2;
      small->height = (large->height + 1) / 2;
      small->cells = g_new (float, (gsize) small->width *(gsize) small->height * 4);
      push (large, small, full);
    }
  for (guint level = n_levels; level-- > 0;)
    pull (&levels[level], level + 1 < n_levels ? &levels[level + 1] : &last, full);
  for (guint level = 1; level < n_levels; level++)
    g_free (levels[level].cells);
}
