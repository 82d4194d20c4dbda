/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-tools.h"

#include <string.h>
#include <sys/stat.h>

#include "core/inb-error.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

static void
test_folders_are_for_the_owner_alone (void)
{
  static const char *const folders[] = { "",        "photos",  "frames", "clips",
                                         "proxies", "posters", "tmp" };
  g_autoptr (StoreRoot) root = store_tools_make_root ();

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);
      struct stat facts;

      g_assert_cmpint (stat (path, &facts), ==, 0);
      g_assert_cmpuint (facts.st_mode & 0777, ==, 0700);
    }
}

static void
test_clips_lie_by_year_and_month_of_utc (void)
{
  g_autofree char *path =
      inb_paths_dup_clip ("/data", G_GINT64_CONSTANT (1767225599999999), "id", "mp4");
  g_autofree char *next =
      inb_paths_dup_clip ("/data", G_GINT64_CONSTANT (1767225600000000), "id", "webm");

  g_assert_cmpstr (path, ==, "/data/clips/2025/12/id.mp4");
  g_assert_cmpstr (next, ==, "/data/clips/2026/01/id.webm");
}

static void
test_paths_move_with_the_data_folder (void)
{
  g_autofree char *inside = inb_paths_dup_relative ("/data", "/data/clips/x.mp4");
  g_autofree char *outside = inb_paths_dup_relative ("/data", "/database/x.mp4");
  g_autofree char *again = inb_paths_dup_absolute ("/moved", inside);
  g_autofree char *kept = inb_paths_dup_absolute ("/moved", outside);

  g_assert_cmpstr (inside, ==, "clips/x.mp4");
  g_assert_cmpstr (outside, ==, "/database/x.mp4");
  g_assert_cmpstr (again, ==, "/moved/clips/x.mp4");
  g_assert_cmpstr (kept, ==, "/database/x.mp4");
  g_assert_null (inb_paths_dup_absolute ("/moved", NULL));
}

static void
test_a_file_in_the_way_is_named (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *inside = g_build_filename (root, "file", "data", NULL);
  g_autoptr (GError) error = NULL;

  store_tools_put (root, "file", "");
  g_assert_false (inb_paths_make (inside, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (error->message, inside));
}

static int
make_in_readonly (const char *root)
{
  g_autofree char *inside = g_build_filename (root, "x", NULL);
  g_autoptr (GError) error = NULL;

  return inb_paths_make (inside, &error) ||
         !g_error_matches (error, INB_ERROR, INB_ERROR_NO_ACCESS);
}

static void
test_a_folder_that_may_not_be_written (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();

  g_assert_cmpint (chmod (root, 0555), ==, 0);
  g_assert_true (store_tools_as_nobody (make_in_readonly, root));
  g_assert_cmpint (chmod (root, 0700), ==, 0);
}

static void
test_a_file_is_written_whole_or_not_at_all (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *temporary = inb_paths_dup_temporary (root, "t");
  g_autofree char *path = g_build_filename (root, "file", NULL);
  g_autofree char *nowhere = g_build_filename (root, "no", "file", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_files_write (temporary, path, "hello", 5, &error));
  g_assert_true (inb_files_write (temporary, path, "again", 5, &error));
  text = store_tools_get (root, "file");
  g_assert_cmpstr (text, ==, "again");
  g_assert_false (inb_files_write (temporary, nowhere, "x", 1, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
  g_assert_cmpuint (store_tools_count (root, "tmp"), ==, 0);
}

static void
test_a_copy_never_replaces (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *from = g_build_filename (root, "from", NULL);
  g_autofree char *to = g_build_filename (root, "to", NULL);
  g_autofree char *other = g_build_filename (root, "other", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  store_tools_put (root, "from", "new");
  store_tools_put (root, "to", "old");
  g_assert_false (inb_files_copy (from, to, NULL, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  text = store_tools_get (root, "to");
  g_assert_cmpstr (text, ==, "old");
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_false (inb_files_copy (from, other, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_true (inb_files_copy (from, other, NULL, &error));
}

static void
test_hash_is_that_of_the_bytes (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = g_build_filename (root, "file", NULL);
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;

  store_tools_put (root, "file", "abc");
  sha256 = inb_files_hash (path, NULL, &error);
  /* FIPS 180-2, example B.1 */
  g_assert_cmpstr (sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_null (inb_files_hash ("/nonexistent", NULL, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/folders-are-for-the-owner-alone", test_folders_are_for_the_owner_alone);
  g_test_add_func ("/paths/clips-lie-by-year-and-month-of-utc",
                   test_clips_lie_by_year_and_month_of_utc);
  g_test_add_func ("/paths/paths-move-with-the-data-folder", test_paths_move_with_the_data_folder);
  g_test_add_func ("/paths/a-file-in-the-way-is-named", test_a_file_in_the_way_is_named);
  g_test_add_func ("/paths/a-folder-that-may-not-be-written",
                   test_a_folder_that_may_not_be_written);
  g_test_add_func ("/files/a-file-is-written-whole-or-not-at-all",
                   test_a_file_is_written_whole_or_not_at_all);
  g_test_add_func ("/files/a-copy-never-replaces", test_a_copy_never_replaces);
  g_test_add_func ("/files/hash-is-that-of-the-bytes", test_hash_is_that_of_the_bytes);
  return g_test_run ();
}
