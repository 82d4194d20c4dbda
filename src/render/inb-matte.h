/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-planes.h"

G_BEGIN_DECLS

/**
 * InbMatteOrigin:
 * @INB_MATTE_NONE: not looked for: the move does not gain from depth
 * @INB_MATTE_FILE: given by a person
 * @INB_MATTE_ALPHA: the photo's own transparency
 * @INB_MATTE_AUTOMATIC: found in the photo
 */
typedef enum
{
  INB_MATTE_NONE,
  INB_MATTE_FILE,
  INB_MATTE_ALPHA,
  INB_MATTE_AUTOMATIC,
} InbMatteOrigin;

/**
 * InbMatte:
 * @origin: where it comes from
 * @alpha: (nullable): opacity of the product, 0…%INB_ALPHA_ONE, padded; of any size with the
 * photo's ratio
 * @area: 0…1: share of the photo that the product covers
 * @inliers: 0…1: share of the photo's border that looks like a plain back; −1: not measured
 * @confidence: 0…1: how sure it is; 1 where nothing was guessed
 * @accepted: whether the product is taken apart from its back with it
 * @reason: (nullable): why not, for a person
 *
 * Where in a photo the product is.
 */
typedef struct
{
  InbMatteOrigin origin;
  InbPlane *alpha;
  double area;
  double inliers;
  double confidence;
  gboolean accepted;
  const char *reason;
} InbMatte;

InbMatte *inb_matte_new (InbMatteOrigin origin);
void inb_matte_free (InbMatte *self);
InbMatte *inb_matte_new_from_alpha (const InbPixels *photo);
InbMatte *inb_matte_new_from_picture (const InbPixels *picture);
gboolean inb_matte_find_box (const InbMatte *self, double box[4]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMatte, inb_matte_free)

G_END_DECLS
