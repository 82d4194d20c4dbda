/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-error.h"
#include "core/inb-limits.h"

static const InbLimits limits = { .formats = INB_IMAGE_PNG,
                                  .min_side = 64,
                                  .min_ratio = 0.25,
                                  .max_ratio = 4.0 };

static void
assert_refused (guint width, guint height, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_limits_check_size (&limits, width, height, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_limits_refuse_what_is_too_small_and_name_it (void)
{
  assert_refused (4000, 1, "4000×1");
  assert_refused (10, 10, "64 px");
  assert_refused (63, 1000, "63×1000");
}

static void
test_limits_refuse_odd_shapes_with_a_way_out (void)
{
  assert_refused (401, 100, "16:9");
  assert_refused (100, 401, "9:16");
}

static void
test_limits_take_their_own_bounds (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_limits_check_size (&limits, 64, 64, &error));
  g_assert_true (inb_limits_check_size (&limits, 400, 100, &error));
  g_assert_true (inb_limits_check_size (&limits, 100, 400, &error));
  g_assert_no_error (error);
}

static void
test_limits_of_0_bound_nothing (void)
{
  const InbLimits none = { .formats = INB_IMAGE_JPEG };
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_limits_check_size (&none, 4000, 1, &error));
  g_assert_true (inb_limits_check_size (&none, 1, 1, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/refuse-what-is-too-small",
                   test_limits_refuse_what_is_too_small_and_name_it);
  g_test_add_func ("/limits/refuse-odd-shapes", test_limits_refuse_odd_shapes_with_a_way_out);
  g_test_add_func ("/limits/take-their-own-bounds", test_limits_take_their_own_bounds);
  g_test_add_func ("/limits/of-0-bound-nothing", test_limits_of_0_bound_nothing);
  return g_test_run ();
}
