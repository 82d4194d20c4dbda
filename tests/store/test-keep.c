/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-tools.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"

static char *
keep (const char *root, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return inb_keep_file (root, file, NULL, error);
}

static void
test_bytes_are_kept_under_their_hash (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *path = NULL;
  struct stat facts;

  store_tools_put (root, "mug.jpg", "abc");
  sha256 = keep (root, "mug.jpg", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  path = inb_paths_dup_photo (root, sha256);
  g_assert_cmpint (stat (path, &facts), ==, 0);
  g_assert_cmpint (facts.st_size, ==, 3);
  g_assert_cmpuint (facts.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (store_tools_count (root, "tmp"), ==, 0);
}

static void
test_the_same_bytes_are_kept_once (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *path = NULL;
  struct stat before, after;

  store_tools_put (root, "mug.jpg", "abc");
  first = keep (root, "mug.jpg", &error);
  path = inb_paths_dup_photo (root, first);
  g_assert_cmpint (stat (path, &before), ==, 0);
  second = inb_keep_bytes (root, bytes, &error);
  g_assert_cmpint (stat (path, &after), ==, 0);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino); /* not written again */
  g_assert_cmpuint (store_tools_count (root, "photos"), ==, 1);
  g_assert_cmpuint (store_tools_count (root, "tmp"), ==, 0);
}

static void
assert_refused (const char *root, const char *name, int code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (keep (root, name, &error));
  g_assert_error (error, INB_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpuint (store_tools_count (root, "tmp"), ==, 0);
  g_assert_cmpuint (store_tools_count (root, "photos"), ==, 0);
}

static void
test_what_is_no_file_is_refused (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *folder = g_build_filename (root, "folder.jpg", NULL);
  g_autofree char *fifo = g_build_filename (root, "fifo.jpg", NULL);
  g_autofree char *large = g_build_filename (root, "large.jpg", NULL);
  int fd;

  store_tools_put (root, "empty.jpg", "");
  g_assert_cmpint (mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  fd = open (large, O_WRONLY | O_CREAT, 0600);
  g_assert_cmpint (ftruncate (fd, INB_KEEP_MAX_BYTES + 1), ==, 0); /* no block of it is written */
  close (fd);

  assert_refused (root, "empty.jpg", INB_ERROR_BAD_PHOTO, "empty");
  assert_refused (root, "folder.jpg", INB_ERROR_BAD_PHOTO, "folder");
  assert_refused (root, "fifo.jpg", INB_ERROR_BAD_PHOTO, "not a file");
  assert_refused (root, "large.jpg", INB_ERROR_TOO_LARGE, "1 GB");
  assert_refused (root, "missing.jpg", INB_ERROR_NO_ACCESS, "does not exist");
}

static int
keep_secret (const char *root)
{
  g_autofree char *parent = g_path_get_dirname (root);
  g_autofree char *path = g_build_filename (parent, "secret.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *other = g_build_filename (parent, "other", NULL);
  g_autoptr (GError) error = NULL;

  return inb_keep_file (other, file, NULL, &error) != NULL ||
         !g_error_matches (error, INB_ERROR, INB_ERROR_NO_ACCESS);
}

static void
test_a_file_that_may_not_be_read (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *parent = g_path_get_dirname (root);
  g_autofree char *path = g_build_filename (parent, "secret.jpg", NULL);

  store_tools_put (parent, "secret.jpg", "abc");
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  g_assert_true (store_tools_as_nobody (keep_secret, root));
}

static void
test_cancelled_leaves_nothing (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = g_build_filename (root, "mug.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  store_tools_put (root, "mug.jpg", "abc");
  g_cancellable_cancel (cancelled);
  g_assert_null (inb_keep_file (root, file, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (store_tools_count (root, "tmp"), ==, 0);
  g_assert_cmpuint (store_tools_count (root, "photos"), ==, 0);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_pasted_bytes_are_kept_from_a_thread (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = NULL;

  inb_keep_bytes_async (root, bytes, NULL, take_result_cb, &result);
  inb_keep_bytes_async (root, nothing, NULL, take_result_cb, &second);
  while (result == NULL || second == NULL)
    g_main_context_iteration (NULL, TRUE);
  sha256 = inb_keep_finish (result, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (sha256, "ba7816bf"));
  g_assert_null (inb_keep_finish (second, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keep/bytes-are-kept-under-their-hash", test_bytes_are_kept_under_their_hash);
  g_test_add_func ("/keep/the-same-bytes-are-kept-once", test_the_same_bytes_are_kept_once);
  g_test_add_func ("/keep/what-is-no-file-is-refused", test_what_is_no_file_is_refused);
  g_test_add_func ("/keep/a-file-that-may-not-be-read", test_a_file_that_may_not_be_read);
  g_test_add_func ("/keep/cancelled-leaves-nothing", test_cancelled_leaves_nothing);
  g_test_add_func ("/keep/pasted-bytes-are-kept-from-a-thread",
                   test_pasted_bytes_are_kept_from_a_thread);
  return g_test_run ();
}
