/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-clip.h"
#include "player/inb-playback.h"

G_BEGIN_DECLS

#define INB_TYPE_PLAYER (inb_player_get_type ())
G_DECLARE_FINAL_TYPE (InbPlayer, inb_player, INB, PLAYER, GObject)

/* Properties: "playing" (gboolean), "frame" (guint, from 0, of the picture on the paintable),
 * "n-frames" (guint), "error" (GError, nullable: INB_ERROR_NO_CODEC where a decoder is missing).
 * The paintable is itself a property, "paintable". A clip loops from its first to its last
 * frame, by segments, without a gap, unless the playback says otherwise. */
InbPlayer *inb_player_new (void);
GdkPaintable *inb_player_get_paintable (InbPlayer *self);
void inb_player_prepare (InbPlayer *self);
void inb_player_set_clip (InbPlayer *self, const InbClip *clip);
const InbClip *inb_player_get_clip (InbPlayer *self);
void inb_player_set_size (InbPlayer *self, int width, int height);
void inb_player_set_playback (InbPlayer *self, const InbPlayback *playback);
void inb_player_play (InbPlayer *self);
void inb_player_pause (InbPlayer *self);
gboolean inb_player_is_playing (InbPlayer *self);
void inb_player_step (InbPlayer *self, int n_frames);
void inb_player_seek (InbPlayer *self, guint frame);
guint inb_player_get_frame (InbPlayer *self);
guint inb_player_get_goal (InbPlayer *self);
guint inb_player_get_n_frames (InbPlayer *self);
const GError *inb_player_get_error (InbPlayer *self);

G_END_DECLS
