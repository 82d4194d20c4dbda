/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-player-private.h"

/* How a player is driven while it has a clip: to a frame, at a size, at a speed. */

/* ms of rest before the pipeline scales to a new size: a window being dragged asks 60 times a
 * second. Chosen by eye. */
#define RESIZE_REST_MS 100

static gboolean
resize_cb (gpointer user_data)
{
  InbPlayer *self = user_data;

  self->resize_id = 0;
  if (self->review != NULL)
    inb_review_set_size (self->review, self->box_width, self->box_height);
  return G_SOURCE_REMOVE;
}

/**
 * inb_player_set_size:
 * @self: a player
 * @width: px of the screen the picture may take, 0 for the clip's own size
 * @height: the same
 *
 * The pipeline scales to the largest picture that fits, never to more than the clip has.
 */
void
inb_player_set_size (InbPlayer *self, int width, int height)
{
  g_return_if_fail (INB_IS_PLAYER (self));

  if (self->box_width == width && self->box_height == height)
    return;
  self->box_width = width;
  self->box_height = height;
  g_clear_handle_id (&self->resize_id, g_source_remove);
  self->resize_id = g_timeout_add (RESIZE_REST_MS, resize_cb, self);
}

/**
 * inb_player_step:
 * @self: a player
 * @n_frames: how many frames forward, or back if negative
 *
 * Pauses and goes that far from the frame that is shown or was asked for last; not beyond the
 * clip's ends.
 */
void
inb_player_step (InbPlayer *self, int n_frames)
{
  gint64 from;

  g_return_if_fail (INB_IS_PLAYER (self));

  from = inb_player_get_goal (self);
  inb_player_pause (self);
  inb_player_seek (self, (guint) CLAMP (from + n_frames, 0, (gint64) G_MAXINT));
}

/**
 * inb_player_seek:
 * @self: a player
 * @frame: number of a frame, from 0; beyond the last one: the last one
 *
 * Goes to exactly that frame. One seek is under way at a time; of those asked for meanwhile the
 * newest is made. Nothing happens without a clip.
 */
void
inb_player_seek (InbPlayer *self, guint frame)
{
  g_return_if_fail (INB_IS_PLAYER (self));

  if (self->clip == NULL || self->clip->n_frames == 0)
    return;
  frame = MIN (frame, self->clip->n_frames - 1);
  if (self->review != NULL)
    inb_review_seek (self->review, frame);
  else
    self->start = frame;
}

/**
 * inb_player_set_playback:
 * @self: a player
 * @playback: (transfer none): how this clip and those after it are played; copied
 */
void
inb_player_set_playback (InbPlayer *self, const InbPlayback *playback)
{
  g_return_if_fail (INB_IS_PLAYER (self) && playback->rate >= 0.25 && playback->rate <= 4.0);

  self->playback = *playback;
  if (self->review != NULL)
    inb_review_set_playback (self->review, playback);
}

/**
 * inb_player_get_frame:
 * @self: a player
 *
 * Returns: number of the frame on the paintable, from 0
 */
guint
inb_player_get_frame (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), 0);

  return self->frame;
}

/**
 * inb_player_get_goal:
 * @self: a player
 *
 * Returns: number of the frame that was asked for last and is on its way; of the one that is shown
 * where nothing is
 */
guint
inb_player_get_goal (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), 0);

  return self->review != NULL ? inb_review_get_goal (self->review) : self->start;
}
