/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-flow.h"
#include "render/inb-outlet.h"

G_BEGIN_DECLS

typedef struct _InbMorph InbMorph;

InbMorph *inb_morph_new (InbPlane *const planes[2][3], InbFlow *const flows[2],
                         float *const maps[2], const InbPlane *const cells[2], guint step,
                         double crossfade);
void inb_morph_set_bounded (InbMorph *self, gboolean bounded);
void inb_morph_free (InbMorph *self);
void inb_morph_draw (InbMorph *self, double t, double step, const double camera[9],
                     const InbOutlet *outlet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMorph, inb_morph_free)

G_END_DECLS
