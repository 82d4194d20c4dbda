/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-flow.h"

G_BEGIN_DECLS

/**
 * InbAgreement:
 * @score: 0…1: mean consistency of the two motions where the pictures have structure
 * @photometric: ≥ 0: difference that is left after the motion, to the difference without any
 * @displacement: share of the picture's diagonal that nine tenths of the structure move less than
 * @folded: 0…1: share of the structure that the motion turns inside out or tears apart
 * @torn: 0…1: share of the picture that is seen to change although no motion confirms how, except
 * where it leaves the picture
 * @lost: 0…1: the same as a share of all that is seen to change
 *
 * How well two pictures show the same thing.
 */
typedef struct
{
  double score;
  double photometric;
  double displacement;
  double folded;
  double torn;
  double lost;
} InbAgreement;

void inb_consistency_judge (const InbPlane *const pictures[2], InbFlow *const flows[2], guint step,
                            float *maps[2], InbAgreement *agreement);
void inb_consistency_mend (InbFlow *flow, const float *map);
gboolean inb_agreement_is_torn (const InbAgreement *agreement);

G_END_DECLS
