/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-json.h"

#include <math.h>

#include "core/inb-error.h"

static void
test_json_takes_one_object_and_nothing_else (void)
{
  static const char *const bad[] = { "",      "   ", "null",       "[]",          "1",
                                     "\"x\"", "{",   "{\"a\":1}}", "{\"a\":1} x", "text" };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = inb_json_parse_object ("{\"a\":1}\n", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (inb_json_get_int (object, "a", 0), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) bad_error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (inb_json_parse_object (bad[i], -1, &bad_error));
      g_assert_error (bad_error, INB_ERROR, INB_ERROR_FAILED);
    }
}

static void
test_json_getters_bear_any_type (void)
{
  g_autoptr (JsonObject) object =
      inb_json_parse_object ("{\"text\":\"t\",\"whole\":3,\"real\":0.5,\"yes\":true,"
                             "\"no\":null,\"in\":{},\"row\":[]}",
                             -1, NULL);
  static const char *const names[] = {
    "text", "whole", "real", "yes", "no", "in", "row", "missing"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];

      g_assert_true ((inb_json_get_string (object, name) != NULL) == (i == 0));
      g_assert_true ((inb_json_get_int (object, name, -9) != -9) == (i == 1));
      g_assert_true ((inb_json_get_double (object, name, -9) != -9) == (i == 1 || i == 2));
      g_assert_true (inb_json_get_boolean (object, name, FALSE) == (i == 3));
      g_assert_true ((inb_json_get_object (object, name) != NULL) == (i == 5));
      g_assert_true ((inb_json_get_array (object, name) != NULL) == (i == 6));
    }
}

static void
test_json_writes_only_what_json_can_say (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "broken",
                       "a\xff"
                       "b");
  inb_json_add_string (builder, "none", NULL);
  inb_json_add_double (builder, "nan", NAN);
  inb_json_add_double (builder, "real", 0.25);
  inb_json_add_int (builder, "whole", G_MAXINT64);
  inb_json_add_boolean (builder, "yes", TRUE);
  json_builder_end_object (builder);
  text = inb_json_builder_print (builder, FALSE);
  object = inb_json_parse_object (text, -1, NULL);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (object);
  g_assert_nonnull (inb_json_get_string (object, "broken"));
  g_assert_cmpfloat (inb_json_get_double (object, "nan", 7), ==, 7);
  g_assert_cmpfloat (inb_json_get_double (object, "real", 7), ==, 0.25);
  g_assert_cmpint (inb_json_get_int (object, "whole", 0), ==, G_MAXINT64);
  g_assert_true (inb_json_get_boolean (object, "yes", FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/one-object", test_json_takes_one_object_and_nothing_else);
  g_test_add_func ("/json/getters", test_json_getters_bear_any_type);
  g_test_add_func ("/json/writer", test_json_writes_only_what_json_can_say);
  return g_test_run ();
}
