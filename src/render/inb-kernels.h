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
  void (*finish) (const gint16 *in, const gint16 *dither, guint n, guint8 *out);
} InbKernels;

extern const InbKernels inb_kernels_baseline;
extern const InbKernels inb_kernels_plain; /* in tests only */
#ifdef INB_HAVE_KERNELS_AVX2
extern const InbKernels inb_kernels_avx2;
#endif

const InbKernels *inb_kernels_get (void);

G_END_DECLS
