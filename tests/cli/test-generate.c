/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-tools.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

static void
assert_file (const char *name)
{
  g_autofree char *path = cli_tools_path (name);

  g_test_message ("%s", path);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_prints_where_the_clip_is_and_how_the_prompt_was_read (void)
{
  g_auto (CliRun) run = { 0 };
  g_autofree char *path = NULL;

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in, mist", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.err, ==, "  “push in”: push\n  ignored: mist\n");
  path = g_strndup (run.out, strlen (run.out) - 1);
  g_assert_true (g_str_has_prefix (path, cli_tools_get_home ()));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (cli_tools_count ("inbetween/tmp"), ==, 0);
}

static void
test_json_is_one_document (void)
{
  static const char *const members[] = { "id",    "product", "state",        "provider",
                                         "model", "clip",    "remote_id",    "sha256",
                                         "width", "height",  "duration_s",   "estimate_micros",
                                         "error", "take",    "actual_micros" };
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;
  JsonObject *job;

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--takes", "2", "--duration",
                 "10", "--framing", "9:16", "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  root = cli_tools_read_json (&run);
  g_assert_cmpuint (json_array_get_length (inb_json_get_array (root, "jobs")), ==, 2);
  job = cli_tools_get_job (root, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (job, members[i]));
  g_assert_cmpstr (inb_json_get_string (job, "state"), ==, "DONE");
  g_assert_cmpstr (inb_json_get_string (job, "product"), ==, "mug");
  g_assert_cmpstr (inb_json_get_string (job, "provider"), ==, "local");
  g_assert_cmpint (inb_json_get_int (job, "take", 0), ==, 2);
  g_assert_cmpint (inb_json_get_int (job, "width", 0), ==, 1080);
  g_assert_cmpint (inb_json_get_int (job, "height", 0), ==, 1920);
  g_assert_cmpfloat (inb_json_get_double (job, "duration_s", 0.0), ==, 10.0);
  g_assert_cmpint (inb_json_get_int (job, "estimate_micros", -1), ==, 0);
  g_assert_cmpint (inb_json_get_int (job, "actual_micros", -1), ==, 0);
  g_assert_true (json_object_get_null_member (job, "error"));
}

static void
test_output_is_a_file (void)
{
  g_auto (CliRun) run = { 0 };

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--output", "out.mp4", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.out, ==, "out.mp4\n");
  assert_file ("out.mp4");
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--output", "out.mp4", NULL);
  g_assert_cmpint (run.status, ==, 2); /* before any work */
  g_assert_nonnull (strstr (run.err, "out.mp4"));
  g_assert_cmpuint (cli_tools_count ("inbetween/clips"), ==, 2);
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--output", "many.mp4",
                 "--takes", "2", NULL);
  g_assert_cmpint (run.status, ==, 0);
  assert_file ("many-1.mp4");
  assert_file ("many-2.mp4");
}

static void
test_output_is_a_folder (void)
{
  g_auto (CliRun) run = { 0 };
  g_autofree char *folder = NULL;

  cli_tools_begin ();
  folder = cli_tools_path ("out");
  g_assert_cmpint (mkdir (folder, 0700), ==, 0);
  cli_tools_put ("out/Red: mug-1.mp4", "somebody else's");
  cli_tools_put ("out/Red- mug-1.mp4", "mine from before");
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--product", "Red: mug",
                 "--output", "out/", "--takes", "2", NULL);
  g_assert_cmpint (run.status, ==, 0);
  assert_file ("out/Red- mug-1-2.mp4");
  assert_file ("out/Red- mug-2.mp4");
}

static void
test_output_that_cannot_be_is_refused_before_any_work (void)
{
  static const char *const outputs[][2] = {
    { "nowhere/out.mp4", "nowhere" },
    { "nowhere/deep/", "nowhere" },
    { "out.gif", ".mp4" },
    { "out", ".mp4" },
    { "out.webm", ".mp4" },
  };
  g_auto (CliRun) run = { 0 };

  cli_tools_begin ();
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--output", outputs[i][0],
                     NULL);
      g_test_message ("%s", run.err);
      g_assert_cmpint (run.status, ==, 2);
      g_assert_nonnull (strstr (run.err, outputs[i][1]));
    }
  g_assert_cmpuint (cli_tools_count ("inbetween"), ==, 0);
}

/* what is added to "generate mug.jpg --prompt x", and a word that must be in the one sentence */
static const char *const wrong_uses[][3] = {
  { "--duration", "7", "not 7" },
  { "--duration", "five", "5 or 10" },
  { "--duration", "-5", "5 or 10" },
  { "--takes", "0", "not 0" },
  { "--takes", "5", "not 5" },
  { "--takes", "99999999999999999999", "1 to 4" },
  { "--framing", "4:3", "16:9" },
  { "--fit", "stretch", "extend" },
  { "--focus", "2,0", "0 to 1" },
  { "--resolution", "4k", "1080p" },
  { "--seed", "-1", "4294967295" },
  { "--seed", "4294967296", "4294967295" },
  { "--guidance", "2", "0 to 1" },
  { "--guidance", "nan", "0 to 1" },
  { "--guidance", "0.5", "--guidance" },
  { "--negative", "blur", "--negative" },
  { "--provider", "nosuch", "local" },
  { "--provider", "local,nosuch", "nosuch" },
  { "--provider", "local,local", "alone" },
  { "--provider", "wavespeed,local", "alone" },
  { "--provider", "wavespeed,", "Choose" },
  { "--model", "nosuch", "camera" },
  { "--max-cost", "cheap", "dollars" },
  { "--product", "", "1 to 255" },
  { "--prompt", "", "empty" },
  { "--prompt", " \t ", "empty" },
  { "--prompt", "push \xff", "UTF-8" },
  { "--last", "missing.jpg", "missing.jpg" },
  { "--last", "http://example.org/a.jpg", "https" },
  { "--last", "https://127.0.0.1/a.jpg", "127.0.0.1" },
  { "--last", "https://user:word@example.org/a.jpg", "Internet" },
  { "--colour", "red", "--help" },
  { "another.jpg", "--json", "--last" },
};

static void
test_a_wrong_use_is_one_sentence (gconstpointer data)
{
  const char *const *use = data;
  g_auto (CliRun) run = { 0 };

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", use[0], use[1], NULL);
  g_test_message ("%s", run.err);
  g_assert_cmpint (run.status, ==, 2);
  g_assert_nonnull (strstr (run.err, use[2]));
  g_assert_cmpuint (strlen (run.err) - 1, ==, (gsize) (strchr (run.err, '\n') - run.err));
  if (!g_str_equal (use[0], "--last"))
    g_assert_cmpuint (cli_tools_count ("inbetween"), ==, 0); /* nothing was kept or written */
}

static void
test_what_fails_is_told_with_its_class (void)
{
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;
  JsonObject *error;

  cli_tools_begin ();
  cli_tools_put ("letter.jpg", "GIF89a    bad: damaged");
  cli_tools_run (&run, "generate", "letter.jpg", "--prompt", "push in", "--json", NULL);
  g_assert_cmpint (run.status, ==, 2);
  root = cli_tools_read_json (&run);
  g_assert_cmpstr (inb_json_get_string (cli_tools_get_job (root, 0), "state"), ==, "FAILED_LOCAL");
  error = inb_json_get_object (cli_tools_get_job (root, 0), "error");
  g_assert_cmpstr (inb_json_get_string (error, "class"), ==, "photo");
  g_assert_cmpstr (inb_json_get_string (error, "charged"), ==, "no");
  g_assert_nonnull (strstr (run.err, "letter.jpg"));

  cli_tools_order ("render:crash");
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", NULL);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.err, "signal 9"));
}

static void
test_json_of_a_wrong_use (void)
{
  g_auto (CliRun) run = { 0 };
  g_autoptr (JsonObject) root = NULL;

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "x", "--json", "--takes", "9", NULL);
  g_assert_cmpint (run.status, ==, 2);
  root = cli_tools_read_json (&run);
  g_assert_cmpstr (inb_json_get_string (inb_json_get_object (root, "error"), "class"), ==, "input");
}

static void
test_interrupt_cancels (void)
{
  g_auto (CliRun) run = { 0 };
  GSubprocess *process;

  cli_tools_begin ();
  cli_tools_order ("render:hang");
  process = cli_tools_start ("generate", "mug.jpg", "--prompt", "push in", "--takes", "2", "--json",
                             NULL);
  cli_tools_wait_for_file ("inbetween/tmp", "job-clip");
  g_subprocess_send_signal (process, SIGINT);
  cli_tools_end (process, &run);
  g_assert_cmpint (run.status, ==, 130);
  g_assert_nonnull (strstr (run.out, "CANCELLED_UNSENT"));
  g_assert_null (strstr (run.out, "FAILED"));
  g_assert_cmpuint (cli_tools_count ("inbetween/tmp"), ==, 0);
  g_assert_cmpuint (cli_tools_count ("inbetween/clips"), ==, 0);
}

static void
test_terminate_keeps_the_job (void)
{
  g_auto (CliRun) run = { 0 };
  GSubprocess *process;

  cli_tools_begin ();
  cli_tools_order ("render:hang");
  process = cli_tools_start ("generate", "mug.jpg", "--prompt", "push in", NULL);
  cli_tools_wait_for_file ("inbetween/tmp", "job-clip");
  g_subprocess_send_signal (process, SIGTERM);
  cli_tools_end (process, &run);
  g_assert_cmpint (run.status, ==, 130);
  g_assert_nonnull (strstr (run.err, "jobs resume"));
  cli_tools_order (NULL);
  cli_tools_run (&run, "jobs", "resume", "--wait", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "DONE"));
}

static void
wait_for_jobs (guint n_jobs)
{
  guint n_found = 0;

  while (n_found < n_jobs)
    {
      g_auto (CliRun) run = { 0 };
      g_autoptr (JsonObject) root = NULL;

      cli_tools_run (&run, "jobs", "--json", NULL);
      root = cli_tools_read_json (&run);
      n_found = json_array_get_length (inb_json_get_array (root, "jobs"));
    }
}

static void
test_two_at_once_on_one_data_folder (void)
{
  g_auto (CliRun) first = { 0 };
  g_auto (CliRun) second = { 0 };
  GSubprocess *one, *other;

  cli_tools_begin ();
  cli_tools_order ("render:hang");
  one = cli_tools_start ("generate", "mug.jpg", "--prompt", "push in", NULL);
  cli_tools_wait_for_file ("inbetween/tmp", "job-clip");
  cli_tools_put ("shoe.jpg", "GIF89a    another photo");
  other = cli_tools_start ("generate", "shoe.jpg", "--prompt", "pull out", NULL);
  wait_for_jobs (2);
  cli_tools_order (NULL);
  g_subprocess_send_signal (one, SIGINT); /* the first is cancelled and ends; the second goes on */
  cli_tools_end (one, &first);
  cli_tools_end (other, &second);
  g_assert_cmpint (first.status, ==, 130);
  g_assert_cmpint (second.status, ==, 0);
  g_assert_cmpuint (cli_tools_count ("inbetween/clips"), ==, 2);
  g_assert_cmpuint (cli_tools_count ("inbetween/tmp"), ==, 0);
}

static void
test_a_killed_one_hands_its_turn_on (void)
{
  g_auto (CliRun) first = { 0 };
  g_auto (CliRun) second = { 0 };
  GSubprocess *one, *other;

  cli_tools_begin ();
  cli_tools_order ("render:hang");
  one = cli_tools_start ("generate", "mug.jpg", "--prompt", "push in", NULL);
  cli_tools_wait_for_file ("inbetween/tmp", "job-clip");
  other = cli_tools_start ("jobs", "resume", "--wait", "--json", NULL);
  cli_tools_order (NULL);
  g_subprocess_force_exit (one);
  cli_tools_end (one, &first);
  cli_tools_end (other, &second);
  g_assert_cmpint (first.status, ==, -SIGKILL);
  g_assert_cmpint (second.status, ==, 0);
  g_assert_nonnull (strstr (second.out, "DONE"));
  g_assert_cmpuint (cli_tools_count ("inbetween/clips"), ==, 2);
}

static void
test_detached_jobs_are_run_by_somebody (void)
{
  g_auto (CliRun) run = { 0 };
  g_autofree char *id = NULL;

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--detach", NULL);
  g_assert_cmpint (run.status, ==, 0);
  id = g_strndup (run.out, 36);
  cli_tools_run (&run, "jobs", "resume", "--wait", id, NULL);
  g_test_message ("%s%s", run.out, run.err);
  g_assert_true (run.status == 0 || strstr (run.err, "at rest") != NULL);
  cli_tools_run (&run, "jobs", "show", id, NULL);
  g_assert_nonnull (strstr (run.out, "DONE"));
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "x", "--detach", "--output", "x.mp4",
                 NULL);
  g_assert_cmpint (run.status, ==, 2);
}

static void
test_a_cap_is_kept (void)
{
  g_auto (CliRun) run = { 0 };

  cli_tools_begin ();
  cli_tools_run (&run, "generate", "mug.jpg", "--prompt", "push in", "--max-cost", "0.00", NULL);
  g_assert_cmpint (run.status, ==, 0); /* the local engine is free */
}

int
main (int argc, char **argv)
{
  cli_tools_init (&argc, &argv);
  g_test_add_func ("/generate/prints-where-the-clip-is-and-how-the-prompt-was-read",
                   test_prints_where_the_clip_is_and_how_the_prompt_was_read);
  g_test_add_func ("/generate/json-is-one-document", test_json_is_one_document);
  g_test_add_func ("/generate/output-is-a-file", test_output_is_a_file);
  g_test_add_func ("/generate/output-is-a-folder", test_output_is_a_folder);
  g_test_add_func ("/generate/output-that-cannot-be-is-refused-before-any-work",
                   test_output_that_cannot_be_is_refused_before_any_work);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_uses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/generate/a-wrong-use-is-one-sentence/%u-%s",
                                               (guint) i, wrong_uses[i][0]);

      g_test_add_data_func (path, wrong_uses[i], test_a_wrong_use_is_one_sentence);
    }
  g_test_add_func ("/generate/what-fails-is-told-with-its-class",
                   test_what_fails_is_told_with_its_class);
  g_test_add_func ("/generate/json-of-a-wrong-use", test_json_of_a_wrong_use);
  g_test_add_func ("/generate/interrupt-cancels", test_interrupt_cancels);
  g_test_add_func ("/generate/terminate-keeps-the-job", test_terminate_keeps_the_job);
  g_test_add_func ("/generate/two-at-once-on-one-data-folder", test_two_at_once_on_one_data_folder);
  g_test_add_func ("/generate/a-killed-one-hands-its-turn-on", test_a_killed_one_hands_its_turn_on);
  g_test_add_func ("/generate/detached-jobs-are-run-by-somebody",
                   test_detached_jobs_are_run_by_somebody);
  g_test_add_func ("/generate/a-cap-is-kept", test_a_cap_is_kept);
  return cli_tools_run_tests ();
}
