/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-canvas.h"
#include "jobs/inb-photo-traits.h"

G_BEGIN_DECLS

/* the photo extended sideways, and extended up and down */
#define INB_N_CANVASES 2

#define INB_TYPE_PREVIEW (inb_preview_get_type ())
G_DECLARE_FINAL_TYPE (InbPreview, inb_preview, INB, PREVIEW, GObject)

InbPreview *inb_preview_new (const char *sha256, const char *name, guint width, guint height);
void inb_preview_set_traits (InbPreview *self, const InbPhotoTraits *traits);
void inb_preview_set_attention (InbPreview *self, double x, double y);
void inb_preview_set_canvas (InbPreview *self, guint index, GBytes *pixels, gsize stride,
                             const InbCanvas *canvas);

const char *inb_preview_get_sha256 (InbPreview *self);
const char *inb_preview_get_name (InbPreview *self);
void inb_preview_get_size (InbPreview *self, guint *width, guint *height);
const InbPhotoTraits *inb_preview_get_traits (InbPreview *self);
void inb_preview_get_attention (InbPreview *self, double *x, double *y);
const InbCanvas *inb_preview_get_canvases (InbPreview *self);
GdkTexture *inb_preview_get_texture (InbPreview *self, guint index, double scale);

G_END_DECLS
