/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Compiled once for the baseline of the architecture and, on x86-64, once more for processors with
 * AVX2 (-DINB_KERNELS_AVX2); tests also compile it without any processor's own instruction
 * (-DINB_KERNELS_PLAIN), as other architectures do. Only vector code lives here: nothing that
 * another file could call. */

#include "render/inb-kernels.h"

#include "render/inb-planes.h"
#include "render/inb-vector.h"

/* Output samples between two exact divisions of a projective map; in between float is exact to far
 * less than a phase. */
#define RUN 64

/* Cells of a grid that are done at a time. */
#define LIFT_CELLS 256

/* Rows go in at 16 samples a step: the last one may reach that far. */
#define MAX_LINE (INB_KERNEL_MAX_SPAN + 16)

/* Vertical pass: one line of @span samples from the taps of one output row. */
static inline void
combine_rows (const gint16 *from, gssize stride, const gint16 *weights, guint n_taps, guint span,
              gint16 *line)
{
  for (guint x = 0; x < span; x += LANES)
    {
      vn sum = vn_multiply (vn_load (from + x), vn_all (weights[0]));

      for (guint k = 1; k < n_taps; k++)
        sum += vn_multiply (vn_load (from + (gssize) k * stride + x), vn_all (weights[k]));
      vn_store (line + x, sum);
    }
}

/* Horizontal pass over LANES rows at a time: the lines lie column by column here, so that it reads
 * whole vectors, although each column takes its own taps. */
static inline void
combine_columns (const vn *columns, const InbAxis *axis, gint32 first, guint n_taps,
                 guint n_columns, gint16 *tile)
{
  for (guint x = 0; x < n_columns; x += 8)
    {
      vn block[8];

      for (guint i = 0; i < 8; i++)
        {
          const vn *taps = columns + (axis->base[x + i] - first);
          const gint16 *weights = axis->weights + (x + i) * n_taps;

          block[i] = vn_multiply (taps[0], vn_all (weights[0]));
          for (guint k = 1; k < n_taps; k++)
            block[i] += vn_multiply (taps[k], vn_all (weights[k]));
        }
      vn_transpose (block);
      for (guint i = 0; i < 8; i++)
        vn_store_rows (block[i], tile + i * INB_TILE_COLUMNS + x,
                       tile + (i + 8) * INB_TILE_COLUMNS + x);
    }
}

static inline void
resample_tile (const gint16 *data, gssize stride, const InbAxis *row_axis,
               const InbAxis *column_axis, guint row_taps, guint column_taps, guint n_columns,
               gint16 *tile)
{
  gint16 lines[INB_TILE_ROWS][MAX_LINE] INB_ALIGNED;
  vn columns[MAX_LINE];
  gint32 first = column_axis->base[0], last = first;
  guint span;

  for (guint x = 1; x < n_columns; x++)
    {
      first = MIN (first, column_axis->base[x]);
      last = MAX (last, column_axis->base[x]);
    }
  span = (guint) (last - first) + column_taps;

  for (guint y = 0; y < INB_TILE_ROWS; y++)
    combine_rows (data + row_axis->base[y] * stride + first, stride,
                  row_axis->weights + y * row_taps, row_taps, span, lines[y]);
  for (guint y = 0; y < INB_TILE_ROWS; y += LANES)
    {
      for (guint x = 0; x < span; x += 8)
        {
          for (guint i = 0; i < 8; i++)
            columns[x + i] = vn_load_rows (&lines[y + i][x], &lines[(y + i + 8) % 16][x]);
          vn_transpose (columns + x);
        }
      combine_columns (columns, column_axis, first, column_taps, n_columns,
                       tile + y * INB_TILE_COLUMNS);
    }
}

static void
separable (const gint16 *data, gssize stride, const InbAxis *row_axis, const InbAxis *column_axis,
           guint n_columns, gint16 *tile)
{
  if (row_axis->n_taps == 4 && column_axis->n_taps == 4) /* the case of every frame: unrolled */
    resample_tile (data, stride, row_axis, column_axis, 4, 4, n_columns, tile);
  else
    resample_tile (data, stride, row_axis, column_axis, row_axis->n_taps, column_axis->n_taps,
                   n_columns, tile);
}

/* Mirrors a position, in 1/65536 of a sample, at the edges of a row of @length samples, and keeps
 * it inside whatever happens. */
static inline gint32
reflect (gint32 position, gint32 length)
{
  gint32 low = -32768, high = length * 65536 - 32768;

  position = position < low ? 2 * low - position : position;
  position = position > high ? 2 * high - position : position;
  return position < low ? low : position;
}

/* Positions of RUN output samples from (@x, @y) on, rounded to phases. With N/D at the run's
 * first sample the difference to it is i·(a − g·N/D) / (D + g·i): small, so that float holds it. */
static inline void
find_positions (const InbProjection *self, guint x, guint y, gint32 *column, gint32 *row)
{
  const double *m = self->map;
  double depth = MAX (m[6] * x + m[7] * y + m[8], 0.01);
  double x0 = (m[0] * x + m[1] * y + m[2]) / depth;
  double y0 = (m[3] * x + m[4] * y + m[5]) / depth;
  float step_x = (float) ((m[0] - m[6] * x0) * 65536.0);
  float step_y = (float) ((m[3] - m[6] * y0) * 65536.0);
  float first_depth = (float) depth, step_depth = (float) m[6];
  gint32 first_x = (gint32) (CLAMP (x0, -8192.0, 16384.0) * 65536.0);
  gint32 first_y = (gint32) (CLAMP (y0, -8192.0, 16384.0) * 65536.0);

  for (gint32 i = 0; i < RUN; i++)
    {
      float way = (float) i / MAX (first_depth + step_depth * (float) i, 0.01F);
      gint32 px = reflect (first_x + (gint32) (way * step_x), self->width);
      gint32 py = reflect (first_y + (gint32) (way * step_y), self->height);

      column[i] = (px + 32) >> (16 - INB_PHASE_BITS);
      row[i] = (py + 32) >> (16 - INB_PHASE_BITS);
    }
}

/* The 4 × 4 samples about one position, as four sums that still have to be added up. */
static inline v4i
gather (const InbProjection *self, gint32 column, gint32 row)
{
  const gint16 *from =
      self->data + ((row >> INB_PHASE_BITS) - 1) * self->stride + (column >> INB_PHASE_BITS) - 1;
  const gint16 *rows = self->phases->rows[row & (INB_N_PHASES - 1)];
  const gint16 *columns = self->phases->columns[column & (INB_N_PHASES - 1)];
  v8 low = v8_load_pair (from, from + self->stride);
  v8 high = v8_load_pair (from + 2 * self->stride, from + 3 * self->stride);
  v8 sum = v8_multiply (low, v8_load (rows)) + v8_multiply (high, v8_load (rows + 8));

  return v8_multiply_pairs (sum, v8_load (columns));
}

/* Four neighbours at once, so that their last additions share vectors. */
static inline void
project_four (const InbProjection *self, const gint32 *column, const gint32 *row, gint16 *out)
{
  v4i sums = v4i_sums (gather (self, column[0], row[0]), gather (self, column[1], row[1]),
                       gather (self, column[2], row[2]), gather (self, column[3], row[3]));

  sums = (sums + (1 << 14)) >> 15;
  for (guint i = 0; i < 4; i++)
    out[i] = (gint16) sums[i];
}

static void
project (const InbProjection *self, guint x, guint y, guint n_columns, gint16 *tile)
{
  gint32 column[RUN], row[RUN];

  for (guint j = 0; j < INB_TILE_ROWS; j++)
    for (guint run = 0; run < n_columns; run += RUN)
      {
        gint16 *out = tile + j * INB_TILE_COLUMNS + run;

        find_positions (self, x + run, y + j, column, row);
        for (guint i = 0; i < MIN (RUN, n_columns - run); i += 4)
          project_four (self, column + i, row + i, out + i);
      }
}

static void
mix (gint16 *into, const gint16 *other, gint16 weight)
{
  for (guint i = 0; i < INB_TILE_ROWS * INB_TILE_COLUMNS; i += LANES)
    {
      vn a = vn_load (into + i);

      vn_store (into + i, a + vn_multiply (vn_load (other + i) - a, vn_all (weight)));
    }
}

/* Opacity as a multiplier. What filters add or leave at its two ends is cut off, so that opaque is
 * opaque and transparent transparent. */
static inline vn
to_weights (vn alpha)
{
  vn share = vn_clamp (alpha - INB_ALPHA_SLACK, 16383);

  return share + share + (share >> 13);
}

static void
mix_by (gint16 *into, const gint16 *other, const gint16 *alpha)
{
  for (guint i = 0; i < INB_TILE_ROWS * INB_TILE_COLUMNS; i += LANES)
    {
      vn a = vn_load (into + i), weights = to_weights (vn_load (alpha + i));

      vn_store (into + i, a + vn_multiply (vn_load (other + i) - a, weights));
    }
}

static void
gather_row (const InbProjection *self, const gint32 *column, const gint32 *row, guint n,
            gint16 *out)
{
  for (guint i = 0; i < n; i += 4)
    project_four (self, column + i, row + i, out + i);
}

static void
blend (gint16 *into, const gint16 *other, const gint16 *weights, guint n)
{
  for (guint i = 0; i < n; i += LANES)
    {
      vn a = vn_load (into + i);

      vn_store (into + i, a + vn_multiply (vn_load (other + i) - a, vn_load (weights + i)));
    }
}

/* Written for one step at a time, so that the compiler knows the weights. */
static inline void
lift_cells (const gint32 *above, const gint32 *below, gint32 weight, gint32 step, guint n_cells,
            gint32 *out)
{
  const gint32 whole = 2 * step, half = whole * whole / 2;
  const int bits = 2 * __builtin_ctz ((guint) whole);
  gint32 line[LIFT_CELLS + 2];

  for (guint done = 0; done < n_cells; done += LIFT_CELLS)
    {
      guint n = MIN (LIFT_CELLS, n_cells - done);

      for (guint i = 0; i < n + 2; i++)
        line[i] = above[done + i] * (whole - weight) + below[done + i] * weight;
      for (guint i = 0; i < n; i++)
        for (gint32 j = 0; j < step; j++)
          {
            gint32 share = 2 * j + 1; /* of 2 · step, from the cell's left edge */
            gint32 sum = share < step
                             ? line[i] * (step - share) + line[i + 1] * (step + share)
                             : line[i + 1] * (3 * step - share) + line[i + 2] * (share - step);

            out[(done + i) * (guint) step + (guint) j] = (sum + half) >> bits;
          }
    }
}

static void
lift (const gint32 *above, const gint32 *below, gint32 weight, guint step, guint n_cells,
      gint32 *out)
{
  if (step == 1)
    lift_cells (above, below, weight, 1, n_cells, out);
  else if (step == 2)
    lift_cells (above, below, weight, 2, n_cells, out);
  else
    lift_cells (above, below, weight, (gint32) step, n_cells, out);
}

/* Positions first, first + step, … moved, in phases, mirrored at the plane's edges. */
static void
place (const gint32 *moved, gint32 first, gint32 step, gint32 length, guint n, gint32 *out)
{
  const gint32 low = -(INB_N_PHASES / 2), high = length * INB_N_PHASES - INB_N_PHASES / 2;

  for (guint i = 0; i < n; i++)
    {
      gint32 at = first + (gint32) i * step + moved[i];

      at = at < low ? 2 * low - at : at;
      at = at > high ? 2 * high - at : at;
      at = at > high ? high : at;
      out[i] = at < low ? low : at;
    }
}

/* 3 · v · (1 − v)² and an eighth of (1 − v), v from black to white: a highlight that rolls off, and
 * what was brighter stays so. */
static void
glow (gint16 *into, const gint16 *gains, const gint16 *alpha, guint n)
{
  const gint16 black = 16 * INB_PLANE_ONE, range = 219 * INB_PLANE_ONE;

  for (guint i = 0; i < n; i += LANES)
    {
      vn a = vn_load (into + i), gain = vn_load (gains + i);
      vn value = vn_clamp (a - black, range), rest = range - value;
      vn slope = vn_multiply (value + value, rest + rest);
      vn room = vn_multiply (slope + slope, rest + rest) + (rest >> 3);

      if (alpha != NULL)
        gain = vn_multiply (gain, to_weights (vn_load (alpha + i)));
      vn_store (into + i, a + vn_multiply (room, gain));
    }
}

static void
shade (gint16 *into, const gint16 *columns, gint16 row, gint16 strength, gint16 least, guint n)
{
  for (guint i = 0; i < n; i += LANES)
    {
      vn a = vn_load (into + i), away = vn_clamp (vn_load (columns + i) + row, 32767);
      vn weight = vn_multiply (vn_multiply (away, away), vn_all (strength));

      vn_store (into + i, a - vn_multiply (a - least, weight));
    }
}

static inline void
finish_sixteen (const gint16 *in, v8 low, v8 high, guint8 *out)
{
  v8_store_codes ((v8_load (in) + low) >> 6, (v8_load (in + 8) + high) >> 6, out);
}

static void
finish (const gint16 *in, const gint16 *dither, guint n, guint8 *out)
{
  v8 low = v8_load (dither), high = v8_load (dither + 8);
  guint8 rest[16];
  guint x;

  for (x = 0; x + 16 <= n; x += 16)
    finish_sixteen (in + x, low, high, out + x);
  if (x == n)
    return;
  finish_sixteen (in + x, low, high, rest); /* rows of a tile are multiples of 16 */
  memcpy (out + x, rest, n - x);
}

#if defined(INB_KERNELS_AVX2)
const InbKernels inb_kernels_avx2 = { "avx2", separable, project, mix,  mix_by, gather_row,
                                      blend,  lift,      place,   glow, shade,  finish };
#elif defined(INB_KERNELS_PLAIN)
const InbKernels inb_kernels_plain = { "plain", separable, project, mix,  mix_by, gather_row,
                                       blend,   lift,      place,   glow, shade,  finish };
#else
const InbKernels inb_kernels_baseline = { "baseline", separable, project, mix,  mix_by, gather_row,
                                          blend,      lift,      place,   glow, shade,  finish };
#endif
