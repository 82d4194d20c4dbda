/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs-tools.h"

#include <string.h>

#include "jobs/inb-queue.h"

/* What a person marked on the start photo reaches the renderer, framed as the photo is. */

static InbQueue *
open_queue (const char *root)
{
  g_autoptr (GError) error = NULL;
  InbQueue *queue = inb_queue_open (root, INB_QUEUE_RUN, &error);

  g_assert_no_error (error);
  return queue;
}

static InbRequest *
make_request (const char *root, const char *marks)
{
  InbRequest *request = jobs_tools_make_request (root);

  request->matte = jobs_tools_keep (root, marks);
  return request;
}

static void
assert_rendered_with_matte (InbJob *job)
{
  g_autofree char *text = NULL;

  jobs_tools_wait_for (job, INB_JOB_DONE);
  g_assert_true (g_file_get_contents (inb_job_get_clip (job)->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, " matte"));
}

static void
test_marks_reach_the_renderer_and_are_framed_once (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = make_request (root, "what is marked");
  g_autoptr (InbQueue) queue = open_queue (root);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *log = NULL;

  jobs_tools_begin_log ();
  first = jobs_tools_add (queue, request);
  assert_rendered_with_matte (g_ptr_array_index (first, 0));
  g_assert_cmpstr (inb_job_get_request (g_ptr_array_index (first, 0))->matte, ==, request->matte);
  g_assert_cmpuint (jobs_tools_count (root, "frames"), ==, 2); /* the frame and its marks */
  second = jobs_tools_add (queue, request);
  assert_rendered_with_matte (g_ptr_array_index (second, 0));
  log = jobs_tools_end_log ();
  g_assert_cmpstr (log, ==,
                   "photo 0\nrender 7\ninspect 0\nposter 0\nproxy 0\n"
                   "render 7\ninspect 0\nposter 0\nproxy 0\n");
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
}

static void
test_other_marks_are_framed_anew_and_none_are_none (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = make_request (root, "what is marked");
  g_autoptr (InbRequest) other = make_request (root, "what is marked otherwise");
  g_autoptr (InbRequest) none = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root);
  g_autoptr (GPtrArray) jobs = jobs_tools_add (queue, request);
  g_autoptr (GPtrArray) others = jobs_tools_add (queue, other);
  g_autoptr (GPtrArray) plain = jobs_tools_add (queue, none);
  g_autofree char *text = NULL;
  InbJob *job = g_ptr_array_index (plain, 0);

  assert_rendered_with_matte (g_ptr_array_index (jobs, 0));
  assert_rendered_with_matte (g_ptr_array_index (others, 0));
  g_assert_cmpuint (jobs_tools_count (root, "frames"), ==, 3); /* one frame, two sets of marks */
  jobs_tools_wait_for (job, INB_JOB_DONE);
  g_assert_true (g_file_get_contents (inb_job_get_clip (job)->path, &text, NULL, NULL));
  g_assert_null (strstr (text, " matte"));
}

/* A runner that stopped had framed all; the folder is emptied before the next one renders. */
static void
test_vanished_marks_are_framed_again (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = make_request (root, "what is marked");
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (InbQueue) next = NULL;
  g_autoptr (InbJob) job = NULL;
  g_autofree char *log = NULL;

  {
    g_autoptr (InbQueue) queue = open_queue (root);

    jobs_tools_order ("render:hang");
    jobs = jobs_tools_add (queue, request);
    jobs_tools_wait_for_progress (g_ptr_array_index (jobs, 0), 0.1);
    inb_queue_close (queue);
    jobs_tools_order (NULL);
  }
  jobs_tools_empty (root, "frames");
  jobs_tools_begin_log ();
  next = open_queue (root);
  job = g_list_model_get_item (G_LIST_MODEL (next), 0);
  assert_rendered_with_matte (job);
  log = jobs_tools_end_log ();
  g_assert_cmpstr (log, ==, "photo 0\nrender 7\ninspect 0\nposter 0\nproxy 0\n");
  g_assert_cmpuint (jobs_tools_count (root, "frames"), ==, 2);
}

static void
test_a_worker_that_leaves_no_marks_is_told (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = make_request (root, "what is marked");
  g_autoptr (InbQueue) queue = open_queue (root);
  g_autoptr (GPtrArray) jobs = NULL;
  InbJob *job;

  jobs_tools_order ("photo:unmarked");
  jobs = jobs_tools_add (queue, request);
  job = g_ptr_array_index (jobs, 0);
  jobs_tools_wait_for (job, INB_JOB_FAILED_LOCAL);
  jobs_tools_order (NULL);
  g_assert_cmpstr (inb_job_get_facts (job)->error_name, ==, "worker");
  g_assert_cmpuint (jobs_tools_count (root, "frames"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
}

int
main (int argc, char **argv)
{
  jobs_tools_init (&argc, &argv);
  g_test_add_func ("/marked/reach-the-renderer", test_marks_reach_the_renderer_and_are_framed_once);
  g_test_add_func ("/marked/others-and-none", test_other_marks_are_framed_anew_and_none_are_none);
  g_test_add_func ("/marked/vanished", test_vanished_marks_are_framed_again);
  g_test_add_func ("/marked/no-marks-are-left", test_a_worker_that_leaves_no_marks_is_told);
  return jobs_tools_run ();
}
