/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-cover.h"
#include "render/inb-resample.h"

G_BEGIN_DECLS

#define INB_MAX_SOURCES 4

typedef struct _InbOutlet InbOutlet;

/**
 * InbPicture:
 * @sharp: (nullable): what is sampled; %NULL: nothing
 * @soft: (nullable): the level after it
 * @blend: 0…1: share of @soft
 * @cover: (nullable): of alpha: where @sharp is opaque, and where transparent; without it all of it
 * is sampled
 * @soft_cover: (nullable): the same of @soft
 *
 * One plane as seen in a frame.
 */
typedef struct
{
  InbSampler *sharp;
  InbSampler *soft;
  double blend;
  const InbCover *cover;
  const InbCover *soft_cover;
} InbPicture;

/**
 * InbSource:
 * @colour: what is seen
 * @alpha: how much of it; without a sampler: it covers everything
 * @weight: 0…1: how much this source covers those before it
 *
 * One picture that goes into a plane of a frame.
 */
typedef struct
{
  InbPicture colour;
  InbPicture alpha;
  double weight;
} InbSource;

void inb_source_clear (InbSource *self);
void inb_source_draw_tile (const InbSource *self, guint x, guint y, guint n, gint16 *tile,
                           gint16 *spare);
InbCoverage inb_source_draw_alpha (const InbSource *self, const InbTile *tile, gint16 *alpha,
                                   gint16 *spare);
void inb_compose_plane (const InbSource *sources, guint n_sources, guint plane,
                        const InbOutlet *outlet);

G_END_DECLS
