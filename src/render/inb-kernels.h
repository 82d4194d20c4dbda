/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Frames are made in tiles, so that everything a tile needs stays in the first-level cache. */
#define INB_TILE_ROWS 16
#define INB_TILE_COLUMNS 128

/* Tiles begin where a vector may. */
#define INB_ALIGNED __attribute__ ((aligned (32)))

/* Source columns that one call of the separable kernel may reach over. */
#define INB_KERNEL_MAX_SPAN 640

/* Sub-pixel positions that a resampling filter distinguishes. */
#define INB_N_PHASES 1024
#define INB_PHASE_BITS 10

/**
 * InbAxis:
 * @n_taps: samples that make one
 * @base: for each output sample the index of the first input sample
 * @weights: @n_taps for each output sample; 32768 stands for 1 and is stored as 32767
 *
 * How one axis is resampled.
 */
typedef struct
{
  guint n_taps;
  gint32 *base;
  gint16 *weights;
} InbAxis;

/**
 * InbPhases:
 * @rows: for each phase the weights of four rows, each four times: what two rows of four samples
 * are multiplied by
 * @columns: for each phase the weights of four columns, twice
 *
 * The filter's weights laid out for the projective kernel.
 */
typedef struct
{
  gint16 rows[INB_N_PHASES][16];
  gint16 columns[INB_N_PHASES][8];
} InbPhases;

/**
 * InbProjection:
 * @data: the plane's sample (0, 0); mirrored samples around it
 * @stride: samples from one row to the next
 * @width: of the plane
 * @height: of the plane
 * @map: row-major 3×3 matrix, output sample → plane sample
 * @phases: the filter
 */
typedef struct
{
  const gint16 *data;
  gssize stride;
  int width;
  int height;
  double map[9];
  const InbPhases *phases;
} InbProjection;

/**
 * InbKernels:
 * @name: for messages and tests
 * @separable: resamples %INB_TILE_ROWS rows by two axes. @data is the plane, @row_axis and
 * @column_axis begin at the tile; @n_columns is a multiple of 8, ≤ %INB_TILE_COLUMNS, and reaches
 * over at most %INB_KERNEL_MAX_SPAN input columns
 * @project: resamples one tile by a projective map; @x and @y are its first output sample
 * @mix: @into becomes @into + (@other − @into) · @weight / 32768, over one tile
 * @mix_by: the same with a weight a sample: @alpha, 0…%INB_ALPHA_ONE
 * @gather: @n samples, a multiple of 4, at positions given in phases, each inside the plane by half
 * a sample
 * @blend: @into becomes @into + (@other − @into) · weight / 32768, sample by sample; @n is a
 * multiple of 16
 * @lift: one row of a grid to @step samples a cell, with the straight line between the middles of
 * cells. Between two rows of @n_cells + 2 (one more on each side), @weight of 2 · @step of the
 * lower one; @step is a power of two up to 8, no cell beyond ±2²²
 * @place: @n positions, @first and then each @step further, plus @moved: in phases, mirrored at the
 * edges of @length samples
 * @glow: brightens @n samples of Y', a multiple of 16, by gain / 32768 of what each can take: most
 * in dark and middle tones, a little in black, nothing in white; where @alpha is given, times it
 * @shade: brings @n samples, a multiple of 16, nearer to @least by @strength / 32768 times the
 * square of (@columns + @row) / 32768, where that sum is positive
 * @finish: @n samples of a tile row to 8 bits with an ordered dither; @dither holds 16 thresholds
 * 0…63
 *
 * The inner loops, compiled once for each kind of processor. Whole numbers throughout: every set
 * gives the same samples. Tiles are %INB_TILE_COLUMNS samples a row, aligned to 32 bytes.
 */
typedef struct
{
  const char *name;
  void (*separable) (const gint16 *data, gssize stride, const InbAxis *row_axis,
                     const InbAxis *column_axis, guint n_columns, gint16 *tile);
  void (*project) (const InbProjection *projection, guint x, guint y, guint n_columns,
                   gint16 *tile);
  void (*mix) (gint16 *into, const gint16 *other, gint16 weight);
  void (*mix_by) (gint16 *into, const gint16 *other, const gint16 *alpha);
  void (*gather) (const InbProjection *projection, const gint32 *column, const gint32 *row, guint n,
                  gint16 *out);
  void (*blend) (gint16 *into, const gint16 *other, const gint16 *weights, guint n);
  void (*lift) (const gint32 *above, const gint32 *below, gint32 weight, guint step, guint n_cells,
                gint32 *out);
  void (*place) (const gint32 *moved, gint32 first, gint32 step, gint32 length, guint n,
                 gint32 *out);
  void (*glow) (gint16 *into, const gint16 *gains, const gint16 *alpha, guint n);
  void (*shade) (gint16 *into, const gint16 *columns, gint16 row, gint16 strength, gint16 least,
                 guint n);
  void (*finish) (const gint16 *in, const gint16 *dither, guint n, guint8 *out);
} InbKernels;

extern const InbKernels inb_kernels_baseline;
extern const InbKernels inb_kernels_plain; /* in tests only */
#ifdef INB_HAVE_KERNELS_AVX2
extern const InbKernels inb_kernels_avx2;
#endif

const InbKernels *inb_kernels_get (void);

G_END_DECLS
