/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-tools.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/inb-paths.h"

#define NOBODY 65534

char *
store_tools_make_root (void)
{
  g_autofree char *folder = g_dir_make_tmp ("inb-test-XXXXXX", NULL);
  char *root = g_build_filename (folder, "data", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_true (inb_paths_make (root, &error));
  g_assert_no_error (error);
  return root;
}

static int
remove_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  return remove (path);
}

void
store_tools_remove (char *root)
{
  g_autofree char *folder = g_path_get_dirname (root);

  nftw (folder, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_free (root);
}

void
store_tools_put (const char *root, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
store_tools_get (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static guint n_counted;

static int
count_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  n_counted += kind != FTW_D;
  return 0;
}

guint
store_tools_count (const char *root, const char *folder)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);

  n_counted = 0;
  nftw (path, count_cb, 16, FTW_PHYS);
  return n_counted;
}

/* Runs a function in a process that may not do everything: root may read and write what it likes.
 * The function returns 0 where all is as it should be. */
gboolean
store_tools_as_nobody (int (*function) (const char *root), const char *root)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      if (getuid () == 0 &&
          (setgroups (0, NULL) != 0 || setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
        _exit (99);
      _exit (function (root));
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

InbRequest *
store_tools_make_request (void)
{
  InbRequest *request = inb_request_new ();

  request->start = g_strnfill (64, 'a');
  request->start_name = g_strdup ("mug front.jpg");
  request->last = g_strnfill (64, 'b');
  request->last_name = g_strdup ("mug side.jpg");
  request->matte = g_strnfill (64, 'd');
  request->prompt = g_strdup ("slow “push” in; DROP TABLE jobs");
  request->negative = g_strdup ("blur");
  request->guidance = 0.25;
  request->duration_s = 10;
  request->framing = (InbFraming){ INB_RATIO_9_16, INB_FIT_EXTEND, 0.25, 0.75 };
  request->resolution = g_strdup ("720p");
  request->takes = 2;
  g_free (request->provider);
  request->provider = g_strdup ("local");
  request->model = g_strdup ("camera");
  request->seed = 4294967295u;
  return request;
}
