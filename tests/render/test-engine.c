/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>

#include "core/inb-error.h"
#include "render-tools.h"
#include "render/inb-dissolve.h"
#include "render/inb-matrix.h"

#define WIDTH 320
#define HEIGHT 180

static char *
get_sum (const char *prompt, const InbPixels *start, const InbPixels *last, guint n_threads)
{
  g_autoptr (InbEngine) engine =
      render_make_engine (prompt, start, last, WIDTH, HEIGHT, 12, n_threads);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  InbEncoder *encoder;
  gsize length;

  g_close (g_file_open_tmp ("inb-engine-XXXXXX.y4m", &path, NULL), NULL);
  encoder = inb_encoder_open (path, "y4m", WIDTH, HEIGHT, 30, &error);
  g_assert_no_error (error);
  g_assert_true (inb_engine_render (engine, encoder, NULL, NULL, NULL, &error));
  g_assert_true (inb_encoder_close (encoder, &error));
  inb_encoder_abort (encoder);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_unlink (path);
  g_checksum_update (sum, (const guchar *) data, (gssize) length);
  return g_strdup (g_checksum_get_string (sum));
}

static void
test_any_number_of_threads_makes_the_same_clip (void)
{
  const char *const prompts[] = { "push in", "handheld orbit left", "pull out and roll" };
  const guint threads[] = { 2, 3, 8 };
  g_autoptr (InbPixels) start = render_make_picture (700, 500, 1);
  g_autoptr (InbPixels) last = render_make_picture (WIDTH, HEIGHT, 2);

  for (guint i = 0; i < G_N_ELEMENTS (prompts) * 2; i++)
    {
      const InbPixels *other = i % 2 == 0 ? NULL : last;
      g_autofree char *one = get_sum (prompts[i / 2], start, other, 1);

      for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
        {
          g_autofree char *more = get_sum (prompts[i / 2], start, other, threads[k]);

          g_assert_cmpstr (more, ==, one);
        }
    }
}

static void
test_different_prompts_make_different_clips (void)
{
  const char *const prompts[] = { "push in",    "pull out", "pan left", "pan right", "tilt up",
                                  "orbit left", "roll",     "handheld", "static" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (InbPixels) start = render_make_picture (400, 300, 1);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    g_assert_true (g_hash_table_add (seen, get_sum (prompts[i], start, NULL, 2)));
}

static void
test_a_push_begins_with_the_photo (void)
{
  g_autoptr (InbPixels) photo = render_make_picture (WIDTH, HEIGHT, 1);
  g_autoptr (InbEngine) push = render_make_engine ("push in", photo, NULL, WIDTH, HEIGHT, 30, 1);
  g_autoptr (InbEngine) pull = render_make_engine ("pull out", photo, NULL, WIDTH, HEIGHT, 30, 1);
  g_autoptr (InbEngine) still = render_make_engine ("static", photo, NULL, WIDTH, HEIGHT, 30, 1);
  g_autoptr (GBytes) later = render_draw (push, 29);

  render_assert_is_photo (push, 0, photo);
  render_assert_is_photo (pull, 29, photo);
  render_assert_is_photo (still, 17, photo);
  g_assert_cmpfloat (render_get_psnr (photo, g_bytes_get_data (later, NULL)), <, 30.0);
}

static void
test_a_dissolve_begins_and_ends_with_its_photos (void)
{
  const char *const prompts[] = { "push in",  "pull out",       "static",
                                  "pan left", "handheld orbit", "linear roll" };
  g_autoptr (InbPixels) start = render_make_picture (WIDTH, HEIGHT, 1);
  g_autoptr (InbPixels) last = render_make_picture (WIDTH, HEIGHT, 6);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbEngine) engine =
          render_make_engine (prompts[i], start, last, WIDTH, HEIGHT, 30, 1);

      g_assert_cmpint (inb_engine_get_transition (engine)->kind, ==, INB_TRANSITION_DISSOLVE);
      render_assert_begins_and_ends (engine, start, last, 29);
    }
}

static void
test_a_static_dissolve_is_a_crossfade (void)
{
  g_autoptr (InbPixels) start = render_make_picture (WIDTH, HEIGHT, 1);
  g_autoptr (InbPixels) last = render_make_picture (WIDTH, HEIGHT, 6);
  g_autoptr (InbEngine) engine =
      render_make_engine ("static, linear", start, last, WIDTH, HEIGHT, 5, 1);
  g_autoptr (GBytes) drawn = render_draw (engine, 1);
  const guint8 *luma = g_bytes_get_data (drawn, NULL);

  for (guint y = 0; y < HEIGHT; y += 7)
    for (guint x = 0; x < WIDTH; x += 7)
      {
        double wanted = 0.75 * render_get_luma (start, x, y) + 0.25 * render_get_luma (last, x, y);

        g_assert_cmpfloat (fabs (luma[y * WIDTH + x] - wanted), <, 1.1);
      }
}

static void
test_a_dissolve_fades_once (void)
{
  double before = -1.0;

  for (guint i = 0; i <= 100; i++)
    {
      double weight = inb_dissolve_get_weight (TRUE, INB_EASE_SMOOTH, i / 100.0);

      g_assert_cmpfloat (weight, >=, before);
      before = weight;
    }
  for (guint i = 0; i < 4; i++)
    {
      InbEase ease = i % 2 == 0 ? INB_EASE_SMOOTH : INB_EASE_LINEAR;

      g_assert_cmpfloat (inb_dissolve_get_weight (i < 2, ease, 0.0), ==, 0.0);
      g_assert_cmpfloat (inb_dissolve_get_weight (i < 2, ease, 1.0), ==, 1.0);
    }
}

/* Brightness above the grey about a place, as its middle. */
static void
find_dot (const guint8 *luma, double x, double y, double *found_x, double *found_y)
{
  double sum = 0.0, x_sum = 0.0, y_sum = 0.0;

  for (int row = (int) y - 12; row <= (int) y + 12; row++)
    for (int column = (int) x - 12; column <= (int) x + 12; column++)
      {
        double value = MAX (0.0, luma[row * WIDTH + column] - 74.0);

        sum += value;
        x_sum += value * column;
        y_sum += value * row;
      }
  *found_x = x_sum / sum;
  *found_y = y_sum / sum;
}

/* Root mean square of the error of the step from frame to frame, px. */
static double
get_step_error (const char *prompt)
{
  const double places[] = { 250, 150, 390, 210, 320.4, 180.7, 220, 230 };
  g_autoptr (InbPixels) dots = render_make_dots (640, 360, places, 4, 6.0);
  g_autoptr (InbEngine) engine = render_make_engine (prompt, dots, NULL, WIDTH, HEIGHT, 60, 1);
  double before[4][2], squares = 0.0;

  for (guint frame = 0; frame < 60; frame++)
    {
      g_autoptr (GBytes) drawn = render_draw (engine, frame);
      double matrix[9];

      inb_engine_get_matrix (engine, frame, matrix);
      for (guint i = 0; i < 4; i++)
        {
          double x, y, found_x, found_y;

          inb_matrix_apply (matrix, places[2 * i], places[2 * i + 1], &x, &y);
          find_dot (g_bytes_get_data (drawn, NULL), x, y, &found_x, &found_y);
          if (frame > 0)
            squares += pow (found_x - x - before[i][0], 2) + pow (found_y - y - before[i][1], 2);
          before[i][0] = found_x - x;
          before[i][1] = found_y - y;
        }
    }
  return sqrt (squares / (59 * 4 * 2));
}

static void
test_motion_is_steady (void)
{
  const char *const prompts[] = { "linear push in", "slow pan left", "roll left", "orbit right" };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      double error = get_step_error (prompts[i]);

      g_test_message ("%s: %.4f px", prompts[i], error);
      g_assert_cmpfloat (error, <=, 0.02);
    }
}

static void
test_large_photos_are_decoded_smaller (void)
{
  InbEngineRequest request = { "push in", 1, { 8000, 0 }, { 6000, 0 }, 640, 360, 30, 10, 0, 0, 1 };
  g_autoptr (InbEngine) engine = inb_engine_new (&request, NULL);
  g_autoptr (InbPixels) small = NULL;
  guint width, height;

  /* 12.5 px for one at first, 10.2 at the end: an eighth is enough */
  inb_engine_get_decode_size (engine, 0, &width, &height);
  g_assert_cmpuint (width, ==, 1000);
  g_assert_cmpuint (height, ==, 750);
  small = render_make_picture (width, height, 1);
  inb_engine_set_photo (engine, 0, small);
  g_bytes_unref (render_draw (engine, 5));
}

/* Where a dot lies depends on the photo, not on how large it was decoded. */
static void
test_decoded_smaller_nothing_moves (void)
{
  InbEngineRequest request = { "static", 1, { 1280, 0 }, { 720, 0 }, WIDTH, HEIGHT, 30, 1 };
  const double place[] = { 701.0, 301.0 }, half[] = { 350.25, 150.25 };
  g_autoptr (InbPixels) large = render_make_dots (1280, 720, place, 1, 12.0);
  g_autoptr (InbPixels) small = render_make_dots (640, 360, half, 1, 6.0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (InbEngine) engine = inb_engine_new (&request, NULL);
      g_autoptr (GBytes) drawn = NULL;
      double matrix[9], x, y, found_x, found_y;

      inb_engine_set_photo (engine, 0, i == 0 ? large : small);
      drawn = render_draw (engine, 0);
      inb_engine_get_matrix (engine, 0, matrix);
      inb_matrix_apply (matrix, place[0], place[1], &x, &y);
      find_dot (g_bytes_get_data (drawn, NULL), x, y, &found_x, &found_y);
      g_assert_cmpfloat_with_epsilon (found_x, x, 0.05);
      g_assert_cmpfloat_with_epsilon (found_y, y, 0.05);
    }
}

/* On a slope of colour half a pixel is more than dither and rounding together. */
static void
test_colour_lies_where_brightness_does (void)
{
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 3);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, WIDTH * HEIGHT * 3);
  g_autoptr (InbPixels) slope = inb_pixels_new (WIDTH, HEIGHT, WIDTH * 3, INB_PIXELS_RGB8, owned);
  g_autoptr (InbEngine) engine = NULL;
  g_autoptr (GBytes) drawn = NULL;
  const guint8 *u, *v;
  double u_error = 0.0, v_error = 0.0;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      bytes[3 * i] = (guint8) (i / WIDTH * 5 / 4); /* red grows downwards, blue to the right */
      bytes[3 * i + 1] = 100;
      bytes[3 * i + 2] = (guint8) (i % WIDTH * 3 / 4);
    }
  engine = render_make_engine ("static", slope, NULL, WIDTH, HEIGHT, 1, 1);
  drawn = render_draw (engine, 0);
  u = (const guint8 *) g_bytes_get_data (drawn, NULL) + WIDTH * HEIGHT;
  v = u + WIDTH * HEIGHT / 4;
  for (guint y = 8; y < HEIGHT / 2 - 8; y++)
    for (guint x = 8; x < WIDTH / 2 - 8; x++)
      {
        double cb, cr;

        render_get_sited_chroma (slope, x, y, &cb, &cr);
        u_error += u[y * WIDTH / 2 + x] - cb;
        v_error += v[y * WIDTH / 2 + x] - cr;
      }
  g_assert_cmpfloat (fabs (u_error) / ((WIDTH / 2 - 16) * (HEIGHT / 2 - 16)), <, 0.05);
  g_assert_cmpfloat (fabs (v_error) / ((WIDTH / 2 - 16) * (HEIGHT / 2 - 16)), <, 0.05);
}

static void
test_odd_shapes_are_drawn (void)
{
  const guint sizes[][2] = { { 1, 1 }, { 4000, 1 }, { 1, 300 }, { 7, 5 }, { 320, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (InbPixels) photo = render_make_picture (sizes[i][0], sizes[i][1], 1);
      g_autoptr (InbEngine) push = render_make_engine ("push in", photo, photo, 32, 18, 4, 1);
      g_autoptr (InbEngine) orbit = render_make_engine ("orbit", photo, NULL, 18, 32, 4, 1);

      for (guint frame = 0; frame < 4; frame++)
        {
          g_bytes_unref (render_draw (push, frame));
          g_bytes_unref (render_draw (orbit, frame));
        }
    }
}

static void
test_what_cannot_be_is_refused (void)
{
  const guint bad[][4] = { { 0, 0, 30, 10 },      { 321, 180, 30, 10 },   { 320, 181, 30, 10 },
                           { 5000, 180, 30, 10 }, { 320, 180, 0, 10 },    { 320, 180, 500, 10 },
                           { 320, 180, 30, 0 },   { 320, 180, 30, 99999 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      InbEngineRequest request = { .prompt = "push in", .n_photos = 1 };
      g_autoptr (GError) error = NULL;

      request.photo_width[0] = request.photo_height[0] = 100;
      request.width = bad[i][0];
      request.height = bad[i][1];
      request.fps = bad[i][2];
      request.n_frames = bad[i][3];
      g_assert_null (inb_engine_new (&request, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/any-number-of-threads-makes-the-same-clip",
                   test_any_number_of_threads_makes_the_same_clip);
  g_test_add_func ("/engine/different-prompts-make-different-clips",
                   test_different_prompts_make_different_clips);
  g_test_add_func ("/engine/a-push-begins-with-the-photo", test_a_push_begins_with_the_photo);
  g_test_add_func ("/engine/a-dissolve-begins-and-ends-with-its-photos",
                   test_a_dissolve_begins_and_ends_with_its_photos);
  g_test_add_func ("/engine/a-static-dissolve-is-a-crossfade",
                   test_a_static_dissolve_is_a_crossfade);
  g_test_add_func ("/engine/a-dissolve-fades-once", test_a_dissolve_fades_once);
  g_test_add_func ("/engine/motion-is-steady", test_motion_is_steady);
  g_test_add_func ("/engine/large-photos-are-decoded-smaller",
                   test_large_photos_are_decoded_smaller);
  g_test_add_func ("/engine/decoded-smaller-nothing-moves", test_decoded_smaller_nothing_moves);
  g_test_add_func ("/engine/colour-lies-where-brightness-does",
                   test_colour_lies_where_brightness_does);
  g_test_add_func ("/engine/odd-shapes-are-drawn", test_odd_shapes_are_drawn);
  g_test_add_func ("/engine/what-cannot-be-is-refused", test_what_cannot_be_is_refused);
  return g_test_run ();
}
