/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seconds in which a person may think better of a paid request, judged by the ledger of a
 * service that stands in. With "--hold ROOT" this program is the one that is killed. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs-tools.h"
#include "net/inb-json.h"
#include "store/inb-store.h"

/* Longer than any test: it is never waited for. */
#define LONG_S 3600

static GSubprocess *service;
static char *folder;
static guint16 port;

static gboolean
has_port (gpointer path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  port = (guint16) g_ascii_strtoull (text, NULL, 10);
  return port != 0;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* For what no main loop tells of */
static void
look_until (gboolean (*condition) (gpointer), gpointer data)
{
  guint tick = g_timeout_add (5, tick_cb, NULL);

  jobs_tools_iterate_until (condition, data);
  g_source_remove (tick);
}

static void
start_service (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *port_path = NULL;
  g_autofree char *clip = NULL;
  g_autofree char *origin = NULL;

  folder = g_dir_make_tmp ("inb-hold-XXXXXX", NULL);
  port_path = g_build_filename (folder, "port", NULL);
  clip = g_build_filename (folder, "clip.mp4", NULL);
  g_assert_true (g_file_set_contents (clip, "CLIP mp4 1920 1080 150 30\n", -1, NULL));
  service = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("INB_STAND_IN"),
                              "--port-file", port_path, "--clip", clip, "--die-with-parent", NULL);
  g_assert_no_error (error);
  look_until (has_port, port_path);
  origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_setenv ("INBETWEEN_BASE_URL_NOVITA", origin, TRUE);
  g_setenv ("NOVITA_API_KEY", "nv-0123456789", TRUE);
}

static void
stop_service (void)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", folder);

  g_subprocess_force_exit (service);
  g_subprocess_wait (service, NULL, NULL);
  g_clear_object (&service);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_clear_pointer (&folder, g_free);
}

/* How many paid requests arrived, from the service's own ledger */
static gint64
count_submits (void)
{
  static const char ask[] = "GET /ledger HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (JsonObject) ledger = NULL;
  JsonObject *services, *novita;
  char buffer[4096];
  gssize n_read;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), ask,
                             strlen (ask), NULL, NULL, NULL);
  while ((n_read = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n_read);
  ledger = inb_json_parse_object (strstr (answer->str, "\r\n\r\n") + 4, -1, NULL);
  g_assert_nonnull (ledger);
  services = inb_json_get_object (ledger, "services");
  novita = services != NULL ? inb_json_get_object (services, "novita") : NULL;
  return novita != NULL ? inb_json_get_int (novita, "submits", 0) : 0;
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static InbJob *
add (InbQueue *queue, guint hold_s)
{
  g_autoptr (InbRequest) request = jobs_tools_make_request (inb_queue_get_root (queue));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  g_free (request->provider);
  request->provider = g_strdup ("novita");
  inb_queue_add_async (queue, request, NULL, NULL, hold_s, NULL, take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  jobs = inb_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  return g_object_ref (g_ptr_array_index (jobs, 0));
}

static InbQueue *
open_queue (const char *root)
{
  g_autoptr (GError) error = NULL;
  InbQueue *queue = inb_queue_open (root, INB_QUEUE_RUN, &error);

  g_assert_no_error (error);
  return queue;
}

static void
test_nothing_is_paid_before_the_hold_is_over (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root);
  gint64 before = count_submits ();
  g_autoptr (InbJob) job = add (queue, 1);
  gint64 hold_us = inb_job_get_facts (job)->hold_us;
  g_autoptr (GPtrArray) attempts = NULL;
  InbAttemptRow *attempt;

  g_assert_cmpint (hold_us, ==, inb_job_get_created (job) + G_USEC_PER_SEC);
  jobs_tools_wait_for (job, INB_JOB_DONE);
  attempts = inb_queue_list_attempts (queue, inb_job_get_id (job), NULL);
  g_assert_cmpuint (attempts->len, ==, 1);
  attempt = g_ptr_array_index (attempts, 0);
  g_assert_cmpint (attempt->sent_us, >=, hold_us);
  g_assert_cmpint (inb_job_get_facts (job)->sent_us, ==, attempt->sent_us);
  g_assert_cmpint (count_submits (), ==, before + 1);
}

static void
test_a_cancel_within_the_hold_is_free (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root);
  gint64 before = count_submits ();
  g_autoptr (InbJob) job = add (queue, LONG_S);
  g_autoptr (GPtrArray) attempts = NULL;
  g_autoptr (GError) error = NULL;

  jobs_tools_wait_for (job, INB_JOB_READY); /* all is prepared meanwhile */
  g_assert_true (jobs_tools_cancel (queue, job, &error));
  jobs_tools_wait_for (job, INB_JOB_CANCELLED_UNSENT);
  g_assert_cmpstr (inb_job_get_facts (job)->charged, ==, "no");
  attempts = inb_queue_list_attempts (queue, inb_job_get_id (job), NULL);
  g_assert_cmpuint (attempts->len, ==, 0);
  g_assert_cmpint (inb_queue_get_spent_today (queue), ==, 0);
  inb_queue_close (queue);
  g_assert_cmpint (count_submits (), ==, before);
}

/* The child: says so when it is ready, and holds. */
static int
hold (const char *root)
{
  g_autoptr (InbQueue) queue = open_queue (root);
  g_autoptr (InbJob) job = add (queue, LONG_S);

  jobs_tools_wait_for (job, INB_JOB_READY);
  if (write (STDOUT_FILENO, inb_job_get_id (job), 36) != 36)
    return 1;
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_kill_9_within_the_hold_sends_nothing (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  gint64 before = count_submits ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "--hold", root, NULL);
  g_autoptr (InbQueue) queue = NULL;
  char id[37] = "";
  gsize n_read = 0;
  InbJob *job;

  g_assert_no_error (error);
  g_assert_true (
      g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), id, 36, &n_read, NULL, NULL));
  g_assert_cmpuint (n_read, ==, 36);
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);

  queue = open_queue (root);
  job = inb_queue_get_job (queue, id);
  g_assert_nonnull (job);
  jobs_tools_iterate_until ((gboolean (*) (gpointer)) inb_job_is_at_rest, job);
  g_assert_true (inb_job_get_facts (job)->paused);
  g_assert_cmpint (inb_job_get_state (job), ==, INB_JOB_READY);
  g_assert_cmpint (count_submits (), ==, before);

  /* the person's word, given anew, holds nothing back */
  g_assert_true (jobs_tools_resume (queue, job, &error));
  jobs_tools_wait_for (job, INB_JOB_DONE);
  g_assert_cmpint (count_submits (), ==, before + 1);
}

/* As if the wall clock had been set back by years after the order. */
static void
test_a_clock_that_jumps_holds_no_longer_than_asked (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = inb_queue_open (root, INB_QUEUE_FOLLOW, NULL);
  g_autoptr (InbJob) job = add (queue, 1);
  g_autoptr (InbQueue) runner = NULL;
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_database_run (inb_store_get_database (store),
                                   "UPDATE jobs SET hold_us = hold_us + 100000000000000, "
                                   "approved_us = approved_us + 100000000000000",
                                   &error));
  runner = open_queue (root);
  jobs_tools_wait_for (job, INB_JOB_DONE);
}

static void
test_the_local_engine_holds_nothing_back (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = jobs_tools_make_request (root);
  g_autoptr (InbQueue) queue = open_queue (root);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  inb_queue_add_async (queue, request, NULL, NULL, LONG_S, NULL, take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  jobs = inb_queue_add_finish (queue, result, NULL);
  g_assert_cmpint (inb_job_get_facts (g_ptr_array_index (jobs, 0))->hold_us, ==, 0);
  jobs_tools_wait_for (g_ptr_array_index (jobs, 0), INB_JOB_DONE);
}

static void
test_a_wish_keeps_the_paid_request_back_to_its_first_byte (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = inb_queue_open (root, INB_QUEUE_FOLLOW, NULL);
  g_autoptr (InbJob) job = add (queue, 0);
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, NULL);
  InbAttempt attempt = {
    .provider = "novita", .key_mark = "k", .idempotency_key = "i", .body_sha256 = "b"
  };
  InbMove ready = { .to = INB_JOB_READY };
  InbMove leaves = { .to = INB_JOB_SUBMITTING, .attempt = &attempt };
  const char *id = inb_job_get_id (job);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attempts = NULL;

  g_assert_true (inb_store_move (store, id, &ready, &error));
  g_assert_true (inb_store_wish_cancel (store, id, &error));
  g_assert_false (inb_store_move (store, id, &leaves, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CANCELLED);
  attempts = inb_store_list_attempts (store, id, NULL);
  g_assert_cmpuint (attempts->len, ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  if (argc == 3 && g_str_equal (argv[1], "--hold"))
    return hold (argv[2]);
  jobs_tools_init (&argc, &argv);
  start_service ();
  g_test_add_func ("/hold/nothing-is-paid-before-it-is-over",
                   test_nothing_is_paid_before_the_hold_is_over);
  g_test_add_func ("/hold/a-cancel-within-it-is-free", test_a_cancel_within_the_hold_is_free);
  g_test_add_func ("/hold/kill-9-within-it-sends-nothing",
                   test_kill_9_within_the_hold_sends_nothing);
  g_test_add_func ("/hold/a-clock-that-jumps-holds-no-longer-than-asked",
                   test_a_clock_that_jumps_holds_no_longer_than_asked);
  g_test_add_func ("/hold/the-local-engine-holds-nothing-back",
                   test_the_local_engine_holds_nothing_back);
  g_test_add_func ("/hold/a-wish-keeps-the-paid-request-back-to-its-first-byte",
                   test_a_wish_keeps_the_paid_request_back_to_its_first_byte);
  status = jobs_tools_run ();
  stop_service ();
  return status;
}
