/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-tools.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define PATIENCE_S 20

/* A home of its own for each test; the commands' data folder, photos and outputs lie in it. */
static char *home;
static char *orders;
static const char *program;
static const char *worker;

static int
remove_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  return remove (path);
}

static void
remove_home (void)
{
  if (home != NULL)
    nftw (home, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&home, g_free);
}

/* The program under test and the stand-in for its workers are told by the build. */
void
cli_tools_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  program = g_getenv ("INB_TEST_CLI");
  worker = g_getenv ("INB_TEST_WORKER");
  g_assert_nonnull (program);
  g_assert_nonnull (worker);
  orders = g_dir_make_tmp ("inb-orders-XXXXXX", NULL);
}

int
cli_tools_run_tests (void)
{
  int status = g_test_run ();

  remove_home ();
  nftw (orders, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_free (orders);
  return status;
}

const char *
cli_tools_get_home (void)
{
  return home;
}

char *
cli_tools_path (const char *name)
{
  return g_build_filename (home, name, NULL);
}

void
cli_tools_put (const char *name, const char *text)
{
  g_autofree char *path = cli_tools_path (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
cli_tools_order (const char *what)
{
  g_autofree char *path = g_build_filename (orders, "order", NULL);
  g_autofree char *gate = g_build_filename (orders, "gate", NULL);

  if (what == NULL)
    g_unlink (path);
  else
    g_assert_true (g_file_set_contents (path, what, -1, NULL));
  g_unlink (gate);
}

/* A fresh home with a photo in it */
void
cli_tools_begin (void)
{
  remove_home ();
  home = g_dir_make_tmp ("inb-test-XXXXXX", NULL);
  cli_tools_order (NULL);
  cli_tools_put ("mug.jpg", "GIF89a    a photo");
}

static GSubprocess *
spawn (const char *first, va_list words)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (arguments, (gpointer) program);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (arguments, (gpointer) word);
  g_ptr_array_add (arguments, NULL);
  g_subprocess_launcher_set_cwd (launcher, home);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "INBETWEEN_CLI", worker, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_FAKE_FOLDER", orders, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  return process;
}

GSubprocess *
cli_tools_start (const char *first, ...)
{
  GSubprocess *process;
  va_list words;

  va_start (words, first);
  process = spawn (first, words);
  va_end (words);
  return process;
}

void
cli_tools_end (GSubprocess *process, CliRun *run)
{
  g_autoptr (GError) error = NULL;

  *run = (CliRun){ 0 };
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                     : -g_subprocess_get_term_sig (process);
  g_object_unref (process);
}

void
cli_tools_run (CliRun *run, const char *first, ...)
{
  GSubprocess *process;
  va_list words;

  cli_tools_clear (run);
  va_start (words, first);
  process = spawn (first, words);
  va_end (words);
  cli_tools_end (process, run);
}

void
cli_tools_clear (CliRun *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}

JsonObject *
cli_tools_read_json (const CliRun *run)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = inb_json_parse_object (run->out, -1, &error);

  g_assert_no_error (error);
  return object;
}

JsonObject *
cli_tools_get_job (JsonObject *root, guint index)
{
  JsonArray *jobs = inb_json_get_array (root, "jobs");

  g_assert_nonnull (jobs);
  g_assert_cmpuint (index, <, json_array_get_length (jobs));
  return json_array_get_object_element (jobs, index);
}

static const char *word_looked_for;
static gboolean word_found;
static guint n_counted;

static int
look_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  n_counted += kind == FTW_F;
  word_found = word_found || (word_looked_for != NULL && strstr (path, word_looked_for) != NULL);
  return 0;
}

/* Returns when there is a file whose path has @word in it. */
void
cli_tools_wait_for_file (const char *folder, const char *word)
{
  g_autofree char *path = cli_tools_path (folder);
  gint64 end_us = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  word_looked_for = word;
  word_found = FALSE;
  while (!word_found && g_get_monotonic_time () < end_us)
    {
      g_thread_yield ();
      nftw (path, look_cb, 16, FTW_PHYS);
    }
  word_looked_for = NULL;
  g_assert_true (word_found);
}

guint
cli_tools_count (const char *folder)
{
  g_autofree char *path = cli_tools_path (folder);

  n_counted = 0;
  nftw (path, look_cb, 16, FTW_PHYS);
  return n_counted;
}
