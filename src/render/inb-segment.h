/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-surface.h"

G_BEGIN_DECLS

/**
 * InbSegment:
 * @picture: the photo, small
 * @surface: its back
 * @away: of each px, how many sigmas it is from the back
 * @walk: of each px, what the cheapest walk to it from the border costs, code values
 * @alpha: of each px, 0…1: how much of it is product
 * @grain: typical difference of neighbours, code values
 *
 * A photo being parted into product and back.
 */
typedef struct
{
  InbMiniature *picture;
  InbSurface surface;
  float *away;
  float *walk;
  float *alpha;
  float grain;
} InbSegment;

InbSegment *inb_segment_new (const InbPixels *photo, guint n_threads);
void inb_segment_free (InbSegment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSegment, inb_segment_free)

G_END_DECLS
