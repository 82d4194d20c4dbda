/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-camera.h"
#include "render/inb-compose.h"

G_BEGIN_DECLS

typedef struct _InbLayer InbLayer;

InbLayer *inb_layer_new (const InbCamera *camera, const InbPixels *pixels, guint n_threads);
void inb_layer_free (InbLayer *self);
void inb_layer_sample (const InbLayer *self, guint frame, guint plane, InbSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLayer, inb_layer_free)

G_END_DECLS
