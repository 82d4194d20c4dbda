/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keyring-tools.h"
#include "net/inb-json.h"

#define CANARY KEYRING_TOOLS_CANARY
#define NOBODY 65534
#define SECOND_US G_USEC_PER_SEC

/* What came of one command */
typedef struct
{
  int status;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *self)
{
  g_free (self->out);
  g_free (self->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static const char *const variables[] = { "WAVESPEED_API_KEY", "NOVITA_API_KEY",
                                         "INBETWEEN_BASE_URL_WAVESPEED" };

static GSubprocess *stand_in;
static gboolean talkative; /* whether a command prints all it has for those who look for faults */
static gboolean forgiving; /* whether a command goes on after a warning */

static void
begin (void (*world) (void))
{
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  world ();
}

static void
run (Run *self, const char *input, const char *arguments)
{
  g_autofree char *line = g_strconcat (g_getenv ("INB_TEST_CLI"), " ", arguments, NULL);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (talkative)
    g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  if (forgiving)
    g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  self->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                      : -g_subprocess_get_term_sig (process);
  g_assert_null (strstr (self->out, "canary"));
  g_assert_null (strstr (self->err, "canary"));
}

static void
expect (const char *input, const char *arguments, int status, const char *word)
{
  g_auto (Run) result = { 0 };

  run (&result, input, arguments);
  if (result.status != status || strstr (result.out, word) == NULL)
    if (result.status != status || strstr (result.err, word) == NULL)
      g_error ("“%s” gave %d instead of %d, or says nothing of “%s”: %s%s", arguments,
               result.status, status, word, result.out, result.err);
}

/* source: where "keys status" says that wavespeed's key is */
static void
expect_source (const char *source)
{
  g_auto (Run) result = { 0 };
  g_autoptr (JsonNode) root = NULL;
  JsonArray *keys;
  gboolean found = FALSE;

  run (&result, "", "keys status --json");
  g_assert_cmpint (result.status, ==, 0);
  root = json_from_string (result.out, NULL);
  keys = json_object_get_array_member (json_node_get_object (root), "keys");
  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonObject *key = json_array_get_object_element (keys, i);

      if (!g_str_equal (json_object_get_string_member (key, "id"), "wavespeed"))
        continue;
      found = TRUE;
      g_assert_cmpstr (json_object_get_string_member (key, "credential"), ==, "api_key");
      g_assert_cmpstr (json_object_get_string_member (key, "source"), ==, source);
    }
  g_assert_true (found);
  g_assert_cmpstr (result.err, ==, "");
}

static gboolean
begin_with_daemon (void)
{
  if (!keyring_tools_has_daemon ())
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return FALSE;
    }
  begin (keyring_tools_begin_bus);
  keyring_tools_start_daemon ();
  return TRUE;
}

static void
test_a_key_is_set_seen_and_cleared (void)
{
  if (!begin_with_daemon ())
    return;
  expect_source ("none");
  expect (CANARY "\n", "keys set wavespeed", 0, "Inbetween: WaveSpeedAI, API key");
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 1);
  expect_source ("keyring");
  expect (CANARY "2\r\n", "keys set wavespeed --json", 0, "\"keyring\"");
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 1);
  keyring_tools_lock ();
  expect ("", "keys status", 0, "locked");
  expect ("", "keys clear wavespeed", 2, "Unlock");
  keyring_tools_stop_daemon ();
  keyring_tools_start_daemon ();
  g_setenv ("WAVESPEED_API_KEY", CANARY, TRUE);
  expect ("", "keys clear wavespeed", 0, "WAVESPEED_API_KEY");
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 0);
  expect_source ("environment");
  expect (CANARY, "keys set kling --credential secret_key", 0, "Secret key");
  expect ("", "keys clear kling --json", 0, "\"cleared\"");
  g_assert_cmpuint (keyring_tools_count_items ("kling"), ==, 0);
  keyring_tools_end ();
}

static void
test_what_cannot_be_a_key_is_refused (void)
{
  g_autofree char *long_key = g_strnfill (5000, 'k');

  begin (keyring_tools_begin_without_bus);
  expect ("", "keys set wavespeed", 2, "No key came");
  expect ("\n", "keys set wavespeed", 2, "No key came");
  expect ("canary one\n", "keys set wavespeed", 2, "cannot be a key");
  expect ("canary-1\ncanary-2\n", "keys set wavespeed", 2, "cannot be a key");
  expect ("canary-1\n\n", "keys set wavespeed", 2, "cannot be a key");
  expect ("canary", "keys set wavespeed", 2, "cannot be a key");
  expect (long_key, "keys set wavespeed", 2, "cannot be a key");
  expect (CANARY, "keys set nobody", 2, "nobody");
  expect (CANARY, "keys set local", 2, "needs no key");
  expect ("", "keys clear local", 2, "needs no key");
  expect (CANARY, "keys set wavespeed --credential password", 2, "api_key");
  expect (CANARY, "keys set", 2, "set ID");
  expect (CANARY, "keys set wavespeed surplus", 2, "set ID");
  keyring_tools_end ();
}

static void
test_without_a_keyring_a_key_is_not_said_to_be_kept (void)
{
  begin (keyring_tools_begin_without_bus);
  expect (CANARY, "keys set wavespeed", 1, "WAVESPEED_API_KEY");
  expect (CANARY, "keys set wavespeed --json", 1, "\"none\"");
  expect_source ("none");
  expect ("", "keys clear wavespeed", 0, "no key is kept");
  keyring_tools_end ();
}

static const KeyringLie nonsense[] = {
  { "OpenSession", "(vo)", "(<42>, objectpath '/')", NULL },
  { "SearchItems", "(aoao)", "([objectpath '/'], @ao [])", NULL },
  { "GetAll", "(a{sv})", "(@a{sv} {},)", NULL },
  { "CreateItem", "(s)", "('x',)", NULL },
  { "ReadAlias", "(s)", "('x',)", NULL },
  { NULL, NULL, NULL, NULL },
};

static void
test_a_keyring_that_lies_leaves_no_noise (void)
{
  g_auto (Run) status = { 0 };
  g_auto (Run) set = { 0 };

  begin (keyring_tools_begin_bus);
  keyring_tools_start_fake (nonsense);
  forgiving = TRUE;
  run (&status, "", "keys status");
  run (&set, CANARY, "keys set wavespeed");
  forgiving = FALSE;
  g_assert_cmpint (status.status, ==, 0);
  g_assert_cmpstr (status.err, ==, "");
  g_assert_cmpint (set.status, ==, 1);
  g_assert_nonnull (strstr (set.err, "WAVESPEED_API_KEY"));
  g_assert_null (strstr (set.err, "libsecret"));
  g_assert_cmpuint (keyring_tools_count_calls (), >, 0);
  keyring_tools_end ();
}

static void
start_service (void)
{
  g_autofree char *file = g_build_filename (keyring_tools_get_home (), "port", NULL);
  g_autofree char *port = NULL;
  g_autofree char *home = NULL;
  gint64 until_us = g_get_monotonic_time () + 20 * SECOND_US;

  stand_in = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("INB_STAND_IN"),
                               "--port-file", file, "--die-with-parent", NULL);
  g_assert_nonnull (stand_in);
  while (!g_file_get_contents (file, &port, NULL, NULL))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      g_thread_yield ();
    }
  home = g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
  g_setenv ("INBETWEEN_BASE_URL_WAVESPEED", home, TRUE);
}

static void
stop_service (void)
{
  g_subprocess_force_exit (stand_in);
  g_subprocess_wait (stand_in, NULL, NULL);
  g_clear_object (&stand_in);
}

static void
test_a_key_is_checked_without_spending (void)
{
  begin (keyring_tools_begin_without_bus);
  start_service ();
  expect ("", "providers check wavespeed", 2, "WAVESPEED_API_KEY");
  expect ("", "providers check nobody", 2, "nobody");
  g_setenv ("WAVESPEED_API_KEY", CANARY, TRUE);
  expect ("", "providers check wavespeed", 0, "$");
  expect ("", "providers check wavespeed --json", 0, "\"balance_micros\"");
  expect ("", "providers check wavespeed --json", 0, "\"environment\"");
  g_setenv ("WAVESPEED_API_KEY", CANARY "-bad", TRUE);
  expect ("", "providers check wavespeed --json", 1, "\"key\"");
  g_setenv ("NOVITA_API_KEY", CANARY, TRUE);
  expect ("", "providers check novita", 0, "no free way");
  stop_service ();
  expect ("", "providers check wavespeed --json", 1, "\"network\"");
  keyring_tools_end ();
}

/* A key kept for the real service is not sent to an address somebody set. */
static void
test_a_kept_key_does_not_go_elsewhere (void)
{
  if (!begin_with_daemon ())
    return;
  expect (CANARY, "keys set wavespeed", 0, "keyring");
  start_service ();
  expect_source ("none");
  expect ("", "providers check wavespeed", 2, "no key");
  expect (CANARY, "keys set wavespeed", 0, "keyring");
  expect ("", "providers check wavespeed --json", 0, "\"keyring\"");
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 2);
  stop_service ();
  keyring_tools_end ();
}

static void
test_no_file_and_no_output_holds_a_key (void)
{
  static const char *const commands[] = { "keys set wavespeed",  "keys set wavespeed --json",
                                          "keys status",         "keys status --json",
                                          "providers list",      "providers check wavespeed",
                                          "providers check fal", "jobs list --json" };
  g_auto (GStrv) hits = NULL;

  if (!begin_with_daemon ())
    return;
  talkative = TRUE;
  expect (CANARY, "keys set fal", 0, "keyring");
  expect (CANARY, "keys set wavespeed", 0, "keyring");
  start_service ();
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (Run) result = { 0 };

      run (&result, CANARY, commands[i]); /* which looks into what is printed */
      g_assert_cmpint (result.status, ==, 0);
    }
  talkative = FALSE;
  hits = keyring_tools_find_files_with (keyring_tools_get_home (), CANARY);
  for (char **path = hits; *path != NULL; path++)
    g_assert_nonnull (strstr (*path, "/keyrings/"));
  stop_service ();
  keyring_tools_end ();
}

static void
become_nobody_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (geteuid () == 0 && (setgroups (0, NULL) != 0 || setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
    _exit (99);
}

/* In a process of the same person: waits until the other's environment cannot be read. */
static gboolean
is_closed (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/environ", pid);
  gint64 until_us = g_get_monotonic_time () + 20 * SECOND_US;

  become_nobody_cb (NULL);
  while (g_get_monotonic_time () < until_us)
    {
      int fd = g_open (path, O_RDONLY | O_CLOEXEC);

      if (fd < 0)
        return errno == EACCES;
      close (fd);
    }
  return FALSE;
}

static void
test_nobody_else_reads_the_memory (void)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) reader = NULL;
  g_autofree char *limits = NULL;
  g_autofree char *path = NULL;

  if (g_test_subprocess ())
    {
      g_assert_true (is_closed (g_getenv ("INB_TEST_PID")));
      return;
    }
  begin (keyring_tools_begin_without_bus);
  g_assert_cmpint (g_chmod (keyring_tools_get_home (), 0755), ==, 0);
  g_subprocess_launcher_set_child_setup (launcher, become_nobody_cb, NULL, NULL);
  reader = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("INB_TEST_CLI"), "keys", "set",
                                        "wavespeed", NULL); /* waits for its input */
  g_assert_nonnull (reader);
  g_setenv ("INB_TEST_PID", g_subprocess_get_identifier (reader), TRUE);
  g_test_trap_subprocess (NULL, 30 * SECOND_US, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  path = g_strdup_printf ("/proc/%s/limits", g_subprocess_get_identifier (reader));
  if (g_file_get_contents (path, &limits, NULL, NULL))
    g_assert_true (g_regex_match_simple ("Max core file size +0 +0 ", limits, 0, 0));
  g_subprocess_force_exit (reader);
  g_subprocess_wait (reader, NULL, NULL);
  keyring_tools_end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys-command/set-status-clear", test_a_key_is_set_seen_and_cleared);
  g_test_add_func ("/keys-command/refused", test_what_cannot_be_a_key_is_refused);
  g_test_add_func ("/keys-command/no-keyring", test_without_a_keyring_a_key_is_not_said_to_be_kept);
  g_test_add_func ("/keys-command/lies", test_a_keyring_that_lies_leaves_no_noise);
  g_test_add_func ("/keys-command/check", test_a_key_is_checked_without_spending);
  g_test_add_func ("/keys-command/origin", test_a_kept_key_does_not_go_elsewhere);
  g_test_add_func ("/keys-command/canary", test_no_file_and_no_output_holds_a_key);
  g_test_add_func ("/keys-command/closed-memory", test_nobody_else_reads_the_memory);
  return g_test_run ();
}
