/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-resample.h"

G_BEGIN_DECLS

/**
 * InbSource:
 * @sharp: what is sampled
 * @soft: (nullable): the level after it
 * @blend: 0…1: share of @soft
 * @weight: 0…1: how much this source covers those before it
 *
 * One picture that goes into a plane of a frame.
 */
typedef struct
{
  InbSampler *sharp;
  InbSampler *soft;
  double blend;
  double weight;
} InbSource;

void inb_source_clear (InbSource *self);
void inb_source_draw_tile (const InbSource *self, guint x, guint y, guint n, gint16 *tile,
                           gint16 *spare);
void inb_compose_finish_row (const gint16 *in, guint y, guint n, guint8 *out);
void inb_compose_plane (const InbSource *sources, guint n_sources, guint width, guint height,
                        guint8 *out);

G_END_DECLS
