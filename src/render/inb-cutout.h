/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-layer.h"
#include "render/inb-matte.h"

G_BEGIN_DECLS

void inb_cutout_make (const InbPixels *photo, const InbMatte *matte, double tightest,
                      guint n_threads, InbLayerPlanes *product, InbLayerPlanes *back);

G_END_DECLS
