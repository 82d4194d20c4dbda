/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"

G_BEGIN_DECLS

/**
 * InbFlow:
 * @width: cells
 * @height: rows of cells
 * @x: @width × @height: where each cell's content lies in the other picture, in cells to the right
 * @y: the same, in cells downwards
 *
 * Dense motion from one picture to another.
 */
typedef struct
{
  int width;
  int height;
  float *x;
  float *y;
} InbFlow;

InbFlow *inb_flow_new (int width, int height);
void inb_flow_free (InbFlow *self);
void inb_flow_sample (const InbFlow *self, float x, float y, float *out_x, float *out_y);

gboolean inb_flow_find_pair (const InbPlane *first, const InbPlane *second, guint n_threads,
                             GCancellable *cancellable, InbFlow *flows[2]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFlow, inb_flow_free)

G_END_DECLS
