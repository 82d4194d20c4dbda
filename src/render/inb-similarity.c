/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-similarity.h"

#include <math.h>

/* Gauss-Newton on the difference of brightness within both outlines (Lucas and Kanade 1981), from
 * coarse to fine and from several beginnings, since a label repeats and an outline may be cut off
 * by the picture's edge. */
#define MAX_LEVELS 8
#define MAX_STEPS 16
/* Of the coarsest level's shorter side, and of the finest one's: what is left is the flow's. */
#define LEAST_SIDE 24
#define MOST_SIDE 200
/* 8-bit code values that count half. */
#define SOFT 20.0F
/* Code values that a cell of one outline alone counts as. */
#define ALONE 30.0
#define SMALL_STEP 0.02
/* Cells of a level that have to overlap. */
#define LEAST_OVERLAP 12.0

/* Brightness and opacity of one picture, in 8-bit code values and 0…1. */
typedef struct
{
  int width;
  int height;
  float *value;
  float *alpha;
} Level;

typedef struct
{
  Level levels[2][MAX_LEVELS];
  guint n_levels;
  double centre[2]; /* of the first product, cells of the finest level */
  double radius;
} Fitting;

/* What one look at all cells gives. */
typedef struct
{
  double matrix[4][4];
  double vector[4];
  double error;
} Normal;

static Level
level_new (int width, int height)
{
  gsize n = (gsize) width * (gsize) height;

  return (Level){ width, height, g_new0 (float, n), g_new0 (float, n) };
}

static Level
level_new_from_planes (const InbPlane *picture, const InbPlane *alpha)
{
  Level self = level_new (picture->width, picture->height);

  for (int y = 0; y < self.height; y++)
    for (int x = 0; x < self.width; x++)
      {
        float opacity = (float) (alpha->data[y * alpha->stride + x] - INB_ALPHA_SLACK) / 16384.0F;

        self.value[y * self.width + x] =
            (float) picture->data[y * picture->stride + x] / INB_PLANE_ONE;
        self.alpha[y * self.width + x] = CLAMP (opacity, 0.0F, 1.0F);
      }
  return self;
}

static Level
level_new_half (const Level *large)
{
  Level self = level_new (large->width / 2, large->height / 2);

  for (int y = 0; y < self.height; y++)
    for (int x = 0; x < self.width; x++)
      {
        gssize from = (gssize) 2 * y * large->width + 2 * x, at = (gssize) y * self.width + x;
        gssize below = from + large->width;

        self.value[at] = 0.25F * (large->value[from] + large->value[from + 1] +
                                  large->value[below] + large->value[below + 1]);
        self.alpha[at] = 0.25F * (large->alpha[from] + large->alpha[from + 1] +
                                  large->alpha[below] + large->alpha[below + 1]);
      }
  return self;
}

static void
level_clear (Level *self)
{
  g_free (self->value);
  g_free (self->alpha);
}

static float
get_sample (const float *samples, const Level *level, float x, float y)
{
  int left = CLAMP ((int) x, 0, level->width - 2), top = CLAMP ((int) y, 0, level->height - 2);
  float fx = x - (float) left, fy = y - (float) top;
  const float *at = samples + (gssize) top * level->width + left;

  return (at[0] * (1.0F - fx) + at[1] * fx) * (1.0F - fy) +
         (at[level->width] * (1.0F - fx) + at[level->width + 1] * fx) * fy;
}

/**
 * inb_similarity_apply:
 * @self: a similarity
 * @x: place
 * @y: place
 * @to_x: (out): where it goes
 * @to_y: (out): where it goes
 */
void
inb_similarity_apply (const InbSimilarity *self, double x, double y, double *to_x, double *to_y)
{
  *to_x = self->a * x - self->b * y + self->x;
  *to_y = self->b * x + self->a * y + self->y;
}

/**
 * inb_similarity_invert:
 * @self: a similarity with a scale above 0
 *
 * Returns: the way back
 */
InbSimilarity
inb_similarity_invert (const InbSimilarity *self)
{
  double square = self->a * self->a + self->b * self->b;
  InbSimilarity back = { self->a / square, -self->b / square, 0.0, 0.0 };

  inb_similarity_apply (&back, -self->x, -self->y, &back.x, &back.y);
  return back;
}

/* Middle of what is opaque and mean squared distance from it; %FALSE if too little is. */
static gboolean
get_moments (const Level *level, double middle[2], double *spread)
{
  double sum = 0.0, x_sum = 0.0, y_sum = 0.0, square = 0.0;

  for (int y = 0; y < level->height; y++)
    for (int x = 0; x < level->width; x++)
      {
        double weight = level->alpha[(gssize) y * level->width + x];

        sum += weight;
        x_sum += weight * x;
        y_sum += weight * y;
        square += weight * ((double) x * x + (double) y * y);
      }
  if (sum < LEAST_OVERLAP)
    return FALSE;
  middle[0] = x_sum / sum;
  middle[1] = y_sum / sum;
  *spread = square / sum - middle[0] * middle[0] - middle[1] * middle[1];
  return TRUE;
}

/* The move is about the first product's middle, its slopes in units of its radius: all four
 * unknowns are cells then. */
static gboolean
look (const Fitting *self, guint number, const double p[4], float mean, Normal *normal,
      float *new_mean)
{
  const Level *from = &self->levels[0][number], *to = &self->levels[1][number];
  double size = (double) (1u << number), sum = 0.0, own = 0.0, other = 0.0, rest = 0.0, bare = 0.0;
  double square = p[0] * p[0] + p[1] * p[1];

  *normal = (Normal){ 0 };
  for (int y = 0; y < from->height; y++)
    for (int x = 0; x < from->width; x++)
      {
        gssize at = (gssize) y * from->width + x;
        double dx = ((x + 0.5) * size - 0.5 - self->centre[0]) / self->radius;
        double dy = ((y + 0.5) * size - 0.5 - self->centre[1]) / self->radius;
        float u = (float) ((p[0] * dx - p[1] * dy + p[2] + 0.5) / size - 0.5);
        float v = (float) ((p[1] * dx + p[0] * dy + p[3] + 0.5) / size - 0.5);
        float gx, gy, difference, weight;
        double slopes[4];

        if (u < 0.0F || v < 0.0F || u > (float) (to->width - 1) || v > (float) (to->height - 1))
          continue;
        weight = get_sample (to->alpha, to, u, v);
        own += from->alpha[at];
        other += weight;
        weight *= from->alpha[at];
        if (weight <= 0.0F)
          continue;
        difference = get_sample (to->value, to, u, v) - from->value[at];
        sum += weight;
        bare += weight * difference;
        difference -= mean;
        rest += weight * fabsf (difference);
        weight /= 1.0F + difference * difference / (SOFT * SOFT);
        gx = get_sample (to->value, to, MIN (u + 0.5F, (float) (to->width - 1)), v) -
             get_sample (to->value, to, MAX (u - 0.5F, 0.0F), v);
        gy = get_sample (to->value, to, u, MIN (v + 0.5F, (float) (to->height - 1))) -
             get_sample (to->value, to, u, MAX (v - 0.5F, 0.0F));
        slopes[0] = (gx * dx + gy * dy) / size;
        slopes[1] = (gy * dx - gx * dy) / size;
        slopes[2] = gx / size;
        slopes[3] = gy / size;
        for (guint i = 0; i < 4; i++)
          {
            for (guint k = 0; k < 4; k++)
              normal->matrix[i][k] += weight * slopes[i] * slopes[k];
            normal->vector[i] += weight * slopes[i] * difference;
          }
      }
  if (sum < LEAST_OVERLAP || square <= 0.0)
    return FALSE;
  *new_mean = (float) (bare / sum);
  normal->error = (rest + ALONE * (own + other - 2.0 * sum)) / sum;
  return TRUE;
}

/* Gauss and Jordan; the diagonal is kept away from nought. */
static void
solve (Normal *normal, double steps[4])
{
  double (*m)[4] = normal->matrix;

  for (guint i = 0; i < 4; i++)
    m[i][i] += 1e-3 * m[i][i] + 1e-6;
  for (guint i = 0; i < 4; i++)
    {
      double pivot = m[i][i];

      for (guint k = 0; k < 4; k++)
        m[i][k] /= pivot;
      normal->vector[i] /= pivot;
      for (guint row = 0; row < 4; row++)
        {
          double factor = m[row][i];

          if (row == i)
            continue;
          for (guint k = 0; k < 4; k++)
            m[row][k] -= factor * m[i][k];
          normal->vector[row] -= factor * normal->vector[i];
        }
    }
  for (guint i = 0; i < 4; i++)
    steps[i] = normal->vector[i];
}

/* From a beginning down to the finest level: the error there, or HUGE_VAL. */
static double
descend (const Fitting *self, guint finest, double p[4])
{
  Normal normal = { 0 };
  float mean = 0.0F;

  for (guint level = self->n_levels; level-- > finest;)
    for (guint i = 0; i < MAX_STEPS; i++)
      {
        double steps[4], length = 0.0;

        if (!look (self, level, p, mean, &normal, &mean))
          return HUGE_VAL;
        solve (&normal, steps);
        for (guint k = 0; k < 4; k++)
          {
            p[k] -= steps[k];
            length = MAX (length, fabs (steps[k]));
          }
        if (length < SMALL_STEP * (1u << level))
          break;
      }
  return look (self, finest, p, mean, &normal, &mean) ? normal.error : HUGE_VAL;
}

static double
fit_best (const Fitting *self, guint finest, const double scales[2], const double middle[2],
          double best[4])
{
  /* sine and cosine of −15°, 0° and 15° */
  const double turns[3][2] = { { -0.2588190451, 0.9659258263 },
                               { 0.0, 1.0 },
                               { 0.2588190451, 0.9659258263 } };
  double least = HUGE_VAL;

  for (guint scale = 0; scale < 2; scale++)
    for (guint turn = 0; turn < 3; turn++)
      {
        double p[] = { scales[scale] * self->radius * turns[turn][1],
                       scales[scale] * self->radius * turns[turn][0], middle[0], middle[1] };
        double error = descend (self, finest, p);

        if (error >= least)
          continue;
        least = error;
        for (guint i = 0; i < 4; i++)
          best[i] = p[i];
      }
  return least;
}

/**
 * inb_similarity_fit:
 * @pictures: brightness of both, of one size
 * @alphas: opacity of the product in both, of that size
 * @self: (out): how the first product has to be moved to lie on the second
 *
 * Returns: whether one was found; that it is a good one is not said
 */
gboolean
inb_similarity_fit (const InbPlane *const pictures[2], const InbPlane *const alphas[2],
                    InbSimilarity *self)
{
  Fitting fitting = { .n_levels = 1 };
  guint finest = 0;
  double spreads[2], middle[2], best[4] = { 0.0 }, scales[2] = { 1.0, 1.0 };
  gboolean found = FALSE;

  for (guint i = 0; i < 2; i++)
    fitting.levels[i][0] = level_new_from_planes (pictures[i], alphas[i]);
  while (fitting.n_levels < MAX_LEVELS)
    {
      const Level *large = &fitting.levels[0][fitting.n_levels - 1];

      if (MIN (large->width, large->height) < 2 * LEAST_SIDE)
        break;
      if (MIN (large->width, large->height) > MOST_SIDE)
        finest = fitting.n_levels;
      for (guint i = 0; i < 2; i++)
        fitting.levels[i][fitting.n_levels] =
            level_new_half (&fitting.levels[i][fitting.n_levels - 1]);
      fitting.n_levels++;
    }
  if (MIN (pictures[0]->width, pictures[0]->height) >= LEAST_SIDE &&
      get_moments (&fitting.levels[0][0], fitting.centre, &spreads[0]) &&
      get_moments (&fitting.levels[1][0], middle, &spreads[1]))
    {
      fitting.radius = sqrt (spreads[0]);
      scales[1] = sqrt (spreads[1] / spreads[0]);
      found = fit_best (&fitting, finest, scales, middle, best) < HUGE_VAL;
    }
  if (found)
    {
      *self = (InbSimilarity){ best[0] / fitting.radius, best[1] / fitting.radius, 0.0, 0.0 };
      self->x = best[2] - self->a * fitting.centre[0] + self->b * fitting.centre[1];
      self->y = best[3] - self->b * fitting.centre[0] - self->a * fitting.centre[1];
      found = self->a * self->a + self->b * self->b > 1e-3;
    }
  for (guint i = 0; i < 2; i++)
    for (guint level = 0; level < fitting.n_levels; level++)
      level_clear (&fitting.levels[i][level]);
  return found;
}
