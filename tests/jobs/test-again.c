/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-again.h"

static InbRequest *
make_request (void)
{
  InbRequest *request = inb_request_new ();

  g_free (request->provider);
  request->provider = g_strdup ("wavespeed");
  request->start = g_strdup ("a photo");
  request->prompt = g_strdup ("slow push in");
  return request;
}

static void
add (GListStore *jobs, const char *id, guint take, gint64 age_s, InbJobState state)
{
  g_autoptr (InbRequest) request = make_request ();
  g_autoptr (InbJob) job = NULL;
  InbJobFacts facts = { .state = state, .progress = -1.0, .charged = "no", .actual_micros = -1 };

  request->model = g_strdup ("kling-v2.5-turbo-pro");
  request->seed = take;
  job = inb_job_new (id, "a product", take, request, g_get_real_time () - age_s * G_USEC_PER_SEC,
                     350000);
  inb_job_set_facts (job, &facts);
  g_list_store_append (jobs, job);
}

static void
assert_found (GListStore *jobs, const InbRequest *request, const char *id)
{
  g_autoptr (InbJob) job = inb_again_find (G_LIST_MODEL (jobs), request, g_get_real_time ());

  g_assert_cmpstr (job != NULL ? inb_job_get_id (job) : NULL, ==, id);
}

static void
test_again_is_the_first_of_the_last_ten_minutes (void)
{
  g_autoptr (GListStore) jobs = g_list_store_new (INB_TYPE_JOB);
  g_autoptr (InbRequest) request = make_request ();

  add (jobs, "old", 1, 601, INB_JOB_DONE);
  assert_found (jobs, request, NULL);
  add (jobs, "failed", 2, 500, INB_JOB_FAILED_REMOTE);
  add (jobs, "taken back", 3, 400, INB_JOB_CANCELLED_UNSENT);
  assert_found (jobs, request, NULL);
  add (jobs, "newest", 5, 10, INB_JOB_PREPARING);
  assert_found (jobs, request, "newest");
  add (jobs, "first", 4, 300, INB_JOB_DONE);
  assert_found (jobs, request, "first");
}

static void
test_again_is_the_same_in_all_that_shows (void)
{
  g_autoptr (InbRequest) one = make_request ();
  g_autoptr (InbRequest) other = make_request ();

  other->seed = 7;
  other->takes = 4;
  other->start_name = g_strdup ("another name.jpg");
  other->model = g_strdup ("kling-v2.5-turbo-pro"); /* the provider's first */
  g_assert_true (inb_again_is_same (one, other));
  other->duration_s = 10;
  g_assert_false (inb_again_is_same (one, other));
  other->duration_s = 5;
  other->framing.ratio = INB_RATIO_1_1;
  g_assert_false (inb_again_is_same (one, other));
  other->framing.ratio = INB_RATIO_ORIGINAL;
  other->framing.focus_x = 0.25;
  g_assert_false (inb_again_is_same (one, other));
  other->framing.focus_x = -1.0;
  other->negative = g_strdup ("blur");
  g_assert_false (inb_again_is_same (one, other));
  g_clear_pointer (&other->negative, g_free);
  other->matte = g_strdup ("what is marked");
  g_assert_false (inb_again_is_same (one, other));
  one->matte = g_strdup ("what is marked");
  g_assert_true (inb_again_is_same (one, other));
  g_clear_pointer (&other->matte, g_free);
  g_assert_false (inb_again_is_same (one, other));
  g_clear_pointer (&one->matte, g_free);
  other->last = g_strdup ("a photo");
  g_assert_false (inb_again_is_same (one, other));
  g_clear_pointer (&other->last, g_free);
  g_free (other->model);
  other->model = g_strdup ("kling-v2.5-turbo-std");
  g_assert_false (inb_again_is_same (one, other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/again/first-of-ten-minutes", test_again_is_the_first_of_the_last_ten_minutes);
  g_test_add_func ("/again/same-in-all-that-shows", test_again_is_the_same_in_all_that_shows);
  return g_test_run ();
}
