/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-kernels.h"
#include "render/inb-planes.h"

G_BEGIN_DECLS

typedef struct _InbSampler InbSampler;

/**
 * InbTile:
 * @x: first column, a multiple of %INB_TILE_COLUMNS
 * @y: first row, a multiple of %INB_TILE_ROWS
 * @n_columns: ≤ %INB_TILE_COLUMNS, inside the output
 *
 * A tile of a plane of a frame.
 */
typedef struct
{
  guint x;
  guint y;
  guint n_columns;
} InbTile;

/**
 * InbReach:
 * @left: first column; may lie outside the plane, where it is mirrored
 * @top: first row
 * @right: last column
 * @bottom: last row
 *
 * Samples of a plane.
 */
typedef struct
{
  int left;
  int top;
  int right;
  int bottom;
} InbReach;

InbSampler *inb_sampler_new (const InbPlane *plane, const double map[9], guint n_columns,
                             guint n_rows);
void inb_sampler_free (InbSampler *self);
gboolean inb_sampler_is_separable (const InbSampler *self);
void inb_sampler_draw_tile (const InbSampler *self, guint x, guint y, guint n_columns,
                            gint16 *tile);
void inb_sampler_get_reach (const InbSampler *self, const InbTile *tile, InbReach *reach);

InbPlane *inb_resample_shrink (const InbPlane *plane, int width, int height, guint n_threads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSampler, inb_sampler_free)

G_END_DECLS
