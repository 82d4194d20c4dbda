/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-json-path.h"

#include "core/inb-error.h"

static const char *const answer =
    "{\"data\":{\"id\":\"p-1\",\"outputs\":[\"a.mp4\",\"b.mp4\"],\"none\":null,"
    "\"videos\":[{\"url\":\"c\"},{\"size\":1},{\"url\":\"d\"},{\"url\":null}]},"
    "\"x-y\":[[1,2],[3]],\"code\":0}";

/* What lies at the path, printed, with blanks between. */
static char *
find_all (JsonNode *root, const char *path)
{
  g_autoptr (GPtrArray) found = inb_json_path_find_all (root, path);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *one = json_to_string (g_ptr_array_index (found, i), FALSE);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", one);
    }
  return g_string_free (text, FALSE);
}

static void
test_path_finds_what_lies_there (void)
{
  static const char *const cases[][2] = {
    { "data.id", "\"p-1\"" },
    { "code", "0" },
    { "data.outputs[1]", "\"b.mp4\"" },
    { "data.outputs[*]", "\"a.mp4\" \"b.mp4\"" },
    { "data.videos[*].url", "\"c\" \"d\"" },
    { "data.videos[2].url", "\"d\"" },
    { "x-y[0][1]", "2" },
    { "x-y[*][*]", "1 2 3" },
    { "data.outputs[2]", "" },
    { "data.outputs[9999]", "" },
    { "data.none", "" },
    { "data.none.more", "" },
    { "data.id.more", "" },
    { "data.id[0]", "" },
    { "data[0]", "" },
    { "data[*]", "" },
    { "missing.id", "" },
  };
  g_autoptr (JsonNode) root = json_from_string (answer, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find_all (root, cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      g_assert_true (inb_json_path_check (cases[i][0], NULL));
      g_assert_cmpstr (found, ==, cases[i][1]);
      g_assert_true ((inb_json_path_find (root, cases[i][0]) == NULL) == (*cases[i][1] == '\0'));
    }
}

static void
test_path_may_begin_at_an_array (void)
{
  g_autoptr (JsonNode) root = json_from_string ("[{\"id\":7},{\"id\":8}]", NULL);
  g_autofree char *found = find_all (root, "[*].id");

  g_assert_cmpstr (found, ==, "7 8");
}

static void
test_path_that_is_none_is_refused (void)
{
  static const char *const bad[] = { "",      ".",        "a.",   ".a",    "a..b",  "a[",   "a[]",
                                     "a[1",   "a[-1]",    "a[b]", "a[*",   "a[1]b", "a b",  "a/b",
                                     "a[1 ]", "a[99999]", "{a}",  "a.[0]", "$.a",   "a[**]" };
  g_autoptr (JsonNode) root = json_from_string (answer, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (inb_json_path_check (bad[i], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
      g_assert_null (inb_json_path_find (root, bad[i])); /* and following it does no harm */
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-path/finds-what-lies-there", test_path_finds_what_lies_there);
  g_test_add_func ("/json-path/may-begin-at-an-array", test_path_may_begin_at_an_array);
  g_test_add_func ("/json-path/that-is-none-is-refused", test_path_that_is_none_is_refused);
  return g_test_run ();
}
