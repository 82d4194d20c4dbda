/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-reel.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "core/inb-error.h"
#include "player/inb-frame-time.h"
#include "player/inb-pipeline-end.h"
#include "player/inb-player-error.h"
#include "player/inb-seam.h"
#include "player/inb-source-order.h"
#include "player/inb-video-paintable.h"
#include "player/inb-video-sink.h"

/* One clip in one pipeline, running in a loop or once.
 *
 * What is asked for (playing, goal, box) and what the pipeline was told (state, sent_goal, size)
 * are kept apart: advance() sends the next difference whenever nothing is under way, so that at
 * most one seek is in flight and the newest request wins. */
struct _InbReel
{
  InbClip *clip;
  const InbReelEvents *events;
  gpointer user_data;

  GstElement *pipeline; /* NULL once closed */
  InbVideoSink *sink;
  guint bus_watch;
  char *missing; /* what decoder the pipeline said is missing */

  InbPlayback playback;
  gboolean playing;
  gint64 goal;   /* frame that was asked for and is not there yet, −1 for none */
  int box_width; /* px of the screen the picture may take, 0 for the clip's own size */
  int box_height;

  guint frame;         /* of the picture shown last */
  GstState state;      /* PAUSED or PLAYING: what the pipeline was told last */
  gboolean busy;       /* a state change, a seek or a step is under way, ASYNC_DONE ends it */
  gint64 sent_goal;    /* where that seek or step goes, −1 for none */
  gboolean unsure;     /* it may end with another picture than its goal's, */
  gboolean missed;     /* and did: now a seek */
  guint32 segment;     /* sequence number of the seek that made the present segment, 0 for none */
  gboolean last_round; /* all of the present segment is in the pipeline, and none follows */
  guint end_id;        /* waits for its last frame to have had its time */
  guint n_empty_loops; /* segments that ended since the last picture */
  gint64 shown_us;     /* monotonic time of the last picture, or when it was told to run */
  int width;           /* px the sink was told last */
  int height;
};

/* GstPlayFlags of playbin: video | audio | soft-volume */
#define PLAY_FLAGS 0x13
/* A clip whose segments end again and again without one picture would spin for ever. More than the
 * pipeline's queues can hold of one-frame segments; chosen by eye. */
#define MAX_EMPTY_LOOPS 500
/* µs more than a round that a running clip may be without a picture. A sink shows one a second,
 * however late it is, of what the decoder has not left out itself. */
#define MAX_BLIND_US G_USEC_PER_SEC

static void
clear_reel (gpointer data)
{
  inb_clip_free (((InbReel *) data)->clip);
}

static void
unref_reel (InbReel *self)
{
  g_rc_box_release_full (self, clear_reel);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReel, unref_reel)

/* Over the bus, so that whoever listens may close the reel: nothing of ours is on the stack then.
 */
static void
post_error (InbReel *self, const char *words)
{
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_BAD_CLIP, words);

  gst_element_post_message (self->pipeline,
                            gst_message_new_error (GST_OBJECT (self->pipeline), error, NULL));
}

/* From start, ns, to the clip's end. Without flush the pipeline goes on showing what it holds, and
 * the new segment follows without a gap. */
static gboolean
send_segment (InbReel *self, GstSeekFlags flags, gint64 start)
{
  GstEvent *event = gst_event_new_seek (
      self->playback.rate, GST_FORMAT_TIME, flags | GST_SEEK_FLAG_ACCURATE | GST_SEEK_FLAG_SEGMENT,
      GST_SEEK_TYPE_SET, start, GST_SEEK_TYPE_SET, inb_frame_time_get_end (self->clip));

  self->segment = gst_event_get_seqnum (event);
  self->last_round = FALSE;
  g_clear_handle_id (&self->end_id, g_source_remove);
  return gst_element_send_event (self->pipeline, event);
}

static void
send_goal (InbReel *self)
{
  gboolean next = self->segment != 0 && self->state == GST_STATE_PAUSED && !self->missed &&
                  !self->last_round && self->goal == (gint64) self->frame + 1;
  GstElement *element = inb_video_sink_get_element (self->sink);
  gboolean sent;

  self->busy = TRUE;
  self->sent_goal = self->goal;
  self->unsure = next;
  self->missed = FALSE;
  if (next)
    sent = gst_element_send_event (element,
                                   gst_event_new_step (GST_FORMAT_BUFFERS, 1, 1.0, TRUE, FALSE));
  else
    sent = send_segment (self, GST_SEEK_FLAG_FLUSH,
                         inb_frame_time_get_middle (self->clip, (guint) self->goal));
  if (!sent)
    post_error (self, _ ("No single frame can be found in it."));
}

static gboolean
end_cb (gpointer user_data)
{
  InbReel *self = user_data;

  self->end_id = 0;
  self->events->ended (self->user_data);
  return G_SOURCE_REMOVE;
}

/* By the clock, not by the last picture: that one may have come too late to be shown. */
static void
await_end (InbReel *self)
{
  gint64 left_ns =
      inb_frame_time_get_end (self->clip) - inb_frame_time_get_middle (self->clip, self->frame);

  g_clear_handle_id (&self->end_id, g_source_remove);
  if (self->last_round && self->state == GST_STATE_PLAYING)
    self->end_id = g_timeout_add (
        (guint) ((double) left_ns / self->playback.rate / GST_MSECOND) + 1, end_cb, self);
}

static void
change_state (InbReel *self, GstState state)
{
  GstStateChangeReturn result = gst_element_set_state (self->pipeline, state);

  self->state = state;
  self->shown_us = g_get_monotonic_time ();
  self->busy = result == GST_STATE_CHANGE_ASYNC; /* a failure also comes as a message */
  await_end (self);
}

/* Tells the sink a new size; where the picture stands still it is asked for again. */
static void
apply_size (InbReel *self)
{
  int clip_width = (int) self->clip->width, clip_height = (int) self->clip->height;
  int width = 0, height = 0;

  if (self->box_width > 0 && self->box_height > 0 && clip_width > 0 && clip_height > 0)
    inb_video_fit (MIN (self->box_width, clip_width), MIN (self->box_height, clip_height),
                   clip_width, clip_height, &width, &height);
  if (self->width == width && self->height == height)
    return;
  self->width = width;
  self->height = height;
  inb_video_sink_set_size (self->sink, width, height);
  if (self->segment != 0 && self->state == GST_STATE_PAUSED && self->goal < 0)
    self->goal = self->frame;
}

/* A sink that is told to stand still waits for one more picture to hold. After the last one there
 * is none, and no ASYNC_DONE: a seek brings one. Where there was one, it has an ASYNC_DONE, too. */
static void
stand_still (InbReel *self)
{
  change_state (self, GST_STATE_PAUSED);
  if (!self->busy || !self->last_round)
    return;
  if (self->goal < 0)
    self->goal = self->frame;
  send_goal (self);
  self->unsure = TRUE;
}

static void
advance (InbReel *self)
{
  if (self->pipeline == NULL || self->busy)
    return;
  apply_size (self);
  if (self->segment == 0 && self->goal < 0)
    self->goal = 0;
  if (!self->playing && self->state == GST_STATE_PLAYING)
    stand_still (self);
  if (!self->busy && self->goal >= 0)
    send_goal (self);
  if (!self->busy && self->playing && self->state != GST_STATE_PLAYING)
    change_state (self, GST_STATE_PLAYING);
}

static void
shown_cb (GdkTexture *texture, gint64 stream_ns, gpointer user_data)
{
  InbReel *self = user_data;

  if (stream_ns < 0) /* outside the segment: a decoder's leftover */
    return;
  self->n_empty_loops = 0;
  self->shown_us = g_get_monotonic_time ();
  self->frame = inb_frame_time_get_frame (self->clip, stream_ns);
  self->events->shown (texture, self->frame, self->user_data);
}

static void
async_done (InbReel *self)
{
  /* The picture is there before the message: with it the next step is known to be one. */
  inb_video_sink_deliver (self->sink);
  self->busy = FALSE;
  /* A step counts pictures that arrive; the decoder leaves out some when it has just been late. */
  self->missed = self->unsure && self->sent_goal != (gint64) self->frame;
  /* And a clip that was to stand still meanwhile has run on. */
  if (self->goal == self->sent_goal && !self->missed &&
      (self->playing || self->state == GST_STATE_PAUSED))
    self->goal = -1;
  self->sent_goal = -1;
  self->unsure = FALSE;
  advance (self);
}

/* Round after round comes later than its time, on a machine that is too slow for the moment, and
 * the decoder leaves out every picture to catch up: it never will where the next round begins at
 * the end of this one. */
static gboolean
is_left_behind (InbReel *self)
{
  gint64 longest = inb_frame_time_get_end (self->clip) / 1000 + MAX_BLIND_US;

  return self->state == GST_STATE_PLAYING && !self->busy &&
         g_get_monotonic_time () - self->shown_us > longest;
}

static void
begin_next_round (InbReel *self)
{
  inb_video_sink_deliver (self->sink); /* where it was this thread that was slow */
  if (self->pipeline == NULL)
    return;
  if (!self->playback.loop)
    {
      self->last_round = TRUE;
      await_end (self);
    }
  else if (++self->n_empty_loops > MAX_EMPTY_LOOPS)
    post_error (self, _ ("It holds no picture that can be shown."));
  else if (is_left_behind (self))
    inb_reel_seek (self, 0); /* time begins anew */
  else if (!send_segment (self, GST_SEEK_FLAG_NONE, 0))
    post_error (self, _ ("No single frame can be found in it."));
}

static void
take_missing (InbReel *self, char *missing)
{
  g_free (self->missing);
  self->missing = missing;
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  g_autoptr (InbReel) self = g_rc_box_acquire (user_data); /* a listener may close it */
  char *missing = inb_player_error_dup_missing (message);
  gboolean ours = GST_MESSAGE_SRC (message) == GST_OBJECT (self->pipeline);

  if (missing != NULL)
    take_missing (self, missing);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE && ours)
    async_done (self);
  else if (inb_seam_is_reached (message, self->segment))
    begin_next_round (self);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    inb_reel_seek (self, 0); /* a file that ends before its index says so */
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR && inb_player_error_is_sound (message))
    self->events->no_sound (self->user_data);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    self->events->failed (inb_player_error_new (message, self->missing, self->clip->path),
                          self->user_data);
  return G_SOURCE_CONTINUE;
}

/* A size in whole pixels has the clip's shape to within half a pixel; the scaler would fill that
 * half with a black line. Comes on the pipeline's threads. */
static void
element_added_cb (GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "add-borders") != NULL)
    g_object_set (element, "add-borders", FALSE, NULL);
}

static void
set_up_pipeline (InbReel *self, gboolean silent)
{
  g_autofree char *uri = gst_filename_to_uri (self->clip->path, NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  g_object_set (self->pipeline, "flags", PLAY_FLAGS, "uri", uri, "video-sink",
                inb_video_sink_get_element (self->sink), NULL);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (element_added_cb), NULL);
  inb_source_order_watch (self->pipeline);
  inb_seam_watch (self->pipeline, inb_frame_time_get_end (self->clip));
  if (silent)
    {
      GstElement *nowhere = gst_element_factory_make ("fakesink", NULL);

      g_object_set (nowhere, "sync", TRUE, NULL);
      g_object_set (self->pipeline, "audio-sink", nowhere, NULL);
    }
  self->bus_watch = gst_bus_add_watch (bus, bus_cb, self);
}

/**
 * inb_reel_new:
 * @clip: (transfer none): its path, size, rate and number of frames count; copied
 * @silent: whether there is no device for its sound
 * @box_width: px of the screen the picture may take, 0 for the clip's own size
 * @box_height: the same
 * @events: (scope forever): who is told
 * @user_data: for @events
 * @error: %INB_ERROR_BAD_CLIP where the clip's length or rate is unknown, %INB_ERROR_NO_CODEC where
 * GStreamer's own elements are missing
 *
 * Opens a clip at its first frame, paused. Comes back at once: the pipeline's own threads open and
 * decode the file.
 *
 * Returns: (transfer full) (nullable): the clip in its pipeline, for inb_reel_close()
 */
InbReel *
inb_reel_new (const InbClip *clip, gboolean silent, int box_width, int box_height,
              const InbReelEvents *events, gpointer user_data, GError **error)
{
  g_autoptr (InbReel) self = g_rc_box_new0 (InbReel);

  self->clip = inb_clip_copy (clip);
  self->events = events;
  self->user_data = user_data;
  self->playback = (InbPlayback) INB_PLAYBACK_DEFAULT;
  self->box_width = box_width;
  self->box_height = box_height;
  self->goal = self->sent_goal = -1;
  if (clip->n_frames == 0 || clip->fps_n == 0 || clip->fps_d == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                   _ ("The clip “%s” says neither how long nor how fast it is."), clip->path);
      return NULL;
    }
  self->pipeline = gst_element_factory_make ("playbin3", NULL);
  self->sink = inb_video_sink_new (shown_cb, self);
  if (self->pipeline != NULL)
    gst_object_ref_sink (self->pipeline);
  if (self->pipeline == NULL || self->sink == NULL)
    {
      g_clear_pointer (&self->sink, inb_video_sink_close);
      gst_clear_object (&self->pipeline);
      g_set_error (error, INB_ERROR, INB_ERROR_NO_CODEC,
                   _ ("Clips cannot be played: install the packages gstreamer1.0-plugins-base and "
                      "gstreamer1.0-plugins-good."));
      return NULL;
    }
  set_up_pipeline (self, silent);
  apply_size (self);
  change_state (self, GST_STATE_PAUSED);
  return g_steal_pointer (&self);
}

/**
 * inb_reel_close:
 * @self: (transfer full): a reel
 *
 * Ends the pipeline's threads and closes the file, now or when it is open, as inb_pipeline_end()
 * does; no event comes after this.
 */
void
inb_reel_close (InbReel *self)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_pointer (&self->sink, inb_video_sink_close);
  g_clear_pointer (&self->pipeline, inb_pipeline_end);
  g_clear_pointer (&self->missing, g_free);
  unref_reel (self);
}

/**
 * inb_reel_set_playback:
 * @self: a reel
 * @playback: (transfer none): how it runs from now on
 */
void
inb_reel_set_playback (InbReel *self, const InbPlayback *playback)
{
  gboolean hurry = self->playback.rate != playback->rate;

  self->playback = *playback;
  g_object_set (self->pipeline, "mute", playback->muted, NULL);
  if (self->segment != 0 && (hurry || (playback->loop && self->last_round)))
    self->goal = inb_reel_get_goal (self); /* a segment has one speed, and its end is known */
  advance (self);
}

/**
 * inb_reel_set_playing:
 * @self: a reel
 * @playing: whether it runs; from the last frame of what does not loop: from the first one again
 */
void
inb_reel_set_playing (InbReel *self, gboolean playing)
{
  if (playing && !self->playing && !self->playback.loop &&
      inb_reel_get_goal (self) + 1 == self->clip->n_frames)
    self->goal = 0;
  self->playing = playing;
  advance (self);
}

/**
 * inb_reel_set_size:
 * @self: a reel
 * @box_width: px of the screen the picture may take, 0 for the clip's own size
 * @box_height: the same
 *
 * Scales to the largest picture that fits, never to more than the clip has.
 */
void
inb_reel_set_size (InbReel *self, int box_width, int box_height)
{
  self->box_width = box_width;
  self->box_height = box_height;
  advance (self);
}

/**
 * inb_reel_seek:
 * @self: a reel
 * @frame: number of a frame, from 0, that the clip has
 *
 * Goes to exactly that frame, running or not.
 */
void
inb_reel_seek (InbReel *self, guint frame)
{
  self->goal = frame;
  advance (self);
}

/**
 * inb_reel_get_goal:
 * @self: a reel
 *
 * Returns: number of the frame that was asked for, or of the one shown where nothing is under way
 */
guint
inb_reel_get_goal (InbReel *self)
{
  return self->goal >= 0 ? (guint) self->goal : self->frame;
}
