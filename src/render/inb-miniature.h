/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"

G_BEGIN_DECLS

/**
 * InbMiniature:
 * @width: px
 * @height: px
 * @channels: Y' (0…255), Cb and Cr (−128…128), each @width × @height
 *
 * A photo small enough to look at as a whole.
 */
typedef struct
{
  int width;
  int height;
  float *channels[3];
} InbMiniature;

InbMiniature *inb_miniature_new (const InbPixels *photo, guint long_side, guint n_threads);
void inb_miniature_free (InbMiniature *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMiniature, inb_miniature_free)

G_END_DECLS
