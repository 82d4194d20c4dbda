/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>

#include "fuzz.h"

/* Gives every file of a folder to a target, so that what was once found stays found without a
 * fuzzer. Besides, each is given cut short at every length up to a bound. */
#define MAX_CUTS 200

static void
replay (const char *bytes, gsize length)
{
  /* a copy of its own size: reading beyond its end is seen by a sanitizer */
  g_autofree uint8_t *copy = g_memdup2 (bytes, MAX (length, 1));

  LLVMFuzzerTestOneInput (copy, length);
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  replay (bytes, length);
  for (gsize i = 0; i < MIN (length, MAX_CUTS); i++)
    replay (bytes, i);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/replay/", name, NULL);
      char *path = g_build_filename (argv[1], name, NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (test, path, test_file);
    }
  g_assert_cmpuint (paths->len, >, 0);
  return g_test_run ();
}
