/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/inb-backdrop.h"

G_BEGIN_DECLS

typedef struct _InbSweep InbSweep;

InbSweep *inb_sweep_new (const InbEdge *edge, const InbBackdropSide *side);
void inb_sweep_get_line (InbSweep *self, guint distance, float *line);
void inb_sweep_free (InbSweep *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSweep, inb_sweep_free)

G_END_DECLS
