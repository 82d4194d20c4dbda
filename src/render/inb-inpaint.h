/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"

G_BEGIN_DECLS

void inb_inpaint_fill (InbPlane *const *planes, guint n_planes, const guint8 *holes,
                       guint n_threads);

G_END_DECLS
