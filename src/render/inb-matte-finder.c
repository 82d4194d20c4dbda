/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-matte-finder.h"

#include <glib/gi18n.h>
#include <math.h>

#include "render/inb-region.h"
#include "render/inb-segment.h"

/* Of the weight of the heaviest part: a lighter one is no part of the product. */
#define LEAST_PART 0.25
/* A hole shows the back if it is that of the surface to within these sigmas, in the mean, and not
 * burnt out: white on white a label looks the same. */
#define HOLE_AWAY 1.2
#define BURNT 244.0
/* Holes smaller than this share of the picture are closed. */
#define LEAST_HOLE 0.0008
/* Opacity at its ends: what rounds leave there is cut off. */
#define LOWEST 0.12F
#define HIGHEST 0.88F
/* px of the small picture from the contour to where product and back are compared. */
#define REACH 4
/* Code values, beside grain, from which a contour is an edge. */
#define EDGE 7.0F

/* What has to hold: from @none on, a little; from @full on, fully. Measured with own scenes and
 * photos that are no product's. */
typedef struct
{
  double none;
  double full;
} Range;

static const Range areas[2] = { { 0.03, 0.08 }, { 0.65, 0.55 } };
static const Range inlier_range = { 0.50, 0.80 };
static const Range edge_range = { 0.55, 0.85 };
static const Range loose_range = { 0.30, 0.10 };
static const Range full_range = { 0.18, 0.35 };
static const Range spread_range = { 16.0, 8.0 };
static const Range plain_range = { 0.55, 0.80 };
#define MAX_PARTS 3
/* Where all only just hold. */
#define LEAST_CONFIDENCE 0.4

typedef struct
{
  double area;
  double edges;  /* share of the contour where there is one */
  double loose;  /* share of what was product and belongs to no part of it */
  double full;   /* share of its own box that the product fills */
  double plain;  /* share of the back that looks like the surface */
  double spread; /* code values: how far the border is, typically, from the surface */
  guint n_parts;
} Facts;

static double
get_place (const Range *range, double value)
{
  return CLAMP ((value - range->none) / (range->full - range->none), 0.0, 1.0);
}

static guint8 *
mark (const InbSegment *segment)
{
  int n = segment->picture->width * segment->picture->height;
  guint8 *kinds = g_new0 (guint8, n);

  for (int i = 0; i < n; i++)
    if (segment->alpha[i] >= 0.5F)
      kinds[i] = 1;
  return kinds;
}

/* Keeps the heaviest part and those that are nearly as heavy, weighed by opacity and nearness to
 * the middle. */
static void
keep_parts (const InbSegment *segment, guint8 *kinds, Facts *facts)
{
  int width = segment->picture->width, height = segment->picture->height;
  g_autoptr (InbRegions) regions = inb_regions_new (kinds, width, height);
  g_autofree double *weights = g_new0 (double, regions->n);
  double heaviest = 0.0, all = 0.0, kept = 0.0;

  for (int i = 0; i < width * height; i++)
    if (kinds[i] != 0)
      {
        int x = i % width, y = i / width;
        double u = 2.0 * x / width - 1.0, v = 2.0 * y / height - 1.0;

        weights[regions->labels[i]] += segment->alpha[i] / (1.0 + u * u + v * v);
      }
  for (guint i = 0; i < regions->n; i++)
    {
      heaviest = MAX (heaviest, weights[i]);
      all += weights[i];
    }
  facts->n_parts = 0;
  for (guint i = 0; i < regions->n; i++)
    if (weights[i] > 0.0 && weights[i] >= LEAST_PART * heaviest)
      {
        kept += weights[i];
        facts->n_parts++;
      }
  facts->loose = all > 0.0 ? 1.0 - kept / all : 1.0;
  for (int i = 0; i < width * height; i++)
    if (kinds[i] != 0 && weights[regions->labels[i]] < LEAST_PART * heaviest)
      kinds[i] = 0;
}

typedef struct
{
  guint n;
  double away;
  double luma;
  gboolean outside;
} Hole;

/* Closes holes but those through which the back is seen. */
static void
close_holes (const InbSegment *segment, guint8 *kinds)
{
  int width = segment->picture->width, height = segment->picture->height;
  g_autoptr (InbRegions) regions = inb_regions_new (kinds, width, height);
  g_autofree Hole *holes = g_new0 (Hole, regions->n);

  for (int i = 0; i < width * height; i++)
    {
      Hole *hole = &holes[regions->labels[i]];
      int x = i % width, y = i / width;

      hole->n++;
      hole->away += segment->away[i];
      hole->luma += segment->picture->channels[0][i];
      hole->outside |= x == 0 || y == 0 || x == width - 1 || y == height - 1;
    }
  for (int i = 0; i < width * height; i++)
    {
      const Hole *hole = &holes[regions->labels[i]];

      if (kinds[i] == 0 && !hole->outside &&
          (hole->n < LEAST_HOLE * width * height || hole->away > HOLE_AWAY * hole->n ||
           hole->luma > BURNT * hole->n))
        kinds[i] = 2; /* product, though its opacity does not say so */
    }
}

/* Mean of 3 × 3 px. */
static float
get_mean (const float *values, int width, int height, int x, int y)
{
  float sum = 0.0F;

  for (int i = 0; i < 9; i++)
    sum +=
        values[CLAMP (y + i / 3 - 1, 0, height - 1) * width + CLAMP (x + i % 3 - 1, 0, width - 1)];
  return sum / 9.0F;
}

/* Whether colours on both sides of a contour differ; -1 off the contour, or at the border. */
static int
look_across (const InbSegment *segment, const guint8 *kinds, int x, int y)
{
  int width = segment->picture->width, height = segment->picture->height;
  float slope_x = 0.0F, slope_y = 0.0F, length, step = 0.0F;

  if (x < REACH + 1 || y < REACH + 1 || x >= width - REACH - 1 || y >= height - REACH - 1 ||
      kinds[y * width + x] == 0)
    return -1;
  if (kinds[y * width + x - 1] != 0 && kinds[y * width + x + 1] != 0 &&
      kinds[(y - 1) * width + x] != 0 && kinds[(y + 1) * width + x] != 0)
    return -1;
  for (int i = -2; i <= 2; i++)
    for (int k = -2; k <= 2; k++)
      if (kinds[(y + i) * width + x + k] != 0)
        {
          slope_x += (float) k;
          slope_y += (float) i;
        }
  length = sqrtf (slope_x * slope_x + slope_y * slope_y);
  if (length < 1.0F)
    return -1;
  slope_x *= REACH / length;
  slope_y *= REACH / length;
  for (guint i = 0; i < 3; i++)
    {
      const float *channel = segment->picture->channels[i];
      float inside =
          get_mean (channel, width, height, x + (int) lrintf (slope_x), y + (int) lrintf (slope_y));
      float outside =
          get_mean (channel, width, height, x - (int) lrintf (slope_x), y - (int) lrintf (slope_y));

      step += (i == 0 ? 1.0F : 2.0F) * fabsf (inside - outside);
    }
  return step > EDGE + 2.0F * segment->grain;
}

static void
measure (const InbSegment *segment, const guint8 *kinds, Facts *facts)
{
  int width = segment->picture->width, height = segment->picture->height;
  guint n_product = 0, n_back = 0, n_plain = 0, n_contour = 0, n_edge = 0;
  int left = width, top = height, right = -1, bottom = -1;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int edge = look_across (segment, kinds, x, y);

        n_contour += edge >= 0;
        n_edge += edge > 0;
        if (kinds[y * width + x] != 0)
          {
            n_product++;
            left = MIN (left, x);
            right = MAX (right, x);
            top = MIN (top, y);
            bottom = y;
          }
        n_back += kinds[y * width + x] == 0;
        n_plain += kinds[y * width + x] == 0 && segment->away[y * width + x] < 4.0F;
      }
  facts->spread = segment->surface.sigmas[0];
  facts->area = (double) n_product / (width * height);
  if (n_product > 0)
    facts->full = (double) n_product / ((right - left + 1) * (bottom - top + 1));
  facts->edges = n_contour > 0 ? (double) n_edge / n_contour : 0.0;
  facts->plain = n_back > 0 ? (double) n_plain / n_back : 0.0;
}

/* One number does not do: good and bad mattes have the same share of inliers. The weakest of all
 * decides. */
static void
judge (InbMatte *matte, const Facts *facts)
{
  const struct
  {
    double place;
    const char *reason;
  } gates[] = {
    { get_place (&inlier_range, matte->inliers), _ ("The photo's border is no plain back.") },
    { get_place (&spread_range, facts->spread), _ ("The photo's border is no plain back.") },
    { get_place (&areas[0], facts->area), _ ("What stands out from the back is too small.") },
    { get_place (&areas[1], facts->area), _ ("What stands out from the back is too large.") },
    { facts->n_parts <= MAX_PARTS ? 1.0 : 0.0, _ ("What stands out from the back is in pieces.") },
    { get_place (&loose_range, facts->loose), _ ("What stands out from the back is in pieces.") },
    { get_place (&full_range, facts->full), _ ("What stands out from the back is in pieces.") },
    { get_place (&plain_range, facts->plain), _ ("What is behind the product is not plain.") },
    { get_place (&edge_range, facts->edges), _ ("The product has no clear edge.") },
  };
  double weakest = 1.0;

  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    {
      if (gates[i].place <= 0.0 && matte->reason == NULL)
        matte->reason = gates[i].reason;
      weakest = MIN (weakest, gates[i].place);
    }
  matte->accepted = matte->reason == NULL;
  if (matte->accepted)
    matte->confidence = LEAST_CONFIDENCE + (1.0 - LEAST_CONFIDENCE) * weakest;
}

/* Opacity of what was kept: soft within two px of a contour, else one of its ends. */
static InbPlane *
make_alpha (const InbSegment *segment, const guint8 *kinds)
{
  int width = segment->picture->width, height = segment->picture->height;
  InbPlane *alpha = inb_plane_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        float share = (segment->alpha[y * width + x] - LOWEST) / (HIGHEST - LOWEST);
        guint n = 0, n_closed = 0, n_seen = 0;

        for (int i = MAX (y - 2, 0); i <= MIN (y + 2, height - 1); i++)
          for (int k = MAX (x - 2, 0); k <= MIN (x + 2, width - 1); k++, n_seen++)
            {
              n += kinds[i * width + k] != 0;
              n_closed += kinds[i * width + k] == 2;
            }
        if (n == 0)
          share = 0.0F;
        else if (n == n_seen || n_closed > 0)
          share = kinds[y * width + x] != 0 ? 1.0F : MAX (share, 0.0F);
        if (share <= 0.0F)
          alpha->data[y * alpha->stride + x] = 0;
        else if (share >= 1.0F)
          alpha->data[y * alpha->stride + x] = INB_ALPHA_ONE;
        else
          alpha->data[y * alpha->stride + x] =
              (gint16) (INB_ALPHA_SLACK + (int) (share * 16384.0F + 0.5F));
      }
  inb_plane_pad (alpha);
  return alpha;
}

/**
 * inb_matte_find:
 * @photo: (transfer none): a photo
 * @n_threads: threads to use, ≥ 1; the matte is the same for any number
 *
 * Looks for a product on a plain back, and says how sure it is: by the share of the border that is
 * plain, by area, number of parts, edge along the contour, and how plain the rest is.
 *
 * Returns: (transfer full): the matte, small; not accepted with a reason
 */
InbMatte *
inb_matte_find (const InbPixels *photo, guint n_threads)
{
  InbMatte *self = inb_matte_new (INB_MATTE_AUTOMATIC);
  g_autoptr (InbSegment) segment = inb_segment_new (photo, n_threads);
  g_autofree guint8 *kinds = mark (segment);
  Facts facts = { 0 };

  keep_parts (segment, kinds, &facts);
  close_holes (segment, kinds);
  measure (segment, kinds, &facts);
  self->area = facts.area;
  self->inliers = segment->surface.inliers;
  judge (self, &facts);
  self->alpha = make_alpha (segment, kinds);
  g_debug ("area %.3f, inliers %.3f, edges %.3f, loose %.3f, full %.3f, plain %.3f, %u parts, "
           "sigma %.1f, "
           "grain %.2f",
           facts.area, self->inliers, facts.edges, facts.loose, facts.full, facts.plain,
           facts.n_parts, segment->surface.sigmas[0], segment->grain);
  return self;
}
