/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs-tools.h"

#include "jobs/inb-consent.h"
#include "jobs/inb-recovery.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"

/* A data folder with one paid job that was not sent */
typedef struct
{
  char *root;
  InbStore *store;
  char *id;
  InbConsent *consent;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  InbTerms terms = { .estimate_micros = 350000, .reserve_micros = 350000, .key_source = "session" };

  self->root = jobs_tools_make_root ();
  g_assert_true (inb_paths_make (self->root, &error));
  request = jobs_tools_make_request (self->root);
  g_free (request->provider);
  request->provider = g_strdup ("novita");
  self->store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  ids = inb_store_add (self->store, request, NULL, "mug", &terms, &error);
  g_assert_no_error (error);
  self->id = g_strdup (g_ptr_array_index (ids, 0));
  self->consent = inb_consent_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->store, inb_store_close);
  inb_consent_unref (self->consent);
  jobs_tools_remove (self->root);
  g_free (self->id);
}

static gboolean
is_paused_after_recovery (Fixture *self)
{
  g_autoptr (InbRow) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_recovery_run (self->store, self->consent, &error));
  g_assert_no_error (error);
  row = inb_store_get (self->store, self->id, &error);
  g_assert_no_error (error);
  return inb_job_get_facts (row->job)->paused;
}

static void
test_what_an_earlier_run_left_is_paused (Fixture *self, gconstpointer data)
{
  g_assert_true (is_paused_after_recovery (self));
}

static void
test_what_this_run_was_asked_for_goes_on (Fixture *self, gconstpointer data)
{
  inb_consent_give (self->consent, self->id);
  g_assert_false (is_paused_after_recovery (self));
}

static void
test_consent_to_one_job_is_none_to_another (Fixture *self, gconstpointer data)
{
  inb_consent_give (self->consent, "another");
  g_assert_true (is_paused_after_recovery (self));
}

static gpointer
ask_in_thread (gpointer data)
{
  Fixture *self = data;

  return GINT_TO_POINTER (inb_consent_has (self->consent, self->id));
}

static void
test_a_row_is_not_judged_before_its_consent_is_given (Fixture *self, gconstpointer data)
{
  GThread *judge;

  inb_consent_begin (self->consent);
  judge = g_thread_new ("judge", ask_in_thread, self);
  inb_consent_give (self->consent, self->id);
  inb_consent_end (self->consent);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (judge)));
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "/consent/what-an-earlier-run-left-is-paused", test_what_an_earlier_run_left_is_paused },
    { "/consent/what-this-run-was-asked-for-goes-on", test_what_this_run_was_asked_for_goes_on },
    { "/consent/consent-to-one-job-is-none-to-another",
      test_consent_to_one_job_is_none_to_another },
    { "/consent/a-row-is-not-judged-before-its-consent-is-given",
      test_a_row_is_not_judged_before_its_consent_is_given },
  };

  jobs_tools_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
  return jobs_tools_run ();
}
