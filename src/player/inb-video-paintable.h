/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_VIDEO_PAINTABLE (inb_video_paintable_get_type ())
G_DECLARE_FINAL_TYPE (InbVideoPaintable, inb_video_paintable, INB, VIDEO_PAINTABLE, GObject)

InbVideoPaintable *inb_video_paintable_new (void);
void inb_video_paintable_set_size (InbVideoPaintable *self, int width, int height);
void inb_video_paintable_set_texture (InbVideoPaintable *self, GdkTexture *texture);
GdkTexture *inb_video_paintable_get_texture (InbVideoPaintable *self);

void inb_video_fit (int box_width, int box_height, int width, int height, int *fit_width,
                    int *fit_height);

G_END_DECLS
