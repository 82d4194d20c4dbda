/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-camera.h"
#include "render/inb-compose.h"

G_BEGIN_DECLS

typedef struct _InbLayer InbLayer;

/**
 * InbLayerPlanes:
 * @colour: Y', Cb, Cr, padded, all of one size
 * @alpha: (nullable): 0…%INB_ALPHA_ONE, of the same size, padded; %NULL: it covers everything
 *
 * A picture that covers the whole photo, of any number of samples.
 */
typedef struct
{
  InbPlane *colour[3];
  InbPlane *alpha;
} InbLayerPlanes;

InbLayer *inb_layer_new (const InbCamera *camera, const InbPixels *pixels, guint n_threads);
InbLayer *inb_layer_new_from_planes (const InbCamera *camera, InbLayerPlanes *planes,
                                     guint n_threads);
InbLayer *inb_layer_new_alpha (const InbCamera *camera, InbPlane *alpha, guint n_threads);
void inb_layer_free (InbLayer *self);
void inb_layer_sample_alpha (const InbLayer *self, guint frame, guint plane, InbSource *source);
void inb_layer_sample (const InbLayer *self, guint frame, guint plane, InbSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLayer, inb_layer_free)

G_END_DECLS
