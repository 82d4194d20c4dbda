/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-tools.h"

#include <glib/gstdio.h>
#include <string.h>

/* One finished job, and one that failed; returns the id of the last. */
static char *
make_two_jobs (void)
{
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--product", "=mug", NULL);
  g_assert_cmpint (run.status, ==, 0);
  cli_tools_order ("render:crash");
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "pull out", "--json", NULL);
  cli_tools_order (NULL);
  root = cli_tools_read_json (&run);
  return g_strdup (inb_json_get_string (cli_tools_get_job (root, 0), "id"));
}

static void
test_list_is_newest_first (void)
{
  g_autofree char *id = make_two_jobs ();
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;

  cli_tools_run (&run, "jobs", "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  root = cli_tools_read_json (&run);
  g_assert_cmpstr (inb_json_get_string (cli_tools_get_job (root, 0), "id"), ==, id);
  g_assert_cmpstr (inb_json_get_string (cli_tools_get_job (root, 1), "state"), ==, "DONE");
  cli_tools_run (&run, "jobs", "list", NULL);
  g_assert_nonnull (strstr (run.out, "FAILED_LOCAL"));
  g_assert_nonnull (strstr (run.out, "pull out"));
}

static void
test_show_by_the_first_characters (void)
{
  g_autofree char *id = make_two_jobs ();
  g_autofree char *prefix = g_strndup (id, 13);
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;

  cli_tools_run (&run, "jobs", "show", prefix, "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  root = cli_tools_read_json (&run);
  g_assert_cmpstr (inb_json_get_string (inb_json_get_object (root, "request"), "prompt"), ==,
                   "pull out");
  cli_tools_run (&run, "jobs", "show", "nosuch", NULL);
  g_assert_cmpint (run.status, ==, 2);
}

static void
test_resume_tries_a_failed_one_again (void)
{
  g_autofree char *id = make_two_jobs ();
  g_auto (CliRun) run = { 0 };

  cli_tools_run (&run, "jobs", "resume", "--wait", NULL);
  g_assert_cmpint (run.status, ==, 0); /* a failed one is not tried again without being named */
  g_assert_cmpstr (run.out, ==, "");
  cli_tools_run (&run, "jobs", "resume", id, "--wait", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "DONE"));
  cli_tools_run (&run, "jobs", "resume", id, "--wait", NULL);
  g_assert_cmpint (run.status, ==, 2);
  g_assert_nonnull (strstr (run.err, "at rest"));
}

static void
test_cancel_of_a_job_that_another_one_runs (void)
{
  g_auto (CliRun) run = { 0 };
  g_auto (CliRun) generated = { 0 };
  g_autoptr (JsonObject) root = NULL;
  GSubprocess *process;

  cli_tools_begin ();
  cli_tools_order ("render:hang");
  process = cli_tools_start ("generate", "mug.jpg", "--prompt", "push in", NULL);
  cli_tools_wait_for_file ("inbetween/tmp", "job-clip");
  cli_tools_run (&run, "jobs", "--json", NULL);
  root = cli_tools_read_json (&run);
  g_assert_cmpstr (inb_json_get_string (cli_tools_get_job (root, 0), "state"), ==, "RUNNING");
  cli_tools_run (&run, "jobs", "cancel", inb_json_get_string (cli_tools_get_job (root, 0), "id"),
                 NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "CANCELLED_UNSENT"));
  cli_tools_end (process, &generated);
  g_assert_cmpint (generated.status, ==, 130);
  g_assert_cmpuint (cli_tools_count ("inbetween/tmp"), ==, 0);
}

static void
test_ledger_is_a_line_a_job (void)
{
  g_autofree char *id = make_two_jobs ();
  g_auto (CliRun) run = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonObject) root = NULL;

  cli_tools_run (&run, "jobs", "ledger", "--csv", NULL);
  lines = g_strsplit (run.out, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);   /* head, two jobs, the end */
  g_assert_nonnull (strstr (lines[1], "\"'=mug\"")); /* no formula for a spreadsheet */
  g_assert_nonnull (strstr (lines[1], ",0,0,\"no\""));
  g_assert_nonnull (strstr (lines[2], id));
  cli_tools_run (&run, "jobs", "ledger", NULL);
  g_assert_nonnull (strstr (run.out, "$0.00"));
  cli_tools_run (&run, "jobs", "ledger", "--json", NULL);
  root = cli_tools_read_json (&run);
  g_assert_cmpint (inb_json_get_int (root, "actual_micros", -1), ==, 0);
}

static void
test_wrong_uses_are_told (void)
{
  static const char *const uses[][2] = {
    { "show", NULL },  { "cancel", NULL }, { "dance", NULL }, { "list", "x" },
    { "ledger", "x" }, { "resolve", "x" }, { "cancel", "x" }, { "resume", "x" },
  };
  g_auto (CliRun) run = { 0 };

  cli_tools_begin ();
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      cli_tools_run (&run, "jobs", uses[i][0], uses[i][1], NULL);
      g_test_message ("%s", run.err);
      g_assert_cmpint (run.status, ==, 2);
      g_assert_cmpstr (run.out, ==, "");
      g_assert_cmpuint (strlen (run.err), >, 30);
    }
}

static void
test_providers_are_listed (void)
{
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;

  cli_tools_begin ();
  cli_tools_run (&run, "providers", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "local"));
  g_assert_nonnull (strstr (run.out, "free"));
  cli_tools_run (&run, "providers", "show", "local", NULL);
  g_assert_nonnull (strstr (run.out, "last_frame: Yes"));
  cli_tools_run (&run, "providers", "--json", NULL);
  root = cli_tools_read_json (&run);
  g_assert_cmpuint (json_array_get_length (inb_json_get_array (root, "providers")), >=, 1);
  cli_tools_run (&run, "providers", "check", "local", NULL);
  g_assert_cmpint (run.status, ==, 0);
  cli_tools_run (&run, "providers", "check", "nosuch", NULL);
  g_assert_cmpint (run.status, ==, 2);
  cli_tools_run (&run, "providers", "show", NULL);
  g_assert_cmpint (run.status, ==, 2);
}

/* A file that a person adds is there at the next start, one that is faulty is told of, and both are
 * gone with the file. */
static void
test_an_own_provider_is_added_and_removed (void)
{
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL, shown = NULL;
  g_autofree char *folder = NULL, *path = NULL, *from = NULL, *text = NULL;
  JsonArray *providers;

  cli_tools_begin ();
  folder = cli_tools_path ("inbetween/providers");
  path = cli_tools_path ("inbetween/providers/acme.json");
  from = g_build_filename (g_getenv ("INB_TEST_PROVIDER_FILES"), "acme.json", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  cli_tools_put ("inbetween/providers/kling.json", text);
  cli_tools_run (&run, "providers", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "acme  "));
  g_assert_nonnull (strstr (run.out, "unverified"));
  g_assert_nonnull (strstr (run.out, "$0.10 / $0.20"));
  g_assert_nonnull (strstr (run.err, "kling.json"));
  cli_tools_run (&run, "providers", "--json", NULL);
  root = cli_tools_read_json (&run);
  providers = inb_json_get_array (root, "providers");
  g_assert_cmpuint (json_array_get_length (providers), ==, 10);
  g_assert_cmpuint (json_array_get_length (inb_json_get_array (root, "faults")), ==, 1);
  cli_tools_run (&run, "providers", "show", "acme", NULL);
  g_assert_nonnull (strstr (run.out, "unverified"));
  g_assert_nonnull (strstr (run.out, "api.acme.example"));
  g_assert_null (strstr (run.out, "environment"));
  cli_tools_run (&run, "providers", "show", "acme", "--json", NULL);
  shown = cli_tools_read_json (&run);
  g_assert_false (inb_json_get_boolean (shown, "verified", TRUE));
  g_assert_cmpint (g_remove (path), ==, 0);
  cli_tools_run (&run, "providers", "show", "acme", NULL);
  g_assert_cmpint (run.status, ==, 2);
}

static void
test_a_provider_is_shown_whole (void)
{
  g_auto (CliRun) run = { 0 };
  static const char *const words[] = { "$0.35",
                                       "$0.70",
                                       "last_frame: Yes",
                                       "guidance: No",
                                       "30 days",
                                       "720p",
                                       "KLINGAI_ACCESS_KEY",
                                       "Access key + Secret key",
                                       "api-singapore.klingai.com" };

  cli_tools_begin ();
  cli_tools_run (&run, "providers", "show", "kling", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (run.out, words[i]));
}

static void
test_a_damaged_database_is_left_as_it_is (void)
{
  g_auto (CliRun) run = { 0 };
  g_autofree char *id = make_two_jobs ();
  g_autofree char *path = cli_tools_path ("inbetween/inbetween.db");
  g_autofree char *garbage = g_strnfill (9000, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (path, garbage, -1, NULL));
  cli_tools_run (&run, "jobs", NULL);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.err, path));
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", NULL);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, garbage);
}

int
main (int argc, char **argv)
{
  cli_tools_init (&argc, &argv);
  g_test_add_func ("/jobs/list-is-newest-first", test_list_is_newest_first);
  g_test_add_func ("/jobs/show-by-the-first-characters", test_show_by_the_first_characters);
  g_test_add_func ("/jobs/resume-tries-a-failed-one-again", test_resume_tries_a_failed_one_again);
  g_test_add_func ("/jobs/cancel-of-a-job-that-another-one-runs",
                   test_cancel_of_a_job_that_another_one_runs);
  g_test_add_func ("/jobs/ledger-is-a-line-a-job", test_ledger_is_a_line_a_job);
  g_test_add_func ("/jobs/wrong-uses-are-told", test_wrong_uses_are_told);
  g_test_add_func ("/jobs/a-damaged-database-is-left-as-it-is",
                   test_a_damaged_database_is_left_as_it_is);
  g_test_add_func ("/providers/are-listed", test_providers_are_listed);
  g_test_add_func ("/providers/an-own-one-is-added-and-removed",
                   test_an_own_provider_is_added_and_removed);
  g_test_add_func ("/providers/one-is-shown-whole", test_a_provider_is_shown_whole);
  return cli_tools_run_tests ();
}
