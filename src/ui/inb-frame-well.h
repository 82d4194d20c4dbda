/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-draft.h"
#include "ui/inb-incoming.h"

G_BEGIN_DECLS

#define INB_TYPE_FRAME_WELL (inb_frame_well_get_type ())
G_DECLARE_FINAL_TYPE (InbFrameWell, inb_frame_well, INB, FRAME_WELL, GtkWidget)

GtkWidget *inb_frame_well_new (void);
void inb_frame_well_set_draft (InbFrameWell *self, InbDraft *draft, InbPhotoSlot *slot);
InbPhotoSlot *inb_frame_well_get_slot (InbFrameWell *self);
void inb_frame_well_take (InbFrameWell *self, const InbIncoming *incoming, const GError *error);

G_END_DECLS
