/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "render-tools.h"
#include "render/inb-transition.h"

#define WIDTH 480
#define HEIGHT 272

/* A product on a plain table: where its middle is, how large it is, how far it is turned, and which
 * of several it is. */
typedef struct
{
  double x;
  double y;
  double scale;
  double turn;
  guint variant;
} Place;

static const Place left = { 120.0, 130.0, 1.0, 0.0, 0 };
static const Place right = { 350.0, 150.0, 1.2, 0.1, 0 };
static const Place right_other = { 350.0, 150.0, 1.2, 0.1, 1 };

static double
get_print (double x, double y, guint variant)
{
  double sum = 0.0;

  for (guint i = 0; i < 6; i++)
    {
      double angle = 2.4 * i + 1.3 * variant, wave = 0.06 * pow (1.4, i);

      sum += sin (wave * (x * cos (angle) + y * sin (angle)) + 1.7 * i + 2.0 * variant);
    }
  return sum / 6.0;
}

static InbPixels *
take_photo (const Place *place)
{
  guint8 *data = g_malloc (WIDTH * HEIGHT * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, WIDTH * HEIGHT * 3);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        double dx = (x - place->x) / place->scale, dy = (y - place->y) / place->scale;
        double u = cos (place->turn) * dx + sin (place->turn) * dy;
        double v = cos (place->turn) * dy - sin (place->turn) * dx;
        double edge = MAX (fabs (u) - 45.0, fabs (v) - 65.0) * place->scale;
        double share = CLAMP (0.5 - edge, 0.0, 1.0), value = get_print (u, v, place->variant);
        guint8 *pixel = data + (y * WIDTH + x) * 3;

        pixel[0] = (guint8) (205.0 + share * (170.0 + 70.0 * value - 205.0));
        pixel[1] = (guint8) (205.0 + share * (80.0 + 75.0 * value - 205.0));
        pixel[2] = (guint8) (205.0 + share * (60.0 + 50.0 * value - 205.0));
      }
  return inb_pixels_new (WIDTH, HEIGHT, WIDTH * 3, INB_PIXELS_RGB8, bytes);
}

static InbEngine *
make_engine (const Place *start, const Place *last, const char *prompt, guint n_threads)
{
  g_autoptr (InbPixels) first = take_photo (start);
  g_autoptr (InbPixels) second = take_photo (last);

  return render_make_engine (prompt, first, second, WIDTH, HEIGHT, 5, n_threads);
}

static InbTransitionKind
get_kind (InbEngine *engine)
{
  return inb_engine_get_transition (engine)->kind;
}

static void
test_a_product_that_went_far_is_between (void)
{
  const Place middle = { 235.0, 140.0, 1.1, 0.05, 0 };
  g_autoptr (InbEngine) engine = make_engine (&left, &right, "static", 1);
  g_autoptr (InbPixels) truth = take_photo (&middle);
  g_autoptr (GBytes) frame = render_draw (engine, 2);
  double psnr = render_get_psnr (truth, g_bytes_get_data (frame, NULL));

  g_test_message ("%.2f dB", psnr);
  g_assert_cmpint (get_kind (engine), ==, INB_TRANSITION_LAYERED);
  g_assert_cmpstr (inb_transition_kind_to_string (get_kind (engine)), ==, "layered");
  g_assert_cmpfloat (psnr, >, 28.0);
}

static void
test_another_product_does_not_move (void)
{
  g_autoptr (InbEngine) engine = make_engine (&left, &right_other, "static", 1);

  g_assert_cmpint (get_kind (engine), ==, INB_TRANSITION_DISSOLVE);
}

/* A quarter turn shows that the move is bounded, not what the product is. */
static void
test_a_product_that_turned_too_far_does_not_move (void)
{
  const Place turned = { 350.0, 140.0, 1.0, 1.2, 0 };
  g_autoptr (InbEngine) engine = make_engine (&left, &turned, "static", 1);

  g_assert_cmpint (get_kind (engine), ==, INB_TRANSITION_DISSOLVE);
}

static void
test_it_begins_and_ends_with_its_photos (void)
{
  g_autoptr (InbEngine) engine = make_engine (&left, &right, "static", 1);
  g_autoptr (InbPixels) start = take_photo (&left);
  g_autoptr (InbPixels) last = take_photo (&right);

  render_assert_begins_and_ends (engine, start, last, 4);
}

/* Beyond a photo's border its picture is mirrored: that must not be taken for the product. */
static void
test_a_product_at_the_border_is_not_mirrored (void)
{
  const Place border = { 52.0, 130.0, 1.0, 0.0, 0 }, far = { 400.0, 130.0, 1.0, 0.0, 0 };
  const Place middle = { 226.0, 130.0, 1.0, 0.0, 0 };
  g_autoptr (InbEngine) engine = make_engine (&border, &far, "static", 1);
  g_autoptr (InbPixels) truth = take_photo (&middle);
  g_autoptr (GBytes) frame = render_draw (engine, 2);
  const guint8 *luma = g_bytes_get_data (frame, NULL);
  double sum = 0.0;

  g_assert_cmpint (get_kind (engine), ==, INB_TRANSITION_LAYERED);
  for (guint y = 40; y < HEIGHT - 40; y++)
    for (guint x = 0; x < 160; x++)
      sum += fabs (luma[y * WIDTH + x] - render_get_luma (truth, x, y));
  g_test_message ("%.2f", sum / (160.0 * (HEIGHT - 80)));
  g_assert_cmpfloat (sum / (160.0 * (HEIGHT - 80)), <, 3.0);
}

static void
test_any_number_of_threads_makes_the_same_frames (void)
{
  const char *const prompts[] = { "static", "slow push in" };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbEngine) one = make_engine (&left, &right, prompts[i], 1);
      g_autoptr (InbEngine) three = make_engine (&left, &right, prompts[i], 3);

      g_assert_cmpint (get_kind (three), ==, INB_TRANSITION_LAYERED);
      render_assert_same (one, three, 5, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layered/a-product-that-went-far-is-between",
                   test_a_product_that_went_far_is_between);
  g_test_add_func ("/layered/another-product-does-not-move", test_another_product_does_not_move);
  g_test_add_func ("/layered/a-product-that-turned-too-far-does-not-move",
                   test_a_product_that_turned_too_far_does_not_move);
  g_test_add_func ("/layered/begins-and-ends-with-its-photos",
                   test_it_begins_and_ends_with_its_photos);
  g_test_add_func ("/layered/a-product-at-the-border-is-not-mirrored",
                   test_a_product_at_the_border_is_not_mirrored);
  g_test_add_func ("/layered/any-number-of-threads-makes-the-same-frames",
                   test_any_number_of_threads_makes_the_same_frames);
  return g_test_run ();
}
