/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-tools.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-lock.h"
#include "store/inb-paths.h"
#include "store/inb-watch.h"

static void
test_one_holder_at_a_time (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (GError) error = NULL;
  InbLock *first = inb_lock_try (root, &error);
  g_autoptr (InbLock) third = NULL;

  g_assert_no_error (error);
  g_assert_null (inb_lock_try (root, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOBODY);
  inb_lock_release (first);
  third = inb_lock_try (root, NULL);
  g_assert_nonnull (third);
}

static gboolean
note_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
test_a_killed_holder_is_noticed (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = inb_paths_dup_lock (root);
  g_autoptr (InbWatch) watch = NULL;
  g_autoptr (InbLock) lock = NULL;
  gboolean noticed = FALSE;
  int status, pipe_fds[2];
  char byte;
  pid_t holder;

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  holder = fork ();
  if (holder == 0)
    {
      if (inb_lock_try (root, NULL) == NULL || write (pipe_fds[1], "", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (pipe_fds[0], &byte, 1), ==, 1);
  g_assert_null (inb_lock_try (root, NULL));
  watch = inb_watch_new (path, INB_WATCH_LET_GO, note_cb, &noticed);
  g_assert_nonnull (watch);
  g_assert_null (inb_lock_try (root, NULL)); /* a try that fails is no sign to others */
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_false (noticed);
  kill (holder, SIGKILL);
  while (!noticed)
    g_main_context_iteration (NULL, TRUE);
  waitpid (holder, &status, 0);
  lock = inb_lock_try (root, NULL);
  g_assert_nonnull (lock);
  close (pipe_fds[0]);
  close (pipe_fds[1]);
}

static void
test_a_written_file_is_noticed (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = g_build_filename (root, "file", NULL);
  g_autoptr (InbWatch) watch = NULL;
  gboolean noticed = FALSE;
  FILE *file = fopen (path, "w");

  watch = inb_watch_new (path, INB_WATCH_WRITTEN, note_cb, &noticed);
  g_assert_nonnull (watch);
  fputs ("hello", file);
  fclose (file);
  while (!noticed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (inb_watch_new ("/nonexistent", INB_WATCH_WRITTEN, note_cb, &noticed));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lock/one-holder-at-a-time", test_one_holder_at_a_time);
  g_test_add_func ("/lock/a-killed-holder-is-noticed", test_a_killed_holder_is_noticed);
  g_test_add_func ("/watch/a-written-file-is-noticed", test_a_written_file_is_noticed);
  return g_test_run ();
}
