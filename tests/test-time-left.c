/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-time-left.h"

static void
assert_left (double elapsed_s, double progress, const char *expected)
{
  g_autofree char *text = inb_time_left_format ((gint64) (elapsed_s * G_USEC_PER_SEC), progress);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_time_left_says_nothing_it_does_not_know (void)
{
  assert_left (0.5, 0.5, NULL);
  assert_left (60, 0.0, NULL);
  assert_left (60, 0.01, NULL);
  assert_left (60, -1.0, NULL);
}

static void
test_time_left_is_round_and_about (void)
{
  assert_left (60, 1.0 / 3.0, "About 2 minutes left");
  assert_left (60, 0.5, "About 1 minute left");
  assert_left (10, 0.5, "About 10 seconds left");
  assert_left (10, 0.31, "About 25 seconds left");
  assert_left (100, 0.98, "Almost done");
  assert_left (100, 1.0, "Almost done");
}

static void
test_time_left_never_grows_at_an_even_pace (void)
{
  guint last = G_MAXUINT;

  for (guint percent = 5; percent < 97; percent++)
    {
      g_autofree char *text = inb_time_left_format (percent * 400 * 1000, percent / 100.0);
      guint number = text != NULL && g_str_has_prefix (text, "About")
                         ? (guint) g_ascii_strtoull (text + 6, NULL, 10)
                         : 0;

      if (number == 0)
        continue;
      g_assert_cmpuint (number, <=, last);
      last = number;
    }
  g_assert_cmpuint (last, <, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-left/nothing", test_time_left_says_nothing_it_does_not_know);
  g_test_add_func ("/time-left/words", test_time_left_is_round_and_about);
  g_test_add_func ("/time-left/even-pace", test_time_left_never_grows_at_an_even_pace);
  return g_test_run ();
}
