/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_FRAMING_PREVIEW (inb_framing_preview_get_type ())
G_DECLARE_FINAL_TYPE (InbFramingPreview, inb_framing_preview, INB, FRAMING_PREVIEW, GtkWidget)

GtkWidget *inb_framing_preview_new (void);
void inb_framing_preview_set_draft (InbFramingPreview *self, InbDraft *draft, InbPhotoSlot *slot);
gboolean inb_framing_preview_get_rects (InbFramingPreview *self, InbRect *shown, InbRect *frame);
gboolean inb_framing_preview_is_dragging (InbFramingPreview *self);
void inb_framing_preview_set_motion (InbFramingPreview *self, GdkTexture *picture);
GdkTexture *inb_framing_preview_get_motion (InbFramingPreview *self);

G_END_DECLS
