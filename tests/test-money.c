/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-money.h"

static void
assert_words (gint64 micros, const char *words)
{
  g_autofree char *text = inb_money_format (micros);

  g_assert_cmpstr (text, ==, words);
}

static void
test_money_is_exact_to_the_cent_and_below (void)
{
  assert_words (350000, "$0.35");
  assert_words (1050000, "$1.05");
  assert_words (700000, "$0.70");
  assert_words (37500, "$0.0375");
  assert_words (1, "$0.000001");
  assert_words (12 * INB_MICROS_PER_DOLLAR, "$12.00");
}

static void
test_money_never_shows_an_unknown_price_as_nothing (void)
{
  assert_words (0, "free");
  assert_words (INB_MICROS_UNKNOWN, "price not published");
}

static void
test_money_fits_exactly_up_to_a_cap (void)
{
  g_autofree char *nothing = inb_money_format_sum (0);

  g_assert_cmpstr (nothing, ==, "$0.00");
  g_assert_true (inb_money_fits (350000, 650000, 1000000));
  g_assert_false (inb_money_fits (350001, 650000, 1000000));
  g_assert_false (inb_money_fits (1, 0, 0));
  g_assert_false (inb_money_fits (1, 2000000, 1000000));
  g_assert_true (inb_money_fits (0, 2000000, 1000000)); /* what is free is never refused */
  g_assert_true (inb_money_fits (G_MAXINT64, 1, -1));
}

static void
test_money_reads_what_a_cap_may_say (void)
{
  gint64 micros = -7;

  g_assert_true (inb_money_parse ("2", &micros));
  g_assert_cmpint (micros, ==, 2000000);
  g_assert_true (inb_money_parse ("0.35", &micros));
  g_assert_cmpint (micros, ==, 350000);
  g_assert_true (inb_money_parse ("1000000", &micros));
  g_assert_cmpint (micros, ==, G_GINT64_CONSTANT (1000000000000));
}

static void
test_money_refuses_everything_else (void)
{
  static const char *const bad[] = { "",
                                     ".",
                                     "1.",
                                     ".5",
                                     "-1",
                                     "+1",
                                     "$1",
                                     "1,5",
                                     "1e3",
                                     "0.1234567",
                                     "1000001",
                                     "1000000.000001",
                                     "99999999999999999999",
                                     " 1",
                                     "1 ",
                                     "nan",
                                     "0x10" };
  gint64 micros = 42;

  g_assert_false (inb_money_parse (NULL, &micros));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (inb_money_parse (bad[i], &micros));
    }
  g_assert_cmpint (micros, ==, 42);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/exact", test_money_is_exact_to_the_cent_and_below);
  g_test_add_func ("/money/unknown-is-not-free",
                   test_money_never_shows_an_unknown_price_as_nothing);
  g_test_add_func ("/money/fits", test_money_fits_exactly_up_to_a_cap);
  g_test_add_func ("/money/parse", test_money_reads_what_a_cap_may_say);
  g_test_add_func ("/money/refuse", test_money_refuses_everything_else);
  return g_test_run ();
}
