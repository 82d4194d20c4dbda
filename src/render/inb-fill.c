/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-fill.h"

/* More levels than any picture has. */
#define MAX_LEVELS 16
#define MAX_CHANNELS 4

typedef struct
{
  int width;
  int height;
  float *weights;
  float *channels[MAX_CHANNELS];
} Level;

static void
level_init (Level *self, int width, int height, guint n_channels)
{
  gsize n = (gsize) width * (gsize) height;

  self->width = width;
  self->height = height;
  self->weights = g_new0 (float, n *(n_channels + 1));
  for (guint i = 0; i < n_channels; i++)
    self->channels[i] = self->weights + (i + 1) * n;
}

/* Push: each cell of the smaller level is the weighted mean of four. */
static void
push (const Level *from, Level *into, guint n_channels)
{
  for (int y = 0; y < from->height; y++)
    for (int x = 0; x < from->width; x++)
      {
        gssize at = (gssize) y * from->width + x;
        gssize to = (gssize) (y / 2) * into->width + x / 2;
        float weight = from->weights[at];

        if (weight <= 0.0F)
          continue;
        into->weights[to] += weight;
        for (guint i = 0; i < n_channels; i++)
          into->channels[i][to] += weight * from->channels[i][at];
      }
  for (gssize at = 0; at < (gssize) into->width * into->height; at++)
    {
      float weight = into->weights[at];

      if (weight <= 0.0F)
        continue;
      for (guint i = 0; i < n_channels; i++)
        into->channels[i][at] /= weight;
      into->weights[at] = MIN (weight, 1.0F);
    }
}

/* Pull: what a cell lacks of a weight of 1 comes from the smaller level, bilinear. */
static void
pull (Level *self, const Level *small, guint n_channels)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        gssize at = (gssize) y * self->width + x;
        float weight = self->weights[at];
        int near_x = x / 2, near_y = y / 2;
        int far_x = CLAMP (near_x + (x % 2 == 0 ? -1 : 1), 0, small->width - 1);
        int far_y = CLAMP (near_y + (y % 2 == 0 ? -1 : 1), 0, small->height - 1);

        if (weight >= 1.0F)
          continue;
        for (guint i = 0; i < n_channels; i++)
          {
            const float *near_row = small->channels[i] + (gssize) near_y * small->width;
            const float *far_row = small->channels[i] + (gssize) far_y * small->width;
            float value = 0.75F * (0.75F * near_row[near_x] + 0.25F * near_row[far_x]) +
                          0.25F * (0.75F * far_row[near_x] + 0.25F * far_row[far_x]);

            self->channels[i][at] = weight * self->channels[i][at] + (1.0F - weight) * value;
          }
      }
}

/**
 * inb_fill_holes:
 * @channels: (array length=n_channels): values of @width × @height cells each; filled in place
 * @n_channels: 1 to 4
 * @weights: 0…1: how much each cell counts; 0: a hole; from 1 on a cell stays as it is
 * @width: cells
 * @height: rows of cells
 *
 * Push-pull (Gortler, Grzeszczuk, Szeliski and Cohen 1996): holes take the mean of what lies around
 * them, the further in the smoother. Where nothing counts at all values become 0.
 */
void
inb_fill_holes (float *const *channels, guint n_channels, const float *weights, int width,
                int height)
{
  Level levels[MAX_LEVELS];
  guint n_levels = 1;

  levels[0] = (Level){ width, height, (float *) weights, { NULL } };
  for (guint i = 0; i < n_channels; i++)
    levels[0].channels[i] = channels[i];
  while (n_levels < MAX_LEVELS && MAX (levels[n_levels - 1].width, levels[n_levels - 1].height) > 1)
    {
      const Level *large = &levels[n_levels - 1];

      level_init (&levels[n_levels], (large->width + 1) / 2, (large->height + 1) / 2, n_channels);
      push (large, &levels[n_levels], n_channels);
      n_levels++;
    }
  for (guint level = n_levels - 1; level-- > 0;)
    pull (&levels[level], &levels[level + 1], n_channels);
  for (guint level = 1; level < n_levels; level++)
    g_free (levels[level].weights);
}
