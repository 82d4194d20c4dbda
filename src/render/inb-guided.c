/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-guided.h"

#include <math.h>

#include "render/inb-farm.h"
#include "render/inb-resample.h"

/* Of enlarging: it follows the guide closely. Measured with own scenes. */
#define ENLARGE_RADIUS 3
#define ENLARGE_EPSILON 1e-4F
/* Opacity this near to its ends is one of them: what remains of the filter's halo. */
#define SNAP 0.06F

#define ROWS_A_TASK 32

typedef struct
{
  const float *slopes; /* of the small picture */
  const float *offsets;
  int width;
  int height;
  const InbPlane *guide;
  InbPlane *into;
} Enlarging;

/* Mean over (2 · @radius + 1)² px, fewer at the edges. */
static void
blur (float *values, int width, int height, int radius)
{
  g_autofree double *sums = g_new0 (double, (gsize) (width + 1) * (gsize) (height + 1));

  for (int y = 0; y < height; y++)
    {
      double row = 0.0;

      for (int x = 0; x < width; x++)
        {
          row += values[y * width + x];
          sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
        }
    }
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int left = MAX (x - radius, 0), right = MIN (x + radius + 1, width);
        int top = MAX (y - radius, 0), bottom = MIN (y + radius + 1, height);
        double sum = sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right] -
                     sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];

        values[y * width + x] = (float) (sum / ((right - left) * (bottom - top)));
      }
}

/* Slope and offset of the line from guide to values that fits best around each px. */
static void
find_lines (const float *guide, const float *values, int width, int height, int radius,
            float epsilon, float *slopes, float *offsets)
{
  int n = width * height;
  g_autofree float *mean = g_new0 (float, n);
  g_autofree float *square = g_new0 (float, n);

  for (int i = 0; i < n; i++)
    {
      mean[i] = guide[i];
      square[i] = guide[i] * guide[i];
      offsets[i] = values[i];
      slopes[i] = guide[i] * values[i];
    }
  blur (mean, width, height, radius);
  blur (square, width, height, radius);
  blur (offsets, width, height, radius);
  blur (slopes, width, height, radius);
  for (int i = 0; i < n; i++)
    {
      slopes[i] = (slopes[i] - mean[i] * offsets[i]) / (square[i] - mean[i] * mean[i] + epsilon);
      offsets[i] -= slopes[i] * mean[i];
    }
  blur (slopes, width, height, radius);
  blur (offsets, width, height, radius);
}

/**
 * inb_guided_filter:
 * @guide: @width × @height, 0…1
 * @values: (inout): the same number, 0…1
 * @width: px
 * @height: px
 * @radius: px
 * @epsilon: variance of the guide below which it says nothing
 *
 * Makes values follow the edges of a guide (He, Sun and Tang 2010).
 */
void
inb_guided_filter (const float *guide, float *values, int width, int height, int radius,
                   float epsilon)
{
  g_autofree float *slopes = g_new (float, (gsize) width *(gsize) height);
  g_autofree float *offsets = g_new (float, (gsize) width *(gsize) height);

  find_lines (guide, values, width, height, radius, epsilon, slopes, offsets);
  for (int i = 0; i < width * height; i++)
    values[i] = CLAMP (slopes[i] * guide[i] + offsets[i], 0.0F, 1.0F);
}

/* Linear between four px. */
static float
get_between (const float *values, int width, int height, float x, float y)
{
  int left = CLAMP ((int) floorf (x), 0, width - 1), top = CLAMP ((int) floorf (y), 0, height - 1);
  int right = MIN (left + 1, width - 1), bottom = MIN (top + 1, height - 1);
  float u = CLAMP (x - (float) left, 0.0F, 1.0F), v = CLAMP (y - (float) top, 0.0F, 1.0F);
  float above = values[top * width + left] * (1.0F - u) + values[top * width + right] * u;
  float below = values[bottom * width + left] * (1.0F - u) + values[bottom * width + right] * u;

  return above * (1.0F - v) + below * v;
}

static void
enlarge_rows_cb (guint task, gpointer user_data)
{
  const Enlarging *self = user_data;
  int first = (int) task * ROWS_A_TASK;
  float scale_x = (float) self->width / (float) self->into->width;
  float scale_y = (float) self->height / (float) self->into->height;

  for (int y = first; y < MIN (first + ROWS_A_TASK, self->into->height); y++)
    for (int x = 0; x < self->into->width; x++)
      {
        float small_x = ((float) x + 0.5F) * scale_x - 0.5F;
        float small_y = ((float) y + 0.5F) * scale_y - 0.5F;
        float slope = get_between (self->slopes, self->width, self->height, small_x, small_y);
        float offset = get_between (self->offsets, self->width, self->height, small_x, small_y);
        float guide = (float) self->guide->data[y * self->guide->stride + x] / 16384.0F;
        float share = (slope * guide + offset - SNAP) / (1.0F - 2.0F * SNAP);
        gint16 *into = &self->into->data[y * self->into->stride + x];

        if (share <= 0.0F)
          *into = 0;
        else if (share >= 1.0F)
          *into = INB_ALPHA_ONE;
        else
          *into = (gint16) (INB_ALPHA_SLACK + (int) (share * 16384.0F + 0.5F));
      }
}

/**
 * inb_guided_enlarge:
 * @alpha: (transfer none): opacity, small
 * @guide: (transfer none): Y' of the same picture, larger
 * @n_threads: threads to use, ≥ 1; the result is the same for any number
 *
 * Returns: (transfer full): opacity as large as @guide, with its edges
 */
InbPlane *
inb_guided_enlarge (const InbPlane *alpha, const InbPlane *guide, guint n_threads)
{
  int width = alpha->width, height = alpha->height, n = width * height;
  g_autoptr (InbPlane) small = inb_resample_shrink (guide, MIN (width, guide->width),
                                                    MIN (height, guide->height), n_threads);
  g_autofree float *guides = g_new0 (float, n);
  g_autofree float *values = g_new0 (float, n);
  g_autofree float *slopes = g_new (float, n);
  g_autofree float *offsets = g_new (float, n);
  Enlarging enlarging = { slopes, offsets, width,
                          height, guide,   inb_plane_new (guide->width, guide->height) };

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int at_x = MIN (x, small->width - 1), at_y = MIN (y, small->height - 1);
        int value = alpha->data[y * alpha->stride + x] - INB_ALPHA_SLACK;

        guides[y * width + x] = (float) small->data[at_y * small->stride + at_x] / 16384.0F;
        values[y * width + x] = (float) CLAMP (value, 0, 16384) / 16384.0F;
      }
  find_lines (guides, values, width, height, ENLARGE_RADIUS, ENLARGE_EPSILON, slopes, offsets);
  inb_farm_each (n_threads, ((guint) guide->height + ROWS_A_TASK - 1) / ROWS_A_TASK,
                 enlarge_rows_cb, &enlarging);
  inb_plane_pad (enlarging.into);
  return enlarging.into;
}
