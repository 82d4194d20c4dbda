/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-gst.h"
#include "player/inb-player-private.h"

typedef enum
{
  PROP_PAINTABLE = 1,
  PROP_PLAYING,
  PROP_FRAME,
  PROP_N_FRAMES,
  PROP_ERROR,
} InbPlayerProperty;

static GParamSpec *props[PROP_ERROR + 1];

G_DEFINE_FINAL_TYPE (InbPlayer, inb_player, G_TYPE_OBJECT)

static void
set_playing (InbPlayer *self, gboolean playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

static void
set_frame (InbPlayer *self, guint frame)
{
  if (self->frame == frame)
    return;
  self->frame = frame;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRAME]);
}

/* Takes error, which may be NULL. */
static void
take_error (InbPlayer *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
fail (InbPlayer *self, GError *error)
{
  g_clear_pointer (&self->review, inb_review_close);
  set_playing (self, FALSE);
  take_error (self, error);
}

static void
shown_cb (GdkTexture *texture, guint frame, gpointer user_data)
{
  g_autoptr (InbPlayer) self = g_object_ref (user_data); /* a listener may drop the last one */

  inb_video_paintable_set_texture (self->paintable, texture);
  set_frame (self, frame);
}

static void
failed_cb (GError *error, gpointer user_data)
{
  g_autoptr (InbPlayer) self = g_object_ref (user_data);

  fail (self, error);
}

static void no_sound_cb (gpointer user_data);

static void
ended_cb (gpointer user_data)
{
  g_autoptr (InbPlayer) self = g_object_ref (user_data);

  inb_player_pause (self);
  inb_player_seek (self, G_MAXUINT);
}

static const InbReelEvents reel_events = { .shown = shown_cb,
                                           .failed = failed_cb,
                                           .no_sound = no_sound_cb,
                                           .ended = ended_cb };

/* Opens the clip afresh. */
static void
load (InbPlayer *self)
{
  GError *error = NULL;

  g_clear_pointer (&self->review, inb_review_close);
  if (!self->ready || self->clip == NULL)
    return;
  self->review = inb_review_new (self->clip, self->silent, self->box_width, self->box_height,
                                 &reel_events, self, &error);
  if (self->review == NULL)
    {
      fail (self, error);
      return;
    }
  inb_review_set_playback (self->review, &self->playback);
  inb_review_set_playing (self->review, self->playing);
  if (self->start > 0)
    inb_review_seek (self->review, self->start);
}

static void
no_sound_cb (gpointer user_data)
{
  InbPlayer *self = user_data;

  self->silent = TRUE;
  self->start = inb_review_get_goal (self->review);
  load (self);
}

static void
ready_cb (GObject *object, const GError *error)
{
  InbPlayer *self = INB_PLAYER (object);

  self->ready = error == NULL;
  if (self->ready)
    load (self);
  else
    fail (self, g_error_copy (error));
}

static void
inb_player_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbPlayer *self = INB_PLAYER (object);

  switch ((InbPlayerProperty) prop_id)
    {
    case PROP_PAINTABLE:
      g_value_set_object (value, self->paintable);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_FRAME:
      g_value_set_uint (value, self->frame);
      break;
    case PROP_N_FRAMES:
      g_value_set_uint (value, inb_player_get_n_frames (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_player_dispose (GObject *object)
{
  InbPlayer *self = INB_PLAYER (object);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_pointer (&self->review, inb_review_close);
  g_clear_object (&self->paintable);

  G_OBJECT_CLASS (inb_player_parent_class)->dispose (object);
}

static void
inb_player_finalize (GObject *object)
{
  InbPlayer *self = INB_PLAYER (object);

  g_clear_pointer (&self->clip, inb_clip_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (inb_player_parent_class)->finalize (object);
}

static void
inb_player_class_init (InbPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_player_get_property;
  object_class->dispose = inb_player_dispose;
  object_class->finalize = inb_player_finalize;

  props[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  props[PROP_FRAME] = g_param_spec_uint ("frame", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_FRAMES] = g_param_spec_uint ("n-frames", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_player_init (InbPlayer *self)
{
  self->paintable = inb_video_paintable_new ();
  self->playback = (InbPlayback) INB_PLAYBACK_DEFAULT;
}

/**
 * inb_player_new:
 *
 * Returns: (transfer full): a player without a clip, to be used on the main thread
 */
InbPlayer *
inb_player_new (void)
{
  return g_object_new (INB_TYPE_PLAYER, NULL);
}

/**
 * inb_player_get_paintable:
 * @self: a player
 *
 * Returns: (transfer none): the picture, as large as the clip; its current image is a still
 */
GdkPaintable *
inb_player_get_paintable (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), NULL);

  return GDK_PAINTABLE (self->paintable);
}

/**
 * inb_player_prepare:
 * @self: a player
 *
 * Says that a clip will come: GStreamer is made ready, in a thread, which costs some megabytes and
 * on its first use on a system a second. The first clip does it too.
 */
void
inb_player_prepare (InbPlayer *self)
{
  g_return_if_fail (INB_IS_PLAYER (self));

  if (!self->asked)
    inb_gst_prepare (G_OBJECT (self), ready_cb);
  self->asked = TRUE;
}

/**
 * inb_player_set_clip:
 * @self: a player
 * @clip: (nullable) (transfer none): a clip that a worker has decoded to its end, with n_frames and
 * frame rate; copied. %NULL: let go of the file and of the decoder
 *
 * Opens a clip at its first frame and goes on playing if it played. Comes back at once; what the
 * file says against it is told by "error": %INB_ERROR_NO_CODEC, %INB_ERROR_NO_ACCESS,
 * %INB_ERROR_BAD_CLIP.
 */
void
inb_player_set_clip (InbPlayer *self, const InbClip *clip)
{
  InbClip *copy;

  g_return_if_fail (INB_IS_PLAYER (self));
  g_return_if_fail (clip == NULL || clip->path != NULL);

  copy = clip != NULL ? inb_clip_copy (clip) : NULL; /* may be our own */
  g_clear_pointer (&self->review, inb_review_close);
  g_clear_pointer (&self->clip, inb_clip_free);
  self->clip = copy;
  self->start = 0;
  g_object_freeze_notify (G_OBJECT (self));
  if (clip == NULL)
    set_playing (self, FALSE);
  inb_video_paintable_set_texture (self->paintable, NULL);
  inb_video_paintable_set_size (self->paintable, copy != NULL ? (int) copy->width : 0,
                                copy != NULL ? (int) copy->height : 0);
  take_error (self, NULL);
  set_frame (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_FRAMES]);
  if (copy != NULL)
    inb_player_prepare (self);
  load (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * inb_player_get_clip:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): what it plays, until the next inb_player_set_clip()
 */
const InbClip *
inb_player_get_clip (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), NULL);

  return self->clip;
}

/**
 * inb_player_play:
 * @self: a player
 *
 * Plays on from the frame that is shown, or as soon as the clip is there. Nothing happens without a
 * clip.
 */
void
inb_player_play (InbPlayer *self)
{
  g_return_if_fail (INB_IS_PLAYER (self));

  if (self->clip == NULL || self->error != NULL)
    return;
  set_playing (self, TRUE);
  if (self->review != NULL)
    inb_review_set_playing (self->review, TRUE);
}

/**
 * inb_player_pause:
 * @self: a player
 *
 * Stands still; one more frame may be shown, "frame" says which.
 */
void
inb_player_pause (InbPlayer *self)
{
  g_return_if_fail (INB_IS_PLAYER (self));

  set_playing (self, FALSE);
  if (self->review != NULL)
    inb_review_set_playing (self->review, FALSE);
}

/**
 * inb_player_is_playing:
 * @self: a player
 *
 * Returns: whether it plays, or will when its clip is there
 */
gboolean
inb_player_is_playing (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), FALSE);

  return self->playing;
}

/**
 * inb_player_get_n_frames:
 * @self: a player
 *
 * Returns: how many frames the clip has, 0 without one
 */
guint
inb_player_get_n_frames (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), 0);

  return self->clip != NULL ? self->clip->n_frames : 0;
}

/**
 * inb_player_get_error:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): why the clip cannot be played, for a person
 */
const GError *
inb_player_get_error (InbPlayer *self)
{
  g_return_val_if_fail (INB_IS_PLAYER (self), NULL);

  return self->error;
}
