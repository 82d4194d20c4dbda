/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs-tools.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "core/inb-error.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"

/* Far longer than anything here takes; only a test that fails waits so long. */
#define PATIENCE_S 20

/* Where the stand-in for the workers finds what it is to do; told once, before any thread. */
static char *folder_of_orders;

static int
remove_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  return remove (path);
}

static char *
dup_order_path (const char *name)
{
  return g_build_filename (folder_of_orders, name, NULL);
}

/* What a person's environment may hold that no worker may see */
static const char *const secrets[] = { "AI_GATEWAY_API_KEY",    "WAVESPEED_API_KEY",
                                       "KLINGAI_SECRET_KEY",    "FAL_KEY",
                                       "REPLICATE_API_TOKEN",   "VERCEL_OIDC_TOKEN",
                                       "INBETWEEN_BASE_URL_FAL" };

void
jobs_tools_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  folder_of_orders = g_dir_make_tmp ("inb-orders-XXXXXX", NULL);
  g_assert_nonnull (folder_of_orders);
  g_setenv ("G_FAKE_FOLDER", folder_of_orders, TRUE);
  g_setenv ("XDG_DATA_HOME", folder_of_orders, TRUE); /* a Trash of our own */
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_setenv (secrets[i], "canary: not for workers", TRUE);
}

int
jobs_tools_run (void)
{
  int status = g_test_run ();

  nftw (folder_of_orders, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_free (folder_of_orders);
  return status;
}

char *
jobs_tools_make_root (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("inb-test-XXXXXX", &error);

  g_assert_no_error (error);
  jobs_tools_order (NULL);
  return g_build_filename (folder, "data", NULL);
}

void
jobs_tools_remove (char *root)
{
  g_autofree char *folder = g_path_get_dirname (root);

  nftw (folder, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_free (root);
}

static void
put_file (const char *name, const char *text)
{
  g_autofree char *path = dup_order_path (name);
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    g_unlink (path);
  else
    g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* What the stand-in for the workers is to do wrong from now on, %NULL for nothing */
void
jobs_tools_order (const char *what)
{
  put_file ("order", what);
  put_file ("gate", NULL);
}

void
jobs_tools_open_gate (void)
{
  put_file ("gate", "");
}

void
jobs_tools_begin_log (void)
{
  put_file ("log", "");
}

char *
jobs_tools_end_log (void)
{
  g_autofree char *path = dup_order_path ("log");
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  put_file ("log", NULL);
  return text;
}

char *
jobs_tools_keep (const char *root, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  char *sha256 = inb_keep_bytes (root, bytes, &error);

  g_assert_no_error (error);
  return sha256;
}

InbRequest *
jobs_tools_make_request (const char *root)
{
  InbRequest *request = inb_request_new ();

  request->start = jobs_tools_keep (root, "a photo");
  request->start_name = g_strdup ("mug.jpg");
  request->prompt = g_strdup ("slow push in");
  request->seed = 7;
  return request;
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("waited in vain");
  return G_SOURCE_REMOVE;
}

void
jobs_tools_iterate_until (gboolean (*condition) (gpointer), gpointer data)
{
  guint timeout = g_timeout_add_seconds (PATIENCE_S, give_up_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

GPtrArray *
jobs_tools_add (InbQueue *queue, const InbRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs;

  inb_queue_add_async (queue, request, NULL, NULL, 0, NULL, take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  jobs = inb_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  return jobs;
}

gboolean
jobs_tools_cancel (InbQueue *queue, InbJob *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_queue_cancel_async (queue, inb_job_get_id (job), take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  return inb_queue_change_finish (queue, result, error);
}

gboolean
jobs_tools_resume (InbQueue *queue, InbJob *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_queue_resume_async (queue, inb_job_get_id (job), take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  return inb_queue_change_finish (queue, result, error);
}

typedef struct
{
  InbJob *job;
  InbJobState state;
  double progress;
} Wanted;

static gboolean
is_in_state (gpointer data)
{
  Wanted *wanted = data;

  return inb_job_get_state (wanted->job) == wanted->state;
}

static gboolean
has_progress (gpointer data)
{
  Wanted *wanted = data;

  return inb_job_get_progress (wanted->job) >= wanted->progress;
}

static gboolean
is_at_rest (gpointer data)
{
  return inb_job_state_is_final (inb_job_get_state (data));
}

void
jobs_tools_wait_for (InbJob *job, InbJobState state)
{
  Wanted wanted = { .job = job, .state = state };

  jobs_tools_iterate_until (is_in_state, &wanted);
}

void
jobs_tools_wait_for_progress (InbJob *job, double progress)
{
  Wanted wanted = { .job = job, .progress = progress };

  jobs_tools_iterate_until (has_progress, &wanted);
}

void
jobs_tools_wait_for_rest (InbJob *job)
{
  jobs_tools_iterate_until (is_at_rest, job);
}

/* Removes the files of one folder of the data folder */
void
jobs_tools_empty (const char *root, const char *folder)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
}

static guint n_counted;

static int
count_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  n_counted += kind == FTW_F;
  return 0;
}

/* How many files are in a folder of the data folder and in those below it */
guint
jobs_tools_count (const char *root, const char *folder)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);

  n_counted = 0;
  nftw (path, count_cb, 16, FTW_PHYS);
  return n_counted;
}
