/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-error.h"

#include <errno.h>

static void
assert_status (GError *taken, int status, const char *name)
{
  g_autoptr (GError) error = taken;

  g_assert_cmpint (inb_error_get_exit_status (error), ==, status);
  g_assert_cmpstr (inb_error_get_name (error), ==, name);
}

static void
test_error_status_follows_the_contract (void)
{
  g_assert_cmpint (inb_error_get_exit_status (NULL), ==, 0);
  assert_status (g_error_new_literal (INB_ERROR, INB_ERROR_BAD_INPUT, "x"), 2, "input");
  assert_status (g_error_new_literal (INB_ERROR, INB_ERROR_BAD_PHOTO, "x"), 2, "photo");
  assert_status (g_error_new_literal (INB_ERROR, INB_ERROR_NOBODY, "x"), 2, "nobody");
  assert_status (g_error_new_literal (INB_ERROR, INB_ERROR_NO_SPACE, "x"), 1, "space");
  assert_status (g_error_new_literal (INB_ERROR, INB_ERROR_NO_CODEC, "x"), 1, "codec");
  assert_status (g_error_new_literal (INB_ERROR, INB_ERROR_CANCELLED, "x"), 130, "cancelled");
  assert_status (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x"), 130, "cancelled");
  assert_status (g_error_new_literal (G_FILE_ERROR, 3, "x"), 1, "failed");
}

static void
test_error_names_survive_the_round_trip (void)
{
  for (int code = INB_ERROR_BAD_INPUT; code <= INB_ERROR_FAILED; code++)
    g_assert_cmpint (inb_error_code_from_name (inb_error_code_to_name (code)), ==, code);
  g_assert_cmpint (inb_error_code_from_name ("what"), ==, INB_ERROR_FAILED);
  g_assert_cmpint (inb_error_code_from_name (NULL), ==, INB_ERROR_FAILED);
}

static void
test_error_of_the_system_names_the_thing (void)
{
  static const struct
  {
    int saved_errno;
    InbError code;
  } cases[] = { { ENOSPC, INB_ERROR_NO_SPACE },  { EDQUOT, INB_ERROR_NO_SPACE },
                { ENOENT, INB_ERROR_NO_ACCESS }, { EACCES, INB_ERROR_NO_ACCESS },
                { EROFS, INB_ERROR_NO_ACCESS },  { EIO, INB_ERROR_FAILED } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = inb_error_new_for_errno (cases[i].saved_errno, "mug.jpg");

      g_assert_error (error, INB_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, "mug.jpg"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/status", test_error_status_follows_the_contract);
  g_test_add_func ("/error/names", test_error_names_survive_the_round_trip);
  g_test_add_func ("/error/errno", test_error_of_the_system_names_the_thing);
  return g_test_run ();
}
