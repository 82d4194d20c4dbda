/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"
#include "ui/inb-frame-well.h"

G_BEGIN_DECLS

#define INB_TYPE_FRAME_PAIR (inb_frame_pair_get_type ())
G_DECLARE_FINAL_TYPE (InbFramePair, inb_frame_pair, INB, FRAME_PAIR, AdwBin)

GtkWidget *inb_frame_pair_new (void);
void inb_frame_pair_set_draft (InbFramePair *self, InbDraft *draft);
InbFrameWell *inb_frame_pair_get_well (InbFramePair *self, gboolean last);
InbFrameWell *inb_frame_pair_choose_well (InbFramePair *self, GtkWidget *focus);

G_END_DECLS
