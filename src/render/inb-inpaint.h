/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"

G_BEGIN_DECLS

/**
 * InbInpaintKind:
 * @INB_INPAINT_KNOWN: a sample as it has to be
 * @INB_INPAINT_HOLE: one to be made up
 * @INB_INPAINT_IGNORED: one that is neither: not read, not written
 */
typedef enum
{
  INB_INPAINT_KNOWN,
  INB_INPAINT_HOLE,
  INB_INPAINT_IGNORED,
} InbInpaintKind;

void inb_inpaint_fill (InbPlane *const *planes, guint n_planes, const guint8 *holes,
                       guint n_threads);

G_END_DECLS
