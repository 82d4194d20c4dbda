/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-kernels.h"
#include "render/inb-planes.h"

G_BEGIN_DECLS

typedef struct _InbSampler InbSampler;

InbSampler *inb_sampler_new (const InbPlane *plane, const double map[9], guint n_columns,
                             guint n_rows);
void inb_sampler_free (InbSampler *self);
gboolean inb_sampler_is_separable (const InbSampler *self);
void inb_sampler_draw_tile (const InbSampler *self, guint x, guint y, guint n_columns,
                            gint16 *tile);

InbProjection inb_resample_get_projection (const InbPlane *plane);
InbPlane *inb_resample_shrink (const InbPlane *plane, int width, int height, guint n_threads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSampler, inb_sampler_free)

G_END_DECLS
