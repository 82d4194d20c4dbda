/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "core/inb-money.h"
#include "jobs/inb-remedy.h"
#include "jobs/inb-take-words.h"

static InbJob *
make (const char *provider, InbJobState state, const char *charged, gint64 estimate, gint64 actual)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  InbJobFacts facts = { .state = state, .charged = charged, .actual_micros = actual };
  InbJob *job;

  g_free (request->provider);
  request->provider = g_strdup (provider);
  job = inb_job_new ("id", "product", 3, request, 1, estimate);
  inb_job_set_facts (job, &facts);
  return job;
}

static void
assert_state (const char *provider, InbJobState state, const char *charged, const char *words)
{
  g_autoptr (InbJob) job = make (provider, state, charged, 350000, -1);
  g_autofree char *found = inb_take_words_dup_state (job);

  g_assert_cmpstr (found, ==, words);
}

static void
test_take_words_name_the_service (void)
{
  assert_state ("wavespeed", INB_JOB_QUEUED, "maybe", "Waiting for WaveSpeedAI");
  assert_state ("wavespeed", INB_JOB_RUNNING, "maybe", "Rendering at WaveSpeedAI");
  assert_state ("wavespeed", INB_JOB_DOWNLOADING, "maybe", "Downloading");
  assert_state ("wavespeed", INB_JOB_UNKNOWN, "maybe", "Not known whether it was charged");
  assert_state ("local", INB_JOB_RUNNING, "no", "Rendering");
  assert_state ("gone-provider", INB_JOB_RUNNING, "maybe", "Rendering at gone-provider");
}

static void
test_take_words_tell_what_became_of_the_money (void)
{
  assert_state ("fal", INB_JOB_FAILED_REMOTE, "no", "Failed at fal.ai, not charged");
  assert_state ("fal", INB_JOB_FAILED_REMOTE, "maybe", "Failed at fal.ai, may have been charged");
  assert_state ("fal", INB_JOB_EXPIRED, "yes", "Gone at fal.ai, charged");
  assert_state ("fal", INB_JOB_REJECTED, "no", "Refused, not charged");
  assert_state ("local", INB_JOB_FAILED_LOCAL, "no", "Failed, not charged");
}

static void
assert_price (const char *provider, InbJobState state, const char *charged, gint64 estimate,
              gint64 actual, const char *words)
{
  g_autoptr (InbJob) job = make (provider, state, charged, estimate, actual);
  g_autofree char *found = inb_take_words_dup_price (job);

  g_assert_cmpstr (found, ==, words);
}

static void
test_take_words_price_is_an_estimate_until_it_is_known (void)
{
  assert_price ("local", INB_JOB_DONE, "no", 0, -1, "free");
  assert_price ("wavespeed", INB_JOB_RUNNING, "maybe", 350000, -1, "$0.35 estimated");
  assert_price ("wavespeed", INB_JOB_DONE, "yes", 350000, -1, "$0.35 estimated");
  assert_price ("wavespeed", INB_JOB_DONE, "yes", 350000, 420000, "$0.42");
  assert_price ("wavespeed", INB_JOB_FAILED_REMOTE, "no", 350000, -1, "not charged");
  assert_price ("wavespeed", INB_JOB_FAILED_REMOTE, "no", 350000, 0, "not charged");
  assert_price ("novita", INB_JOB_RUNNING, "maybe", -1, -1, "price not published");
}

static void
test_take_words_are_spoken_in_one_breath (void)
{
  g_autoptr (InbJob) job = make ("wavespeed", INB_JOB_DONE, "yes", 350000, -1);
  InbJobFacts facts = *inb_job_get_facts (job);
  g_autofree char *done = inb_take_words_dup_spoken (job, NULL);
  g_autofree char *marked = NULL;

  g_assert_cmpstr (done, ==, "Take 3, Done, 5 seconds, WaveSpeedAI");
  facts.mark = 1;
  facts.charged = "yes";
  inb_job_set_facts (job, &facts);
  marked = inb_take_words_dup_spoken (job, NULL);
  g_assert_cmpstr (marked, ==, "Take 3, Accepted, 5 seconds, WaveSpeedAI");
}

static void
assert_remedy (const char *provider, InbJobState state, guint remedy)
{
  g_autoptr (InbJob) job = make (provider, state, "no", 350000, -1);

  g_assert_cmphex (inb_remedy_find (job, 10), ==, remedy);
}

static void
test_remedy_for_each_state (void)
{
  assert_remedy ("local", INB_JOB_RUNNING, INB_REMEDY_CANCEL);
  assert_remedy ("local", INB_JOB_VERIFYING, INB_REMEDY_CANCEL);
  assert_remedy ("local", INB_JOB_DONE, INB_REMEDY_DELETE);
  assert_remedy ("local", INB_JOB_FAILED_LOCAL, INB_REMEDY_RETRY | INB_REMEDY_DELETE);
  assert_remedy ("local", INB_JOB_CANCELLED_UNSENT, INB_REMEDY_ORDER | INB_REMEDY_DELETE);
  assert_remedy ("fal", INB_JOB_QUEUED, INB_REMEDY_CANCEL);
  assert_remedy ("fal", INB_JOB_SUBMITTING, INB_REMEDY_NONE);
  assert_remedy ("fal", INB_JOB_DOWNLOADING, INB_REMEDY_NONE);
  assert_remedy ("fal", INB_JOB_CANCELLING, INB_REMEDY_NONE);
  assert_remedy ("fal", INB_JOB_REJECTED, INB_REMEDY_ORDER | INB_REMEDY_DELETE);
  assert_remedy ("fal", INB_JOB_UNKNOWN, INB_REMEDY_ASK | INB_REMEDY_GIVE_UP | INB_REMEDY_RESEND);
}

static void
test_remedy_before_it_is_sent_costs_nothing (void)
{
  g_autoptr (InbJob) job = make ("fal", INB_JOB_READY, "no", 350000, -1);
  InbJobFacts facts = *inb_job_get_facts (job);

  facts.charged = "no";
  facts.hold_us = 3000;
  inb_job_set_facts (job, &facts);
  g_assert_cmphex (inb_remedy_find (job, 2999), ==, INB_REMEDY_UNDO);
  g_assert_cmphex (inb_remedy_find (job, 3000), ==, INB_REMEDY_CANCEL);
  g_assert_false (inb_remedy_may_be_charged (job));
  facts.charged = "no";
  facts.paused = TRUE;
  inb_job_set_facts (job, &facts);
  g_assert_cmphex (inb_remedy_find (job, 2999), ==, INB_REMEDY_RESUME | INB_REMEDY_CANCEL);
  facts.charged = "no";
  facts.deleted = TRUE;
  inb_job_set_facts (job, &facts);
  g_assert_cmphex (inb_remedy_find (job, 2999), ==, INB_REMEDY_RESTORE);
}

static void
test_remedy_costs_what_the_price_list_says (void)
{
  g_autoptr (InbJob) paid = make ("wavespeed", INB_JOB_REJECTED, "no", 1, -1);
  g_autoptr (InbJob) unpublished = make ("novita", INB_JOB_REJECTED, "no", 1, -1);
  g_autoptr (InbJob) local = make ("local", INB_JOB_FAILED_LOCAL, "no", 0, -1);
  g_autoptr (InbJob) gone = make ("gone-provider", INB_JOB_REJECTED, "no", 70000, -1);

  g_assert_cmpint (inb_remedy_get_cost (paid), ==, 350000);
  g_assert_cmpint (inb_remedy_get_cost (unpublished), ==, INB_MICROS_UNKNOWN);
  g_assert_cmpint (inb_remedy_get_cost (local), ==, 0);
  g_assert_cmpint (inb_remedy_get_cost (gone), ==, 70000);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/take-words/service", test_take_words_name_the_service);
  g_test_add_func ("/take-words/money", test_take_words_tell_what_became_of_the_money);
  g_test_add_func ("/take-words/price", test_take_words_price_is_an_estimate_until_it_is_known);
  g_test_add_func ("/take-words/spoken", test_take_words_are_spoken_in_one_breath);
  g_test_add_func ("/remedy/states", test_remedy_for_each_state);
  g_test_add_func ("/remedy/unsent", test_remedy_before_it_is_sent_costs_nothing);
  g_test_add_func ("/remedy/cost", test_remedy_costs_what_the_price_list_says);
  return g_test_run ();
}
