/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-segment.h"

#include <math.h>
#include <string.h>

#include "render/inb-guided.h"
#include "render/inb-region.h"

/* px of the longer side at which it is looked at. */
#define LONG_SIDE 480
#define N_ROUNDS 6
/* Of the filter that makes opacity follow edges, at that size. */
#define RADIUS 6
#define EPSILON 4e-4F

/* Where the odds are even: sigmas from the back, and code values of walking. Chosen with own
 * scenes: a soft shadow stays below, a bright product on a bright back above. */
#define EVEN_AWAY 3.0F
#define EVEN_WALK 9.0F
/* A shadow darkens a back and leaves its hue: so much of the darkening does not count. */
#define SHADOW 0.9F
#define DEEPEST 0.45F
/* What neighbours may differ for nothing: grain, and so much of a slope. */
#define FREE_SLOPE 1.2F

/* Histogram of colours: bins along each axis. */
#define BINS 20
#define N_BINS (BINS * BINS * BINS)
/* How far a histogram can move the odds. */
#define MOST_ODDS 12.0F

/* Sigmas from the back, a shadow's own darkness taken out. */
static float
get_away (const InbSegment *self, int x, int y)
{
  const InbMiniature *picture = self->picture;
  double seen[3], back[3], sum = 0.0;

  for (guint i = 0; i < 3; i++)
    {
      seen[i] = picture->channels[i][y * picture->width + x];
      back[i] = inb_surface_get (&self->surface, picture, x, y, i);
    }
  if (seen[0] < back[0] && seen[0] > DEEPEST * back[0])
    {
      double light = seen[0] / back[0];

      back[0] -= (back[0] - seen[0]) * SHADOW;
      back[1] *= light;
      back[2] *= light;
    }
  for (guint i = 0; i < 3; i++)
    sum += (seen[i] - back[i]) * (seen[i] - back[i]) /
           (self->surface.sigmas[i] * self->surface.sigmas[i]);
  return (float) sqrt (sum);
}

/* The difference of neighbours that half of all px stay below. */
static float
find_grain (const InbMiniature *picture)
{
  guint counts[256] = { 0 }, n = 0, sum = 0, half = 0;

  for (int y = 0; y < picture->height; y++)
    for (int x = 1; x < picture->width; x++, n++)
      {
        const float *luma = picture->channels[0] + y * picture->width + x;
        float step = fabsf (luma[0] - luma[-1]) * 8.0F;

        counts[MIN ((guint) step, 255U)]++;
      }
  while (half < 255 && (sum += counts[half]) * 2 < n)
    half++;
  return (float) half / 8.0F;
}

/* Walks begin at the border, where it is the back's colour. */
static void
walk (InbSegment *self)
{
  int width = self->picture->width, height = self->picture->height;
  const float *const channels[3] = { self->picture->channels[0], self->picture->channels[1],
                                     self->picture->channels[2] };

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gboolean border = x == 0 || y == 0 || x == width - 1 || y == height - 1;
        float away = self->away[y * width + x];

        self->walk[y * width + x] = border ? MAX (away - EVEN_AWAY, 0.0F) * 4.0F : 1e6F;
      }
  inb_region_walk (channels, width, height, FREE_SLOPE + 2.0F * self->grain, self->walk);
}

static guint
get_bin (const InbMiniature *picture, int at)
{
  guint bin = 0;

  for (guint i = 0; i < 3; i++)
    {
      float value = picture->channels[i][at] + (i == 0 ? 0.0F : 128.0F);

      bin = bin * BINS + (guint) CLAMP (value * BINS / 256.0F, 0.0F, BINS - 1.0F);
    }
  return bin;
}

/* Each bin gives a quarter to its two neighbours along each axis in turn. */
static void
smooth (float *bins)
{
  g_autofree float *before = g_new (float, N_BINS);

  for (int step = 1; step < N_BINS; step *= BINS)
    {
      memcpy (before, bins, N_BINS * sizeof *bins);
      for (int i = 0; i < N_BINS; i++)
        {
          int at = i / step % BINS;
          float low = before[at > 0 ? i - step : i], high = before[at < BINS - 1 ? i + step : i];

          bins[i] = 0.5F * before[i] + 0.25F * (low + high);
        }
    }
}

static void
count_colours (const InbSegment *self, float *product, float *back)
{
  int n = self->picture->width * self->picture->height;
  double sums[2] = { 1e-6, 1e-6 };

  memset (product, 0, N_BINS * sizeof *product);
  memset (back, 0, N_BINS * sizeof *back);
  for (int i = 0; i < n; i++)
    {
      guint bin = get_bin (self->picture, i);

      product[bin] += self->alpha[i];
      back[bin] += 1.0F - self->alpha[i];
      sums[0] += self->alpha[i];
      sums[1] += 1.0 - self->alpha[i];
    }
  smooth (product);
  smooth (back);
  for (guint i = 0; i < N_BINS; i++)
    {
      product[i] /= (float) sums[0];
      back[i] /= (float) sums[1];
    }
}

/* Products stand in the middle: twice as likely there as at the border. */
static float
get_prior (const InbMiniature *picture, int x, int y)
{
  float u = (2.0F * (float) x + 1.0F) / (float) picture->width - 1.0F;
  float v = (2.0F * (float) y + 1.0F) / (float) picture->height - 1.0F;

  return 1.4F / (1.0F + u * u + 0.5F * v * v);
}

static void
set_alpha (InbSegment *self, const float *product, const float *back)
{
  const InbMiniature *picture = self->picture;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      {
        int at = y * picture->width + x;
        float odds =
            self->away[at] / EVEN_AWAY * (self->walk[at] / EVEN_WALK) * get_prior (picture, x, y);

        if (product != NULL)
          {
            guint bin = get_bin (picture, at);

            odds *=
                CLAMP ((product[bin] + 1e-5F) / (back[bin] + 1e-5F), 1.0F / MOST_ODDS, MOST_ODDS);
          }
        self->alpha[at] = odds / (1.0F + odds);
      }
}

static void
follow_edges (InbSegment *self)
{
  int width = self->picture->width, height = self->picture->height;
  g_autofree float *guide = g_new (float, (gsize) width *(gsize) height);

  for (int i = 0; i < width * height; i++)
    guide[i] = self->picture->channels[0][i] / 255.0F;
  inb_guided_filter (guide, self->alpha, width, height, RADIUS, EPSILON);
}

/**
 * inb_segment_new:
 * @photo: (transfer none): a photo
 * @n_threads: threads to use, ≥ 1; the result is the same for any number
 *
 * Parts a photo by what tells a product from a plain back: its colour is not that of the back,
 * there is an edge on every way to it from the border, and its colours are those of the rest of
 * the product.
 *
 * Returns: (transfer full): the parting, with soft edges, and holes as they are
 */
InbSegment *
inb_segment_new (const InbPixels *photo, guint n_threads)
{
  InbSegment *self = g_new0 (InbSegment, 1);
  g_autofree float *product = g_new (float, N_BINS);
  g_autofree float *back = g_new (float, N_BINS);
  gsize n;

  self->picture = inb_miniature_new (photo, LONG_SIDE, n_threads);
  n = (gsize) self->picture->width * (gsize) self->picture->height;
  self->away = g_new (float, n);
  self->walk = g_new (float, n);
  self->alpha = g_new (float, n);
  inb_surface_fit (&self->surface, self->picture);
  self->grain = find_grain (self->picture);
  for (int y = 0; y < self->picture->height; y++)
    for (int x = 0; x < self->picture->width; x++)
      self->away[y * self->picture->width + x] = get_away (self, x, y);
  walk (self);
  set_alpha (self, NULL, NULL);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      follow_edges (self);
      count_colours (self, product, back);
      set_alpha (self, product, back);
    }
  follow_edges (self);
  return self;
}

/**
 * inb_segment_free:
 * @self: (transfer full): a parting
 */
void
inb_segment_free (InbSegment *self)
{
  inb_miniature_free (self->picture);
  g_free (self->away);
  g_free (self->walk);
  g_free (self->alpha);
  g_free (self);
}
