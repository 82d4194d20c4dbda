/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-camera.h"
#include "render/inb-consistency.h"
#include "render/inb-outlet.h"

G_BEGIN_DECLS

typedef struct _InbLayered InbLayered;

/**
 * InbLayeredSetup:
 * @photos: the start photo and the last one
 * @cameras: of each
 * @frames: the frame in which each of them is seen as it is
 * @width: of a frame, px
 * @height: of a frame, px
 * @n_threads: threads to use, ≥ 1; the morph is the same for any number
 *
 * What a morph of a product before its back is made from.
 */
typedef struct
{
  const InbPixels *photos[2];
  const InbCamera *cameras[2];
  guint frames[2];
  guint width;
  guint height;
  guint n_threads;
} InbLayeredSetup;

InbLayered *inb_layered_new (const InbLayeredSetup *setup, GCancellable *cancellable);
void inb_layered_free (InbLayered *self);
const InbAgreement *inb_layered_get_agreement (const InbLayered *self);
void inb_layered_draw (InbLayered *self, double t, const double camera[9], const InbOutlet *outlet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLayered, inb_layered_free)

G_END_DECLS
