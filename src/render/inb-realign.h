/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-flow.h"
#include "render/inb-similarity.h"

G_BEGIN_DECLS

float inb_realign_get_mean (const InbPlane *cells, const InbPlane *alpha);
InbPlane *inb_realign_make_still (const InbPlane *cells, const InbPlane *alpha,
                                  const InbSimilarity *move, float ground);
InbFlow *inb_realign_make_flow (const InbSimilarity *move, const InbFlow *rest,
                                const float *rest_map, gboolean back, float **map);

G_END_DECLS
