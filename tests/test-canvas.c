/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-canvas.h"

static const InbFraming crop = { INB_RATIO_ORIGINAL, INB_FIT_CROP, 0.5, 0.5 };
static const InbFraming extend = { INB_RATIO_ORIGINAL, INB_FIT_EXTEND, -1.0, -1.0 };

static void
test_canvas_plan_of_a_crop_reads_only_what_it_needs (void)
{
  InbFramePlan plan;

  inb_frame_plan_init (&plan, &crop, 16.0 / 9.0, 4000, 3000, 4096);
  g_assert_cmpuint (plan.x, ==, 0);
  g_assert_cmpuint (plan.y, ==, 375);
  g_assert_cmpuint (plan.width, ==, 4000);
  g_assert_cmpuint (plan.height, ==, 2250);
  g_assert_cmpuint (plan.canvas.width, ==, 4000);
  g_assert_cmpuint (plan.canvas.photo_width, ==, 4000);
  g_assert_cmpuint (plan.canvas.height, ==, 2250);
}

static void
test_canvas_plan_shrinks_to_its_bound_and_never_enlarges (void)
{
  InbFramePlan plan;

  inb_frame_plan_init (&plan, &crop, 1.5, 6000, 4000, 1920);
  g_assert_cmpuint (plan.canvas.width, ==, 1920);
  g_assert_cmpuint (plan.canvas.height, ==, 1280);
  inb_frame_plan_init (&plan, &crop, 1.5, 600, 400, 1920);
  g_assert_cmpuint (plan.canvas.width, ==, 600);
  g_assert_cmpuint (plan.canvas.height, ==, 400);
}

static void
test_canvas_plan_of_an_extension_centres_the_whole_photo (void)
{
  InbFramePlan plan;

  inb_frame_plan_init (&plan, &extend, 16.0 / 9.0, 3000, 3000, 1920);
  g_assert_cmpuint (plan.width, ==, 3000);
  g_assert_cmpuint (plan.height, ==, 3000);
  g_assert_cmpuint (plan.canvas.width, ==, 1920);
  g_assert_cmpuint (plan.canvas.height, ==, 1080);
  g_assert_cmpuint (plan.canvas.photo_width, ==, 1080);
  g_assert_cmpuint (plan.canvas.photo_x, ==, 420);
  g_assert_cmpuint (plan.canvas.photo_y, ==, 0);
}

/* The start frame's shape comes back as whole px; the last photo of the same shape stays whole. */
static void
test_canvas_plan_takes_a_rounded_shape_for_the_photo_s_own (void)
{
  InbFramePlan plan;

  inb_frame_plan_init (&plan, &crop, 2731.0 / 4096.0, 5774, 8660, 4096);
  g_assert_cmpuint (plan.width, ==, 5774);
  g_assert_cmpuint (plan.height, >=, 8659);
  g_assert_cmpuint (plan.canvas.width, ==, 2731);
  g_assert_cmpuint (plan.canvas.height, ==, 4096);
}

static void
test_canvas_plan_stays_in_bounds_whatever_is_asked (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (20);

  for (guint i = 0; i < 3000; i++)
    {
      InbFraming framing = { INB_RATIO_ORIGINAL, (InbFit) g_rand_int_range (dice, 0, 2),
                             g_rand_double (dice), g_rand_double (dice) };
      guint width = (guint) g_rand_int_range (dice, 1, 9000);
      guint height = (guint) g_rand_int_range (dice, 1, 9000);
      guint bound = (guint) g_rand_int_range (dice, 1, 4097);
      InbFramePlan plan;
      const InbCanvas *canvas = &plan.canvas;

      inb_frame_plan_init (&plan, &framing, g_rand_double_range (dice, 0.01, 100.0), width, height,
                           bound);
      g_assert_cmpuint (plan.width, >=, 1);
      g_assert_cmpuint (plan.height, >=, 1);
      g_assert_cmpuint (plan.x + plan.width, <=, width);
      g_assert_cmpuint (plan.y + plan.height, <=, height);
      g_assert_cmpuint (MAX (canvas->width, canvas->height), <=, bound);
      g_assert_cmpuint (canvas->photo_x + canvas->photo_width, <=, canvas->width);
      g_assert_cmpuint (canvas->photo_y + canvas->photo_height, <=, canvas->height);
      g_assert_true (canvas->photo_width == canvas->width ||
                     canvas->photo_height == canvas->height);
      g_assert_cmpuint (canvas->photo_width, <=, plan.width);
      g_assert_cmpuint (canvas->photo_height, <=, plan.height);
    }
}

static void
init_pair (InbCanvas *canvases, guint width, guint height)
{
  double own = (double) width / height;

  inb_canvas_init_around (&canvases[0], MAX (16.0 / 9.0, own), width, height);
  inb_canvas_init_around (&canvases[1], MIN (9.0 / 16.0, own), width, height);
}

static void
test_canvas_pair_shows_every_framing (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (21);
  static const double aspects[] = { 16.0 / 9.0, 9.0 / 16.0, 1.0, 4.0 / 3.0, 3.0 / 4.0 };

  for (guint i = 0; i < 500; i++)
    for (guint k = 0; k < G_N_ELEMENTS (aspects); k++)
      for (int fit = 0; fit < 2; fit++)
        {
          InbFraming framing = { INB_RATIO_ORIGINAL, (InbFit) fit, g_rand_double (dice),
                                 g_rand_double (dice) };
          InbCanvas canvases[2];
          InbRect view;
          int found;

          init_pair (canvases, (guint) g_rand_int_range (dice, 64, 1281),
                     (guint) g_rand_int_range (dice, 64, 1281));
          found = inb_canvas_find_view (canvases, 2, &framing, aspects[k], &view);
          g_assert_cmpint (found, >=, 0);
          g_assert_cmpfloat (view.x, >=, 0.0);
          g_assert_cmpfloat (view.y, >=, 0.0);
          g_assert_cmpfloat (view.x + view.width, <=, canvases[found].width);
          g_assert_cmpfloat (view.y + view.height, <=, canvases[found].height);
          g_assert_cmpfloat (ABS (view.width - view.height * aspects[k]), <, 3.0);
        }
}

static void
test_canvas_says_where_a_framing_lies (void)
{
  InbCanvas canvases[2];
  InbRect view;

  init_pair (canvases, 1280, 960);
  g_assert_cmpint (inb_canvas_find_view (canvases, 2, &crop, 1.0, &view), ==, 0);
  g_assert_cmpfloat_with_epsilon (view.x, canvases[0].photo_x + 160.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.width, 960.0, 1e-9);
  g_assert_cmpint (inb_canvas_find_view (canvases, 2, &extend, 1.0, &view), ==, 1);
  g_assert_cmpfloat_with_epsilon (view.y, canvases[1].photo_y - 160.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.height, 1280.0, 1e-9);
}

static void
test_canvas_says_when_it_does_not_reach (void)
{
  InbCanvas canvases[2];
  InbRect view;

  init_pair (canvases, 1280, 960);
  g_assert_cmpint (inb_canvas_find_view (canvases, 2, &extend, 3.0, &view), ==, -1);
  g_assert_cmpfloat (view.x, >=, 0.0);
  g_assert_cmpfloat (view.x + view.width, <=, canvases[1].width);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/plan/crop-reads-only-what-it-needs",
                   test_canvas_plan_of_a_crop_reads_only_what_it_needs);
  g_test_add_func ("/canvas/plan/shrinks-and-never-enlarges",
                   test_canvas_plan_shrinks_to_its_bound_and_never_enlarges);
  g_test_add_func ("/canvas/plan/extension-centres-the-whole-photo",
                   test_canvas_plan_of_an_extension_centres_the_whole_photo);
  g_test_add_func ("/canvas/plan/takes-a-rounded-shape-for-the-photo-s-own",
                   test_canvas_plan_takes_a_rounded_shape_for_the_photo_s_own);
  g_test_add_func ("/canvas/plan/stays-in-bounds",
                   test_canvas_plan_stays_in_bounds_whatever_is_asked);
  g_test_add_func ("/canvas/pair-shows-every-framing", test_canvas_pair_shows_every_framing);
  g_test_add_func ("/canvas/says-where-a-framing-lies", test_canvas_says_where_a_framing_lies);
  g_test_add_func ("/canvas/says-when-it-does-not-reach", test_canvas_says_when_it_does_not_reach);
  return g_test_run ();
}
