/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-flow.h"

G_BEGIN_DECLS

/**
 * InbSplat:
 * @flow: (transfer none): what moves
 * @map: its consistency, a cell each
 * @weights: how much each cell counts where several meet
 *
 * One direction of a motion, as it is carried to a time between.
 */
typedef struct
{
  const InbFlow *flow;
  const float *map;
  const float *weights;
} InbSplat;

void inb_splat_draw (const InbSplat *self, float t, const double camera[9], float *cells);

G_END_DECLS
