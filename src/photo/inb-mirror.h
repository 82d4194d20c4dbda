/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/inb-edge.h"

G_BEGIN_DECLS

typedef struct _InbMirror InbMirror;

InbMirror *inb_mirror_new (const InbEdge *edge);
void inb_mirror_get_line (InbMirror *self, guint distance, float *line);
void inb_mirror_free (InbMirror *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMirror, inb_mirror_free)

G_END_DECLS
