/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-review.h"

#include <unistd.h>

/* A clip, and beside it its small review copy, which consists of key frames alone: any frame of
 * that is there within 40 ms, where a clip with one key frame decodes up to half a second
 * (tests/bench, bench-review). While the clip stands still both are asked, so that the eye follows
 * the hand, and the clip's own picture takes the copy's place. What is wrong with a copy is
 * nobody's trouble: the clip does without. */
struct _InbReview
{
  InbClip *clip;
  InbReel *reel; /* NULL once closed */
  InbReel *copy; /* NULL until it is asked for, and once it failed */
  const InbReelEvents *events;
  gpointer user_data;

  gboolean playing;
  guint frame;      /* of the picture in sight */
  gboolean by_copy; /* that is the copy's */
  gboolean no_copy; /* there is none, or it failed */
  int box_width;
  int box_height;
};

static void
clear (gpointer data)
{
  inb_clip_free (((InbReview *) data)->clip);
}

static void
unref (InbReview *self)
{
  g_rc_box_release_full (self, clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReview, unref)

static void
shown_cb (GdkTexture *texture, guint frame, gpointer user_data)
{
  g_autoptr (InbReview) self = g_rc_box_acquire (user_data); /* whoever listens may close it */

  if (!self->playing && self->by_copy && frame != inb_review_get_goal (self))
    return; /* an older wish, while a newer one is in sight */
  self->by_copy = FALSE;
  self->frame = frame;
  self->events->shown (texture, frame, self->user_data);
}

static void
failed_cb (GError *error, gpointer user_data)
{
  g_autoptr (InbReview) self = g_rc_box_acquire (user_data);

  self->events->failed (error, self->user_data);
}

static void
no_sound_cb (gpointer user_data)
{
  g_autoptr (InbReview) self = g_rc_box_acquire (user_data);

  self->events->no_sound (self->user_data);
}

static void
ended_cb (gpointer user_data)
{
  g_autoptr (InbReview) self = g_rc_box_acquire (user_data);

  self->events->ended (self->user_data);
}

/* Of the copy only what is wanted now and not there yet. */
static void
copy_shown_cb (GdkTexture *texture, guint frame, gpointer user_data)
{
  g_autoptr (InbReview) self = g_rc_box_acquire (user_data);

  if (self->playing || frame == self->frame || frame != inb_review_get_goal (self))
    return;
  self->by_copy = TRUE;
  self->frame = frame;
  self->events->shown (texture, frame, self->user_data);
}

static void
copy_failed_cb (GError *error, gpointer user_data)
{
  InbReview *self = user_data;

  g_error_free (error);
  self->no_copy = TRUE;
  g_clear_pointer (&self->copy, inb_reel_close);
}

static void
copy_no_cb (gpointer user_data)
{
  /* it is silent from the start, and never runs */
}

static const InbReelEvents reel_events = { .shown = shown_cb,
                                           .failed = failed_cb,
                                           .no_sound = no_sound_cb,
                                           .ended = ended_cb };
static const InbReelEvents copy_events = { .shown = copy_shown_cb,
                                           .failed = copy_failed_cb,
                                           .no_sound = copy_no_cb,
                                           .ended = copy_no_cb };

static void
open_copy (InbReview *self)
{
  g_autoptr (InbClip) copy = NULL;

  if (access (self->clip->proxy, R_OK) != 0)
    return; /* not made yet, or cleaned away */
  copy = inb_clip_copy (self->clip);
  g_free (copy->path);
  copy->path = g_steal_pointer (&copy->proxy);
  self->copy =
      inb_reel_new (copy, TRUE, self->box_width, self->box_height, &copy_events, self, NULL);
  self->no_copy = self->copy == NULL;
}

/* The next frame the clip has as quickly as its copy. */
static void
seek_copy (InbReview *self, guint frame)
{
  if (self->playing || self->no_copy || frame == self->frame + 1)
    return;
  if (self->copy == NULL)
    open_copy (self);
  if (self->copy != NULL)
    inb_reel_seek (self->copy, frame);
}

/**
 * inb_review_new:
 * @clip: a clip, with or without a review copy; copied
 * @silent: as inb_reel_new()
 * @box_width: as inb_reel_new()
 * @box_height: as inb_reel_new()
 * @events: (transfer none): what it tells; lives as long as the program
 * @user_data: for @events
 * @error: as inb_reel_new(), of the clip itself
 *
 * Returns: (transfer full) (nullable): the clip, standing still; end it with inb_review_close()
 */
InbReview *
inb_review_new (const InbClip *clip, gboolean silent, int box_width, int box_height,
                const InbReelEvents *events, gpointer user_data, GError **error)
{
  g_autoptr (InbReview) self = g_rc_box_new0 (InbReview);

  self->clip = inb_clip_copy (clip);
  self->events = events;
  self->user_data = user_data;
  self->no_copy = clip->proxy == NULL;
  self->box_width = box_width;
  self->box_height = box_height;
  self->reel = inb_reel_new (clip, silent, box_width, box_height, &reel_events, self, error);
  return self->reel != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * inb_review_close:
 * @self: (transfer full): a clip
 *
 * Nothing is told from here on.
 */
void
inb_review_close (InbReview *self)
{
  g_clear_pointer (&self->copy, inb_reel_close);
  g_clear_pointer (&self->reel, inb_reel_close);
  unref (self);
}

/**
 * inb_review_set_playback:
 * @self: a clip
 * @playback: (transfer none): how it runs from now on
 */
void
inb_review_set_playback (InbReview *self, const InbPlayback *playback)
{
  inb_reel_set_playback (self->reel, playback);
}

/**
 * inb_review_set_playing:
 * @self: a clip
 * @playing: whether it runs
 */
void
inb_review_set_playing (InbReview *self, gboolean playing)
{
  self->playing = playing;
  inb_reel_set_playing (self->reel, playing);
}

/**
 * inb_review_set_size:
 * @self: a clip
 * @box_width: px of the screen the picture may take, 0 for the clip's own size
 * @box_height: the same
 */
void
inb_review_set_size (InbReview *self, int box_width, int box_height)
{
  self->box_width = box_width;
  self->box_height = box_height;
  inb_reel_set_size (self->reel, box_width, box_height);
  if (self->copy != NULL)
    inb_reel_set_size (self->copy, box_width, box_height);
}

/**
 * inb_review_seek:
 * @self: a clip
 * @frame: number of one of its frames
 */
void
inb_review_seek (InbReview *self, guint frame)
{
  inb_reel_seek (self->reel, frame);
  seek_copy (self, frame);
}

/**
 * inb_review_get_goal:
 * @self: a clip
 *
 * Returns: number of the frame that was asked for, or of the one shown where nothing is under way
 */
guint
inb_review_get_goal (InbReview *self)
{
  return inb_reel_get_goal (self->reel);
}
