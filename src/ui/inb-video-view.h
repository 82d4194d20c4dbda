/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "player/inb-player.h"

G_BEGIN_DECLS

#define INB_TYPE_VIDEO_VIEW (inb_video_view_get_type ())
G_DECLARE_FINAL_TYPE (InbVideoView, inb_video_view, INB, VIDEO_VIEW, GtkWidget)

void inb_video_view_set_player (InbVideoView *self, InbPlayer *player);

G_END_DECLS
