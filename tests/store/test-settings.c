/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/inb-settings.h"

#include "store-tools.h"

static void
test_money_settings_are_kept (void)
{
  static const char *const route[] = { "wavespeed", "fal", "kling", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, &error);
  g_autoptr (InbStore) reader = NULL;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;
  g_auto (GStrv) cleared = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (inb_settings_get_day_cap (store), ==, -1);
  before = inb_settings_get_route (store);
  g_assert_cmpuint (g_strv_length (before), ==, 0);

  g_assert_true (inb_settings_set_day_cap (store, 5000000, &error));
  g_assert_true (inb_settings_set_route (store, route, &error));
  g_assert_no_error (error);
  reader = inb_store_open (root, INB_DATABASE_READ, &error);
  g_assert_no_error (error);
  g_assert_cmpint (inb_settings_get_day_cap (reader), ==, 5000000);
  after = inb_settings_get_route (reader);
  g_assert_true (g_strv_equal ((const char *const *) after, route));

  g_assert_true (inb_settings_set_day_cap (store, 0, &error)); /* nothing may be spent */
  g_assert_cmpint (inb_settings_get_day_cap (reader), ==, 0);
  g_assert_true (inb_settings_set_day_cap (store, -1, &error));
  g_assert_true (inb_settings_set_route (store, none, &error));
  g_assert_cmpint (inb_settings_get_day_cap (reader), ==, -1);
  cleared = inb_settings_get_route (reader);
  g_assert_cmpuint (g_strv_length (cleared), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/money-settings-are-kept", test_money_settings_are_kept);
  return g_test_run ();
}
