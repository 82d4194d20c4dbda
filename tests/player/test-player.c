/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-player.h"

#include <glib/gstdio.h>
#include <gst/base/gstbasesink.h>
#include <gst/gst.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "inb-test-clip.h"
#include "inb-test-wait.h"
#include "player/inb-frame-time.h"
#include "player/inb-video-paintable.h"

#define N_FRAMES 150

/* What every test has: a player, and a record of every frame that was shown, read from its bars. */
typedef struct
{
  InbPlayer *player;
  GArray *shown; /* int: what the bars said at each new picture */
} Fixture;

static char *folder;
static InbClip *clip; /* 150 frames, one key frame */

static void
contents_cb (GdkPaintable *paintable, Fixture *fixture)
{
  GdkTexture *texture = inb_video_paintable_get_texture (INB_VIDEO_PAINTABLE (paintable));
  int frame = texture != NULL ? inb_test_clip_read (texture) : -2;

  g_array_append_val (fixture->shown, frame);
}

/* The number must belong to the picture that is there when it is announced. */
static void
frame_cb (InbPlayer *player, GParamSpec *pspec, Fixture *fixture)
{
  GdkTexture *texture =
      inb_video_paintable_get_texture (INB_VIDEO_PAINTABLE (inb_player_get_paintable (player)));

  if (texture != NULL && gdk_texture_get_width (texture) >= 90) /* bars can be told apart */
    g_assert_cmpint (inb_test_clip_read (texture), ==, (int) inb_player_get_frame (player));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->player = inb_player_new ();
  fixture->shown = g_array_new (FALSE, FALSE, sizeof (int));
  g_signal_connect (inb_player_get_paintable (fixture->player), "invalidate-contents",
                    G_CALLBACK (contents_cb), fixture);
  g_signal_connect (fixture->player, "notify::frame", G_CALLBACK (frame_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (inb_player_get_paintable (fixture->player), fixture);
  g_assert_finalize_object (fixture->player);
  g_array_unref (fixture->shown);
}

/* The next picture, whatever it is. */
static int
wait_for_picture (Fixture *fixture)
{
  wait_until (fixture->shown->len > 0);
  return g_array_index (fixture->shown, int, fixture->shown->len - 1);
}

static void
open_clip (Fixture *fixture, const InbClip *which)
{
  inb_player_set_clip (fixture->player, which);
  g_array_set_size (fixture->shown, 0);
  g_assert_cmpint (wait_for_picture (fixture), ==, 0);
}

static int
seek_and_read (Fixture *fixture, guint frame)
{
  g_array_set_size (fixture->shown, 0);
  inb_player_seek (fixture->player, frame);
  return wait_for_picture (fixture);
}

static void
test_player_opens_paused_at_the_first_frame (Fixture *fixture, gconstpointer data)
{
  open_clip (fixture, clip);
  g_assert_false (inb_player_is_playing (fixture->player));
  g_assert_cmpuint (inb_player_get_frame (fixture->player), ==, 0);
  g_assert_cmpuint (inb_player_get_n_frames (fixture->player), ==, N_FRAMES);
  g_assert_null (inb_player_get_error (fixture->player));
}

static void
test_player_seeks_to_exactly_the_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  open_clip (fixture, clip);
  wait_until (fixture->shown->len >= 2);
  for (guint i = 0; i < 30; i++)
    {
      guint frame = (guint) g_rand_int_range (random, 0, N_FRAMES);

      g_assert_cmpint (seek_and_read (fixture, frame), ==, (int) frame);
      g_assert_cmpuint (inb_player_get_frame (fixture->player), ==, frame);
    }
}

static void
test_player_newest_of_many_seeks_wins (Fixture *fixture, gconstpointer data)
{
  open_clip (fixture, clip);
  for (guint frame = 140; frame > 17; frame--)
    inb_player_seek (fixture->player, frame);
  wait_until (inb_player_get_frame (fixture->player) == 18);
  g_assert_cmpuint (fixture->shown->len, <, 10);
  g_assert_cmpint (seek_and_read (fixture, 99), ==, 99); /* nothing older comes after it */
}

static void
test_player_steps_one_frame_forward_and_back (Fixture *fixture, gconstpointer data)
{
  open_clip (fixture, clip);
  g_assert_cmpint (seek_and_read (fixture, 60), ==, 60);
  for (int frame = 61; frame <= 80; frame++)
    {
      g_array_set_size (fixture->shown, 0);
      inb_player_step (fixture->player, 1);
      g_assert_cmpint (wait_for_picture (fixture), ==, frame);
    }
  for (int frame = 79; frame >= 60; frame--)
    {
      g_array_set_size (fixture->shown, 0);
      inb_player_step (fixture->player, -1);
      g_assert_cmpint (wait_for_picture (fixture), ==, frame);
    }
}

static void
test_player_adds_up_steps_asked_for_at_once (Fixture *fixture, gconstpointer data)
{
  open_clip (fixture, clip);
  for (guint i = 0; i < 10; i++)
    inb_player_step (fixture->player, 1);
  inb_player_step (fixture->player, -3);
  wait_until (inb_player_get_frame (fixture->player) == 7);
  inb_player_step (fixture->player, 1);
  wait_until (inb_player_get_frame (fixture->player) == 8);
}

static void
test_player_steps_stay_within_the_clip (Fixture *fixture, gconstpointer data)
{
  open_clip (fixture, clip);
  inb_player_step (fixture->player, 1000);
  wait_until (inb_player_get_frame (fixture->player) == N_FRAMES - 1);
  inb_player_step (fixture->player, 1);
  inb_player_step (fixture->player, -1);
  wait_until (inb_player_get_frame (fixture->player) == N_FRAMES - 2);
  inb_player_step (fixture->player, -1000);
  wait_until (inb_player_get_frame (fixture->player) == 0);
}

static int
get_width (Fixture *fixture)
{
  InbVideoPaintable *video = INB_VIDEO_PAINTABLE (inb_player_get_paintable (fixture->player));
  GdkTexture *texture = inb_video_paintable_get_texture (video);

  return texture != NULL ? gdk_texture_get_width (texture) : 0;
}

static void
small_cb (GdkPaintable *paintable, guint *n_small)
{
  GdkTexture *texture = inb_video_paintable_get_texture (INB_VIDEO_PAINTABLE (paintable));

  *n_small += texture != NULL && gdk_texture_get_width (texture) == 120;
}

static void
test_player_scrubs_on_the_review_copy_and_rests_on_the_clip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) copy = inb_test_clip_new (folder, "copy.mp4", N_FRAMES, 30, 1,
                                                INB_TEST_CLIP_INTRA | INB_TEST_CLIP_SMALL);
  g_autoptr (InbClip) reviewed = inb_clip_copy (clip);
  guint n_small = 0;

  reviewed->proxy = g_strdup (copy->path);
  open_clip (fixture, reviewed);
  g_signal_connect (inb_player_get_paintable (fixture->player), "invalidate-contents",
                    G_CALLBACK (small_cb), &n_small);
  for (int frame = 140; frame > 10; frame -= 13)
    {
      inb_player_seek (fixture->player, (guint) frame);
      wait_until (inb_player_get_frame (fixture->player) == (guint) frame);
      wait_until (get_width (fixture) == 360); /* frame_cb() reads every number from the bars */
      g_assert_cmpuint (inb_player_get_frame (fixture->player), ==, (guint) frame);
    }
  do /* faster than the clip can; on a busy machine the copy may come too late now and then */
    {
      inb_player_seek (fixture->player, 101);
      wait_until (inb_player_get_frame (fixture->player) == 101);
      for (guint frame = 100; frame > 60; frame--)
        inb_player_seek (fixture->player, frame);
      wait_until (inb_player_get_frame (fixture->player) == 61 && get_width (fixture) == 360);
    }
  while (n_small == 0);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= 70);
  g_assert_cmpint (get_width (fixture), ==, 360);
  g_signal_handlers_disconnect_by_data (inb_player_get_paintable (fixture->player), &n_small);
  g_remove (copy->path);
}

static void
test_player_does_without_a_bad_review_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) reviewed = inb_clip_copy (clip);

  reviewed->proxy = g_build_filename (folder, "none.mp4", NULL);
  open_clip (fixture, reviewed);
  g_assert_cmpint (seek_and_read (fixture, 88), ==, 88);
  g_assert_cmpint (seek_and_read (fixture, 12), ==, 12);
  g_assert_null (inb_player_get_error (fixture->player));
}

/* The machine is shared: while others work, pictures come late or are left out. A player that is
 * wrong is so each time. */
#define MOST_TRIES 5

/* What the pictures tell: how often they went from the last frame to the first, how many were left
 * out, and how far they went on, in all and at most from one to the next, frames. */
typedef struct
{
  guint n_wraps;
  guint n_skipped;
  guint n_ahead;
  guint farthest;
} Course;

/* Every picture must be a real one. */
static Course
follow (const GArray *shown, guint n_frames)
{
  Course course = { 0 };

  for (guint i = 1; i < shown->len; i++)
    {
      int before = g_array_index (shown, int, i - 1), now = g_array_index (shown, int, i);
      guint ahead = (guint) (now - before + (int) n_frames) % n_frames;

      g_assert_cmpint (now, >=, 0);
      course.n_wraps += now < before;
      course.n_skipped += ahead > 1 ? ahead - 1 : 0;
      course.n_ahead += ahead;
      course.farthest = MAX (course.farthest, ahead);
    }
  return course;
}

/* A picture that goes back looks as if it had gone on by nearly a round, in no time. One that is
 * only late never comes before its time, however busy the machine is. */
static void
assert_never_back (const Course *course, guint n_frames, gint64 passed_us)
{
  g_assert_cmpint (course->n_ahead, <, passed_us * 30 / G_USEC_PER_SEC + n_frames / 2);
}

static void
test_player_loops_from_last_frame_to_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) brief = inb_test_clip_new (folder, "brief.mp4", 20, 30, 1, 0);
  guint n_tries = 0;
  Course course;
  gint64 start;

  open_clip (fixture, brief);
  do
    {
      g_array_set_size (fixture->shown, 0);
      start = g_get_monotonic_time ();
      inb_player_play (fixture->player);
      wait_until (fixture->shown->len >= 90);
      inb_player_pause (fixture->player);
      course = follow (fixture->shown, 20);
      assert_never_back (&course, 20, g_get_monotonic_time () - start);
    }
  while (course.n_skipped >= 9 && ++n_tries < MOST_TRIES);
  g_assert_cmpuint (course.n_wraps, >=, 4);
  g_assert_cmpuint (course.n_skipped, <, 9); /* one in ten */
  g_remove (brief->path);
}

static void
test_player_wraps_without_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) brief = inb_test_clip_new (folder, "brief.mp4", 15, 30, 1, 0);
  guint n_tries = 0;
  Course course;
  gint64 start, passed;

  open_clip (fixture, brief);
  inb_player_play (fixture->player);
  do
    {
      wait_until (inb_player_get_frame (fixture->player) == 5);
      g_array_set_size (fixture->shown, 0);
      start = g_get_monotonic_time ();
      wait_until (follow (fixture->shown, 15).n_wraps >= 6 &&
                  inb_player_get_frame (fixture->player) >= 5);
      passed = g_get_monotonic_time () - start;
      course = follow (fixture->shown, 15);
      assert_never_back (&course, 15, passed);
    }
  while ((course.n_skipped >= 9 || passed >= 3150000 || passed <= 2950000) &&
         ++n_tries < MOST_TRIES);
  /* six rounds of 15 frames, 30 a second: 3 s; one frame lost or waited for a round is 200 ms */
  g_assert_cmpuint (course.n_skipped, <, 9);
  g_assert_cmpint (passed, <, 3150000);
  g_assert_cmpint (passed, >, 2950000);
  g_remove (brief->path);
}

static void
test_player_pauses_on_a_true_frame_at_the_wrap (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) brief = inb_test_clip_new (folder, "brief.mp4", 8, 30, 1, 0);

  open_clip (fixture, brief);
  for (guint i = 0; i < 8; i++)
    {
      guint frame;

      g_array_set_size (fixture->shown, 0);
      inb_player_play (fixture->player);
      wait_until (fixture->shown->len > 8 + i);
      inb_player_pause (fixture->player);
      g_array_set_size (fixture->shown, 0);
      frame = (inb_player_get_frame (fixture->player) + 4) % 8;
      g_assert_cmpint (seek_and_read (fixture, frame), >=, 0);
      wait_until (inb_player_get_frame (fixture->player) == frame);
      if (frame < 7)
        {
          inb_player_step (fixture->player, 1);
          wait_until (inb_player_get_frame (fixture->player) == frame + 1);
        }
    }
  g_remove (brief->path);
}

/* How many times a picture came before the one that was shown last; a slow machine leaves out many.
 */
static guint
count_returns (const GArray *shown)
{
  guint n_returns = 0;

  for (guint i = 1; i < shown->len; i++)
    n_returns += g_array_index (shown, int, i) < g_array_index (shown, int, i - 1);
  return n_returns;
}

static void
test_player_without_a_loop_ends_at_the_last_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) brief = inb_test_clip_new (folder, "brief.mp4", 15, 30, 1, 0);
  const InbPlayback once = { .loop = FALSE, .rate = 1.0 };

  inb_player_set_playback (fixture->player, &once);
  open_clip (fixture, brief);
  inb_player_play (fixture->player);
  wait_until (!inb_player_is_playing (fixture->player));
  wait_until (inb_player_get_frame (fixture->player) == 14);
  g_assert_cmpuint (count_returns (fixture->shown), ==, 0);

  /* and begins again from the first */
  g_array_set_size (fixture->shown, 0);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) < 5);
  wait_until (!inb_player_is_playing (fixture->player));
  wait_until (inb_player_get_frame (fixture->player) == 14);
  g_remove (brief->path);
}

static void
test_player_may_be_told_to_loop_in_the_last_round (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) brief = inb_test_clip_new (folder, "brief.mp4", 15, 30, 1, 0);
  InbPlayback playback = { .loop = FALSE, .rate = 1.0 };

  inb_player_set_playback (fixture->player, &playback);
  open_clip (fixture, brief);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) > 2);
  playback.loop = TRUE;
  inb_player_set_playback (fixture->player, &playback);
  g_array_set_size (fixture->shown, 0);
  wait_until (fixture->shown->len > 40);
  g_assert_cmpuint (count_returns (fixture->shown), >=, 2);
  g_assert_true (inb_player_is_playing (fixture->player));
  g_remove (brief->path);
}

/* µs that four rounds of half a second each take, the first one not counted */
static gint64
time_rounds (Fixture *fixture, double rate)
{
  g_autoptr (InbClip) brief = inb_test_clip_new (folder, "brief.mp4", 15, 30, 1, 0);
  const InbPlayback playback = { .loop = TRUE, .rate = rate };
  gint64 start;

  inb_player_set_playback (fixture->player, &playback);
  open_clip (fixture, brief);
  inb_player_play (fixture->player);
  wait_until (count_returns (fixture->shown) >= 1);
  start = g_get_monotonic_time ();
  wait_until (count_returns (fixture->shown) >= 5);
  inb_player_pause (fixture->player);
  g_remove (brief->path);
  return g_get_monotonic_time () - start;
}

/* Four rounds last 1 s at twice the speed and 4 s at half of it. A busy machine makes them longer,
 * never shorter, and not each time: what is fast need be so once. */
static void
test_player_loops_at_any_speed (Fixture *fixture, gconstpointer data)
{
  gint64 fast = G_MAXINT64;

  g_assert_cmpint (time_rounds (fixture, 0.5), >, 3500000);
  for (guint i = 0; i < 10 && fast > 1750000; i++)
    fast = time_rounds (fixture, 2.0);
  g_assert_cmpint (fast, <=, 1750000);
}

static void
test_player_changes_speed_where_it_is (Fixture *fixture, gconstpointer data)
{
  const InbPlayback slow = { .loop = TRUE, .rate = 0.25 };

  open_clip (fixture, clip);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= 20);
  g_array_set_size (fixture->shown, 0);
  inb_player_set_playback (fixture->player, &slow);
  wait_until (fixture->shown->len > 20);
  g_assert_cmpuint (count_returns (fixture->shown), ==, 0);
  g_assert_cmpuint (inb_player_get_frame (fixture->player), <, 60);
}

static void
test_player_plays_a_clip_of_one_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) still = inb_test_clip_new (folder, "still.mp4", 1, 30, 1, 0);

  open_clip (fixture, still);
  inb_player_play (fixture->player);
  wait_until (fixture->shown->len > 10);
  g_assert_null (inb_player_get_error (fixture->player));
  g_remove (still->path);
}

static void
test_player_pauses_and_plays_on (Fixture *fixture, gconstpointer data)
{
  guint before;

  open_clip (fixture, clip);
  inb_player_play (fixture->player);
  g_assert_true (inb_player_is_playing (fixture->player));
  wait_until (inb_player_get_frame (fixture->player) >= 20);
  inb_player_pause (fixture->player);
  g_assert_false (inb_player_is_playing (fixture->player));
  before = inb_player_get_frame (fixture->player);
  inb_player_step (fixture->player, 1); /* the pause has settled when the step is there */
  wait_until (inb_player_get_frame (fixture->player) == before + 1);
  g_array_set_size (fixture->shown, 0);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= before + 20);
  g_assert_cmpint (g_array_index (fixture->shown, int, 0), <=, (int) before + 5);
  g_assert_cmpuint (follow (fixture->shown, N_FRAMES).n_wraps, ==, 0);
  g_assert_cmpuint (follow (fixture->shown, N_FRAMES).farthest, <, N_FRAMES / 2);
}

static void
test_player_seeks_while_playing (Fixture *fixture, gconstpointer data)
{
  open_clip (fixture, clip);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= 3);
  g_array_set_size (fixture->shown, 0);
  inb_player_seek (fixture->player, 140);
  wait_until (inb_player_get_frame (fixture->player) >= 140);
  wait_until (inb_player_get_frame (fixture->player) < 10); /* and on through the wrap */
  g_assert_true (inb_player_is_playing (fixture->player));
}

static void
test_player_scales_in_the_pipeline (Fixture *fixture, gconstpointer data)
{
  GdkPaintable *paintable = inb_player_get_paintable (fixture->player);
  InbVideoPaintable *video = INB_VIDEO_PAINTABLE (paintable);

  inb_player_set_size (fixture->player, 180, 180); /* the clip is 360 × 180 */
  open_clip (fixture, clip);
  g_assert_cmpint (gdk_texture_get_width (inb_video_paintable_get_texture (video)), ==, 180);
  g_assert_cmpint (gdk_texture_get_height (inb_video_paintable_get_texture (video)), ==, 90);
  g_assert_cmpint (seek_and_read (fixture, 77), ==, 77);
  inb_player_set_size (fixture->player, 240, 4000); /* standing still */
  wait_until (gdk_texture_get_width (inb_video_paintable_get_texture (video)) == 240);
  g_assert_cmpuint (inb_player_get_frame (fixture->player), ==, 77);
  inb_player_play (fixture->player);
  inb_player_set_size (fixture->player, 9999, 9999); /* playing: never more than the clip has */
  wait_until (gdk_texture_get_width (inb_video_paintable_get_texture (video)) == 360);
  inb_player_set_size (fixture->player, 0, 0);
  inb_player_set_size (fixture->player, 1, 1);
  wait_until (gdk_texture_get_width (inb_video_paintable_get_texture (video)) == 1);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 360);
}

static guchar *
download (GdkTexture *texture, int *width, int *height)
{
  guchar *pixels;

  *width = gdk_texture_get_width (texture);
  *height = gdk_texture_get_height (texture);
  pixels = g_malloc ((gsize) *width * *height * 4);
  gdk_texture_download (texture, pixels, (gsize) *width * 4);
  return pixels;
}

static void
test_player_adds_no_border (Fixture *fixture, gconstpointer data)
{
  static const int sides[] = { 101, 103, 333, 359 }; /* half of which is no whole number */

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      InbVideoPaintable *video = INB_VIDEO_PAINTABLE (inb_player_get_paintable (fixture->player));
      g_autofree guchar *pixels = NULL;
      int width, height;

      inb_player_set_size (fixture->player, sides[i], sides[i]);
      open_clip (fixture, clip);
      g_assert_cmpint (seek_and_read (fixture, 0x55), ==, 0x55);
      pixels = download (inb_video_paintable_get_texture (video), &width, &height);
      g_assert_cmpint (width, ==, sides[i]);
      for (int x = 0; x < width; x++) /* the bars reach from edge to edge */
        {
          const guchar *top = pixels + 4 * (gsize) x, *bottom;

          bottom = top + ((gsize) height - 1) * width * 4;
          g_assert_cmpint (ABS (top[1] - bottom[1]), <, 40);
        }
      g_assert_cmpint (pixels[1], >, 200); /* the lowest bit is at the very edge */
    }
}

static void
test_player_takes_another_clip_at_any_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) other =
      inb_test_clip_new (folder, "other.mp4", 48, 24, 1, INB_TEST_CLIP_INTRA);

  inb_player_set_clip (fixture->player, clip); /* before GStreamer is ready */
  inb_player_set_clip (fixture->player, other);
  wait_for_picture (fixture);
  inb_player_set_clip (fixture->player, clip); /* at once again */
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= 5);
  inb_player_seek (fixture->player, 120); /* seeking */
  inb_player_set_clip (fixture->player, other);
  g_assert_cmpuint (inb_player_get_frame (fixture->player), ==, 0);
  g_assert_true (inb_player_is_playing (fixture->player));
  g_array_set_size (fixture->shown, 0);
  wait_until (inb_player_get_frame (fixture->player) >= 40);
  g_assert_cmpint (g_array_index (fixture->shown, int, 0), ==, 0);
  inb_player_set_clip (fixture->player, inb_player_get_clip (fixture->player)); /* the same */
  wait_until (inb_player_get_frame (fixture->player) >= 5);
  inb_player_set_clip (fixture->player, NULL);
  g_assert_false (inb_player_is_playing (fixture->player));
  g_assert_cmpuint (inb_player_get_n_frames (fixture->player), ==, 0);
  g_remove (other->path);
}

static void
test_player_plays_without_a_sound_device (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) sound =
      inb_test_clip_new (folder, "sound.mp4", 30, 30, 1, INB_TEST_CLIP_SOUND);
  Course course;

  inb_player_set_clip (fixture->player, sound);
  inb_player_play (fixture->player);
  wait_until (fixture->shown->len >= 75);
  g_assert_null (inb_player_get_error (fixture->player));
  g_array_remove_range (fixture->shown, 0, 10); /* the device was looked for meanwhile */
  course = follow (fixture->shown, 30);
  g_assert_cmpuint (course.n_wraps, >=, 1);
  g_assert_cmpuint (course.farthest, <, 15); /* never back */
  g_remove (sound->path);
}

/* A sound device that breaks as soon as it is played to. */
typedef struct
{
  GstBaseSink parent_instance;
} BrokenSink;

typedef struct
{
  GstBaseSinkClass parent_class;
} BrokenSinkClass;

static guint n_breaks;

GType broken_sink_get_type (void);
G_DEFINE_TYPE (BrokenSink, broken_sink, GST_TYPE_BASE_SINK)

static GstFlowReturn
broken_sink_render (GstBaseSink *sink, GstBuffer *buffer)
{
  n_breaks++;
  GST_ELEMENT_ERROR (sink, RESOURCE, WRITE, ("The device is gone."), (NULL));
  return GST_FLOW_ERROR;
}

static void
broken_sink_class_init (BrokenSinkClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("audio/x-raw");

  gst_element_class_set_static_metadata (element_class, "Broken", "Sink/Audio", "Breaks", "Test");
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, caps));
  GST_BASE_SINK_CLASS (klass)->render = broken_sink_render;
}

static void
broken_sink_init (BrokenSink *self)
{
}

static void
test_player_goes_on_silently_when_the_sound_device_breaks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) sound =
      inb_test_clip_new (folder, "sound.mp4", 60, 30, 1, INB_TEST_CLIP_SOUND);
  g_autoptr (GstElementFactory) factory = NULL;

  g_assert_true (gst_element_register (NULL, "inbbrokensink", GST_RANK_PRIMARY + 1000,
                                       broken_sink_get_type ()));
  factory = gst_element_factory_find ("inbbrokensink");
  n_breaks = 0;
  inb_player_set_clip (fixture->player, sound);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= 50);
  wait_until (inb_player_get_frame (fixture->player) < 20); /* and round */
  g_assert_null (inb_player_get_error (fixture->player));
  g_assert_cmpuint (n_breaks, >=, 1);
  gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), GST_RANK_NONE);
  g_remove (sound->path);
}

static void
test_player_says_that_the_file_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) gone = inb_clip_copy (clip);

  g_free (gone->path);
  gone->path = g_build_filename (folder, "gone.mp4", NULL);
  inb_player_set_clip (fixture->player, gone);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_error (fixture->player) != NULL);
  g_assert_error (inb_player_get_error (fixture->player), INB_ERROR, INB_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (inb_player_get_error (fixture->player)->message, "gone.mp4"));
  g_assert_false (inb_player_is_playing (fixture->player));
  inb_player_step (fixture->player, 1); /* asked for in vain, without harm */
  inb_player_play (fixture->player);
  open_clip (fixture, clip); /* and the next one plays */
  g_assert_null (inb_player_get_error (fixture->player));
}

static void
test_player_says_that_the_file_is_no_clip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) text = inb_clip_copy (clip);

  g_free (text->path);
  text->path = g_build_filename (folder, "text.mp4", NULL);
  g_assert_true (g_file_set_contents (text->path, "not a clip at all\n", -1, NULL));
  inb_player_set_clip (fixture->player, text);
  wait_until (inb_player_get_error (fixture->player) != NULL);
  g_assert_error (inb_player_get_error (fixture->player), INB_ERROR, INB_ERROR_BAD_CLIP);
  g_remove (text->path);
}

static void
test_player_outlives_a_clip_that_shrinks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) half = inb_clip_copy (clip);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (clip->path, &bytes, &length, NULL));
  g_free (half->path);
  half->path = g_build_filename (folder, "half.mp4", NULL);
  g_assert_true (g_file_set_contents (half->path, bytes, (gssize) length, NULL));
  open_clip (fixture, half);
  inb_player_play (fixture->player);
  wait_until (inb_player_get_frame (fixture->player) >= 2);
  g_assert_cmpint (truncate (half->path, 4096), ==, 0);
  inb_player_seek (fixture->player, 149); /* either an error or a frame that can be had */
  g_array_set_size (fixture->shown, 0);
  wait_until (inb_player_get_error (fixture->player) != NULL || fixture->shown->len > 5);
  g_remove (half->path);
}

static void
test_player_says_what_decoder_is_missing (Fixture *fixture, gconstpointer data)
{
  inb_test_clip_hide_decoders (TRUE);
  inb_player_set_clip (fixture->player, clip);
  wait_until (inb_player_get_error (fixture->player) != NULL);
  g_assert_error (inb_player_get_error (fixture->player), INB_ERROR, INB_ERROR_NO_CODEC);
  g_assert_nonnull (strstr (inb_player_get_error (fixture->player)->message, "H.264"));
  g_assert_nonnull (strstr (inb_player_get_error (fixture->player)->message, "gstreamer1.0-libav"));
  inb_test_clip_hide_decoders (FALSE);
}

static void
drop_cb (InbPlayer *player, GParamSpec *pspec, gpointer data)
{
  InbPlayer **owner = data;

  if (*owner != NULL && inb_player_get_frame (player) >= 3)
    g_clear_object (owner);
}

static void
test_player_may_be_dropped_by_a_listener (void)
{
  InbPlayer *player = inb_player_new ();
  gpointer watched = player;

  g_object_add_weak_pointer (G_OBJECT (player), &watched);
  g_signal_connect (player, "notify::frame", G_CALLBACK (drop_cb), &player);
  inb_player_set_clip (player, clip);
  inb_player_play (player);
  wait_until (watched == NULL);
}

static void
test_player_may_be_dropped_before_it_began (void)
{
  InbPlayer *player = inb_player_new ();

  inb_player_set_clip (player, clip);
  g_assert_finalize_object (player);
}

static void
test_frame_time_knows_a_frame_by_its_start_and_its_middle (void)
{
  static const guint rates[][2] = { { 30, 1 }, { 24, 1 }, { 30000, 1001 }, { 60, 1 }, { 25, 1 } };
  g_autoptr (InbClip) one = inb_clip_new ();

  one->n_frames = 600;
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (guint frame = 0; frame < one->n_frames; frame++)
      {
        gint64 start;

        one->fps_n = rates[i][0];
        one->fps_d = rates[i][1];
        start = inb_clip_get_frame_start (one, frame);
        g_assert_cmpuint (inb_frame_time_get_frame (one, start), ==, frame);
        g_assert_cmpuint (inb_frame_time_get_frame (one, inb_frame_time_get_middle (one, frame)),
                          ==, frame);
        start = start / 1000000 * 1000000; /* as WebM keeps it */
        g_assert_cmpuint (inb_frame_time_get_frame (one, start), ==, frame);
      }
  g_assert_cmpuint (inb_frame_time_get_frame (one, G_MAXINT64 / 16), ==, 599);
}

static void
add_tests (void)
{
#define add(path, function) \
  g_test_add ("/player/" path, Fixture, NULL, set_up, test_player_##function, tear_down)
  add ("opens-paused-at-the-first-frame", opens_paused_at_the_first_frame);
  add ("seeks-to-exactly-the-frame", seeks_to_exactly_the_frame);
  add ("newest-of-many-seeks-wins", newest_of_many_seeks_wins);
  add ("steps-one-frame-forward-and-back", steps_one_frame_forward_and_back);
  add ("adds-up-steps-asked-for-at-once", adds_up_steps_asked_for_at_once);
  add ("steps-stay-within-the-clip", steps_stay_within_the_clip);
  add ("loops-from-last-frame-to-first", loops_from_last_frame_to_first);
  add ("wraps-without-waiting", wraps_without_waiting);
  add ("pauses-on-a-true-frame-at-the-wrap", pauses_on_a_true_frame_at_the_wrap);
  add ("without-a-loop-ends-at-the-last-frame", without_a_loop_ends_at_the_last_frame);
  add ("may-be-told-to-loop-in-the-last-round", may_be_told_to_loop_in_the_last_round);
  add ("loops-at-any-speed", loops_at_any_speed);
  add ("changes-speed-where-it-is", changes_speed_where_it_is);
  add ("plays-a-clip-of-one-frame", plays_a_clip_of_one_frame);
  add ("pauses-and-plays-on", pauses_and_plays_on);
  add ("seeks-while-playing", seeks_while_playing);
  add ("scales-in-the-pipeline", scales_in_the_pipeline);
  add ("adds-no-border", adds_no_border);
  add ("takes-another-clip-at-any-time", takes_another_clip_at_any_time);
  add ("plays-without-a-sound-device", plays_without_a_sound_device);
  add ("goes-on-silently-when-the-sound-device-breaks",
       goes_on_silently_when_the_sound_device_breaks);
  add ("says-that-the-file-is-gone", says_that_the_file_is_gone);
  add ("says-that-the-file-is-no-clip", says_that_the_file_is_no_clip);
  add ("outlives-a-clip-that-shrinks", outlives_a_clip_that_shrinks);
  add ("says-what-decoder-is-missing", says_what_decoder_is_missing);
  add ("scrubs-on-the-review-copy-and-rests-on-the-clip",
       scrubs_on_the_review_copy_and_rests_on_the_clip);
  add ("does-without-a-bad-review-copy", does_without_a_bad_review_copy);
#undef add
  g_test_add_func ("/player/may-be-dropped-by-a-listener",
                   test_player_may_be_dropped_by_a_listener);
  g_test_add_func ("/player/may-be-dropped-before-it-began",
                   test_player_may_be_dropped_before_it_began);
  g_test_add_func ("/frame-time/knows-a-frame-by-its-start-and-its-middle",
                   test_frame_time_knows_a_frame_by_its_start_and_its_middle);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("inb-player-XXXXXX", NULL);
  clip = inb_test_clip_new (folder, "plain.mp4", N_FRAMES, 30, 1, INB_TEST_CLIP_PLAIN);
  add_tests ();
  result = g_test_run ();
  g_remove (clip->path);
  g_rmdir (folder);
  inb_clip_free (clip);
  g_free (folder);
  return result;
}
