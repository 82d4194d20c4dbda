/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-sweep.h"

#include <math.h>
#include <stdlib.h>

/* Lengths are shares of the photo's long side, so that every size is continued alike; all chosen by
 * eye. */
#define PROFILE_DEPTH 0.02 /* lines that are averaged into the edge's profile */
#define RIM_DEPTH 0.0015   /* lines that the first one outside must meet */
#define RIM_REACH 0.006f   /* how fast the rim gives way to the profile */
#define SLOPE_REACH 0.12f  /* a slope runs on over that length, then levels off */
#define CALM_REACH 0.15f   /* how fast the fine profile gives way to the calm one */
#define FINE_BLUR 0.003    /* smoothing along the edge near it, */
#define CALM_BLUR 0.02     /* and far from it */
#define MAX_GRAIN 0.025f   /* 6 of 255 */

/**
 * InbSweep:
 * @fine: length × channels: the edge's profile, free of noise
 * @calm: the same, smoother
 * @rim: what the outermost lines have more than @fine
 * @slope: rise inwards over one long side
 * @grain: standard deviation of the photo's noise at this edge, a value for each channel
 *
 * A plain or slowly changing background beyond one side of a photo, as of a studio sweep.
 */
struct _InbSweep
{
  InbEdge edge;
  float *fine;
  float *calm;
  float *rim;
  float *slope;
  float grain[INB_EDGE_MAX_CHANNELS];
};

static float
get_place (const InbEdge *edge, guint i)
{
  return edge->length > 1 ? 2.0f * i / (edge->length - 1) - 1.0f : 0.0f;
}

static guint
get_lines (const InbEdge *edge, double share, guint least)
{
  return CLAMP ((guint) (edge->long_side * share + 0.5), MIN (least, edge->depth), edge->depth);
}

/* The mean of the outermost lines, brought to the edge along the slope. */
static float *
read_profile (const InbSweep *self, guint n_lines)
{
  const InbEdge *edge = &self->edge;
  gsize n = (gsize) edge->length * edge->n_channels;
  float *profile = g_new0 (float, n);
  g_autofree float *line = g_new (float, n);

  for (guint d = 0; d < n_lines; d++)
    {
      inb_edge_read_line (edge, d, line);
      for (gsize i = 0; i < n; i++)
        profile[i] += (line[i] - self->slope[i] * (d + 0.5f) / edge->long_side) / n_lines;
    }
  return profile;
}

/* Weights of a Gaussian of standard deviation reach ÷ 2.5, every `step` px from −reach to reach. */
static float *
make_weights (int reach, int step)
{
  float *weights = g_new (float, 2 * (reach / step) + 1);

  for (int k = -(reach / step); k <= reach / step; k++)
    {
      float along = 2.5f * (k * step) / reach;

      weights[k + reach / step] = expf (-0.5f * along * along);
    }
  return weights;
}

/* Smooths along the edge but not across a step higher than `range`: a horizon stays a horizon.
 * A bilateral filter with Tukey's biweight in place of the second Gaussian. */
static float *
smooth (const InbEdge *edge, const float *profile, double share, const float *range)
{
  guint n = edge->n_channels;
  int reach = MAX (1, (int) (edge->long_side * share * 2.5 + 0.5));
  int step = MAX (1, reach / 20); /* 40 looks along the edge are enough for any size */
  g_autofree float *along = make_weights (reach, step);
  float *result = g_new0 (float, (gsize) edge->length *n);

  for (int i = 0; i < (int) edge->length; i++)
    {
      const float *here = profile + (gsize) i * n;
      float sums[INB_EDGE_MAX_CHANNELS] = { 0.0f };
      float weights = 0.0f;

      for (int k = -(reach / step); k <= reach / step; k++)
        {
          int place = CLAMP (i + k * step, 0, (int) edge->length - 1);
          const float *there = profile + (gsize) place * n;
          float off = 0.0f, weight;

          for (guint c = 0; c < n; c++)
            off = MAX (off, fabsf (there[c] - here[c]) / range[c]);
          off = MAX (0.0f, 1.0f - off * off / 9.0f);
          weight = along[k + reach / step] * off * off;
          weights += weight;
          for (guint c = 0; c < n; c++)
            sums[c] += weight * there[c];
        }
      for (guint c = 0; c < n; c++)
        result[(gsize) i * n + c] = sums[c] / weights;
    }
  return result;
}

static int
compare_floats (const void *a, const void *b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return (first > second) - (first < second);
}

/* Noise from the differences of neighbours, by their median: steps and things hardly count.
 * 1.4826 makes a median deviation a standard deviation (of a normal distribution), √2 a difference
 * of two a single one. */
static void
measure_grain (InbSweep *self, guint n_lines)
{
  const InbEdge *edge = &self->edge;
  guint n = edge->n_channels;
  g_autofree float *line = g_new (float, (gsize) edge->length *n);
  g_autofree float *misses = g_new (float, (gsize) edge->length *n_lines);

  for (guint c = 0; c < MIN (n, 3); c++)
    {
      gsize found = 0;

      for (guint d = 0; d < n_lines; d++)
        {
          inb_edge_read_line (edge, d, line);
          for (guint i = 1; i < edge->length; i++)
            misses[found++] = fabsf (line[i * n + c] - line[(i - 1) * n + c]);
        }
      if (found == 0)
        return;
      qsort (misses, found, sizeof (float), compare_floats);
      self->grain[c] = MIN (misses[found / 2] * 1.4826f * (float) G_SQRT2 / 2.0f, MAX_GRAIN);
    }
}

/**
 * inb_sweep_new:
 * @edge: one side of the photo; its picture must outlive the result
 * @side: what was found there
 *
 * Returns: (transfer full): the background beyond it; free with inb_sweep_free()
 */
InbSweep *
inb_sweep_new (const InbEdge *edge, const InbBackdropSide *side)
{
  InbSweep *self = g_new0 (InbSweep, 1);
  guint n = edge->n_channels;
  guint n_lines = get_lines (edge, PROFILE_DEPTH, 2);
  float range[INB_EDGE_MAX_CHANNELS] = { 0.0f };
  g_autofree float *profile = NULL;
  g_autofree float *rim = NULL;

  self->edge = *edge;
  self->slope = g_new (float, (gsize) edge->length *n);
  for (guint i = 0; i < edge->length; i++)
    for (guint c = 0; c < n; c++)
      self->slope[i * n + c] = inb_backdrop_side_get_slope (side, c, get_place (edge, i));

  measure_grain (self, MIN (n_lines, 4));
  profile = read_profile (self, n_lines);
  for (guint c = 0; c < n; c++)
    range[c] = 4.0f * self->grain[c] / sqrtf (n_lines) + 2.0f / 255.0f;
  self->fine = smooth (edge, profile, FINE_BLUR, range);
  self->calm = smooth (edge, profile, CALM_BLUR, range);
  rim = read_profile (self, get_lines (edge, RIM_DEPTH, 1));
  self->rim = smooth (edge, rim, 0.0005, range);
  for (gsize i = 0; i < (gsize) edge->length * n; i++)
    self->rim[i] -= self->fine[i];
  return self;
}

typedef struct
{
  float moved; /* along the slope, in long sides */
  float rim;   /* shares */
  float calm;
} Place;

/* Compiled once for each number of channels: the inner loop of every preview. */
static inline void
fill_line (const InbSweep *self, guint distance, const Place *place, const guint n, float *line)
{
  float grain[INB_EDGE_MAX_CHANNELS];
  const float *fine = self->fine, *calm = self->calm, *rim = self->rim, *slope = self->slope;

  /* the sum of two even chances of −½…½ has a standard deviation of 1/√6 */
  for (guint c = 0; c < n; c++)
    grain[c] = self->grain[c] * 2.4495f / 65535.0f;
  for (guint i = 0; i < self->edge.length; i++)
    {
      guint32 chance = inb_edge_hash (&self->edge, distance, i);
      float noise = (float) ((int) (chance & 0xffff) + (int) (chance >> 16) - 65535);

      for (guint c = 0; c < n; c++)
        line[c] = fine[c] + place->calm * (calm[c] - fine[c]) - slope[c] * place->moved +
                  rim[c] * place->rim + noise * grain[c];
      line += n;
      fine += n;
      calm += n;
      rim += n;
      slope += n;
    }
}

/**
 * inb_sweep_get_line:
 * @self: a background
 * @distance: px outwards, 0 beside the photo's outermost line
 * @line: (out caller-allocates): length × channels of the edge
 *
 * At the photo the line meets its rim; further out the rim gives way to the edge's profile, which
 * moves on along its slope and levels off. The photo's own grain is put on it.
 */
void
inb_sweep_get_line (InbSweep *self, guint distance, float *line)
{
  float away = (distance + 0.5f) / self->edge.long_side;
  const Place place = { SLOPE_REACH * (1.0f - expf (-away / SLOPE_REACH)), expf (-away / RIM_REACH),
                        1.0f - expf (-away / CALM_REACH) };

  if (self->edge.n_channels == 3)
    fill_line (self, distance, &place, 3, line);
  else
    fill_line (self, distance, &place, 4, line);
}

/**
 * inb_sweep_free:
 * @self: (transfer full): a background
 */
void
inb_sweep_free (InbSweep *self)
{
  g_free (self->fine);
  g_free (self->calm);
  g_free (self->rim);
  g_free (self->slope);
  g_free (self);
}
