/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-job-state.h"

static void
test_state_names_survive_the_round_trip (void)
{
  for (guint i = INB_JOB_PREPARING; i <= INB_JOB_MISSING_FILE; i++)
    {
      InbJobState state = 0;

      g_assert_true (inb_job_state_from_string (inb_job_state_to_string ((InbJobState) i), &state));
      g_assert_cmpuint (state, ==, i);
      g_assert_cmpstr (inb_job_state_get_words (state), !=, "");
    }
}

static void
test_state_that_is_unknown_is_refused (void)
{
  InbJobState state = INB_JOB_DONE;

  g_assert_false (inb_job_state_from_string ("done", &state));
  g_assert_false (inb_job_state_from_string ("", &state));
  g_assert_false (inb_job_state_from_string (NULL, &state));
  g_assert_cmpuint (state, ==, INB_JOB_DONE);
}

static void
test_state_of_a_local_job_has_its_way (void)
{
  static const InbJobState way[] = { INB_JOB_PREPARING, INB_JOB_READY, INB_JOB_RUNNING,
                                     INB_JOB_VERIFYING, INB_JOB_DONE };

  for (gsize i = 1; i < G_N_ELEMENTS (way); i++)
    {
      g_assert_true (inb_job_state_may_follow (way[i - 1], way[i]));
      g_assert_false (inb_job_state_may_follow (way[i - 1], INB_JOB_SUBMITTING) &&
                      way[i - 1] != INB_JOB_READY);
    }
}

static void
test_state_never_pays_twice (void)
{
  /* what was sent, or may have been, never goes back to sending without a person or a proof in
   * between */
  g_assert_false (inb_job_state_may_follow (INB_JOB_UNKNOWN, INB_JOB_SUBMITTING));
  g_assert_false (inb_job_state_may_follow (INB_JOB_RECONCILING, INB_JOB_SUBMITTING));
  g_assert_false (inb_job_state_may_follow (INB_JOB_QUEUED, INB_JOB_SUBMITTING));
  g_assert_false (inb_job_state_may_follow (INB_JOB_QUEUED, INB_JOB_READY));
  g_assert_false (inb_job_state_may_follow (INB_JOB_PREPARING, INB_JOB_SUBMITTING));
  g_assert_false (inb_job_state_may_follow (INB_JOB_DONE, INB_JOB_SUBMITTING));
}

static void
test_state_at_rest_is_one_kind_of_rest (void)
{
  for (guint i = INB_JOB_PREPARING; i <= INB_JOB_MISSING_FILE; i++)
    {
      InbJobState state = (InbJobState) i;

      g_assert_false (inb_job_state_is_failure (state) && inb_job_state_is_cancelled (state));
      if (inb_job_state_is_failure (state) || inb_job_state_is_cancelled (state))
        g_assert_true (inb_job_state_is_final (state));
    }
  g_assert_true (inb_job_state_is_final (INB_JOB_DONE));
  g_assert_false (inb_job_state_is_final (INB_JOB_UNKNOWN));
  g_assert_false (inb_job_state_is_final (INB_JOB_STALLED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-state/names", test_state_names_survive_the_round_trip);
  g_test_add_func ("/job-state/unknown", test_state_that_is_unknown_is_refused);
  g_test_add_func ("/job-state/local-way", test_state_of_a_local_job_has_its_way);
  g_test_add_func ("/job-state/never-twice", test_state_never_pays_twice);
  g_test_add_func ("/job-state/rest", test_state_at_rest_is_one_kind_of_rest);
  return g_test_run ();
}
