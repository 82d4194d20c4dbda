/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-blur.h"

#include <math.h>
#include <string.h>

/* A blur as wide as this or wider is made of a plane half as large: enough for its samples to hold
 * it without a trace of them. */
#define WIDEST_SIGMA 3.2
/* Of a Gaussian: beyond three sigmas lies 0.3 % of it. */
#define MAX_RADIUS 10

/* Half of a symmetric filter: 32768 stands for 1. */
typedef struct
{
  gint32 weights[MAX_RADIUS + 1];
  int radius;
} Filter;

static void
make_filter (Filter *self, double sigma)
{
  double values[MAX_RADIUS + 1], sum = 0.0;
  gint32 rest = 32768;

  self->radius = CLAMP ((int) ceil (3.0 * sigma), 1, MAX_RADIUS);
  for (int i = 0; i <= self->radius; i++)
    {
      values[i] = exp (-0.5 * i * i / (sigma * sigma));
      sum += (i > 0 ? 2.0 : 1.0) * values[i];
    }
  for (int i = self->radius; i > 0; i--)
    {
      self->weights[i] = (gint32) floor (32768.0 * values[i] / sum + 0.5);
      rest -= 2 * self->weights[i];
    }
  self->weights[0] = rest;
}

static int
mirror (int at, int length)
{
  while (at < 0 || at >= length)
    at = at < 0 ? -1 - at : 2 * length - 1 - at;
  return at;
}

static void
blur_row (const gint16 *line, const Filter *filter, int n, gint16 *out)
{
  for (int x = 0; x < n; x++)
    {
      gint32 sum = line[x] * filter->weights[0];

      for (int k = 1; k <= filter->radius; k++)
        sum += (line[x - k] + line[x + k]) * filter->weights[k];
      out[x] = (gint16) ((sum + (1 << 14)) >> 15);
    }
}

static void
blur_rows (const InbPlane *from, const Filter *filter, InbPlane *into)
{
  int n = from->width;
  g_autofree gint16 *memory = g_new (gint16, n + 2 * MAX_RADIUS);
  gint16 *line = memory + MAX_RADIUS;

  for (int y = 0; y < from->height; y++)
    {
      const gint16 *row = from->data + y * from->stride;

      memcpy (line, row, (gsize) n * sizeof (gint16));
      for (int i = 1; i <= filter->radius; i++)
        {
          line[-i] = row[mirror (-i, n)];
          line[n - 1 + i] = row[mirror (n - 1 + i, n)];
        }
      blur_row (line, filter, n, into->data + y * into->stride);
    }
}

static void
add_row (const gint16 *above, const gint16 *below, gint32 weight, int n, gint32 *sums)
{
  for (int x = 0; x < n; x++)
    sums[x] += (above[x] + below[x]) * weight;
}

static void
blur_columns (const InbPlane *from, const Filter *filter, InbPlane *into)
{
  int n = from->width;
  g_autofree gint32 *sums = g_new (gint32, n);

  for (int y = 0; y < from->height; y++)
    {
      const gint16 *row = from->data + y * from->stride;
      gint16 *out = into->data + y * into->stride;

      for (int x = 0; x < n; x++)
        sums[x] = row[x] * filter->weights[0] + (1 << 14);
      for (int k = 1; k <= filter->radius; k++)
        add_row (from->data + mirror (y - k, from->height) * from->stride,
                 from->data + mirror (y + k, from->height) * from->stride, filter->weights[k], n,
                 sums);
      for (int x = 0; x < n; x++)
        out[x] = (gint16) (sums[x] >> 15);
    }
}

static int
shrink_side (int side, int divisor)
{
  return MAX (1, (side + divisor / 2) / divisor);
}

/**
 * inb_blur_plane:
 * @plane: (transfer none): padded
 * @sigma: standard deviation of a Gaussian, samples, > 0
 *
 * Blurs a plane. A wide blur needs few samples: the wider, the smaller the result is, so that every
 * blur costs about the same.
 *
 * Returns: (transfer full): the same picture, edges on edges, with as many samples or fewer; padded
 */
InbPlane *
inb_blur_plane (const InbPlane *plane, double sigma)
{
  g_autoptr (InbPlane) small = NULL;
  g_autoptr (InbPlane) half = NULL;
  InbPlane *blurred;
  Filter filter;
  int divisor = 1;

  while (sigma / divisor >= WIDEST_SIGMA)
    divisor *= 2;
  if (divisor > 1)
    small = inb_resample_shrink (plane, shrink_side (plane->width, divisor),
                                 shrink_side (plane->height, divisor), 1);
  if (small != NULL)
    plane = small;
  make_filter (&filter, sigma / divisor);
  half = inb_plane_new (plane->width, plane->height);
  blurred = inb_plane_new (plane->width, plane->height);
  blur_rows (plane, &filter, half);
  blur_columns (half, &filter, blurred);
  inb_plane_pad (blurred);
  return blurred;
}

/**
 * inb_blur_sampler_new:
 * @blurred: (transfer none): of any size; outlives the sampler
 * @width: samples of what it is brought to
 * @height: rows of it
 *
 * Returns: (transfer full): a sampler that lays it over a plane of that size, edges on edges
 */
InbSampler *
inb_blur_sampler_new (const InbPlane *blurred, guint width, guint height)
{
  double scale_x = (double) blurred->width / width, scale_y = (double) blurred->height / height;
  double map[9] = { scale_x, 0.0, 0.5 * scale_x - 0.5, 0.0, scale_y, 0.5 * scale_y - 0.5, 0.0,
                    0.0,     1.0 };

  return inb_sampler_new (blurred, map, width, height);
}
