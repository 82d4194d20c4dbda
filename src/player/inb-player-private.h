/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "player/inb-player.h"
#include "player/inb-review.h"
#include "player/inb-video-paintable.h"

G_BEGIN_DECLS

/* Plays one clip at a time, in a loop, frame by frame exact, with or without a window. */
struct _InbPlayer
{
  GObject parent_instance;

  InbVideoPaintable *paintable;
  InbClip *clip;
  InbReview *review; /* NULL without a clip, before GStreamer is ready, and after an error */
  GError *error;
  guint frame; /* of the picture on the paintable */
  guint start; /* frame to begin with when the review is made */
  gboolean playing;
  InbPlayback playback;

  int box_width; /* px of the screen the picture may take, 0 for the clip's own size */
  int box_height;
  guint resize_id; /* a new size waits for a moment of rest */

  gboolean asked;  /* GStreamer is being initialised, or was */
  gboolean ready;  /* GStreamer is initialised */
  gboolean silent; /* there is no sound device */
};

G_END_DECLS
