/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-reel.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#include "core/inb-error.h"
#include "inb-test-clip.h"
#include "inb-test-wait.h"

/* What a busy machine does once in a thousand times is done here every time: one of the pipeline's
 * threads is held up until the others are where they must not be. */

static char *folder;

typedef struct
{
  InbReel *reel;
  GArray *shown; /* int: what the bars said at each picture */
  GError *error;
  gboolean ended;
} Screen;

static void
shown_cb (GdkTexture *texture, guint frame, gpointer user_data)
{
  int bars = inb_test_clip_read (texture);

  g_assert_cmpint (bars, ==, (int) frame);
  g_array_append_val (((Screen *) user_data)->shown, bars);
}

static void
failed_cb (GError *error, gpointer user_data)
{
  g_propagate_error (&((Screen *) user_data)->error, error);
}

G_NORETURN static void
no_sound_cb (gpointer user_data)
{
  g_assert_not_reached ();
}

static void
ended_cb (gpointer user_data)
{
  ((Screen *) user_data)->ended = TRUE;
}

static const InbReelEvents events = { .shown = shown_cb,
                                      .failed = failed_cb,
                                      .no_sound = no_sound_cb,
                                      .ended = ended_cb };

static void
open_screen (Screen *screen, const InbClip *clip)
{
  g_autoptr (GError) error = NULL;

  screen->shown = g_array_new (FALSE, FALSE, sizeof (int));
  screen->reel = inb_reel_new (clip, TRUE, 0, 0, &events, screen, &error);
  g_assert_no_error (error);
}

static void
close_screen (Screen *screen)
{
  inb_reel_close (screen->reel);
  g_array_unref (screen->shown);
  g_clear_error (&screen->error);
}

/* The frame of the picture that came last, −1 for none. */
static int
last_shown (const Screen *screen)
{
  return screen->shown->len > 0 ? g_array_index (screen->shown, int, screen->shown->len - 1) : -1;
}

/* Of every element that comes into a pipeline. */
static gulong
add_hook (GSignalEmissionHook hook, gpointer user_data)
{
  g_type_class_unref (g_type_class_ref (GST_TYPE_BIN)); /* for its signal */
  return g_signal_add_emission_hook (g_signal_lookup ("deep-element-added", GST_TYPE_BIN), 0, hook,
                                     user_data, NULL);
}

static void
remove_hook (gulong hook)
{
  g_signal_remove_emission_hook (g_signal_lookup ("deep-element-added", GST_TYPE_BIN), hook);
}

/* What a thread held up in decodebin3's change to PAUSED waits for: that the first piece of the
 * file was offered to it. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean reading; /* under mutex: the reader was started */
  gboolean offered; /* under mutex */
  gboolean awake;   /* under mutex: what it was offered to could take it */
  gboolean held;
} HoldUp;

static HoldUp *hold_up;
static GstStateChangeReturn (*set_state) (GstElement *element, GstState state);

static GstPadProbeReturn
offered_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  HoldUp *self = user_data;
  g_autoptr (GstPad) peer = gst_pad_get_peer (pad);
  g_autoptr (GstPad) target = gst_ghost_pad_get_target (GST_GHOST_PAD (peer));

  g_mutex_lock (&self->mutex);
  self->offered = TRUE;
  self->awake = GST_PAD_IS_ACTIVE (peer) && (target == NULL || GST_PAD_IS_ACTIVE (target));
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  return GST_PAD_PROBE_REMOVE;
}

static void
pad_added_cb (GstElement *reader, GstPad *pad, gpointer user_data)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, offered_cb, user_data, NULL);
}

/* In place of the set_state of bins. */
static GstStateChangeReturn
late_set_state (GstElement *element, GstState state)
{
  HoldUp *self = hold_up;
  const char *maker = GST_OBJECT_NAME (gst_element_get_factory (element));

  if (state == GST_STATE_PAUSED && g_str_equal (maker, "decodebin3"))
    {
      g_mutex_lock (&self->mutex);
      self->held |= self->reading;
      while (self->reading && !self->offered)
        g_cond_wait (&self->cond, &self->mutex);
      g_mutex_unlock (&self->mutex);
    }
  if (state == GST_STATE_PAUSED && g_str_equal (maker, "urisourcebin"))
    {
      g_signal_connect (element, "pad-added", G_CALLBACK (pad_added_cb), self);
      g_mutex_lock (&self->mutex);
      self->reading = TRUE;
      g_mutex_unlock (&self->mutex);
    }
  return set_state (element, state);
}

/* Has late_set_state() called for these elements, or ends that. */
static void
hold_up_decoders (gboolean hold)
{
  static const char *const names[] = { "decodebin3", "urisourcebin" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GstElement) element = gst_element_factory_make (names[i], NULL);
      GstElementClass *klass;

      gst_object_ref_sink (element);
      klass = GST_ELEMENT_GET_CLASS (element);
      if (hold)
        set_state = klass->set_state;
      klass->set_state = hold ? late_set_state : set_state;
    }
}

/* As on a busy machine: the thread that opens the clip has started the reader, and loses the
 * processor before it wakes the decoder. */
static void
test_reel_opens_however_late_the_decoder_is_woken (void)
{
  g_autoptr (InbClip) clip = inb_test_clip_new (folder, "plain.mp4", 60, 30, 1, 0);
  HoldUp self = { .reading = FALSE };
  Screen screen = { NULL };

  hold_up = &self;
  hold_up_decoders (TRUE);
  open_screen (&screen, clip);
  g_assert_true (self.held);
  g_assert_true (self.awake);
  wait_until (screen.shown->len > 0);
  g_assert_cmpint (g_array_index (screen.shown, int, 0), ==, 0);
  g_assert_no_error (screen.error);
  close_screen (&screen);
  hold_up_decoders (FALSE);
  g_remove (clip->path);
}

#define LATE_NS (200 * GST_MSECOND) /* the sink takes pictures up to 20 ms late */

/* The decoder gets each piece of a running clip only when it is too late for its picture. */
static GstPadProbeReturn
late_cb (GstPad *pad, GstPadProbeInfo *info, gpointer pipeline)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  g_autoptr (GstClock) clock = gst_element_get_clock (pipeline);
  const GstSegment *segment;
  GstClockTime due;
  GstClockID wait;

  if (clock == NULL || GST_STATE (pipeline) != GST_STATE_PLAYING)
    return GST_PAD_PROBE_OK;
  gst_event_parse_segment (event, &segment);
  due = gst_segment_to_running_time (segment, GST_FORMAT_TIME,
                                     GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info)));
  wait = gst_clock_new_single_shot_id (clock, gst_element_get_base_time (pipeline) + due + LATE_NS);
  gst_clock_id_wait (wait, NULL);
  gst_clock_id_unref (wait);
  return GST_PAD_PROBE_OK;
}

static gboolean
decoder_added_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values,
                    gpointer user_data)
{
  GstElement *pipeline = g_value_get_object (&values[0]);
  GstElement *element = g_value_get_object (&values[2]);
  GstElementFactory *factory = gst_element_get_factory (element);

  if (GST_IS_PIPELINE (pipeline) && factory != NULL &&
      gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER |
                                                     GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO) &&
      !GST_IS_BIN (element))
    {
      g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, late_cb, pipeline, NULL);
    }
  return TRUE;
}

static void
test_reel_shows_pictures_on_a_machine_that_is_always_late (void)
{
  g_autoptr (InbClip) clip = inb_test_clip_new (folder, "still.mp4", 1, 30, 1, 0);
  gulong hook = add_hook (decoder_added_hook, NULL);
  Screen screen = { NULL };

  open_screen (&screen, clip);
  inb_reel_set_playing (screen.reel, TRUE);
  wait_until (screen.shown->len > 0);
  g_array_set_size (screen.shown, 0);
  wait_until (screen.shown->len >= 6 || screen.error != NULL);
  g_assert_no_error (screen.error);
  close_screen (&screen);
  remove_hook (hook);
  g_remove (clip->path);
}

/* What comes to the sink, and what is kept from it. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  guint n_since_flush; /* under mutex: pictures */
  gboolean leave_out;  /* under mutex: the next picture */
} Intake;

static GstPadProbeReturn
intake_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Intake *self = user_data;
  gboolean picture = (info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0, leave_out;

  g_mutex_lock (&self->mutex);
  leave_out = picture && self->leave_out;
  if (leave_out)
    self->leave_out = FALSE;
  if (picture)
    self->n_since_flush++;
  else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_FLUSH_STOP)
    self->n_since_flush = 0;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  return leave_out ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static gboolean
sink_added_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values,
                 gpointer user_data)
{
  GstElement *pipeline = g_value_get_object (&values[0]);
  GstElement *element = g_value_get_object (&values[2]);

  if (GST_IS_PIPELINE (pipeline) && g_str_has_prefix (GST_OBJECT_NAME (element), "appsink"))
    {
      g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_FLUSH, intake_cb,
                         user_data, NULL);
    }
  return TRUE;
}

/* As a decoder that was late a moment ago: one picture is left out. */
static void
test_reel_steps_to_the_next_frame_though_its_picture_was_left_out (void)
{
  g_autoptr (InbClip) clip = inb_test_clip_new (folder, "plain.mp4", 60, 30, 1, 0);
  Intake intake = { .leave_out = FALSE };
  gulong hook = add_hook (sink_added_hook, &intake);
  Screen screen = { NULL };

  open_screen (&screen, clip);
  inb_reel_seek (screen.reel, 20);
  wait_until (last_shown (&screen) == 20);
  g_mutex_lock (&intake.mutex);
  intake.leave_out = TRUE;
  g_mutex_unlock (&intake.mutex);
  inb_reel_seek (screen.reel, 21);
  wait_until (last_shown (&screen) == 21);
  g_assert_false (intake.leave_out);
  g_assert_no_error (screen.error);
  close_screen (&screen);
  remove_hook (hook);
  g_remove (clip->path);
}

/* As a main loop that is busy elsewhere: the clip runs on before it is told to stand still. */
static void
test_reel_stands_still_where_it_was_told_to (void)
{
  g_autoptr (InbClip) clip = inb_test_clip_new (folder, "plain.mp4", 60, 30, 1, 0);
  Intake intake = { .leave_out = FALSE };
  gulong hook = add_hook (sink_added_hook, &intake);
  Screen screen = { NULL };

  open_screen (&screen, clip);
  inb_reel_set_playing (screen.reel, TRUE);
  wait_until (last_shown (&screen) >= 3);
  inb_reel_seek (screen.reel, 20); /* sent at once */
  g_mutex_lock (&intake.mutex);
  while (intake.n_since_flush < 5)
    g_cond_wait (&intake.cond, &intake.mutex);
  g_mutex_unlock (&intake.mutex);
  inb_reel_set_playing (screen.reel, FALSE);
  inb_reel_seek (screen.reel, 20);
  wait_until (last_shown (&screen) > 20);
  wait_until (last_shown (&screen) == 20);
  g_assert_cmpuint (inb_reel_get_goal (screen.reel), ==, 20);
  g_assert_no_error (screen.error);
  close_screen (&screen);
  remove_hook (hook);
  g_remove (clip->path);
}

/* There is no picture left that the sink could hold when it is told to stand still. */
static void
test_reel_goes_on_after_it_has_ended (void)
{
  g_autoptr (InbClip) clip = inb_test_clip_new (folder, "brief.mp4", 15, 30, 1, 0);
  const InbPlayback once = { .loop = FALSE, .rate = 1.0 };
  Screen screen = { NULL };

  open_screen (&screen, clip);
  inb_reel_set_playback (screen.reel, &once);
  inb_reel_set_playing (screen.reel, TRUE);
  wait_until (screen.ended);
  inb_reel_set_playing (screen.reel, FALSE);
  inb_reel_seek (screen.reel, 5);
  wait_until (last_shown (&screen) == 5);
  g_assert_no_error (screen.error);
  close_screen (&screen);
  g_remove (clip->path);
}

/* Until the clip is closed its pipeline does not learn what it was given. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean finding;  /* under mutex */
  gboolean closed;   /* under mutex */
  gboolean gone;     /* under mutex: the pipeline */
  gpointer pipeline; /* atomic: once it is known */
} Finding;

static void
tell (Finding *finding, gboolean *what)
{
  g_mutex_lock (&finding->mutex);
  *what = TRUE;
  g_cond_broadcast (&finding->cond);
  g_mutex_unlock (&finding->mutex);
  g_main_context_wakeup (NULL);
}

static gboolean
is_told (Finding *finding, const gboolean *what)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&finding->mutex);

  return *what;
}

static void
gone_cb (gpointer user_data, GObject *former_pipeline)
{
  Finding *finding = user_data;

  tell (finding, &finding->gone);
}

static void
found_cb (GstElement *element, guint probability, GstCaps *caps, gpointer user_data)
{
  Finding *finding = user_data;

  tell (finding, &finding->finding);
  g_mutex_lock (&finding->mutex);
  while (!finding->closed)
    g_cond_wait (&finding->cond, &finding->mutex);
  g_mutex_unlock (&finding->mutex);
}

static gboolean
hold_up_finding (GSignalInvocationHint *hint, guint n_values, const GValue *values,
                 gpointer user_data)
{
  GstObject *bin = g_value_get_object (&values[0]);
  GstElement *element = g_value_get_object (&values[2]);
  Finding *finding = user_data;

  /* the first of several: who else would tell that it is gone, tells when nobody listens any more
   */
  if (!GST_IS_PIPELINE (bin) || !g_str_equal (G_OBJECT_TYPE_NAME (element), "GstTypeFindElement") ||
      !g_atomic_pointer_compare_and_exchange (&finding->pipeline, NULL, bin))
    return TRUE;
  g_object_weak_ref (G_OBJECT (bin), gone_cb, finding);
  g_signal_connect (element, "have-type", G_CALLBACK (found_cb), finding);
  return TRUE;
}

/* A window that waits here may wait for ever: the thread that finds out wants what is held. */
static void
test_reel_closes_at_once_while_it_is_being_opened (void)
{
  g_autoptr (InbClip) clip = inb_test_clip_new (folder, "plain.mp4", 60, 30, 1, 0);
  Finding finding = { 0 };
  gulong hook = add_hook (hold_up_finding, &finding);
  Screen screen = { 0 };

  open_screen (&screen, clip);
  wait_until (is_told (&finding, &finding.finding));
  close_screen (&screen);
  g_assert_false (is_told (&finding, &finding.gone));
  tell (&finding, &finding.closed);
  wait_until (is_told (&finding, &finding.gone));
  remove_hook (hook);
  g_remove (clip->path);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("inb-reel-XXXXXX", NULL);
  g_test_add_func ("/reel/opens-however-late-the-decoder-is-woken",
                   test_reel_opens_however_late_the_decoder_is_woken);
  g_test_add_func ("/reel/shows-pictures-on-a-machine-that-is-always-late",
                   test_reel_shows_pictures_on_a_machine_that_is_always_late);
  g_test_add_func ("/reel/steps-to-the-next-frame-though-its-picture-was-left-out",
                   test_reel_steps_to_the_next_frame_though_its_picture_was_left_out);
  g_test_add_func ("/reel/stands-still-where-it-was-told-to",
                   test_reel_stands_still_where_it_was_told_to);
  g_test_add_func ("/reel/goes-on-after-it-has-ended", test_reel_goes_on_after_it_has_ended);
  g_test_add_func ("/reel/closes-at-once-while-it-is-being-opened",
                   test_reel_closes_at_once_while_it_is_being_opened);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}
