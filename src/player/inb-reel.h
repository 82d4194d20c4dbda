/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-clip.h"
#include "player/inb-playback.h"

G_BEGIN_DECLS

typedef struct _InbReel InbReel;

/**
 * InbReelEvents:
 * @shown: takes a picture and the number of its frame, from 0
 * @failed: (transfer full): takes the error that ended the playing
 * @no_sound: there is no device for the clip's sound; a silent reel plays it without
 * @ended: the last frame has been shown for its time, and there is no loop
 *
 * What a reel tells, on the main thread. Each may close the reel.
 */
typedef struct
{
  void (*shown) (GdkTexture *texture, guint frame, gpointer user_data);
  void (*failed) (GError *error, gpointer user_data);
  void (*no_sound) (gpointer user_data);
  void (*ended) (gpointer user_data);
} InbReelEvents;

InbReel *inb_reel_new (const InbClip *clip, gboolean silent, int box_width, int box_height,
                       const InbReelEvents *events, gpointer user_data, GError **error);
void inb_reel_close (InbReel *self);
void inb_reel_set_playback (InbReel *self, const InbPlayback *playback);
void inb_reel_set_playing (InbReel *self, gboolean playing);
void inb_reel_set_size (InbReel *self, int box_width, int box_height);
void inb_reel_seek (InbReel *self, guint frame);
guint inb_reel_get_goal (InbReel *self);

G_END_DECLS
