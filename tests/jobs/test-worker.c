/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs-tools.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/inb-error.h"
#include "jobs/inb-worker.h"

typedef struct
{
  char *part;
  GCancellable *cancellable;
  GAsyncResult *result;
  guint n_progress;
  double progress;
} Run;

static void
progress_cb (double progress, gpointer user_data)
{
  Run *run = user_data;

  g_assert_cmpfloat (progress, >=, run->progress);
  run->progress = progress;
  run->n_progress++;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Run *) user_data)->result = g_object_ref (result);
}

static void
start (Run *run, const char *root, const char *name)
{
  const char *arguments[] = { "render", "--start",    "x", "--size",   "64x48", "--fps",
                              "30",     "--duration", "5", "--output", NULL,    NULL };

  *run = (Run){ .cancellable = g_cancellable_new () };
  run->part = g_build_filename (root, name, NULL);
  arguments[10] = run->part;
  inb_worker_run_async (arguments, run->part, progress_cb, run, run->cancellable, ended_cb, run);
}

static gboolean
has_ended (gpointer data)
{
  return ((Run *) data)->result != NULL;
}

static gboolean
has_progressed (gpointer data)
{
  return ((Run *) data)->n_progress > 0;
}

static gboolean
end (Run *run, GError **error)
{
  g_autoptr (JsonObject) object = NULL;

  jobs_tools_iterate_until (has_ended, run);
  object = inb_worker_run_finish (run->result, error);
  if (object != NULL)
    g_assert_true (inb_json_get_boolean (object, "ok", FALSE));
  g_assert_true ((object != NULL) == g_file_test (run->part, G_FILE_TEST_EXISTS));
  g_clear_object (&run->result);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->part, g_free);
  return object != NULL;
}

static char *
make_folder (void)
{
  char *root = jobs_tools_make_root ();

  g_assert_cmpint (g_mkdir (root, 0700), ==, 0);
  return root;
}

static void
test_answer_and_progress_come_back (void)
{
  g_autoptr (JobsRoot) root = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;
  Run run;

  jobs_tools_begin_log ();
  start (&run, root, "clip.mp4");
  g_assert_true (end (&run, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (run.progress, ==, 1.0);
  g_assert_cmpuint (run.n_progress, <, 20); /* told at most ten times a second */
  log = jobs_tools_end_log ();
  g_assert_cmpstr (log, ==, "render 0\n"); /* no secret in its environment, in a group of its own */
}

static void
assert_fails (const char *order, int code, const char *word)
{
  g_autoptr (JobsRoot) root = make_folder ();
  g_autoptr (GError) error = NULL;
  Run run;

  jobs_tools_order (order);
  start (&run, root, "clip.mp4");
  g_assert_false (end (&run, &error));
  g_assert_error (error, INB_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_failures_have_class_and_words (void)
{
  assert_fails ("render:space", INB_ERROR_NO_SPACE, "The disk is full");
  assert_fails ("render:codec", INB_ERROR_NO_CODEC, "H.264");
  assert_fails ("render:crash", INB_ERROR_WORKER, "signal 9");
  assert_fails ("render:mute", INB_ERROR_WORKER, "status 1");
  assert_fails ("render:garbage", INB_ERROR_WORKER, "without an answer");
  assert_fails ("render:chatter", INB_ERROR_WORKER, "too large");
}

static void
test_cancel_ends_it (void)
{
  g_autoptr (JobsRoot) root = make_folder ();
  g_autoptr (GError) error = NULL;
  gint64 began_us;
  Run run;

  jobs_tools_order ("render:hang");
  start (&run, root, "clip.mp4");
  jobs_tools_iterate_until (has_progressed, &run);
  began_us = g_get_monotonic_time ();
  g_cancellable_cancel (run.cancellable);
  g_assert_false (end (&run, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC); /* not by SIGKILL */
}

static void
test_cancel_ends_a_deaf_one_too (void)
{
  g_autoptr (JobsRoot) root = make_folder ();
  g_autoptr (GError) error = NULL;
  Run run;

  jobs_tools_order ("render:deaf");
  start (&run, root, "clip.mp4");
  jobs_tools_iterate_until (has_progressed, &run);
  g_cancellable_cancel (run.cancellable);
  g_assert_false (end (&run, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CANCELLED);
}

static void
test_two_at_once_and_no_more (void)
{
  g_autoptr (JobsRoot) root = make_folder ();
  g_autoptr (GError) error = NULL;
  Run first, second, third, fourth;

  jobs_tools_order ("render:gate");
  start (&first, root, "1.mp4");
  start (&second, root, "2.mp4");
  start (&third, root, "3.mp4");
  start (&fourth, root, "4.mp4");
  jobs_tools_iterate_until (has_progressed, &first);
  jobs_tools_iterate_until (has_progressed, &second);
  g_assert_false (g_file_test (third.part, G_FILE_TEST_EXISTS));
  g_cancellable_cancel (fourth.cancellable); /* while it waits */
  g_assert_false (end (&fourth, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (third.n_progress, ==, 0);
  jobs_tools_open_gate ();
  g_assert_true (end (&first, &error));
  g_assert_true (end (&second, &error));
  g_assert_true (end (&third, &error));
  g_assert_no_error (error);
}

static void
test_cancelled_before_it_began (void)
{
  g_autoptr (JobsRoot) root = make_folder ();
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { "poster", "x", "--output", "y", NULL };
  Run run = { .cancellable = g_cancellable_new (), .part = g_build_filename (root, "y", NULL) };

  g_cancellable_cancel (run.cancellable);
  inb_worker_run_async (arguments, run.part, NULL, NULL, run.cancellable, ended_cb, &run);
  g_assert_false (end (&run, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CANCELLED);
}

static void
test_a_missing_program_is_named (void)
{
  g_autoptr (JobsRoot) root = NULL;
  g_autoptr (GError) error = NULL;
  Run run;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("INBETWEEN_CLI", "/nonexistent/inbetween-cli", TRUE);
  root = make_folder ();
  start (&run, root, "clip.mp4");
  g_assert_false (end (&run, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_WORKER);
  g_assert_nonnull (strstr (error->message, "/nonexistent/inbetween-cli"));
}

int
main (int argc, char **argv)
{
  jobs_tools_init (&argc, &argv);
  g_test_add_func ("/worker/answer-and-progress-come-back", test_answer_and_progress_come_back);
  g_test_add_func ("/worker/failures-have-class-and-words", test_failures_have_class_and_words);
  g_test_add_func ("/worker/cancel-ends-it", test_cancel_ends_it);
  g_test_add_func ("/worker/cancel-ends-a-deaf-one-too", test_cancel_ends_a_deaf_one_too);
  g_test_add_func ("/worker/two-at-once-and-no-more", test_two_at_once_and_no_more);
  g_test_add_func ("/worker/cancelled-before-it-began", test_cancelled_before_it_began);
  g_test_add_func ("/worker/a-missing-program-is-named", test_a_missing_program_is_named);
  return jobs_tools_run ();
}
