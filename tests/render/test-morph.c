/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "render-tools.h"
#include "render/inb-fill.h"
#include "render/inb-flow.h"
#include "render/inb-transition.h"

#define WIDTH 320
#define HEIGHT 180

/* A picture without period: smooth hills of many sizes, the same wherever it is looked at. */
static double
get_hills (double x, double y, guint variant)
{
  double sum = 0.0;

  for (guint i = 0; i < 9; i++)
    {
      double angle = 2.39996 * (i + 1) + variant * 0.7, wave = 0.035 * pow (1.37, i);

      sum += sin (wave * (x * cos (angle) + y * sin (angle)) + 1.7 * i + 3.1 * variant);
    }
  return sum / 9.0;
}

typedef struct
{
  double x; /* px that everything has moved */
  double y;
  double disc_x; /* middle of a disc that lies before it; < 0: none */
  double gain;
  guint variant;
} Scene;

static InbPixels *
make_scene (guint width, guint height, Scene scene)
{
  guint8 *bytes = g_malloc ((gsize) width * height * 3);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, (gsize) width * height * 3);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *pixel = bytes + ((gsize) y * width + x) * 3;
        double value = get_hills (x - scene.x, y - scene.y, scene.variant);

        if (scene.disc_x >= 0.0 && hypot (x - scene.disc_x, y - height / 2.0) < height / 4.0)
          value = 0.5 + 0.5 * get_hills (3.0 * (x - scene.disc_x), 3.0 * y, 5);
        value = CLAMP (scene.gain * (128.0 + 110.0 * value), 0.0, 255.0);
        for (guint i = 0; i < 3; i++)
          pixel[i] = (guint8) (value + 0.5);
      }
  return inb_pixels_new (width, height, (gsize) width * 3, INB_PIXELS_RGB8, owned);
}

static const Scene rest = { 0.0, 0.0, -1.0, 1.0, 0 };

static InbPixels *
make_plain (guint width, guint height, guint8 value)
{
  guint8 *bytes = g_malloc ((gsize) width * height * 3);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, (gsize) width * height * 3);

  memset (bytes, value, (gsize) width * height * 3);
  return inb_pixels_new (width, height, (gsize) width * 3, INB_PIXELS_RGB8, owned);
}

static InbPixels *
make_noise (guint width, guint height, guint32 seed)
{
  guint8 *bytes = g_malloc ((gsize) width * height * 3);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, (gsize) width * height * 3);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < (gsize) width * height * 3; i++)
    bytes[i] = (guint8) g_rand_int_range (random, 0, 256);
  return inb_pixels_new (width, height, (gsize) width * 3, INB_PIXELS_RGB8, owned);
}

static InbPixels *
mirror (const InbPixels *pixels)
{
  const guint8 *from = g_bytes_get_data (pixels->bytes, NULL);
  guint8 *bytes = g_malloc (pixels->stride * pixels->height);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, pixels->stride * pixels->height);

  for (guint y = 0; y < pixels->height; y++)
    for (guint x = 0; x < pixels->width; x++)
      memcpy (bytes + y * pixels->stride + x * 3,
              from + y * pixels->stride + (pixels->width - 1 - x) * 3, 3);
  return inb_pixels_new (pixels->width, pixels->height, pixels->stride, INB_PIXELS_RGB8, owned);
}

static InbPlane *
make_luma (const InbPixels *pixels)
{
  InbPlane *planes[3];

  inb_planes_from_pixels (pixels, 1, planes);
  inb_plane_free (planes[1]);
  inb_plane_free (planes[2]);
  return planes[0];
}

static void
test_flow_finds_how_far_everything_went (void)
{
  const double ways[][2] = { { 0.0, 0.0 }, { 3.25, -1.5 }, { -17.4, 9.3 }, { 31.0, 0.0 } };
  g_autoptr (InbPixels) first = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbPlane) from = make_luma (first);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      Scene moved = { ways[i][0], ways[i][1], -1.0, 1.0, 0 };
      g_autoptr (InbPixels) second = make_scene (WIDTH, HEIGHT, moved);
      g_autoptr (InbPlane) to = make_luma (second);
      InbFlow *flows[2];
      double error = 0.0;
      guint n = 0;

      g_assert_true (inb_flow_find_pair (from, to, 2, NULL, flows));
      for (int y = 40; y < HEIGHT - 40; y++)
        for (int x = 40; x < WIDTH - 40; x++, n++)
          for (guint k = 0; k < 2; k++)
            {
              double sign = k == 0 ? 1.0 : -1.0;

              error += fabs (flows[k]->x[y * WIDTH + x] - sign * ways[i][0]) +
                       fabs (flows[k]->y[y * WIDTH + x] - sign * ways[i][1]);
            }
      g_test_message ("%g, %g: off by %.4f px", ways[i][0], ways[i][1], error / (4 * n));
      g_assert_cmpfloat (error / (4 * n), <, 0.05);
      for (guint k = 0; k < 2; k++)
        inb_flow_free (flows[k]);
    }
}

static void
test_a_cancelled_search_ends (void)
{
  g_autoptr (InbPixels) first = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbEngine) engine = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  InbEngineRequest request = {
    "static", 2, { WIDTH, WIDTH }, { HEIGHT, HEIGHT }, WIDTH, HEIGHT, 30, 4, INB_ENGINE_EASE_LINEAR,
    0,        2
  };

  engine = inb_engine_new (&request, NULL);
  for (guint i = 0; i < 2; i++)
    inb_engine_set_photo (engine, i, first);
  g_cancellable_cancel (cancellable);
  g_assert_false (inb_engine_prepare (engine, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (inb_engine_get_transition (engine));
  g_assert_true (inb_engine_prepare (engine, NULL, NULL));
}

static void
test_holes_take_what_is_around_them (void)
{
  float cells[8 * 8 * 4] = { 0.0F };

  for (guint i = 0; i < 64; i++)
    if (i % 8 < 3 || i % 8 > 4)
      {
        cells[4 * i] = 2.0F * (i % 8 < 3 ? 1.0F : 3.0F);
        cells[4 * i + 3] = 2.0F;
      }
  inb_fill_holes (cells, 8, 8, 1.0F);
  for (guint i = 0; i < 64; i++)
    {
      g_assert_cmpfloat_with_epsilon (cells[4 * i + 3], 1.0F, 1e-5F);
      g_assert_cmpfloat (cells[4 * i], >=, 0.9999F);
      g_assert_cmpfloat (cells[4 * i], <=, 3.0001F);
    }
  g_assert_cmpfloat (cells[0], ==, 1.0F);
  g_assert_cmpfloat (cells[4 * 7], ==, 3.0F);
}

/* The middle one of three frames of a morph is @middle, to @least dB. */
static void
assert_middle (Scene first, Scene second, Scene middle, guint width, guint height, double least)
{
  g_autoptr (InbPixels) start = make_scene (width, height, first);
  g_autoptr (InbPixels) last = make_scene (width, height, second);
  g_autoptr (InbPixels) between = make_scene (width, height, middle);
  g_autoptr (InbEngine) engine =
      render_make_engine ("static, linear", start, last, width, height, 3, 2);
  g_autoptr (GBytes) drawn = render_draw (engine, 1);
  double psnr = render_get_psnr (between, g_bytes_get_data (drawn, NULL));

  g_assert_cmpint (inb_engine_get_transition (engine)->kind, ==, INB_TRANSITION_MORPH);
  g_test_message ("%u × %u: %.2f dB", width, height, psnr);
  g_assert_cmpfloat (psnr, >, least);
}

/* Halfway everything is halfway, and as sharp as it was. */
static void
test_a_morph_moves_everything_halfway (void)
{
  const guint sizes[][2] = { { 320, 180 }, { 1200, 680 } }; /* a cell a px, and a cell for 2 × 2 */

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Scene moved = { 12.0, 5.0, -1.0, 1.0, 0 }, half = { 6.0, 2.5, -1.0, 1.0, 0 };

      assert_middle (rest, moved, half, sizes[i][0], sizes[i][1], 38.0);
    }
}

/* What the disc hides or shows comes from the one photo where it is seen. */
static void
test_what_is_uncovered_is_not_smeared (void)
{
  Scene first = { 0.0, 0.0, 130.0, 1.0, 0 }, second = { 0.0, 0.0, 154.0, 1.0, 0 };
  Scene half = { 0.0, 0.0, 142.0, 1.0, 0 };

  assert_middle (first, second, half, WIDTH, HEIGHT, 29.0);
}

static void
test_a_morph_begins_and_ends_with_its_photos (void)
{
  const char *const prompts[] = { "static", "push in",  "pull out",           "pan left",
                                  "roll",   "handheld", "linear orbit right", "linear pan right" };
  Scene moved = { 9.0, -4.0, -1.0, 1.0, 0 };
  g_autoptr (InbPixels) start = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbPixels) last = make_scene (WIDTH, HEIGHT, moved);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbEngine) engine =
          render_make_engine (prompts[i], start, last, WIDTH, HEIGHT, 12, 1);

      g_assert_cmpint (inb_engine_get_transition (engine)->kind, ==, INB_TRANSITION_MORPH);
      render_assert_begins_and_ends (engine, start, last, 11);
    }
}

/* A camera move goes out and comes back, and the photo's border never shows. */
static void
test_a_loop_moves_and_has_no_seam (void)
{
  g_autoptr (InbPixels) photo = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbEngine) still = render_make_engine ("static", photo, photo, WIDTH, HEIGHT, 12, 1);
  g_autoptr (InbEngine) push = render_make_engine ("push in", photo, photo, WIDTH, HEIGHT, 13, 1);
  g_autoptr (GBytes) halfway = render_draw (push, 6);
  double matrix[9];

  for (guint frame = 0; frame < 12; frame++)
    render_assert_is_photo (still, frame, photo);
  render_assert_is_photo (push, 0, photo);
  render_assert_is_photo (push, 12, photo);
  g_assert_cmpfloat (render_get_psnr (photo, g_bytes_get_data (halfway, NULL)), <, 30.0);
  inb_engine_get_matrix (push, 6, matrix);
  g_assert_cmpfloat_with_epsilon (matrix[0], 1.22, 0.005);
}

static InbTransitionKind
choose (const InbPixels *start, const InbPixels *last, guint width, guint height)
{
  g_autoptr (InbEngine) engine = render_make_engine ("push in", start, last, width, height, 4, 1);
  const InbTransition *transition = inb_engine_get_transition (engine);

  for (guint frame = 0; frame < 4; frame++)
    g_bytes_unref (render_draw (engine, frame));
  g_test_message (
      "score %.3f, photometric %.3f, displacement %.2f, folded %.3f, torn %.3f, lost %.3f: %s",
      transition->agreement.score, transition->agreement.photometric,
      transition->agreement.displacement, transition->agreement.folded, transition->agreement.torn,
      transition->agreement.lost, inb_transition_kind_to_string (transition->kind));
  g_assert_true (isfinite (transition->agreement.score));
  g_assert_true (isfinite (transition->agreement.photometric));
  return transition->kind;
}

static void
test_unrelated_photos_dissolve (void)
{
  Scene other = { 0.0, 0.0, 100.0, 1.0, 3 };
  g_autoptr (InbPixels) photo = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbPixels) unlike = make_scene (WIDTH, HEIGHT, other);
  g_autoptr (InbPixels) mirrored = mirror (photo);
  g_autoptr (InbPixels) noise = make_noise (WIDTH, HEIGHT, 1);
  g_autoptr (InbPixels) more_noise = make_noise (WIDTH, HEIGHT, 2);
  g_autoptr (InbPixels) red = make_plain (WIDTH, HEIGHT, 60);

  g_assert_cmpint (choose (photo, unlike, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
  g_assert_cmpint (choose (photo, mirrored, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
  g_assert_cmpint (choose (noise, more_noise, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
  g_assert_cmpint (choose (photo, noise, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
  g_assert_cmpint (choose (red, photo, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
  g_assert_cmpint (choose (photo, red, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
}

static void
test_related_photos_morph (void)
{
  Scene moved = { 14.0, -3.0, -1.0, 1.0, 0 }, brighter = { 4.0, 2.0, -1.0, 1.15, 0 };
  g_autoptr (InbPixels) photo = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbPixels) later = make_scene (WIDTH, HEIGHT, moved);
  g_autoptr (InbPixels) exposed = make_scene (WIDTH, HEIGHT, brighter);
  g_autoptr (InbPixels) noise = make_noise (WIDTH, HEIGHT, 1);

  g_assert_cmpint (choose (photo, photo, WIDTH, HEIGHT), ==, INB_TRANSITION_MORPH);
  g_assert_cmpint (choose (photo, later, WIDTH, HEIGHT), ==, INB_TRANSITION_MORPH);
  g_assert_cmpint (choose (photo, exposed, WIDTH, HEIGHT), ==, INB_TRANSITION_MORPH);
  g_assert_cmpint (choose (noise, noise, WIDTH, HEIGHT), ==, INB_TRANSITION_MORPH);
}

static void
test_the_gate_prefers_the_dissolve (void)
{
  const struct
  {
    InbAgreement agreement;
    InbTransitionKind kind;
  } cases[] = {
    { { 0.60, 0.2, 0.02, 0.00 }, INB_TRANSITION_MORPH },
    { { 0.16, 0.6, 0.02, 0.00 }, INB_TRANSITION_MORPH },
    { { 0.20, 0.7, 0.02, 0.00 }, INB_TRANSITION_DISSOLVE },
    { { 0.12, 0.6, 0.02, 0.00 }, INB_TRANSITION_BLEND },
    { { 0.12, 0.7, 0.02, 0.00 }, INB_TRANSITION_DISSOLVE },
    { { 0.05, 0.2, 0.02, 0.00 }, INB_TRANSITION_DISSOLVE },
    { { 0.60, 0.95, 0.02, 0.00 }, INB_TRANSITION_DISSOLVE },
    { { 0.60, 0.2, 0.40, 0.00 }, INB_TRANSITION_DISSOLVE },
    { { 0.60, 0.2, 0.02, 0.30 }, INB_TRANSITION_DISSOLVE },
    { { 0.60, 0.2, 0.02, 0.00, 0.20, 0.50 }, INB_TRANSITION_MORPH },
    { { 0.60, 0.2, 0.02, 0.00, 0.03, 0.90 }, INB_TRANSITION_MORPH },
    { { 0.60, 0.2, 0.02, 0.00, 0.09, 0.75 }, INB_TRANSITION_DISSOLVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *reason = NULL;

      g_assert_cmpint (inb_transition_choose (&cases[i].agreement, &reason), ==, cases[i].kind);
      g_assert_nonnull (reason);
    }
}

/* Before a back that moves a little a disc moves by more than its width. */
static void
test_what_moves_too_far_is_not_torn (void)
{
  Scene near = { 0.0, 0.0, 100.0, 1.0, 0 }, far = { 1.5, 0.5, 230.0, 1.0, 0 };
  g_autoptr (InbPixels) start = make_scene (WIDTH, HEIGHT, near);
  g_autoptr (InbPixels) last = make_scene (WIDTH, HEIGHT, far);

  g_assert_cmpint (choose (start, last, WIDTH, HEIGHT), ==, INB_TRANSITION_DISSOLVE);
}

static double
get_contrast (const GBytes *frame, guint row)
{
  const guint8 *luma = (const guint8 *) g_bytes_get_data ((GBytes *) frame, NULL) + row * WIDTH;
  double sum = 0.0;

  for (guint x = 100; x < WIDTH - 100; x++)
    sum += abs (luma[x + 1] - luma[x]);
  return sum;
}

/* The shutter: the fewer frames there are for a way, the more what moves is blurred, and only that.
 */
static void
test_fast_things_are_blurred_and_stay_where_they_are (void)
{
  Scene moved = { 16.0, 0.0, -1.0, 1.0, 0 }, half = { 8.0, 0.0, -1.0, 1.0, 0 };
  g_autoptr (InbPixels) start = make_scene (WIDTH, HEIGHT, rest);
  g_autoptr (InbPixels) last = make_scene (WIDTH, HEIGHT, moved);
  g_autoptr (InbPixels) between = make_scene (WIDTH, HEIGHT, half);
  g_autoptr (InbEngine) fast =
      render_make_engine ("static, linear", start, last, WIDTH, HEIGHT, 3, 1);
  g_autoptr (InbEngine) slow =
      render_make_engine ("static, linear", start, last, WIDTH, HEIGHT, 61, 1);
  g_autoptr (GBytes) blurred = render_draw (fast, 1), sharp = render_draw (slow, 30);

  g_assert_cmpfloat (render_get_psnr (between, g_bytes_get_data (sharp, NULL)), >, 42.0);
  g_assert_cmpfloat (render_get_psnr (between, g_bytes_get_data (blurred, NULL)), >, 30.0);
  g_assert_cmpfloat (get_contrast (blurred, 90), <, 0.97 * get_contrast (sharp, 90));
}

static void
test_tiny_and_odd_frames_are_drawn (void)
{
  const guint sizes[][2] = { { 16, 16 }, { 18, 16 }, { 16, 200 }, { 22, 34 }, { 1026, 514 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Scene moved = { 1.0, 0.5, -1.0, 1.0, 0 };
      g_autoptr (InbPixels) photo = make_scene (sizes[i][0], sizes[i][1], rest);
      g_autoptr (InbPixels) later = make_scene (sizes[i][0], sizes[i][1], moved);
      g_autoptr (InbPixels) other = make_scene (33, 71, rest);

      choose (photo, photo, sizes[i][0], sizes[i][1]);
      choose (photo, later, sizes[i][0], sizes[i][1]);
      choose (photo, other, sizes[i][0], sizes[i][1]);
    }
}

static void
test_any_number_of_threads_makes_the_same_frames (void)
{
  const char *const prompts[] = { "static", "handheld push in" };
  const guint threads[] = { 2, 3, 8 };
  Scene first = { 0.0, 0.0, 130.0, 1.0, 0 }, second = { 11.0, 6.0, 160.0, 1.0, 0 };
  g_autoptr (InbPixels) start = make_scene (700, 500, first);
  g_autoptr (InbPixels) last = make_scene (700, 500, second);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbEngine) one = render_make_engine (prompts[i], start, last, WIDTH, HEIGHT, 5, 1);

      for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
        {
          g_autoptr (InbEngine) more =
              render_make_engine (prompts[i], start, last, WIDTH, HEIGHT, 5, threads[k]);

          render_assert_same (one, more, 5, 1);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/morph/flow-finds-how-far-everything-went",
                   test_flow_finds_how_far_everything_went);
  g_test_add_func ("/morph/a-cancelled-search-ends", test_a_cancelled_search_ends);
  g_test_add_func ("/morph/holes-take-what-is-around-them", test_holes_take_what_is_around_them);
  g_test_add_func ("/morph/moves-everything-halfway", test_a_morph_moves_everything_halfway);
  g_test_add_func ("/morph/what-is-uncovered-is-not-smeared",
                   test_what_is_uncovered_is_not_smeared);
  g_test_add_func ("/morph/begins-and-ends-with-its-photos",
                   test_a_morph_begins_and_ends_with_its_photos);
  g_test_add_func ("/morph/a-loop-moves-and-has-no-seam", test_a_loop_moves_and_has_no_seam);
  g_test_add_func ("/morph/unrelated-photos-dissolve", test_unrelated_photos_dissolve);
  g_test_add_func ("/morph/related-photos-morph", test_related_photos_morph);
  g_test_add_func ("/morph/the-gate-prefers-the-dissolve", test_the_gate_prefers_the_dissolve);
  g_test_add_func ("/morph/what-moves-too-far-is-not-torn", test_what_moves_too_far_is_not_torn);
  g_test_add_func ("/morph/fast-things-are-blurred-and-stay-where-they-are",
                   test_fast_things_are_blurred_and_stay_where_they_are);
  g_test_add_func ("/morph/tiny-and-odd-frames-are-drawn", test_tiny_and_odd_frames_are_drawn);
  g_test_add_func ("/morph/any-number-of-threads-makes-the-same-frames",
                   test_any_number_of_threads_makes_the_same_frames);
  return g_test_run ();
}
