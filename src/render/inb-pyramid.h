/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"

G_BEGIN_DECLS

typedef struct _InbPyramid InbPyramid;

/**
 * InbPyramidChoice:
 * @level: the level to sample
 * @blend: 0…1: how much of the level after it is mixed in
 *
 * What one frame takes from a pyramid.
 */
typedef struct
{
  guint level;
  double blend;
} InbPyramidChoice;

InbPyramid *inb_pyramid_new (InbPlane *plane, double tightest, double widest, guint n_threads);
void inb_pyramid_free (InbPyramid *self);
guint inb_pyramid_get_n_levels (const InbPyramid *self);
const InbPlane *inb_pyramid_get_level (const InbPyramid *self, guint level);
InbPyramidChoice inb_pyramid_choose (const InbPyramid *self, double ratio);
void inb_pyramid_get_map (const InbPyramid *self, guint level, double map[9]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPyramid, inb_pyramid_free)

G_END_DECLS
