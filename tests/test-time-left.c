/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-time-left.h"

/* One look, by the pace so far alone. */
static char *
dup_words (gint64 elapsed_us, double progress)
{
  InbTimeLeft left = INB_TIME_LEFT_INIT;

  inb_time_left_follow (&left, 1, 1 + elapsed_us, progress);
  return inb_time_left_dup_words (&left);
}

static void
assert_left (double elapsed_s, double progress, const char *expected)
{
  g_autofree char *text = dup_words ((gint64) (elapsed_s * G_USEC_PER_SEC), progress);

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
      g_autofree char *text = dup_words (percent * 400 * 1000, percent / 100.0);
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

/* What a simulated job tells of itself at a share of its time. */
typedef double (*Pace) (double share);

static double
pace_even (double share)
{
  return share;
}

/* opening files first, then faster */
static double
pace_slow_start (double share)
{
  return share < 0.1 ? share * 0.5 : 0.05 + (share - 0.1) / 0.9 * 0.95;
}

/* checking at the end takes a while that no progress tells of */
static double
pace_slow_end (double share)
{
  return share < 0.85 ? share / 0.85 * 0.95 : 0.95 + (share - 0.85) / 0.15 * 0.05;
}

static double
pace_untold (double share)
{
  return -1.0;
}

static guint
read_number (const char *words)
{
  guint number;

  if (words == NULL)
    return G_MAXUINT;
  if (g_str_equal (words, "Almost done"))
    return 0;
  g_assert_true (g_str_has_prefix (words, "About "));
  number = (guint) g_ascii_strtoull (words + 6, NULL, 10);
  return strstr (words, "minute") != NULL ? number * 60 : number;
}

/* Follows a job of @total_s at four looks a second, as a screen would. */
static void
simulate (double total_s, double typical_s, Pace pace)
{
  InbTimeLeft left = INB_TIME_LEFT_INIT;
  double fraction = -1.0;
  guint number = G_MAXUINT;
  gint64 began = 1000;

  left.typical_us = typical_s > 0 ? (gint64) (typical_s * G_USEC_PER_SEC) : -1;
  for (double at = 0.0; at < total_s; at += 0.25)
    {
      g_autofree char *words = NULL;
      double end;

      inb_time_left_follow (&left, began, began + (gint64) (at * G_USEC_PER_SEC),
                            pace (at / total_s));
      g_assert_cmpfloat (left.fraction, >=, fraction);
      fraction = left.fraction;
      words = inb_time_left_dup_words (&left);
      g_assert_cmpuint (read_number (words), <=, number);
      number = read_number (words);
      if (at < 0.2 * total_s)
        continue;
      g_assert_nonnull (words);
      end = at + (double) left.left_us / G_USEC_PER_SEC;
      g_assert_cmpfloat (end, >, total_s * 0.65);
      g_assert_cmpfloat (end, <, total_s * 1.35);
    }
}

static void
test_time_left_is_right_to_a_third_after_a_fifth (void)
{
  static const Pace told[] = { pace_even, pace_slow_start, pace_slow_end };
  static const double typical[] = { 20.0, 160.0, 600.0 };

  for (guint i = 0; i < G_N_ELEMENTS (typical); i++)
    for (guint percent = 75; percent <= 130; percent += 5)
      {
        double total = typical[i] * percent / 100.0;

        simulate (total, typical[i], pace_untold);
        for (guint j = 0; j < G_N_ELEMENTS (told); j++)
          {
            simulate (total, typical[i], told[j]);
            simulate (total, -1.0, told[j]);
          }
      }
}

static void
test_time_left_holds_at_full_when_it_takes_longer (void)
{
  InbTimeLeft left = INB_TIME_LEFT_INIT;
  g_autofree char *words = NULL;

  left.typical_us = 160 * G_USEC_PER_SEC;
  for (gint64 s = 0; s <= 400; s++)
    inb_time_left_follow (&left, 5, 5 + s * G_USEC_PER_SEC, -1.0);
  words = inb_time_left_dup_words (&left);
  g_assert_cmpstr (words, ==, "Almost done");
  g_assert_cmpfloat (left.fraction, ==, 1.0);
}

static void
test_time_left_begins_anew_with_other_work (void)
{
  InbTimeLeft left = INB_TIME_LEFT_INIT;
  g_autofree char *words = NULL;

  left.typical_us = 160 * G_USEC_PER_SEC;
  inb_time_left_follow (&left, 5, 5 + 150 * G_USEC_PER_SEC, -1.0);
  inb_time_left_follow (&left, 6 + 150 * G_USEC_PER_SEC, 6 + 150 * G_USEC_PER_SEC, -1.0);
  words = inb_time_left_dup_words (&left);
  g_assert_cmpstr (words, ==, "About 3 minutes left");
  g_assert_cmpfloat (left.fraction, ==, 0.0);
  inb_time_left_follow (&left, 0, 7, -1.0);
  g_assert_null (inb_time_left_dup_words (&left));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-left/nothing", test_time_left_says_nothing_it_does_not_know);
  g_test_add_func ("/time-left/words", test_time_left_is_round_and_about);
  g_test_add_func ("/time-left/even-pace", test_time_left_never_grows_at_an_even_pace);
  g_test_add_func ("/time-left/within-a-third", test_time_left_is_right_to_a_third_after_a_fifth);
  g_test_add_func ("/time-left/overrun", test_time_left_holds_at_full_when_it_takes_longer);
  g_test_add_func ("/time-left/other-work", test_time_left_begins_anew_with_other_work);
  return g_test_run ();
}
