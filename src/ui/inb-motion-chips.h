/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_MOTION_CHIPS (inb_motion_chips_get_type ())
G_DECLARE_FINAL_TYPE (InbMotionChips, inb_motion_chips, INB, MOTION_CHIPS, AdwBin)

GtkWidget *inb_motion_chips_new (void);
void inb_motion_chips_set_draft (InbMotionChips *self, InbDraft *draft);

G_END_DECLS
