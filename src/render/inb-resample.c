/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-resample.h"

#include <math.h>
#include <string.h>

#include "render/inb-farm.h"

/* 1 in the weights. */
#define WEIGHT_ONE 32768
/* Below this a matrix does not turn and has no perspective: over 4096 px it moves nothing by a
 * phase. */
#define STRAIGHT 1e-9

struct _InbSampler
{
  const InbPlane *plane;
  double map[9];
  gboolean separable;
  gboolean narrow; /* no tile reaches over more columns than the kernel takes */
  InbAxis rows;
  InbAxis columns;
  InbProjection projection;
};

typedef struct
{
  const InbPlane *from;
  InbPlane *into;
  InbAxis rows;
  InbAxis columns;
} Shrink;

static InbPhases phases;
static gint16 cubic[INB_N_PHASES][4];

/* Rounds weights so that they add up to 1: a flat area stays exactly what it is. */
static void
round_weights (const double *weights, guint n, gint16 *rounded)
{
  int left = WEIGHT_ONE;
  guint largest = 0;
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  for (guint i = 0; i < n; i++)
    {
      int value = (int) floor (weights[i] / sum * WEIGHT_ONE + 0.5);

      left -= value;
      rounded[i] = (gint16) MIN (value, G_MAXINT16);
      if (weights[i] > weights[largest])
        largest = i;
    }
  rounded[largest] = (gint16) MIN (rounded[largest] + left, G_MAXINT16);
}

/* Keys (1981) with a = −1/2, known as Catmull-Rom: exact for parabolas, no blur at phase 0. */
static void
fill_cubic (guint phase)
{
  double t = (double) phase / INB_N_PHASES;
  double weights[4] = {
    ((-0.5 * t + 1.0) * t - 0.5) * t,
    (1.5 * t - 2.5) * t * t + 1.0,
    ((-1.5 * t + 2.0) * t + 0.5) * t,
    (0.5 * t - 0.5) * t * t,
  };

  round_weights (weights, 4, cubic[phase]);
  for (guint i = 0; i < 16; i++)
    phases.rows[phase][i] = cubic[phase][i / 4];
  for (guint i = 0; i < 8; i++)
    phases.columns[phase][i] = cubic[phase][i % 4];
}

static void
ensure_phases (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (guint phase = 0; phase < INB_N_PHASES; phase++)
        fill_cubic (phase);
      g_once_init_leave (&once, 1);
    }
}

static void
allocate_axis (InbAxis *axis, guint n, guint n_taps)
{
  axis->n_taps = n_taps;
  axis->base = g_new (gint32, n);
  axis->weights = g_new (gint16, n * n_taps);
}

static void
clear_axis (InbAxis *axis)
{
  g_clear_pointer (&axis->base, g_free);
  g_clear_pointer (&axis->weights, g_free);
}

/* Where nothing is drawn any more the last position is repeated: kernels work in whole steps. */
static void
fill_cubic_axis (InbAxis *axis, guint n, guint step, double scale, double offset, int length)
{
  guint n_padded = (n + step - 1) / step * step;

  allocate_axis (axis, n_padded, 4);
  for (guint i = 0; i < n_padded; i++)
    {
      double position = scale * MIN (i, n - 1) + offset;
      gint32 fixed;

      if (position < -0.5)
        position = -1.0 - position;
      if (position > length - 0.5)
        position = 2.0 * length - 1.0 - position;
      fixed = (gint32) floor (CLAMP (position, -0.5, length - 0.5) * INB_N_PHASES + 0.5);
      axis->base[i] = (fixed >> INB_PHASE_BITS) - 1;
      for (guint k = 0; k < 4; k++)
        axis->weights[4 * i + k] = cubic[fixed & (INB_N_PHASES - 1)][k];
    }
}

static gboolean
is_straight (const double map[9])
{
  return fabs (map[1]) < STRAIGHT && fabs (map[3]) < STRAIGHT && fabs (map[6]) < STRAIGHT * 1e-3 &&
         fabs (map[7]) < STRAIGHT * 1e-3;
}

/**
 * inb_sampler_new:
 * @plane: (transfer none): a padded plane that outlives the sampler
 * @map: output sample → sample of @plane, row-major 3×3; centres of samples are whole numbers
 * @n_columns: of the output, ≥ 1
 * @n_rows: of the output, ≥ 1
 *
 * Prepares one plane of one frame: Catmull-Rom over 4 × 4 samples, positions to 1/1024 sample,
 * mirrored outside. A map without turn and perspective takes the separable way, about five times
 * faster.
 *
 * Returns: (transfer full): what draws the tiles of that plane, in any order, from any thread
 */
InbSampler *
inb_sampler_new (const InbPlane *plane, const double map[9], guint n_columns, guint n_rows)
{
  InbSampler *self = g_new0 (InbSampler, 1);

  ensure_phases ();
  self->plane = plane;
  memcpy (self->map, map, sizeof self->map);
  self->separable = is_straight (map);
  if (self->separable)
    {
      double scale = fabs (map[0] / map[8]);

      g_assert (scale * 8.0 + 8.0 < INB_KERNEL_MAX_SPAN); /* pyramids see to it */
      self->narrow = scale * INB_TILE_COLUMNS + 8.0 < INB_KERNEL_MAX_SPAN;
      fill_cubic_axis (&self->columns, n_columns, 8, map[0] / map[8], map[2] / map[8],
                       plane->width);
      fill_cubic_axis (&self->rows, n_rows, INB_TILE_ROWS, map[4] / map[8], map[5] / map[8],
                       plane->height);
    }
  else
    {
      self->projection = (InbProjection){ plane->data,   plane->stride, plane->width,
                                          plane->height, { 0.0 },       &phases };
      for (guint i = 0; i < 9; i++)
        self->projection.map[i] = map[i];
    }
  return self;
}

/**
 * inb_sampler_free:
 * @self: (transfer full): a sampler
 */
void
inb_sampler_free (InbSampler *self)
{
  clear_axis (&self->rows);
  clear_axis (&self->columns);
  g_free (self);
}

/**
 * inb_sampler_is_separable:
 * @self: a sampler
 *
 * Returns: whether it takes the fast way
 */
gboolean
inb_sampler_is_separable (const InbSampler *self)
{
  return self->separable;
}

static guint
get_span (const gint32 *base, guint n)
{
  gint32 first = base[0], last = base[0];

  for (guint i = 1; i < n; i++)
    {
      first = MIN (first, base[i]);
      last = MAX (last, base[i]);
    }
  return (guint) (last - first) + 4;
}

static void
draw_straight (const InbSampler *self, guint x, guint y, guint n_columns, gint16 *tile)
{
  const InbKernels *kernels = inb_kernels_get ();
  InbAxis rows = { 4, self->rows.base + y, self->rows.weights + (gsize) 4 * y };

  for (guint done = 0; done < n_columns;)
    {
      InbAxis columns = { 4, self->columns.base + x + done,
                          self->columns.weights + (gsize) 4 * (x + done) };
      guint n = n_columns - done;

      while (!self->narrow && n > 8 && get_span (columns.base, n) > INB_KERNEL_MAX_SPAN)
        n = (n / 2 + 7) & ~7U;
      kernels->separable (self->plane->data, self->plane->stride, &rows, &columns, n, tile + done);
      done += n;
    }
}

/**
 * inb_sampler_draw_tile:
 * @self: a sampler
 * @x: first column, a multiple of %INB_TILE_COLUMNS
 * @y: first row, a multiple of %INB_TILE_ROWS
 * @n_columns: ≤ %INB_TILE_COLUMNS, inside the output
 * @tile: (out caller-allocates): %INB_TILE_ROWS × %INB_TILE_COLUMNS samples, aligned to 32 bytes;
 * what lies outside the output is undefined
 */
void
inb_sampler_draw_tile (const InbSampler *self, guint x, guint y, guint n_columns, gint16 *tile)
{
  n_columns = (n_columns + 7) & ~7U;
  if (self->separable)
    draw_straight (self, x, y, n_columns, tile);
  else
    inb_kernels_get ()->project (&self->projection, x, y, n_columns, tile);
}

/* The taps of positions from @low to @high, and one sample more for rounding. */
static void
set_reach (double low, double high, int *first, int *last)
{
  const double far = 1e6;

  *first = (int) floor (CLAMP (low, -far, far)) - 2;
  *last = (int) ceil (CLAMP (high, -far, far)) + 3;
}

/**
 * inb_sampler_get_reach:
 * @self: a sampler
 * @tile: a tile of its output
 * @reach: (out): samples of its plane that the tile may be made from, and perhaps some more
 */
void
inb_sampler_get_reach (const InbSampler *self, const InbTile *tile, InbReach *reach)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint corner = 0; corner < 4; corner++)
    {
      double x = tile->x + (corner % 2 == 0 ? 0.0 : tile->n_columns - 1.0);
      double y = tile->y + (corner < 2 ? 0.0 : INB_TILE_ROWS - 1.0);
      double depth = MAX (self->map[6] * x + self->map[7] * y + self->map[8], 1e-9);
      double at_x = (self->map[0] * x + self->map[1] * y + self->map[2]) / depth;
      double at_y = (self->map[3] * x + self->map[4] * y + self->map[5]) / depth;

      left = MIN (left, at_x);
      right = MAX (right, at_x);
      top = MIN (top, at_y);
      bottom = MAX (bottom, at_y);
    }
  set_reach (left, right, &reach->left, &reach->right);
  set_reach (top, bottom, &reach->top, &reach->bottom);
}

static double
lanczos (double x)
{
  if (fabs (x) < 1e-9)
    return 1.0;
  if (fabs (x) >= 3.0)
    return 0.0;
  x *= G_PI;
  return 3.0 * sin (x) * sin (x / 3.0) / (x * x);
}

/* Lanczos with three lobes (Turkowski 1990), widened to the output's samples. Taps beyond the edge
 * are folded back as a mirror image. */
static void
fill_lanczos_axis (InbAxis *axis, guint n, guint step, int length)
{
  double ratio = (double) length / n;
  guint n_taps = MIN ((guint) ceil (6.0 * ratio) + 1, (guint) length);
  guint n_padded = (n + step - 1) / step * step;
  g_autofree double *weights = g_new (double, n_taps);

  allocate_axis (axis, n_padded, n_taps);
  for (guint i = 0; i < n_padded; i++)
    {
      double centre = (MIN (i, n - 1) + 0.5) * ratio - 0.5;
      int first = (int) floor (centre - 3.0 * ratio) + 1;
      int base = CLAMP (first, 0, length - (int) n_taps);

      for (guint k = 0; k < n_taps; k++)
        weights[k] = 0.0;
      for (int at = first; at <= (int) floor (centre + 3.0 * ratio); at++)
        {
          int folded = at;

          while (folded < 0 || folded >= length)
            folded = folded < 0 ? -1 - folded : 2 * length - 1 - folded;
          if (folded >= base && folded < base + (int) n_taps)
            weights[folded - base] += lanczos ((at - centre) / ratio);
        }
      axis->base[i] = base;
      round_weights (weights, n_taps, axis->weights + (gsize) i * n_taps);
    }
}

static void
shrink_band_cb (guint task, gpointer user_data)
{
  const Shrink *self = user_data;
  InbPlane *into = self->into;
  guint y = task * INB_TILE_ROWS;
  InbAxis rows = { self->rows.n_taps, self->rows.base + y,
                   self->rows.weights + (gsize) y * self->rows.n_taps };
  gint16 tile[INB_TILE_ROWS * INB_TILE_COLUMNS] INB_ALIGNED;

  for (guint x = 0; x < (guint) into->width; x += INB_TILE_COLUMNS)
    {
      guint n = MIN (INB_TILE_COLUMNS, (guint) into->width - x);
      InbAxis columns = { self->columns.n_taps, self->columns.base + x,
                          self->columns.weights + (gsize) x * self->columns.n_taps };

      inb_kernels_get ()->separable (self->from->data, self->from->stride, &rows, &columns,
                                     (n + 7) & ~7U, tile);
      for (guint i = 0; i < MIN (INB_TILE_ROWS, (guint) into->height - y); i++)
        memcpy (into->data + (gssize) (y + i) * into->stride + x, tile + i * INB_TILE_COLUMNS,
                n * sizeof (gint16));
    }
}

static InbPlane *
shrink_once (const InbPlane *plane, int width, int height, guint n_threads)
{
  Shrink shrink = { plane, inb_plane_new (width, height), { 0 }, { 0 } };

  fill_lanczos_axis (&shrink.columns, (guint) width, 8, plane->width);
  fill_lanczos_axis (&shrink.rows, (guint) height, INB_TILE_ROWS, plane->height);
  inb_farm_each (n_threads, ((guint) height + INB_TILE_ROWS - 1) / INB_TILE_ROWS, shrink_band_cb,
                 &shrink);
  inb_plane_pad (shrink.into);
  clear_axis (&shrink.columns);
  clear_axis (&shrink.rows);
  return shrink.into;
}

/**
 * inb_resample_shrink:
 * @plane: (transfer none): a padded plane
 * @width: samples of the result, 1 … the plane's
 * @height: rows of the result, 1 … the plane's
 * @n_threads: threads to use, ≥ 1; the result is the same for any number
 *
 * Makes a plane smaller with Lanczos-3, edges on edges: sample (0, 0) of the result has its centre
 * at (ratio − 1)/2. More than fourfold is done in steps, which bounds the taps.
 *
 * Returns: (transfer full): the smaller plane, padded
 */
InbPlane *
inb_resample_shrink (const InbPlane *plane, int width, int height, guint n_threads)
{
  int next_width = MAX (width, plane->width / 4), next_height = MAX (height, plane->height / 4);
  g_autoptr (InbPlane) next = NULL;

  next = shrink_once (plane, next_width, next_height, n_threads);
  if (next_width == width && next_height == height)
    return g_steal_pointer (&next);
  return inb_resample_shrink (next, width, height, n_threads);
}
