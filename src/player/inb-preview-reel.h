/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_PREVIEW_REEL (inb_preview_reel_get_type ())
G_DECLARE_FINAL_TYPE (InbPreviewReel, inb_preview_reel, INB, PREVIEW_REEL, GObject)

InbPreviewReel *inb_preview_reel_new (GInputStream *y4m, guint n_frames);
void inb_preview_reel_advance (InbPreviewReel *self, gint64 now_us);
gboolean inb_preview_reel_is_over (InbPreviewReel *self);
GdkTexture *inb_preview_reel_get_texture (InbPreviewReel *self);
guint inb_preview_reel_get_n_shown (InbPreviewReel *self);

G_END_DECLS
