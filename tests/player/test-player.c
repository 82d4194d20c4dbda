/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-player.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#include "core/inb-error.h"
#include "inb-test-clip.h"
#include "player/inb-frame-time.h"
#include "player/inb-video-paintable.h"

#define WATCHDOG_S 30
#define N_FRAMES 150

/* What every test has: a player, and a record of every frame that was shown, read from its bars. */
typedef struct
{
  InbPlayer *player;
  GArray *shown;    /* int: what the bars said at each new picture */
  GArray *reported; /* guint: what "frame" said once the picture had changed */
  gboolean barked;
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

  if (texture != NULL)
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

static gboolean
bark_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until condition holds. */
#define wait_until(condition)                                              \
  G_STMT_START                                                             \
  {                                                                        \
    gboolean barked = FALSE;                                               \
    guint watchdog = g_timeout_add_seconds (WATCHDOG_S, bark_cb, &barked); \
                                                                           \
    while (!barked && !(condition))                                        \
      g_main_context_iteration (NULL, TRUE);                               \
    g_assert_false (barked);                                               \
    g_source_remove (watchdog);                                            \
  }                                                                        \
  G_STMT_END

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

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("inb-player-XXXXXX", NULL);
  clip = inb_test_clip_new (folder, "plain.mp4", N_FRAMES, 30, 1, INB_TEST_CLIP_PLAIN);
#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/player/opens-paused-at-the-first-frame", test_player_opens_paused_at_the_first_frame);
  add ("/player/seeks-to-exactly-the-frame", test_player_seeks_to_exactly_the_frame);
  result = g_test_run ();
  g_remove (clip->path);
  g_rmdir (folder);
  inb_clip_free (clip);
  g_free (folder);
  return result;
}
