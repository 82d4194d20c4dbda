/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs-tools.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/inb-error.h"
#include "jobs/inb-queue.h"
#include "store/inb-lock.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"

static InbQueue *
open_queue (const char *root, InbQueueFlags flags)
{
  g_autoptr (GError) error = NULL;
  InbQueue *queue = inb_queue_open (root, flags, &error);

  g_assert_no_error (error);
  return queue;
}

static void
test_job_reaches_done (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = jobs_tools_add (queue, request);
  InbJob *job = g_ptr_array_index (jobs, 0);
  const InbClip *clip;
  const InbJobFacts *facts;

  g_assert_true (inb_queue_is_runner (queue));
  g_assert_cmpuint (inb_job_get_take (job), ==, 1);
  g_assert_cmpint (inb_job_get_estimate (job), ==, 0);
  g_assert_cmpstr (inb_job_get_product_name (job), ==, "mug");
  jobs_tools_wait_for (job, INB_JOB_DONE);
  clip = inb_job_get_clip (job);
  facts = inb_job_get_facts (job);
  g_assert_cmpuint (clip->n_frames, ==, 150);
  g_assert_cmpuint (clip->width, ==, 1920);
  g_assert_cmpuint (clip->height, ==, 1440);
  g_assert_true (g_file_test (clip->path, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (clip->proxy, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (clip->poster, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (facts->charged, ==, "no");
  g_assert_cmpint (facts->finished_us, >=, facts->started_us);
  g_assert_cmpint (facts->started_us, >=, inb_job_get_created (job));
  g_assert_cmpuint (jobs_tools_count (root, "clips"), ==, 2); /* clip and notes */
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
}

static void
test_takes_run_in_order_with_their_seeds (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (InbJob) newest = NULL;

  jobs_tools_begin_log ();
  request->takes = 3;
  jobs = jobs_tools_add (queue, request);
  g_assert_cmpuint (jobs->len, ==, 3);
  newest = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_assert_true (newest == g_ptr_array_index (jobs, 2)); /* newest first */
  for (guint i = 0; i < 3; i++)
    jobs_tools_wait_for (g_ptr_array_index (jobs, i), INB_JOB_DONE);
  text = jobs_tools_end_log ();
  g_assert_cmpstr (text, ==,
                   "photo 0\nrender 7\ninspect 0\nposter 0\nproxy 0\n"
                   "render 8\ninspect 0\nposter 0\nproxy 0\n"
                   "render 9\ninspect 0\nposter 0\nproxy 0\n"); /* one frame for all three */
}

static void
test_both_frames_have_one_geometry (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autofree char *text = NULL;

  request->last = jobs_tools_keep (root, "another photo");
  request->last_name = g_strdup ("side.jpg");
  jobs = jobs_tools_add (queue, request);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_DONE);
  g_assert_cmpuint (jobs_tools_count (root, "frames"), ==, 2);
  g_assert_true (g_file_get_contents (inb_job_get_clip (g_ptr_array_index (jobs, 0))->path, &text,
                                      NULL, NULL));
  g_assert_nonnull (strstr (text, " last"));
}

static void
test_webm_where_there_is_no_h264 (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;

  jobs_tools_order ("render:codec");
  jobs = jobs_tools_add (queue, request);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_DONE);
  g_assert_cmpstr (inb_job_get_clip (g_ptr_array_index (jobs, 0))->container, ==, "webm");
  jobs_tools_order (NULL);
}

/* command:what, class of the failure */
static const char *const failures[][2] = {
  { "photo:crash", "worker" },    { "photo:garbage", "worker" }, { "render:crash", "worker" },
  { "render:mute", "worker" },    { "render:space", "space" },   { "render:chatter", "worker" },
  { "render:garbage", "worker" }, { "render:short", "clip" },    { "inspect:crash", "worker" },
  { "poster:crash", "worker" },   { "proxy:crash", "worker" },   { "proxy:mute", "worker" },
};

static void
test_failure_is_told_and_can_be_resumed (gconstpointer data)
{
  const char *const *failure = data;
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  InbJob *job;

  jobs_tools_order (failure[0]);
  jobs = jobs_tools_add (queue, request);
  job = g_ptr_array_index (jobs, 0);
  jobs_tools_wait_for (job, INB_JOB_FAILED_LOCAL);
  g_assert_cmpstr (inb_job_get_facts (job)->error_name, ==, failure[1]);
  g_assert_nonnull (inb_job_get_facts (job)->error_message);
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "clips"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "proxies"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "posters"), ==, 0);

  jobs_tools_order (NULL);
  g_assert_true (jobs_tools_resume (queue, job, &error));
  jobs_tools_wait_for (job, INB_JOB_DONE);
  g_assert_null (inb_job_get_facts (job)->error_name);
}

static void
test_bad_photo_is_named_by_its_own_name (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;
  InbJob *job;

  g_free (request->start);
  request->start = jobs_tools_keep (root, "bad photo");
  jobs = jobs_tools_add (queue, request);
  job = g_ptr_array_index (jobs, 0);
  jobs_tools_wait_for (job, INB_JOB_FAILED_LOCAL);
  g_assert_cmpstr (inb_job_get_facts (job)->error_name, ==, "photo");
  g_assert_cmpstr (inb_job_get_facts (job)->error_message, ==, "mug.jpg is not a photo");
}

/* command:what, the state it hangs in */
static const struct
{
  const char *order;
  InbJobState state;
} hangs[] = {
  { "photo:hang", INB_JOB_PREPARING },   { "render:hang", INB_JOB_RUNNING },
  { "inspect:hang", INB_JOB_VERIFYING }, { "proxy:hang", INB_JOB_VERIFYING },
  { "render:deaf", INB_JOB_RUNNING },
};

static void
test_cancel_is_quick_and_leaves_nothing (gconstpointer data)
{
  const typeof (hangs[0]) *hang = data;
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began_us;
  InbJob *job;

  jobs_tools_order (hang->order);
  jobs = jobs_tools_add (queue, request);
  job = g_ptr_array_index (jobs, 0);
  jobs_tools_wait_for (job, hang->state);
  if (hang->state == INB_JOB_RUNNING)
    jobs_tools_wait_for_progress (job, 0.1);
  began_us = g_get_monotonic_time ();
  g_assert_true (jobs_tools_cancel (queue, job, &error));
  jobs_tools_wait_for (job, INB_JOB_CANCELLED_UNSENT);
  g_test_minimized_result ((double) (g_get_monotonic_time () - began_us) / 1e6,
                           "%s cancelled after %.1f ms", hang->order,
                           (double) (g_get_monotonic_time () - began_us) / 1e3);
  g_assert_false (jobs_tools_cancel (queue, job, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  inb_queue_close (queue); /* waits for the worker */
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "clips"), ==, 0);
  jobs_tools_order (NULL);
}

static void
test_cancel_of_a_waiting_job_lets_the_first_go_on (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  jobs_tools_order ("render:gate");
  request->takes = 2;
  jobs = jobs_tools_add (queue, request);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_RUNNING);
  g_assert_true (jobs_tools_cancel (queue, g_ptr_array_index (jobs, 1), &error));
  jobs_tools_wait_for (g_ptr_array_index (jobs, 1), INB_JOB_CANCELLED_UNSENT);
  g_assert_cmpint (inb_job_get_state (g_ptr_array_index (jobs, 0)), ==, INB_JOB_RUNNING);
  jobs_tools_open_gate ();
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_DONE);
  jobs_tools_order (NULL);
}

static void
test_cancel_where_nobody_runs_jobs (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (GPtrArray) jobs = jobs_tools_add (queue, request);
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_queue_is_runner (queue));
  g_assert_true (jobs_tools_cancel (queue, g_ptr_array_index (jobs, 0), &error));
  g_assert_cmpint (inb_job_get_state (g_ptr_array_index (jobs, 0)), ==, INB_JOB_CANCELLED_UNSENT);
}

static void
test_follower_sees_what_the_runner_does (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) runner = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbQueue) follower = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = jobs_tools_add (follower, request);

  g_assert_true (inb_queue_is_runner (runner));
  g_assert_false (inb_queue_is_runner (follower));
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_DONE);
  jobs_tools_wait_for (inb_queue_get_job (runner, inb_job_get_id (g_ptr_array_index (jobs, 0))),
                       INB_JOB_DONE);
}

static void
test_next_in_turn_goes_on_with_the_job (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) first = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbQueue) second = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;

  jobs_tools_order ("render:hang");
  jobs = jobs_tools_add (second, request);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_RUNNING);
  jobs_tools_order (NULL);
  inb_queue_close (first);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_DONE);
  g_assert_true (inb_queue_is_runner (second));
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
}

static void
test_cancel_by_a_follower (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) runner = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbQueue) follower = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  jobs_tools_order ("render:hang");
  jobs = jobs_tools_add (follower, request);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_RUNNING);
  g_assert_true (jobs_tools_cancel (follower, g_ptr_array_index (jobs, 0), &error));
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_CANCELLED_UNSENT);
  jobs_tools_order (NULL);
}

static void
test_closing_puts_the_job_back (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (InbQueue) again = NULL;
  InbJob *job;

  jobs_tools_order ("render:hang");
  jobs = jobs_tools_add (queue, request);
  job = g_ptr_array_index (jobs, 0);
  jobs_tools_wait_for_progress (job, 0.1);
  inb_queue_close (queue);
  g_assert_cmpint (inb_job_get_state (job), ==, INB_JOB_READY);
  g_assert_cmpint (inb_job_get_facts (job)->started_us, ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
  jobs_tools_order (NULL);
  again = open_queue (root, INB_QUEUE_RUN);
  jobs_tools_wait_for (inb_queue_get_job (again, inb_job_get_id (job)), INB_JOB_DONE);
}

static void
test_request_that_nobody_can_serve_is_not_added (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  request->negative = g_strdup ("blur");
  inb_queue_add_async (queue, request, NULL, NULL, 0, NULL, NULL, NULL);
  g_clear_pointer (&request->negative, g_free);
  request->guidance = 0.5;
  inb_queue_add_async (queue, request, NULL, NULL, 0, NULL, NULL, NULL);
  request->guidance = -1.0;
  {
    g_autoptr (GPtrArray) jobs = jobs_tools_add (queue, request);

    g_assert_cmpuint (jobs->len, ==, 1);
  }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
}

static void
test_a_product_keeps_its_takes_together (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (GPtrArray) first = jobs_tools_add (queue, request);
  g_autoptr (GPtrArray) second = jobs_tools_add (queue, request);
  InbJob *a = g_ptr_array_index (first, 0);
  InbJob *b = g_ptr_array_index (second, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (inb_job_get_product_id (a), ==, inb_job_get_product_id (b));
  g_assert_cmpuint (inb_job_get_take (b), ==, 2);
  g_assert_true (inb_queue_find_job (queue, inb_job_get_id (a), &error) == a);
  g_assert_null (inb_queue_find_job (queue, "", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

static void
test_thousand_jobs_are_listed_quickly (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbStore) store = NULL;
  g_autoptr (InbQueue) queue = NULL;
  gint64 began_us;

  store = inb_store_open (root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  request->takes = 4;
  inb_database_run (inb_store_get_database (store), "PRAGMA synchronous = OFF", NULL);
  for (guint i = 0; i < 250; i++)
    {
      g_autoptr (GPtrArray) ids =
          inb_store_add (store, request, NULL, "mug", &(InbTerms){ 0 }, &error);

      g_assert_no_error (error);
    }
  began_us = g_get_monotonic_time ();
  queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_test_minimized_result ((double) (g_get_monotonic_time () - began_us) / 1e6,
                           "1,000 jobs opened in %.1f ms",
                           (double) (g_get_monotonic_time () - began_us) / 1e3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1000);
  for (guint i = 1; i < 1000; i++)
    {
      g_autoptr (InbJob) newer = g_list_model_get_item (G_LIST_MODEL (queue), i - 1);
      g_autoptr (InbJob) older = g_list_model_get_item (G_LIST_MODEL (queue), i);

      g_assert_cmpint (inb_job_get_created (newer), >=, inb_job_get_created (older));
    }
}

static void
test_queue_lets_go (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  InbQueue *queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbLock) lock = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_lock_try (root, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOBODY);
  g_assert_finalize_object (queue);
  lock = inb_lock_try (root, NULL);
  g_assert_nonnull (lock);
}

static void
note_problem_cb (InbQueue *queue, const GError *problem, gpointer user_data)
{
  *(GError **) user_data = g_error_copy (problem);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_a_state_nobody_knows_halts_and_is_told (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autofree char *database = inb_paths_dup_database (root);
  g_autoptr (InbStore) store = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (queue, "halted", G_CALLBACK (note_problem_cb), &problem);
  store = inb_store_open (root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  /* a state of a version to come: it cannot be read, and is not touched */
  g_assert_true (inb_database_run (
      inb_store_get_database (store),
      "INSERT INTO products (id, name, created_us) VALUES ('p', 'p', 0);"
      "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, change, created_us, "
      "start_photo, prompt, duration_s, ratio, fit, takes, provider, seed, state) "
      "VALUES ('j', 'p', 1, 'b', 0, 1, 0, 'x', 'x', 5, '1:1', 'crop', 1, 'local', 0, 'DREAMING')",
      &error));
  {
    g_autoptr (InbRequest) other = inb_request_copy (request);
    g_autoptr (GAsyncResult) result = NULL;

    inb_queue_add_async (queue, other, NULL, NULL, 0, NULL, NULL, NULL);
  }
  jobs_tools_iterate_until (is_set, &problem);
  g_assert_error (problem, INB_ERROR, INB_ERROR_STORE);
}

int
main (int argc, char **argv)
{
  jobs_tools_init (&argc, &argv);
  g_test_add_func ("/queue/job-reaches-done", test_job_reaches_done);
  g_test_add_func ("/queue/takes-run-in-order-with-their-seeds",
                   test_takes_run_in_order_with_their_seeds);
  g_test_add_func ("/queue/both-frames-have-one-geometry", test_both_frames_have_one_geometry);
  g_test_add_func ("/queue/webm-where-there-is-no-h264", test_webm_where_there_is_no_h264);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/queue/failure-is-told-and-can-be-resumed/%s", failures[i][0]);

      g_test_add_data_func (path, failures[i], test_failure_is_told_and_can_be_resumed);
    }
  g_test_add_func ("/queue/bad-photo-is-named-by-its-own-name",
                   test_bad_photo_is_named_by_its_own_name);
  for (gsize i = 0; i < G_N_ELEMENTS (hangs); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/queue/cancel-is-quick-and-leaves-nothing/%s", hangs[i].order);

      g_test_add_data_func (path, &hangs[i], test_cancel_is_quick_and_leaves_nothing);
    }
  g_test_add_func ("/queue/cancel-of-a-waiting-job-lets-the-first-go-on",
                   test_cancel_of_a_waiting_job_lets_the_first_go_on);
  g_test_add_func ("/queue/cancel-where-nobody-runs-jobs", test_cancel_where_nobody_runs_jobs);
  g_test_add_func ("/queue/follower-sees-what-the-runner-does",
                   test_follower_sees_what_the_runner_does);
  g_test_add_func ("/queue/next-in-turn-goes-on-with-the-job",
                   test_next_in_turn_goes_on_with_the_job);
  g_test_add_func ("/queue/cancel-by-a-follower", test_cancel_by_a_follower);
  g_test_add_func ("/queue/closing-puts-the-job-back", test_closing_puts_the_job_back);
  g_test_add_func ("/queue/request-that-nobody-can-serve-is-not-added",
                   test_request_that_nobody_can_serve_is_not_added);
  g_test_add_func ("/queue/a-product-keeps-its-takes-together",
                   test_a_product_keeps_its_takes_together);
  g_test_add_func ("/queue/thousand-jobs-are-listed-quickly",
                   test_thousand_jobs_are_listed_quickly);
  g_test_add_func ("/queue/queue-lets-go", test_queue_lets_go);
  g_test_add_func ("/queue/a-state-nobody-knows-halts-and-is-told",
                   test_a_state_nobody_knows_halts_and_is_told);
  return jobs_tools_run ();
}
