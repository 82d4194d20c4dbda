/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-consistency.h"

#include <math.h>

#include "render/inb-falloff.h"
#include "render/inb-fill.h"

/* Motion may differ by about a tenth of its length on the way there and back. */
#define TOLERANCE 0.01F
/* Of a motion that leaves the picture. */
#define OUTSIDE 0.1F
/* Below this a motion is replaced by that around it. */
#define LEAST 0.05F
/* Slopes, 8-bit code values a cell, that count half as structure. */
#define SLOPE 4.0F
/* A motion that enlarges more than this has torn something apart. */
#define TEAR 4.0F
/* Cells over which growth is measured: about a patch, so that its edge alone does not count. */
#define REACH 4
/* 8-bit code values that a change is seen from, and consistency below which no motion confirms how
 * it comes about. */
#define VISIBLE 16.0F
#define UNCONFIRMED 0.1F
/* px that count as one when it is decided which motion to believe. */
#define TUNED_STEP 2.0F
/* Cells of the pictures that the scores were measured with: the same pair shall score the same in a
 * clip of any size. */
#define SCORED_CELLS (480.0F * 270.0F)
/* A product that went too far, or turned too much, to be found again appears twice or in shreds. Of
 * what changes, pairs that look well lose up to 0.59, those that do not from 0.75 on; where less
 * than this share of the picture is torn nobody minds. Looked at: the own scenes, cup, box and
 * vtest of bench-morph.py, 4 to 32 frames apart. */
#define MOST_LOST 0.67
#define LEAST_TORN 0.06
/* Bins of displacements, each a hundredth of the diagonal. */
#define N_BINS 200

static gboolean
is_inside (const InbFlow *flow, float x, float y)
{
  return x >= -0.5F && y >= -0.5F && x <= (float) flow->width - 0.5F &&
         y <= (float) flow->height - 0.5F;
}

/* A cell each of @forth, 0…1: exp (−e / (1 + 0.01 m)), with e the squared way from where one
 * started to where one comes back, m the squared motions; a tenth of that where it leaves the
 * picture. A cell counts as @scale long. */
static float *
make_map (const InbFlow *forth, const InbFlow *back, float scale)
{
  gsize n = (gsize) forth->width * (gsize) forth->height;
  float *map = g_new (float, n);
  float area = scale * scale;

  for (int y = 0; y < forth->height; y++)
    for (int x = 0; x < forth->width; x++)
      {
        gssize at = (gssize) y * forth->width + x;
        float u = forth->x[at], v = forth->y[at], to_x = (float) x + u, to_y = (float) y + v;
        float back_u, back_v, e, m;

        inb_flow_sample (back, to_x, to_y, &back_u, &back_v);
        e = (u + back_u) * (u + back_u) + (v + back_v) * (v + back_v);
        m = u * u + v * v + back_u * back_u + back_v * back_v;
        map[at] = inb_falloff (e * area / (1.0F + TOLERANCE * m * area));
        if (!is_inside (forth, to_x, to_y))
          map[at] *= OUTSIDE;
      }
  return map;
}

/**
 * inb_consistency_mend:
 * @flow: changed in place
 * @map: its consistency, a cell each
 *
 * Replaces motion that nothing confirms by that around it.
 */
void
inb_consistency_mend (InbFlow *flow, const float *map)
{
  gsize n = (gsize) flow->width * (gsize) flow->height;
  g_autofree float *sums = g_new0 (float, 4 * n);

  for (gsize i = 0; i < n; i++)
    if (map[i] >= LEAST)
      {
        sums[4 * i] = flow->x[i];
        sums[4 * i + 1] = flow->y[i];
        sums[4 * i + 3] = 1.0F;
      }
  inb_fill_holes (sums, flow->width, flow->height, 1.0F);
  for (gsize i = 0; i < n; i++)
    {
      flow->x[i] = sums[4 * i];
      flow->y[i] = sums[4 * i + 1];
    }
}

static float
get_slope (const InbPlane *plane, int x, int y)
{
  const gint16 *at = plane->data + y * plane->stride + x;
  float gx = (float) (at[1] - at[-1]), gy = (float) (at[plane->stride] - at[-plane->stride]);

  return (gx * gx + gy * gy) * (0.25F / (INB_PLANE_ONE * INB_PLANE_ONE));
}

static float
get_value (const InbPlane *plane, float x, float y)
{
  float limited_x = CLAMP (x, 0.0F, (float) (plane->width - 1));
  float limited_y = CLAMP (y, 0.0F, (float) (plane->height - 1));
  int left = (int) limited_x, top = (int) limited_y;
  float fx = limited_x - (float) left, fy = limited_y - (float) top;
  const gint16 *at = plane->data + top * plane->stride + left; /* padded: the next one is there */

  return (((float) at[0] * (1.0F - fx) + (float) at[1] * fx) * (1.0F - fy) +
          ((float) at[plane->stride] * (1.0F - fx) + (float) at[plane->stride + 1] * fx) * fy) *
         (1.0F / INB_PLANE_ONE);
}

/* How much the motion enlarges the area about a cell; below 0 it turns it inside out. */
static float
get_growth (const InbFlow *flow, int x, int y)
{
  int right = MIN (x + REACH, flow->width - 1), below = MIN (y + REACH, flow->height - 1);
  gssize at = (gssize) y * flow->width + x, next = (gssize) y * flow->width + right;
  gssize under = (gssize) below * flow->width + x;

  return (1.0F + (flow->x[next] - flow->x[at]) / REACH) *
             (1.0F + (flow->y[under] - flow->y[at]) / REACH) -
         (flow->x[under] - flow->x[at]) * (flow->y[next] - flow->y[at]) / (REACH * REACH);
}

/* Mean difference of brightness, with the motion and without: it counts as exposure, not as
 * content. */
static void
get_offsets (const InbPlane *from, const InbPlane *to, const InbFlow *flow, float *moved,
             float *unmoved)
{
  double cells = (double) flow->width * flow->height, moved_sum = 0.0, unmoved_sum = 0.0;

  for (int y = 0; y < flow->height; y++)
    for (int x = 0; x < flow->width; x++)
      {
        gssize at = (gssize) y * flow->width + x;
        float here = (float) from->data[y * from->stride + x] / INB_PLANE_ONE;

        moved_sum += get_value (to, (float) x + flow->x[at], (float) y + flow->y[at]) - here;
        unmoved_sum += (float) to->data[y * to->stride + x] / INB_PLANE_ONE - here;
      }
  *moved = (float) (moved_sum / cells);
  *unmoved = (float) (unmoved_sum / cells);
}

typedef struct
{
  double structure;
  double consistent;
  double folded;
  double moved;
  double unmoved;
  double cells;
  double changed;
  double torn;
  double bins[N_BINS];
} Sums;

static void
add_direction (const InbPlane *from, const InbPlane *to, const InbFlow *flow, const float *map,
               Sums *sums)
{
  float diagonal = sqrtf ((float) (flow->width * flow->width + flow->height * flow->height));
  float moved, unmoved;

  get_offsets (from, to, flow, &moved, &unmoved);

  for (int y = 0; y < flow->height; y++)
    for (int x = 0; x < flow->width; x++)
      {
        gssize at = (gssize) y * flow->width + x;
        float slope = get_slope (from, x, y);
        float structure = slope / (slope + SLOPE * SLOPE);
        float here = (float) from->data[y * from->stride + x] / INB_PLANE_ONE;
        float to_x = (float) x + flow->x[at], to_y = (float) y + flow->y[at];
        float there = get_value (to, to_x, to_y);
        float same = (float) to->data[y * to->stride + x] / INB_PLANE_ONE;
        float growth = get_growth (flow, x, y);
        float length = sqrtf (flow->x[at] * flow->x[at] + flow->y[at] * flow->y[at]) / diagonal;

        sums->structure += structure;
        sums->consistent += structure * map[at];
        sums->folded += growth <= 0.0F || growth > TEAR ? structure * map[at] : 0.0F;
        sums->moved += fabsf (there - here - moved);
        sums->unmoved += fabsf (same - here - unmoved);
        sums->cells += 1.0;
        if (fabsf (same - here - unmoved) > VISIBLE && is_inside (flow, to_x, to_y))
          {
            sums->changed += 1.0;
            sums->torn += map[at] < UNCONFIRMED ? 1.0 : 0.0;
          }
        sums->bins[MIN ((int) (length * 100.0F), N_BINS - 1)] += structure;
      }
}

/* Flat areas fit anywhere and say nothing: what has structure counts. */
static void
measure (const InbPlane *const pictures[2], InbFlow *const flows[2], float *const maps[2],
         InbAgreement *agreement)
{
  Sums sums = { 0 };
  double below = 0.0;
  guint bin = 0;

  for (guint i = 0; i < 2; i++)
    add_direction (pictures[i], pictures[1 - i], flows[i], maps[i], &sums);
  while (bin < N_BINS - 1 && below + sums.bins[bin] < 0.9 * sums.structure)
    below += sums.bins[bin++];
  agreement->score = sums.structure > 0.0 ? sums.consistent / sums.structure : 0.0;
  agreement->folded = sums.structure > 0.0 ? sums.folded / sums.structure : 0.0;
  agreement->photometric = sums.unmoved > 0.0 ? sums.moved / sums.unmoved : 0.0;
  agreement->torn = sums.torn / sums.cells;
  agreement->lost = sums.changed > 0.0 ? sums.torn / sums.changed : 0.0;
  agreement->displacement = bin / 100.0;
}

/**
 * inb_consistency_judge:
 * @pictures: brightness of both, a sample a cell
 * @flows: the motion there and back
 * @step: px of a frame in a cell
 * @maps: (out) (array fixed-size=2) (transfer full): how far each cell's motion is to be believed,
 * 0…1, there and back; for inb_consistency_mend()
 * @agreement: (out): how well the pictures agree
 */
void
inb_consistency_judge (const InbPlane *const pictures[2], InbFlow *const flows[2], guint step,
                       float *maps[2], InbAgreement *agreement)
{
  float scale = sqrtf (SCORED_CELLS / (float) (pictures[0]->width * pictures[0]->height));
  float *scored[2];

  for (guint i = 0; i < 2; i++)
    {
      maps[i] = make_map (flows[i], flows[1 - i], (float) step / TUNED_STEP);
      scored[i] = make_map (flows[i], flows[1 - i], scale);
    }
  measure (pictures, flows, scored, agreement);
  for (guint i = 0; i < 2; i++)
    g_free (scored[i]);
}

/**
 * inb_agreement_is_torn:
 * @agreement: how well two pictures agree
 *
 * Returns: whether so much of what changes is not found again that shreds would be seen
 */
gboolean
inb_agreement_is_torn (const InbAgreement *agreement)
{
  return agreement->torn > LEAST_TORN && agreement->lost > MOST_LOST;
}
