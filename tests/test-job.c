/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-job.h"

static InbJob *
make_job (void)
{
  g_autoptr (InbRequest) request = inb_request_new ();

  request->prompt = g_strdup ("push in");
  return inb_job_new ("id-1", "product-1", 3, request, 1000, 0);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  *count += 1;
}

static void
test_job_facts_are_copied_and_told (void)
{
  g_autoptr (InbJob) job = make_job ();
  g_autoptr (InbClip) clip = inb_clip_new ();
  char message[] = "The photo is damaged.";
  guint told = 0;

  g_signal_connect (job, "notify::state", G_CALLBACK (count_cb), &told);
  g_signal_connect (job, "notify::clip", G_CALLBACK (count_cb), &told);
  clip->n_frames = 150;
  inb_job_set_facts (
      job, &(InbJobFacts){
               .state = INB_JOB_DONE, .progress = 1.0, .error_message = message, .clip = clip });
  message[0] = 'X';
  clip->n_frames = 1;

  g_assert_cmpuint (told, ==, 2);
  g_assert_cmpuint (inb_job_get_state (job), ==, INB_JOB_DONE);
  g_assert_cmpstr (inb_job_get_facts (job)->error_message, ==, "The photo is damaged.");
  g_assert_cmpuint (inb_job_get_clip (job)->n_frames, ==, 150);
}

static void
test_job_progress_is_told_only_when_it_moves (void)
{
  g_autoptr (InbJob) job = make_job ();
  guint told = 0;

  g_signal_connect (job, "notify::progress", G_CALLBACK (count_cb), &told);
  inb_job_set_progress (job, 0.5);
  inb_job_set_progress (job, 0.5);
  inb_job_set_progress (job, 0.5004);
  g_assert_cmpuint (told, ==, 1);
  inb_job_set_progress (job, 0.6);
  g_assert_cmpuint (told, ==, 2);
}

static void
test_job_fraction_is_what_is_known_until_it_ends (void)
{
  g_autoptr (InbJob) job = make_job ();

  inb_job_set_facts (job, &(InbJobFacts){ .state = INB_JOB_RUNNING, .progress = -1.0 });
  g_assert_cmpfloat (inb_job_get_fraction (job), <, 0.0);
  inb_job_set_facts (job, &(InbJobFacts){ .state = INB_JOB_RUNNING, .progress = 0.25 });
  g_assert_cmpfloat (inb_job_get_fraction (job), ==, 0.25);
  inb_job_set_facts (job, &(InbJobFacts){ .state = INB_JOB_DONE, .progress = 1.0 });
  g_assert_cmpfloat (inb_job_get_fraction (job), ==, -1.0);
}

static void
test_job_lets_go (void)
{
  InbJob *job = make_job ();

  inb_job_set_product_name (job, "Blue mug");
  g_assert_cmpstr (inb_job_get_product_name (job), ==, "Blue mug");
  g_assert_cmpuint (inb_job_get_take (job), ==, 3);
  g_assert_finalize_object (job);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/facts", test_job_facts_are_copied_and_told);
  g_test_add_func ("/job/progress", test_job_progress_is_told_only_when_it_moves);
  g_test_add_func ("/job/fraction", test_job_fraction_is_what_is_known_until_it_ends);
  g_test_add_func ("/job/finalize", test_job_lets_go);
  return g_test_run ();
}
