/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <gio/gunixinputstream.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/inb-json.h"

static void
assert_refusal (ClipRun *run, int status, const char *class, const char *because)
{
  g_autoptr (JsonObject) object = clip_parse (run->out);
  JsonObject *error = inb_json_get_object (object, "error");

  g_assert_cmpint (run->status, ==, status);
  g_assert_nonnull (error);
  g_assert_cmpstr (inb_json_get_string (error, "class"), ==, class);
  if (strstr (inb_json_get_string (error, "message"), because) == NULL)
    g_error ("“%s” does not say “%s”", inb_json_get_string (error, "message"), because);
  g_assert_nonnull (strstr (run->err, because));
  g_assert_null (strstr (run->err, "CRITICAL"));
}

static void
test_inspect_prints_what_the_clip_is (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_auto (ClipRun) run = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonObject *color;

  clip_make (path, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 15);
  clip_run (&run, "inspect", path, "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  object = clip_parse (run.out);
  g_assert_cmpstr (inb_json_get_string (object, "container"), ==, "mp4");
  g_assert_cmpstr (inb_json_get_string (object, "codec"), ==, "h264");
  g_assert_cmpint (inb_json_get_int (object, "width", 0), ==, CLIP_WIDTH);
  g_assert_cmpint (inb_json_get_int (object, "height", 0), ==, CLIP_HEIGHT);
  g_assert_cmpint (inb_json_get_int (object, "frames", 0), ==, 15);
  g_assert_cmpint (inb_json_get_int (object, "duration_ns", 0), ==, 500000000);
  g_assert_cmpint (inb_json_get_int (object, "fps_n", 0), ==, 30);
  g_assert_true (inb_json_get_boolean (object, "faststart", FALSE));
  g_assert_false (inb_json_get_boolean (object, "audio", TRUE));
  g_assert_cmpuint (strlen (inb_json_get_string (object, "sha256")), ==, 64);
  color = inb_json_get_object (object, "color");
  g_assert_cmpstr (inb_json_get_string (color, "matrix"), ==, "bt709");
  g_assert_cmpstr (inb_json_get_string (color, "range"), ==, "limited");
}

/* All that GStreamer and GLib can say goes elsewhere. */
static void
test_output_holds_the_result_only (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_auto (ClipRun) run = { 0 };
  g_auto (ClipRun) loud = { 0 };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) loud_object = NULL;

  clip_make (path, "mp4", 64, 36, 3);
  clip_set_variable ("GST_DEBUG", "4");
  clip_run (&loud, "inspect", path, "--json", NULL);
  g_assert_cmpuint (strlen (loud.err), >, 1000);
  loud_object = clip_parse (loud.out);
  g_assert_cmpint (inb_json_get_int (loud_object, "frames", 0), ==, 3);
  clip_set_variable ("G_MESSAGES_DEBUG", "all");
  clip_run (&run, "inspect", path, "--json", NULL);
  clip_set_variable (NULL, NULL);
  object = clip_parse (run.out);
  g_assert_cmpint (inb_json_get_int (object, "frames", 0), ==, 3);
}

static void
test_inspect_refuses_with_status_2 (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *text = clip_path (fixture, "text.mp4");
  g_autofree char *missing = clip_path (fixture, "missing.mp4");
  g_auto (ClipRun) a = { 0 };
  g_auto (ClipRun) b = { 0 };
  g_auto (ClipRun) c = { 0 };
  g_auto (ClipRun) d = { 0 };

  g_assert_true (g_file_set_contents (text, "a letter", -1, NULL));
  clip_run (&a, "inspect", text, "--json", NULL);
  assert_refusal (&a, 2, "clip", "“text.mp4” is not a video");
  clip_run (&b, "inspect", missing, "--json", NULL);
  assert_refusal (&b, 2, "access", "missing.mp4");
  clip_run (&c, "inspect", "--json", NULL);
  assert_refusal (&c, 2, "input", "Name one clip");
  clip_run (&d, "inspect", "--json", text, text, NULL);
  assert_refusal (&d, 2, "input", "Name one clip");
}

static void
test_missing_decoder_is_status_1 (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_auto (ClipRun) run = { 0 };

  clip_make (path, "mp4", 64, 36, 3);
  clip_set_variable ("GST_PLUGIN_FEATURE_RANK", "avdec_h264:NONE,openh264dec:NONE");
  clip_run (&run, "inspect", path, "--json", NULL);
  clip_set_variable (NULL, NULL);
  assert_refusal (&run, 1, "codec", "no decoder for h264 is installed");
}

static void
test_proxy_and_poster_are_made_and_named (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_autofree char *proxy = clip_path (fixture, "proxy.mp4");
  g_autofree char *poster = clip_path (fixture, "poster.jpg");
  g_auto (ClipRun) a = { 0 };
  g_auto (ClipRun) b = { 0 };
  g_autoptr (JsonObject) a_object = NULL;
  g_autoptr (JsonObject) b_object = NULL;

  clip_make (clip, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 12);
  clip_run (&a, "proxy", clip, "--output", proxy, "--json", NULL);
  g_assert_cmpint (a.status, ==, 0);
  a_object = clip_parse (a.out);
  g_assert_cmpint (inb_json_get_int (a_object, "frames", 0), ==, 12);
  clip_run (&b, "poster", clip, "--output", poster, "--frame", "3", "--json", NULL);
  g_assert_cmpint (b.status, ==, 0);
  b_object = clip_parse (b.out);
  g_assert_cmpint (inb_json_get_int (b_object, "frame", 0), ==, 3);
  g_assert_true (g_file_test (proxy, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (poster, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (clip_count_files (fixture), ==, 3);
}

static void
test_failures_leave_no_file (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_autofree char *proxy = clip_path (fixture, "proxy.mp4");
  g_autofree char *part = clip_path (fixture, "proxy.mp4.part");
  g_autofree char *poster = clip_path (fixture, "poster.gif");
  g_autofree char *nowhere = clip_path (fixture, "nowhere/poster.jpg");
  g_auto (ClipRun) a = { 0 };
  g_auto (ClipRun) b = { 0 };
  g_auto (ClipRun) c = { 0 };
  g_auto (ClipRun) d = { 0 };
  g_auto (ClipRun) e = { 0 };
  g_auto (ClipRun) f = { 0 };

  clip_make (clip, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 12);
  g_assert_cmpint (symlink ("/dev/full", part), ==, 0);
  clip_run (&a, "proxy", clip, "--output", proxy, "--json", NULL);
  assert_refusal (&a, 1, "space", "disk is full");
  clip_run (&b, "poster", clip, "--output", poster, "--json", NULL);
  assert_refusal (&b, 2, "input", ".jpg or a .png");
  clip_run (&c, "poster", clip, "--output", nowhere, "--json", NULL);
  assert_refusal (&c, 2, "access", "nowhere");
  clip_run (&d, "proxy", clip, "--json", NULL);
  assert_refusal (&d, 2, "input", "--output");
  clip_run (&e, "proxy", clip, "--output", clip, "--json", NULL);
  assert_refusal (&e, 2, "input", "itself");
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
  clip_run (&f, "inspect", clip, NULL);
  g_assert_cmpint (f.status, ==, 0);
}

/* A worker with its progress in @lines; ended by the caller. */
static GSubprocess *
start (const char *clip, const char *output, GDataInputStream **lines)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GSubprocess *process;
  int pipe_fds[2];

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  g_subprocess_launcher_take_fd (launcher, pipe_fds[1], 3);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("INBETWEEN_CLI"), "proxy",
                                         clip, "--output", output, "--progress-fd", "3", NULL);
  g_assert_no_error (error);
  g_clear_object (&launcher); /* and with it our end for writing */
  stream = g_unix_input_stream_new (pipe_fds[0], TRUE);
  *lines = g_data_input_stream_new (stream);
  return process;
}

static void
test_progress_is_json_lines (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_autofree char *proxy = clip_path (fixture, "proxy.mp4");
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GSubprocess) process = NULL;
  double last = -1.0;
  char *line;

  clip_make (clip, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 20);
  process = start (clip, proxy, &lines);
  while ((line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL)) != NULL)
    {
      g_autoptr (JsonObject) object = clip_parse (line);
      double progress = inb_json_get_double (object, "progress", -1.0);

      g_assert_cmpfloat (progress, >=, last);
      g_assert_cmpfloat (progress, <=, 1.0);
      last = progress;
      g_free (line);
    }
  g_assert_cmpfloat (last, >=, 0.0);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
test_sigterm_ends_at_once_and_leaves_no_file (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_autofree char *proxy = clip_path (fixture, "proxy.mp4");
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *line = NULL;
  gint64 before;

  clip_make (clip, "mp4", 1280, 720, 60);
  process = start (clip, proxy, &lines);
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
  g_assert_nonnull (line);
  before = g_get_monotonic_time ();
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_get_monotonic_time () - before, <, G_USEC_PER_SEC);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 128 + SIGTERM);
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/clip-commands/inspect-prints-what-the-clip-is",
             test_inspect_prints_what_the_clip_is);
  CLIP_TEST ("/clip-commands/output-holds-the-result-only", test_output_holds_the_result_only);
  CLIP_TEST ("/clip-commands/inspect-refuses-with-status-2", test_inspect_refuses_with_status_2);
  CLIP_TEST ("/clip-commands/missing-decoder-is-status-1", test_missing_decoder_is_status_1);
  CLIP_TEST ("/clip-commands/proxy-and-poster-are-made-and-named",
             test_proxy_and_poster_are_made_and_named);
  CLIP_TEST ("/clip-commands/failures-leave-no-file", test_failures_leave_no_file);
  CLIP_TEST ("/clip-commands/progress-is-json-lines", test_progress_is_json_lines);
  CLIP_TEST ("/clip-commands/sigterm-ends-at-once-and-leaves-no-file",
             test_sigterm_ends_at_once_and_leaves_no_file);
  return g_test_run ();
}
