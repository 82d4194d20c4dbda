/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "player/inb-reel.h"

G_BEGIN_DECLS

typedef struct _InbReview InbReview;

InbReview *inb_review_new (const InbClip *clip, gboolean silent, int box_width, int box_height,
                           const InbReelEvents *events, gpointer user_data, GError **error);
void inb_review_close (InbReview *self);
void inb_review_set_playback (InbReview *self, const InbPlayback *playback);
void inb_review_set_playing (InbReview *self, gboolean playing);
void inb_review_set_size (InbReview *self, int box_width, int box_height);
void inb_review_seek (InbReview *self, guint frame);
guint inb_review_get_goal (InbReview *self);

G_END_DECLS
