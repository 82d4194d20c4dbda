/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include <gst/gst.h>

#include "inb-test-clip.h"
#include "inb-test-wait.h"
#include "player/inb-player.h"
#include "player/inb-video-paintable.h"

/* How exact and how quick the player is, read from the pixels of a clip whose frames carry their
 * number (tests/player/inb-test-clip.c).
 * usage: bench-review CLIP N-FRAMES FPS WIDTH HEIGHT [REVIEW-COPY] */

#define N_STEPS 100
#define N_SEEKS 40
#define N_ROUNDS 6

static int shown = -1;
static gint64 shown_us;
static guint n_shown;
static guint n_unreadable;

static void
contents_cb (GdkPaintable *paintable)
{
  GdkTexture *texture = inb_video_paintable_get_texture (INB_VIDEO_PAINTABLE (paintable));

  if (texture == NULL)
    return;
  shown_us = g_get_monotonic_time ();
  shown = inb_test_clip_read (texture);
  n_shown++;
  n_unreadable += shown < 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
tell (const char *what, guint n_exact, GArray *took_ms)
{
  g_array_sort (took_ms, compare);
  g_print ("%-22s %3u of %3u exact   median %6.1f ms   p95 %6.1f ms   longest %6.1f ms\n", what,
           n_exact, took_ms->len, g_array_index (took_ms, double, took_ms->len / 2),
           g_array_index (took_ms, double, took_ms->len * 95 / 100),
           g_array_index (took_ms, double, took_ms->len - 1));
}

/* Asks for a frame and waits until its number is the player's; whether the pixels agree. */
static gboolean
go_to (InbPlayer *player, guint frame, gboolean by_step, GArray *took_ms)
{
  gint64 start = g_get_monotonic_time ();
  guint before = n_shown;
  double ms;

  if (by_step)
    inb_player_step (player, (int) frame - (int) inb_player_get_frame (player));
  else
    inb_player_seek (player, frame);
  wait_until (n_shown > before && inb_player_get_frame (player) == frame);
  ms = (double) (shown_us - start) / 1000.0;
  g_array_append_val (took_ms, ms);
  return shown == (int) frame;
}

static void
measure_steps (InbPlayer *player, int direction)
{
  g_autoptr (GArray) took_ms = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_exact = 0, start = direction > 0 ? 10 : 10 + N_STEPS;
  g_autoptr (GArray) aside = g_array_new (FALSE, FALSE, sizeof (double));

  if (inb_player_get_frame (player) != start)
    go_to (player, start, FALSE, aside);
  for (int i = 1; i <= N_STEPS; i++)
    n_exact += go_to (player, (guint) ((int) start + direction * i), TRUE, took_ms);
  tell (direction > 0 ? "one frame forward" : "one frame back", n_exact, took_ms);
}

static void
measure_seeks (InbPlayer *player, guint n_frames)
{
  g_autoptr (GArray) took_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint n_exact = 0;

  for (guint i = 0; i < N_SEEKS; i++)
    {
      guint frame = (guint) g_rand_int_range (random, 0, (gint32) n_frames);

      if (frame != inb_player_get_frame (player))
        n_exact += go_to (player, frame, FALSE, took_ms);
    }
  tell ("any frame", n_exact, took_ms);
}

/* From the last picture of a round to the first of the next, beside the time a frame has. */
static void
measure_loop (InbPlayer *player, guint n_frames, double fps)
{
  g_autoptr (GArray) gaps_ms = g_array_new (FALSE, FALSE, sizeof (double));
  guint unreadable_before = n_unreadable;
  int last = -1;
  gint64 last_us = 0;
  guint seen = n_shown;
  double longest;

  inb_player_seek (player, n_frames - (guint) fps);
  inb_player_play (player);
  while (gaps_ms->len < N_ROUNDS)
    {
      wait_until (n_shown > seen);
      seen = n_shown;
      if (last > shown)
        {
          /* each frame that was left out before or after the seam has its own time */
          double lost = (double) ((int) n_frames - 1 - last + shown);
          double gap = (double) (shown_us - last_us) / 1000.0 - lost * 1000.0 / fps;

          g_array_append_val (gaps_ms, gap);
        }
      last = shown;
      last_us = shown_us;
    }
  inb_player_pause (player);
  g_array_sort (gaps_ms, compare);
  longest = g_array_index (gaps_ms, double, gaps_ms->len - 1);
  g_print ("%-22s %3u rounds         median %6.1f ms   longest %6.1f ms   a frame has %.1f ms   "
           "unreadable pictures %u\n",
           "seam of the loop", gaps_ms->len, g_array_index (gaps_ms, double, gaps_ms->len / 2),
           longest, 1000.0 / fps, n_unreadable - unreadable_before);
}

int
main (int argc, char **argv)
{
  g_autoptr (InbPlayer) player = NULL;
  g_autoptr (InbClip) clip = inb_clip_new ();
  gint64 start;

  if (argc < 6)
    {
      g_printerr ("usage: bench-review CLIP N-FRAMES FPS WIDTH HEIGHT [REVIEW-COPY]\n");
      return EXIT_FAILURE;
    }
  gst_init (NULL, NULL);
  clip->path = g_strdup (argv[1]);
  clip->n_frames = (guint) atoi (argv[2]);
  clip->fps_n = (guint) atoi (argv[3]);
  clip->fps_d = 1;
  clip->width = (guint) atoi (argv[4]);
  clip->height = (guint) atoi (argv[5]);
  clip->proxy = g_strdup (argv[6]);
  player = inb_player_new ();
  g_signal_connect (inb_player_get_paintable (player), "invalidate-contents",
                    G_CALLBACK (contents_cb), NULL);
  inb_player_set_size (player, 960, 540);
  start = g_get_monotonic_time ();
  inb_player_set_clip (player, clip);
  wait_until (n_shown > 0);
  g_print ("%-22s %.1f ms\n", "opened to first frame", (double) (shown_us - start) / 1000.0);
  measure_seeks (player, clip->n_frames);
  measure_steps (player, 1);
  measure_steps (player, -1);
  measure_loop (player, clip->n_frames, clip->fps_n);
  inb_player_set_clip (player, NULL);
  return EXIT_SUCCESS;
}
