/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"
#include "ui/inb-frame-well.h"
#include "ui/inb-order.h"

G_BEGIN_DECLS

#define INB_TYPE_COMPOSER (inb_composer_get_type ())
G_DECLARE_FINAL_TYPE (InbComposer, inb_composer, INB, COMPOSER, AdwBin)

GtkWidget *inb_composer_new (void);
void inb_composer_set_draft (InbComposer *self, InbDraft *draft);
InbOrder *inb_composer_get_order (InbComposer *self);
InbFrameWell *inb_composer_choose_well (InbComposer *self, GtkWidget *focus);
void inb_composer_choose_photo (InbComposer *self, gboolean last);
void inb_composer_generate (InbComposer *self);
void inb_composer_set_busy (InbComposer *self, gboolean busy);
void inb_composer_focus_prompt (InbComposer *self);

G_END_DECLS
