/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-framing.h"

#define NEARLY 1e-9

static void
assert_window (InbFit fit, double focus_x, double focus_y, double aspect, guint width, guint height,
               InbRect expected)
{
  InbFraming framing = { INB_RATIO_ORIGINAL, fit, focus_x, focus_y };
  InbRect window;

  inb_framing_get_window (&framing, aspect, width, height, &window);
  g_assert_cmpfloat_with_epsilon (window.x, expected.x, NEARLY);
  g_assert_cmpfloat_with_epsilon (window.y, expected.y, NEARLY);
  g_assert_cmpfloat_with_epsilon (window.width, expected.width, NEARLY);
  g_assert_cmpfloat_with_epsilon (window.height, expected.height, NEARLY);
}

static void
test_framing_words_go_there_and_back (void)
{
  for (guint i = 0; i < INB_N_RATIOS; i++)
    {
      InbRatio ratio = INB_RATIO_ORIGINAL;

      g_assert_true (inb_ratio_from_string (inb_ratio_to_string ((InbRatio) i), &ratio));
      g_assert_cmpint (ratio, ==, i);
    }
  for (guint i = INB_FIT_CROP; i <= INB_FIT_EXTEND; i++)
    {
      InbFit fit = INB_FIT_CROP;

      g_assert_true (inb_fit_from_string (inb_fit_to_string ((InbFit) i), &fit));
      g_assert_cmpint (fit, ==, i);
    }
}

static void
test_framing_refuses_other_words (void)
{
  InbRatio ratio = INB_RATIO_1_1;
  InbFit fit = INB_FIT_EXTEND;

  g_assert_false (inb_ratio_from_string ("4:3", &ratio));
  g_assert_false (inb_ratio_from_string ("", &ratio));
  g_assert_false (inb_ratio_from_string (NULL, &ratio));
  g_assert_cmpint (ratio, ==, INB_RATIO_1_1);
  g_assert_false (inb_fit_from_string ("Crop", &fit));
  g_assert_cmpint (fit, ==, INB_FIT_EXTEND);
}

static void
test_framing_focus_is_two_numbers_from_0_to_1 (void)
{
  static const char *const bad[] = { "",        "0.5",         "0.5,",   ",0.5",
                                     "0.5;0.5", "0.5,0.5,0.5", "-0.1,0", "0,1.1",
                                     "nan,0.5", "0.5,inf",     "a,b",    "0,5 0,5" };
  double x = -7.0, y = -7.0;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (inb_focus_from_string (bad[i], &x, &y));
    }
  g_assert_false (inb_focus_from_string (NULL, &x, &y));
  g_assert_cmpfloat (x, ==, -7.0);
  g_assert_cmpfloat (y, ==, -7.0);
  g_assert_true (inb_focus_from_string ("0.25,1", &x, &y));
  g_assert_cmpfloat (x, ==, 0.25);
  g_assert_cmpfloat (y, ==, 1.0);
}

static void
test_framing_focus_reads_what_it_wrote (void)
{
  g_autofree char *focus = inb_focus_to_string (0.25, 1.0 / 3.0);
  g_autofree char *none = inb_focus_to_string (-1.0, -1.0);
  double x, y;

  g_assert_cmpstr (focus, ==, "0.250000,0.333333");
  g_assert_true (inb_focus_from_string (focus, &x, &y));
  g_assert_cmpfloat_with_epsilon (y, 1.0 / 3.0, 1e-6);
  g_assert_null (none);
}

static void
test_framing_crop_follows_the_focus_and_stays_inside (void)
{
  assert_window (INB_FIT_CROP, 0.5, 0.5, 1.0, 400, 300, (InbRect){ 50, 0, 300, 300 });
  assert_window (INB_FIT_CROP, 0.6, 0.1, 1.0, 400, 300, (InbRect){ 90, 0, 300, 300 });
  assert_window (INB_FIT_CROP, 0.0, 0.0, 1.0, 400, 300, (InbRect){ 0, 0, 300, 300 });
  assert_window (INB_FIT_CROP, 1.0, 1.0, 1.0, 400, 300, (InbRect){ 100, 0, 300, 300 });
  assert_window (INB_FIT_CROP, 0.3, 0.9, 16.0 / 9.0, 400, 300, (InbRect){ 0, 75, 400, 225 });
}

static void
test_framing_crop_without_a_focus_is_centred (void)
{
  assert_window (INB_FIT_CROP, -1.0, -1.0, 1.0, 400, 300, (InbRect){ 50, 0, 300, 300 });
}

static void
test_framing_extension_holds_the_whole_photo_in_its_middle (void)
{
  assert_window (INB_FIT_EXTEND, 0.0, 1.0, 1.0, 400, 300, (InbRect){ 0, -50, 400, 400 });
  assert_window (INB_FIT_EXTEND, -1.0, -1.0, 2.0, 400, 300, (InbRect){ -100, 0, 600, 300 });
}

static void
test_framing_own_shape_is_the_whole_photo (void)
{
  assert_window (INB_FIT_CROP, 0.1, 0.1, 4.0 / 3.0, 400, 300, (InbRect){ 0, 0, 400, 300 });
  assert_window (INB_FIT_EXTEND, 0.1, 0.1, 4.0 / 3.0, 400, 300, (InbRect){ 0, 0, 400, 300 });
  g_assert_cmpfloat_with_epsilon (inb_ratio_get_aspect (INB_RATIO_ORIGINAL, 400, 300), 4.0 / 3.0,
                                  NEARLY);
}

static void
test_framing_window_has_the_shape_asked_for (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (20);

  for (guint i = 0; i < 2000; i++)
    {
      InbFraming framing = { INB_RATIO_ORIGINAL, (InbFit) g_rand_int_range (dice, 0, 2),
                             g_rand_double (dice), g_rand_double (dice) };
      guint width = (guint) g_rand_int_range (dice, 1, 9000);
      guint height = (guint) g_rand_int_range (dice, 1, 9000);
      double aspect = g_rand_double_range (dice, 0.2, 5.0);
      InbRect window;

      inb_framing_get_window (&framing, aspect, width, height, &window);
      g_assert_cmpfloat_with_epsilon (window.width / window.height, aspect, 1e-6);
      if (framing.fit == INB_FIT_CROP)
        {
          g_assert_cmpfloat (window.x, >=, 0.0);
          g_assert_cmpfloat (window.y, >=, 0.0);
          g_assert_cmpfloat (window.x + window.width, <=, width + 1e-6);
          g_assert_cmpfloat (window.y + window.height, <=, height + 1e-6);
        }
      else
        {
          g_assert_cmpfloat (window.x, <=, 0.0);
          g_assert_cmpfloat (window.y, <=, 0.0);
          g_assert_cmpfloat (window.x + window.width, >=, width - 1e-6);
          g_assert_cmpfloat (window.y + window.height, >=, height - 1e-6);
        }
    }
}

static void
assert_clip_size (double aspect, guint width, guint height)
{
  guint found_width = 0, found_height = 0;

  inb_framing_get_clip_size (aspect, 1920, &found_width, &found_height);
  g_assert_cmpuint (found_width, ==, width);
  g_assert_cmpuint (found_height, ==, height);
}

static void
test_framing_clip_sizes_are_even (void)
{
  assert_clip_size (16.0 / 9.0, 1920, 1080);
  assert_clip_size (9.0 / 16.0, 1080, 1920);
  assert_clip_size (1.0, 1080, 1080);
  assert_clip_size (4.0 / 3.0, 1920, 1440);
  assert_clip_size (1.5001, 1920, 1280);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/framing/words-go-there-and-back", test_framing_words_go_there_and_back);
  g_test_add_func ("/framing/refuses-other-words", test_framing_refuses_other_words);
  g_test_add_func ("/framing/focus-is-two-numbers-from-0-to-1",
                   test_framing_focus_is_two_numbers_from_0_to_1);
  g_test_add_func ("/framing/focus-reads-what-it-wrote", test_framing_focus_reads_what_it_wrote);
  g_test_add_func ("/framing/crop-follows-the-focus-and-stays-inside",
                   test_framing_crop_follows_the_focus_and_stays_inside);
  g_test_add_func ("/framing/crop-without-a-focus-is-centred",
                   test_framing_crop_without_a_focus_is_centred);
  g_test_add_func ("/framing/extension-holds-the-whole-photo-in-its-middle",
                   test_framing_extension_holds_the_whole_photo_in_its_middle);
  g_test_add_func ("/framing/own-shape-is-the-whole-photo",
                   test_framing_own_shape_is_the_whole_photo);
  g_test_add_func ("/framing/window-has-the-shape-asked-for",
                   test_framing_window_has_the_shape_asked_for);
  g_test_add_func ("/framing/clip-sizes-are-even", test_framing_clip_sizes_are_even);
  return g_test_run ();
}
