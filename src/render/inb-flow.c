/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-flow.h"

#include "render/inb-farm.h"
#include "render/inb-patch.h"

/* Dense inverse search (Kroeger et al. 2016): patches are laid over one picture and each is slid
 * over the other one by Gauss-Newton steps, from coarse to fine; then every cell takes the mean of
 * the patches that cover it. The figures are measured with
 * bench-morph.py. */
#define STRIDE 4
#define MAX_STEPS 14
#define SMALL_STEP 0.02F
#define MAX_LEVELS 12
/* Of the coarsest level's shorter side. */
#define LEAST_SIDE 20
/* What was found one level coarser is preferred to the neighbours' by this much. */
#define FAVOUR 0.85F
/* Squared 8-bit code values that are taken for noise where patches are weighed: from 1 to 4 gained
 * 0.05 dB on real video. */
#define NOISE 4.0F

typedef struct
{
  PatchPicture *levels[2][MAX_LEVELS];
  guint n_levels;
  GCancellable *cancellable;
  InbFlow **flows;
} Pair;

/* One level of one direction. */
typedef struct
{
  const PatchPicture *from;
  const PatchPicture *to;
  const InbFlow *coarse; /* half as large; NULL: none */
  int columns;
  int rows;
  float *x; /* of each patch: its motion and its error */
  float *y;
  float *error;
} Search;

/**
 * inb_flow_new:
 * @width: cells
 * @height: rows of cells
 *
 * Returns: (transfer full): no motion
 */
InbFlow *
inb_flow_new (int width, int height)
{
  InbFlow *self = g_new0 (InbFlow, 1);

  self->width = width;
  self->height = height;
  self->x = g_new0 (float, (gsize) width *(gsize) height);
  self->y = g_new0 (float, (gsize) width *(gsize) height);
  return self;
}

/**
 * inb_flow_free:
 * @self: (transfer full): a flow
 */
void
inb_flow_free (InbFlow *self)
{
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

/**
 * inb_flow_sample:
 * @self: a flow
 * @x: place, cells; outside the edge counts
 * @y: place, cells
 * @out_x: (out): motion there, bilinear
 * @out_y: (out): motion there
 */
void
inb_flow_sample (const InbFlow *self, float x, float y, float *out_x, float *out_y)
{
  float limited_x = CLAMP (x, 0.0F, (float) (self->width - 1));
  float limited_y = CLAMP (y, 0.0F, (float) (self->height - 1));
  int left = MIN ((int) limited_x, MAX (self->width - 2, 0));
  int top = MIN ((int) limited_y, MAX (self->height - 2, 0));
  int right = MIN (left + 1, self->width - 1), bottom = MIN (top + 1, self->height - 1);
  float fx = limited_x - (float) left, fy = limited_y - (float) top;
  const gssize a = (gssize) top * self->width + left, b = (gssize) top * self->width + right;
  const gssize c = (gssize) bottom * self->width + left, d = (gssize) bottom * self->width + right;

  *out_x = (self->x[a] * (1.0F - fx) + self->x[b] * fx) * (1.0F - fy) +
           (self->x[c] * (1.0F - fx) + self->x[d] * fx) * fy;
  *out_y = (self->y[a] * (1.0F - fx) + self->y[b] * fx) * (1.0F - fy) +
           (self->y[c] * (1.0F - fx) + self->y[d] * fx) * fy;
}

static PatchPicture *
picture_new (int width, int height)
{
  PatchPicture *self = g_new0 (PatchPicture, 1);

  self->width = width;
  self->height = height;
  self->stride = width + 2 * PATCH_PAD;
  self->memory = g_new (float, (gsize) self->stride *(gsize) (height + 2 * PATCH_PAD));
  self->data = self->memory + PATCH_PAD * self->stride + PATCH_PAD;
  return self;
}

static void
picture_free (PatchPicture *self)
{
  g_free (self->memory);
  g_free (self);
}

static void
pad (PatchPicture *self)
{
  gsize pitch = (gsize) self->stride * sizeof (float);

  for (int y = 0; y < self->height; y++)
    {
      float *row = self->data + y * self->stride;

      for (int i = 1; i <= PATCH_PAD; i++)
        {
          row[-i] = row[0];
          row[self->width - 1 + i] = row[self->width - 1];
        }
    }
  for (int i = 1; i <= PATCH_PAD; i++)
    {
      float *last = self->data + (self->height - 1) * self->stride - PATCH_PAD;

      memcpy (self->data - i * self->stride - PATCH_PAD, self->data - PATCH_PAD, pitch);
      memcpy (last + i * self->stride, last, pitch);
    }
}

static PatchPicture *
picture_new_from_plane (const InbPlane *plane)
{
  PatchPicture *self = picture_new (plane->width, plane->height);

  for (int y = 0; y < plane->height; y++)
    for (int x = 0; x < plane->width; x++)
      self->data[y * self->stride + x] =
          (float) plane->data[y * plane->stride + x] * (1.0F / INB_PLANE_ONE);
  pad (self);
  return self;
}

static PatchPicture *
picture_new_half (const PatchPicture *large)
{
  PatchPicture *self = picture_new ((large->width + 1) / 2, (large->height + 1) / 2);

  for (int y = 0; y < self->height; y++)
    {
      const float *above = large->data + 2 * y * large->stride, *below = above + large->stride;

      for (int x = 0; x < self->width; x++)
        self->data[y * self->stride + x] =
            0.25F * (above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1]);
    }
  pad (self);
  return self;
}

/* The last patch of a row ends at the picture's edge. */
static inline int
get_place (int index, int length)
{
  return MAX (0, MIN (index * STRIDE, length - PATCH));
}

static gboolean
is_near (float x, float y, float other_x, float other_y)
{
  return (x - other_x) * (x - other_x) + (y - other_y) * (y - other_y) < 1e-4F;
}

/* Tries the motion of another patch; returns whether it is better. */
static gboolean
try_other (const Search *self, const Patch *patch, int x, int y, gssize at, gssize other)
{
  PatchMatch match;

  if (is_near (self->x[other], self->y[other], self->x[at], self->y[at]))
    return FALSE;
  match = patch_compare (patch, self->to, (float) x + self->x[other], (float) y + self->y[other]);
  if (match.error >= self->error[at])
    return FALSE;
  self->x[at] = self->x[other];
  self->y[at] = self->y[other];
  self->error[at] = match.error;
  return TRUE;
}

static void
descend (const Search *self, const Patch *patch, int x, int y, gssize at)
{
  float from_x = self->x[at], from_y = self->y[at];
  float at_x = from_x, at_y = from_y;

  for (guint i = 0; i <= MAX_STEPS; i++)
    {
      PatchMatch match = patch_compare (patch, self->to, (float) x + at_x, (float) y + at_y);

      if (i == 0 || match.error < self->error[at])
        {
          self->x[at] = at_x;
          self->y[at] = at_y;
          self->error[at] = match.error;
        }
      else
        return;
      at_x -= match.step_x;
      at_y -= match.step_y;
      if ((at_x - from_x) * (at_x - from_x) + (at_y - from_y) * (at_y - from_y) > PATCH * PATCH ||
          match.step_x * match.step_x + match.step_y * match.step_y < SMALL_STEP * SMALL_STEP)
        return;
    }
}

static void
search_patch (const Search *self, int column, int row)
{
  int x = get_place (column, self->from->width), y = get_place (row, self->from->height);
  gssize at = (gssize) row * self->columns + column;
  Patch patch;

  patch_read (&patch, self->from, x, y);
  self->x[at] = self->y[at] = 0.0F;
  if (self->coarse != NULL)
    {
      const float middle = PATCH * 0.5F;

      inb_flow_sample (self->coarse, ((float) x + middle) * 0.5F - 0.5F,
                       ((float) y + middle) * 0.5F - 0.5F, &self->x[at], &self->y[at]);
      self->x[at] *= 2.0F;
      self->y[at] *= 2.0F;
    }
  self->error[at] =
      FAVOUR *
      patch_compare (&patch, self->to, (float) x + self->x[at], (float) y + self->y[at]).error;
  if (column > 0)
    try_other (self, &patch, x, y, at, at - 1);
  if (row > 0)
    try_other (self, &patch, x, y, at, at - self->columns);
  descend (self, &patch, x, y, at);
}

static gboolean
search (const Search *self, GCancellable *cancellable)
{
  for (int row = 0; row < self->rows; row++)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (int column = 0; column < self->columns; column++)
        search_patch (self, column, row);
    }
  for (int row = self->rows - 1; row >= 0; row--)
    for (int column = self->columns - 1; column >= 0; column--)
      {
        int x = get_place (column, self->from->width), y = get_place (row, self->from->height);
        gssize at = (gssize) row * self->columns + column;
        Patch patch;

        patch_read (&patch, self->from, x, y);
        if (column + 1 < self->columns)
          try_other (self, &patch, x, y, at, at + 1);
        if (row + 1 < self->rows)
          try_other (self, &patch, x, y, at, at + self->columns);
      }
  return !g_cancellable_is_cancelled (cancellable);
}

/* Each sample takes the mean of the patches over it, weighted by one over its squared difference.
 */
static void
spread_patch (const Search *self, int column, int row, InbFlow *flow, float *weights)
{
  int x = get_place (column, self->from->width), y = get_place (row, self->from->height);
  gssize at = (gssize) row * self->columns + column;
  v4f difference[PATCH_VECTORS];
  v4f mean = (v4f){ 0 }, one = (v4f){ 1.0F, 1.0F, 1.0F, 1.0F };
  v4f noise = one * NOISE;
  Patch patch;

  patch_read (&patch, self->from, x, y);
  patch_subtract (&patch, self->to, (float) x + self->x[at], (float) y + self->y[at], difference);
  for (int i = 0; i < PATCH_VECTORS; i++)
    mean += difference[i];
  mean = one * (v4f_sum (mean) / (PATCH * PATCH));
  for (int i = 0; i < PATCH_VECTORS; i++)
    {
      gssize cell = (gssize) (y + i / 2) * flow->width + x + i % 2 * 4;
      v4f square = (difference[i] - mean) * (difference[i] - mean);
      v4f weight = one / (square + noise);
      v4f sum_x = v4f_load (flow->x + cell) + weight * self->x[at];
      v4f sum_y = v4f_load (flow->y + cell) + weight * self->y[at];
      v4f sum = v4f_load (weights + cell) + weight;

      v4f_store (flow->x + cell, sum_x);
      v4f_store (flow->y + cell, sum_y);
      v4f_store (weights + cell, sum);
    }
}

static InbFlow *
make_dense (const Search *self)
{
  InbFlow *flow = inb_flow_new (self->from->width, self->from->height);
  gsize n = (gsize) flow->width * (gsize) flow->height;
  g_autofree float *weights = g_new0 (float, n);

  for (int row = 0; row < self->rows; row++)
    for (int column = 0; column < self->columns; column++)
      spread_patch (self, column, row, flow, weights);
  for (gsize i = 0; i < n; i++)
    {
      flow->x[i] /= weights[i];
      flow->y[i] /= weights[i];
    }
  return flow;
}

static InbFlow *
search_level (const PatchPicture *from, const PatchPicture *to, const InbFlow *coarse,
              GCancellable *cancellable)
{
  int columns = (MAX (from->width - PATCH, 0) + STRIDE - 1) / STRIDE + 1;
  int rows = (MAX (from->height - PATCH, 0) + STRIDE - 1) / STRIDE + 1;
  gsize n = (gsize) columns * (gsize) rows;
  g_autofree float *memory = g_new0 (float, 3 * n);
  Search self = { from, to, coarse, columns, rows, memory, memory + n, memory + 2 * n };

  return search (&self, cancellable) ? make_dense (&self) : NULL;
}

/* One thread a direction: patches look at their neighbours, so that a picture shared out between
 * threads would come out differently with their number. */
static void
search_direction_cb (guint direction, gpointer user_data)
{
  const Pair *self = user_data;
  g_autoptr (InbFlow) flow = NULL;

  for (guint level = self->n_levels; level-- > 0;)
    {
      g_autoptr (InbFlow) coarse = g_steal_pointer (&flow);

      flow = search_level (self->levels[direction][level], self->levels[1 - direction][level],
                           coarse, self->cancellable);
      if (flow == NULL)
        return;
    }
  self->flows[direction] = g_steal_pointer (&flow);
}

static void
make_levels (Pair *self, guint i, const InbPlane *plane)
{
  PatchPicture *level = picture_new_from_plane (plane);

  for (self->n_levels = 0;; level = picture_new_half (level))
    {
      self->levels[i][self->n_levels++] = level;
      if (MIN (level->width, level->height) < 2 * LEAST_SIDE || self->n_levels == MAX_LEVELS)
        return;
    }
}

/**
 * inb_flow_find_pair:
 * @first: brightness of a picture, both sides ≥ 8 samples
 * @second: brightness of another one of the same size
 * @n_threads: threads to use, ≥ 1; the motion is the same for any number
 * @cancellable: (nullable): looked at many times
 * @flows: (out) (array fixed-size=2) (transfer full): from @first to @second, and back; a cell a
 * sample
 *
 * Finds where everything went. Dense inverse search (Kroeger, Timofte, Dai and Van Gool 2016), with
 * neighbours as further starts.
 *
 * Returns: %FALSE if it was cancelled; @flows is not set then
 */
gboolean
inb_flow_find_pair (const InbPlane *first, const InbPlane *second, guint n_threads,
                    GCancellable *cancellable, InbFlow *flows[2])
{
  Pair pair = { .cancellable = cancellable, .flows = flows };

  flows[0] = flows[1] = NULL;
  make_levels (&pair, 0, first);
  make_levels (&pair, 1, second);
  inb_farm_each (n_threads, 2, search_direction_cb, &pair);
  for (guint i = 0; i < 2; i++)
    for (guint level = 0; level < pair.n_levels; level++)
      picture_free (pair.levels[i][level]);
  if (flows[0] != NULL && flows[1] != NULL)
    return TRUE;
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&flows[i], inb_flow_free);
  return FALSE;
}
