/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <signal.h>
#include <vips/vips.h>

#include "clip-tools.h"
#include "net/inb-json.h"
#include "photo/inb-photo.h"

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#else
#define HAVE_ASAN 0
#endif

#define WIDTH 320
#define HEIGHT 180

typedef enum
{
  SHOWS_WAVES,
  SHOWS_MOVED,
  SHOWS_DARK,
  SHOWS_MIRRORED,
  SHOWS_OTHER,
  SHOWS_ONE_COLOUR,
  SHOWS_NOISE,
} Shown;

typedef struct
{
  Shown shown;
  guint width;
  guint height;
  gboolean deep;  /* 16 bits a sample */
  gboolean clear; /* fully transparent */
} Photo;

static double
get_waves (double x, double y, double turn)
{
  double sum = 0.0;

  for (guint i = 0; i < 9; i++)
    {
      double angle = 2.39996 * (i + 1) + turn, wave = 8.0 * pow (1.37, i);

      sum += sin (wave * (x * cos (angle) + y * sin (angle)) + 1.7 * i + 3.0 * turn);
    }
  return 0.5 + 0.43 * sum / 9.0;
}

/* 0…1; @x and @y as shares of the height. */
static double
get_value (Shown shown, double x, double y, GRand *random)
{
  switch (shown)
    {
    case SHOWS_MOVED:
      return get_waves (x - 0.04, y + 0.02, 0.0);
    case SHOWS_DARK:
      return 0.6 * get_waves (x - 0.02, y, 0.0);
    case SHOWS_MIRRORED:
      return get_waves ((double) WIDTH / HEIGHT - x, y, 0.0);
    case SHOWS_OTHER:
      return get_waves (x + 5.0, y, 1.1);
    case SHOWS_ONE_COLOUR:
      return 0.3;
    case SHOWS_NOISE:
      return g_rand_double (random);
    case SHOWS_WAVES:
    default:
      return get_waves (x, y, 0.0);
    }
}

static char *
make_photo (ClipFixture *fixture, const char *name, const Photo *photo)
{
  char *path = clip_path (fixture, name);
  guint n_bands = photo->clear ? 4 : 3;
  gsize n = (gsize) photo->width * photo->height * n_bands;
  g_autofree guint16 *samples = g_new (guint16, n);
  g_autofree guint8 *bytes = g_new (guint8, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  VipsImage *image;

  for (gsize i = 0; i < n; i++)
    {
      gsize at = i / n_bands;
      double value = get_value (photo->shown, (double) (at % photo->width) / photo->height,
                                (double) (at / photo->width) / photo->height, random);

      samples[i] = i % n_bands == 3 ? 0 : (guint16) (value * 65535.0);
      bytes[i] = (guint8) (samples[i] >> 8);
    }
  inb_photo_init ();
  image = vips_image_new_from_memory (
      photo->deep ? (void *) samples : bytes, n * (photo->deep ? 2 : 1), (int) photo->width,
      (int) photo->height, (int) n_bands, photo->deep ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR);
  image->Type = photo->deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  g_assert_cmpint (vips_pngsave (image, path, "compression", 1, NULL), ==, 0);
  g_object_unref (image);
  return path;
}

/* Renders @name, which is then there whole, and nothing else new. */
static char *
render (ClipFixture *fixture, const char *name, const char *start, const char *last,
        const char *threads, JsonObject **result)
{
  char *clip = clip_path (fixture, name);
  g_auto (ClipRun) run = { 0 };
  guint n_files = clip_count_files (fixture);

  clip_run (&run, "render", "--start", start, "--last", last, "--prompt", "static", "--size",
            "320x180", "--frames", "5", "--threads", threads, "--output", clip, "--json", NULL);
  if (run.status != 0)
    g_error ("status %d: %s", run.status, run.err);
  g_assert_null (strstr (run.err, "CRITICAL"));
  g_assert_null (strstr (run.err, "WARNING"));
  g_assert_cmpuint (clip_count_files (fixture), ==, n_files + 1);
  if (result != NULL)
    *result = clip_parse (run.out);
  return clip;
}

static void
test_any_two_photos_become_a_clip (ClipFixture *fixture, gconstpointer data)
{
  static const struct
  {
    Photo start;
    Photo last;
    const char *transition; /* NULL: any */
  } cases[] = {
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_MOVED, WIDTH, HEIGHT }, "morph" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_MOVED, 720, 400 }, "morph" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_DARK, WIDTH, HEIGHT }, "morph" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_MOVED, WIDTH, HEIGHT, TRUE }, "morph" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_MIRRORED, WIDTH, HEIGHT }, "dissolve" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_OTHER, WIDTH, HEIGHT }, "dissolve" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_ONE_COLOUR, WIDTH, HEIGHT }, "dissolve" },
    { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_NOISE, WIDTH, HEIGHT }, "dissolve" },
    { { SHOWS_ONE_COLOUR, WIDTH, HEIGHT }, { SHOWS_ONE_COLOUR, WIDTH, HEIGHT }, NULL },
    { { SHOWS_WAVES, WIDTH, HEIGHT, FALSE, TRUE }, { SHOWS_MOVED, WIDTH, HEIGHT }, NULL },
    { { SHOWS_WAVES, WIDTH, HEIGHT, TRUE, TRUE }, { SHOWS_OTHER, 33, 71, TRUE, TRUE }, NULL },
    { { SHOWS_WAVES, 200, 500 }, { SHOWS_MOVED, 500, 200 }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = g_strdup_printf ("%u-a.png", i);
      g_autofree char *second = g_strdup_printf ("%u-b.png", i);
      g_autofree char *name = g_strdup_printf ("%u.y4m", i);
      g_autofree char *start = make_photo (fixture, first, &cases[i].start);
      g_autofree char *last = make_photo (fixture, second, &cases[i].last);
      g_autoptr (JsonObject) result = NULL;
      g_autofree char *clip = render (fixture, name, start, last, "2", &result);
      const char *transition = inb_json_get_string (result, "transition");

      g_test_message ("%u: %s", i, transition);
      if (cases[i].transition != NULL)
        g_assert_cmpstr (transition, ==, cases[i].transition);
    }
}

static void
test_twice_the_same_photo_is_a_still (ClipFixture *fixture, gconstpointer data)
{
  const gsize frame = WIDTH * HEIGHT * 3 / 2 + 6;
  const Photo photo = { SHOWS_WAVES, WIDTH, HEIGHT };
  g_autofree char *start = make_photo (fixture, "a.png", &photo);
  g_autofree char *clip = render (fixture, "a.y4m", start, start, "2", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  const char *first;

  g_assert_true (g_file_get_contents (clip, &bytes, &length, NULL));
  first = bytes + length - 5 * frame;
  for (guint i = 1; i < 5; i++)
    g_assert_cmpmem (first, frame, first + i * frame, frame);
}

static void
test_one_and_many_threads_write_the_same_clip (ClipFixture *fixture, gconstpointer data)
{
  const Photo photos[] = { { SHOWS_WAVES, WIDTH, HEIGHT }, { SHOWS_MOVED, WIDTH, HEIGHT } };
  g_autofree char *start = make_photo (fixture, "a.png", &photos[0]);
  g_autofree char *last = make_photo (fixture, "b.png", &photos[1]);
  g_autofree char *one = render (fixture, "one.y4m", start, last, "1", NULL);
  g_autofree char *many = render (fixture, "many.y4m", start, last, "64", NULL);
  g_autofree char *one_bytes = NULL;
  g_autofree char *many_bytes = NULL;
  gsize one_length, many_length;

  g_assert_true (g_file_get_contents (one, &one_bytes, &one_length, NULL));
  g_assert_true (g_file_get_contents (many, &many_bytes, &many_length, NULL));
  g_assert_cmpmem (one_bytes, one_length, many_bytes, many_length);
}

/* 100 MB are less than the libraries need to be loaded; then it is the loader that says so. */
static void
test_little_memory_is_told_and_leaves_nothing (ClipFixture *fixture, gconstpointer data)
{
  const Photo photo = { SHOWS_WAVES, WIDTH, HEIGHT };
  const guint limits[] = { 100, 200, 300, 400, 500, 600 }; /* MB */
  g_autofree char *start = NULL;

  if (HAVE_ASAN)
    {
      g_test_skip ("a sanitizer's shadow memory needs far more");
      return;
    }
  start = make_photo (fixture, "a.png", &photo);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *clip = clip_path (fixture, "a.mp4");
      g_autofree char *line = g_strdup_printf (
          "ulimit -v %u; exec \"$INBETWEEN_CLI\" render --start '%s' --last '%s' --prompt static "
          "--size 320x180 --frames 5 --output '%s'",
          limits[i] * 1024, start, start, clip);
      const char *const arguments[] = { "sh", "-c", line, NULL };
      g_autoptr (GSubprocess) process =
          g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
      g_autofree char *said = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL));
      g_assert_true (g_subprocess_get_if_exited (process));
      if (g_subprocess_get_exit_status (process) != 127)
        {
          g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
          g_assert_nonnull (strstr (said, "not enough memory"));
          g_assert_null (strchr (strchr (said, '\n') + 1, '\n'));
        }
      g_assert_cmpstr (said, !=, "");
      g_assert_cmpuint (clip_count_files (fixture), ==, 1);
    }
}

/* Before anything was drawn, while motion is sought, or wherever it is by then. */
static void
test_a_signal_at_any_time_leaves_no_file (ClipFixture *fixture, gconstpointer data)
{
  const Photo photos[] = { { SHOWS_WAVES, 1600, 900 }, { SHOWS_MOVED, 1600, 900 } };
  g_autofree char *start = make_photo (fixture, "a.png", &photos[0]);
  g_autofree char *last = make_photo (fixture, "b.png", &photos[1]);
  g_autofree char *clip = clip_path (fixture, "a.y4m");

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GSubprocess) process =
          g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, g_getenv ("INBETWEEN_CLI"),
                            "render", "--start", start, "--last", last, "--prompt", "push in",
                            "--size", "1920x1080", "--frames", "3600", "--output", clip, NULL);

      for (guint turn = 0; turn < i * 40000; turn++) /* no clock: any moment will do */
        g_thread_yield ();
      g_subprocess_send_signal (process, SIGTERM);
      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_cmpuint (clip_count_files (fixture), ==, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/two-photos/any-become-a-clip", test_any_two_photos_become_a_clip);
  CLIP_TEST ("/two-photos/twice-the-same-is-a-still", test_twice_the_same_photo_is_a_still);
  CLIP_TEST ("/two-photos/one-and-many-threads-write-the-same-clip",
             test_one_and_many_threads_write_the_same_clip);
  CLIP_TEST ("/two-photos/little-memory-is-told-and-leaves-nothing",
             test_little_memory_is_told_and_leaves_nothing);
  CLIP_TEST ("/two-photos/a-signal-at-any-time-leaves-no-file",
             test_a_signal_at_any_time_leaves_no_file);
  return g_test_run ();
}
