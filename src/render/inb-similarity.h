/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"

G_BEGIN_DECLS

/**
 * InbSimilarity:
 * @a: scale times cosine of the turn
 * @b: scale times its sine
 * @x: cells to the right
 * @y: cells downwards
 *
 * A move in the plane that keeps shapes: (x, y) → (@a·x − @b·y + @x, @b·x + @a·y + @y).
 */
typedef struct
{
  double a;
  double b;
  double x;
  double y;
} InbSimilarity;

void inb_similarity_apply (const InbSimilarity *self, double x, double y, double *to_x,
                           double *to_y);
InbSimilarity inb_similarity_invert (const InbSimilarity *self);
gboolean inb_similarity_fit (const InbPlane *const pictures[2], const InbPlane *const alphas[2],
                             InbSimilarity *self);

G_END_DECLS
