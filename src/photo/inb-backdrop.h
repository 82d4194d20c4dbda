/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/inb-edge.h"

G_BEGIN_DECLS

/* In the order of trust: the later, the less the background itself says how it goes on. */
typedef enum
{
  INB_BACKDROP_FLAT,
  INB_BACKDROP_GRADIENT,
  INB_BACKDROP_MIRROR,
} InbBackdropKind;

/**
 * InbBackdropSide:
 * @kind: how the background goes on beyond this side
 * @slope: for each channel a quadratic a + b·u + c·u² of the place u along the edge, −1…1: how much
 * the value (0…1) rises inwards over one long side of the photo
 * @busy: 0…1, how far the border differs from a continued edge; for measuring
 * @turns: 0…, how much the edge itself goes up and down along its length; for measuring
 */
typedef struct
{
  InbBackdropKind kind;
  float slope[INB_EDGE_MAX_CHANNELS][3];
  double busy;
  double turns;
} InbBackdropSide;

/**
 * InbBackdrop:
 * @sides: by #InbEdgeSide
 *
 * What a photo's border says about its background. Made from a small copy, used at any size. Plain
 * data: copy by assignment.
 */
typedef struct
{
  InbBackdropSide sides[INB_N_EDGES];
} InbBackdrop;

void inb_backdrop_init (InbBackdrop *self, const InbPixels *copy);
InbBackdropKind inb_backdrop_get_kind (const InbBackdrop *self, gboolean beside);
const char *inb_backdrop_kind_to_string (InbBackdropKind kind);
float inb_backdrop_side_get_slope (const InbBackdropSide *self, guint channel, float place);

G_END_DECLS
