/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>
#include <vips/vips.h>

#include "clip-tools.h"
#include "net/inb-json.h"
#include "photo/inb-photo.h"
#include "render-tools.h"

static char *
make_photo (ClipFixture *fixture, const char *name, guint width, guint height, guint variant)
{
  char *path = clip_path (fixture, name);
  g_autoptr (InbPixels) pixels = render_make_picture (width, height, variant);
  gsize length;
  const void *data = g_bytes_get_data (pixels->bytes, &length);
  VipsImage *image;

  inb_photo_init ();
  image =
      vips_image_new_from_memory (data, length, (int) width, (int) height, 3, VIPS_FORMAT_UCHAR);
  image->Type = VIPS_INTERPRETATION_sRGB;
  g_assert_cmpint (vips_pngsave (image, path, "compression", 1, NULL), ==, 0);
  g_object_unref (image);
  return path;
}

static void
assert_refusal (ClipRun *run, int status, const char *class, const char *because)
{
  g_autoptr (JsonObject) object = clip_parse (run->out);
  JsonObject *error = inb_json_get_object (object, "error");

  if (run->status != status || strstr (run->err, because) == NULL)
    g_error ("status %d, “%s” does not say “%s”", run->status, run->err, because);
  g_assert_cmpstr (inb_json_get_string (error, "class"), ==, class);
  g_assert_null (strstr (run->err, "CRITICAL"));
  g_assert_null (strstr (run->err, "WARNING"));
}

static void
test_a_clip_is_made_and_told (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 400, 300, 1);
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_auto (ClipRun) run = { 0 };
  g_auto (ClipRun) inspect = { 0 };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) facts = NULL;

  clip_run (&run, "render", "--start", photo, "--prompt", "slow push in, sparkles", "--size",
            "320x180", "--fps", "30", "--duration", "0.5", "--output", clip, "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  object = clip_parse (run.out);
  g_assert_cmpint (inb_json_get_int (object, "frames", 0), ==, 15);
  g_assert_cmpint (inb_json_get_int (object, "width", 0), ==, 320);
  g_assert_cmpstr (inb_json_get_string (object, "container"), ==, "mp4");
  g_assert_nonnull (inb_json_get_string (object, "encoder"));
  g_assert_cmpint (inb_json_get_int (object, "bytes", 0), >, 1000);
  g_assert_cmpuint (json_array_get_length (inb_json_get_array (object, "understood")), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (inb_json_get_array (object, "ignored"), 0), ==,
                   "sparkles");
  clip_run (&inspect, "inspect", clip, "--json", NULL);
  g_assert_cmpint (inspect.status, ==, 0);
  facts = clip_parse (inspect.out);
  g_assert_cmpint (inb_json_get_int (facts, "frames", 0), ==, 15);
  g_assert_cmpint (inb_json_get_int (facts, "duration_ns", 0), ==, 500000000);
  g_assert_cmpuint (clip_count_files (fixture), ==, 2);
}

static void
test_y4m_is_exact_in_its_first_and_last_frame (ClipFixture *fixture, gconstpointer data)
{
  const char *const header = "YUV4MPEG2 W320 H180 F25:1 Ip A1:1 C420mpeg2 XCOLORRANGE=LIMITED\n";
  const gsize frame = 320 * 180 * 3 / 2 + 6;
  g_autofree char *start = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *last = make_photo (fixture, "b.png", 320, 180, 6);
  g_autofree char *clip = clip_path (fixture, "ab.y4m");
  g_autoptr (InbPixels) first_picture = render_make_picture (320, 180, 1);
  g_autoptr (InbPixels) last_picture = render_make_picture (320, 180, 6);
  g_auto (ClipRun) run = { 0 };
  g_autofree char *bytes = NULL;
  const guint8 *frames;
  gsize length;

  clip_run (&run, "render", "--start", start, "--last", last, "--prompt", "push in", "--size",
            "320x180", "--fps", "25", "--frames", "9", "--output", clip, "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_file_get_contents (clip, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, strlen (header) + 9 * frame);
  g_assert_cmpmem (bytes, strlen (header), header, strlen (header));
  frames = (const guint8 *) bytes + strlen (header);
  g_assert_cmpmem (frames, 6, "FRAME\n", 6);
  g_assert_cmpfloat (render_get_psnr (first_picture, frames + 6), >=, 45.0);
  g_assert_cmpfloat (render_get_psnr (last_picture, frames + 8 * frame + 6), >=, 45.0);
}

static void
test_path_is_the_cameras (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 640, 480, 1);
  g_autofree char *clip = clip_path (fixture, "a.y4m");
  g_autofree char *path = clip_path (fixture, "a.json");
  g_autofree char *text = NULL;
  g_auto (ClipRun) run = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonArray *frames, *matrix;

  clip_run (&run, "render", "--start", photo, "--prompt", "push in", "--ease", "linear", "--size",
            "320x180", "--frames", "11", "--path", path, "--output", clip, "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  object = clip_parse (text);
  g_assert_cmpint (json_array_get_int_element (inb_json_get_array (object, "photo"), 0), ==, 640);
  g_assert_cmpint (json_array_get_int_element (inb_json_get_array (object, "size"), 1), ==, 180);
  frames = inb_json_get_array (object, "frames");
  g_assert_cmpuint (json_array_get_length (frames), ==, 11);
  matrix = json_array_get_array_element (frames, 5);
  g_assert_cmpuint (json_array_get_length (matrix), ==, 9);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (matrix, 0), 0.5 * 1.11, 1e-9);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (matrix, 8), 1.0, 1e-12);
}

static void
test_explain_renders_nothing (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_auto (ClipRun) run = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonObject *pan;

  clip_run (&run, "render", "--explain", "--start", photo, "--last", photo, "--prompt",
            "pan left over the splashing water", "--size", "320x180", "--fps", "30", "--duration",
            "5", NULL);
  g_assert_cmpint (run.status, ==, 0);
  object = clip_parse (run.out);
  pan = json_array_get_object_element (inb_json_get_array (object, "understood"), 0);
  g_assert_cmpstr (inb_json_get_string (pan, "words"), ==, "pan left");
  g_assert_cmpstr (inb_json_get_string (pan, "move"), ==, "pan left");
  g_assert_cmpfloat (inb_json_get_double (pan, "amount", 0.0), ==, 0.1);
  g_assert_cmpuint (json_array_get_length (inb_json_get_array (object, "ignored")), ==, 2);
  g_assert_cmpstr (inb_json_get_string (object, "transition"), ==, "dissolve");
  g_assert_cmpint (inb_json_get_int (object, "layers", 0), ==, 1);
  g_assert_false (inb_json_get_boolean (inb_json_get_object (object, "matte"), "accepted", TRUE));
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

static void
test_a_matte_is_taken_as_given (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *matte = make_photo (fixture, "m.png", 160, 90, 2);
  g_autofree char *tall = make_photo (fixture, "t.png", 200, 900, 2);
  g_auto (ClipRun) given = { 0 };
  g_auto (ClipRun) wrong = { 0 };
  g_auto (ClipRun) two = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonObject *found;

  clip_run (&given, "render", "--explain", "--start", photo, "--matte", matte, "--prompt", "orbit",
            NULL);
  g_assert_cmpint (given.status, ==, 0);
  object = clip_parse (given.out);
  found = inb_json_get_object (object, "matte");
  g_assert_cmpint (inb_json_get_int (object, "layers", 0), ==, 2);
  g_assert_cmpstr (inb_json_get_string (found, "origin"), ==, "file");
  g_assert_cmpfloat (inb_json_get_double (found, "area", 0.0), >, 0.1);
  g_assert_true (inb_json_get_boolean (found, "accepted", FALSE));
  g_assert_cmpstr (inb_json_get_string (found, "reason"), ==, "");
  clip_run (&wrong, "render", "--start", photo, "--matte", tall, "--prompt", "orbit", "--output",
            "-", NULL);
  g_assert_cmpint (wrong.status, ==, 2);
  g_assert_nonnull (strstr (wrong.err, "200×900"));
  clip_run (&two, "render", "--start", photo, "--last", photo, "--matte", matte, "--prompt",
            "orbit", "--output", "-", NULL);
  g_assert_cmpint (two.status, ==, 2);
  g_assert_nonnull (strstr (two.err, "one photo"));
}

typedef struct
{
  const char *option;
  const char *value;
  const char *because;
} Refusal;

static void
test_bad_values_are_refused (ClipFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "--size", "0x0", "0×0" },
    { "--size", "321x180", "even" },
    { "--size", "100000x100", "not possible" },
    { "--size", "wide", "1920x1080" },
    { "--size", "320x-180", "1920x1080" },
    { "--duration", "36000", "--duration" },
    { "--duration", "nan", "--duration" },
    { "--duration", "0", "--duration" },
    { "--duration", "-5", "--duration" },
    { "--frames", "0", "whole number" },
    { "--frames", "1e3", "whole number" },
    { "--fps", "0", "whole number" },
    { "--fps", "1000", "whole number" },
    { "--ease", "bouncy", "linear, smooth" },
    { "--threads", "0", "whole number" },
    { "--seed", "-1", "whole number" },
    { "--prompt", "", "empty" },
    { "--prompt", "push \xff in", "UTF-8" },
    { "--output", "clip.avi", ".mp4" },
    { "--output", "-", "standard output" },
    { "--start", "/nowhere/photo.jpg", "photo.jpg" },
    { "--last", "/", "/" },
    { "--sparkle", "1", "--help" },
  };
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *clip = clip_path (fixture, "a.mp4");

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_auto (ClipRun) run = { 0 };

      /* of an option given twice the last one counts */
      clip_run (&run, "render", "--start", photo, "--prompt", "push in", "--size", "64x36",
                "--output", clip, "--json", refusals[i].option, refusals[i].value, NULL);
      if (run.status != 2 || strstr (run.err, refusals[i].because) == NULL)
        g_error ("%s “%s”: status %d, %s", refusals[i].option, refusals[i].value, run.status,
                 run.err);
      g_assert_cmpuint (clip_count_files (fixture), ==, 1);
    }
}

static void
test_the_rest_is_refused (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *text = clip_path (fixture, "text.jpg");
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_autofree char *elsewhere = clip_path (fixture, "no/folder/a.mp4");
  g_autofree char *long_prompt = g_strnfill (2501, 'x');
  ClipRun runs[8] = { { 0 } };

  g_assert_true (g_file_set_contents (text, "a letter", -1, NULL));
  clip_run (&runs[0], "render", "--start", photo, "--prompt", "x", "--output", clip, "--duration",
            "5", "--frames", "9", "--json", NULL);
  assert_refusal (&runs[0], 2, "input", "one of them");
  clip_run (&runs[1], "render", "--start", text, "--prompt", "x", "--output", clip, "--json", NULL);
  assert_refusal (&runs[1], 2, "photo", "text.jpg");
  clip_run (&runs[2], "render", "--start", photo, "--prompt", long_prompt, "--output", clip,
            "--json", NULL);
  assert_refusal (&runs[2], 2, "input", "2501");
  clip_run (&runs[3], "render", "--start", photo, "--prompt", "x", "--output", elsewhere, "--json",
            NULL);
  assert_refusal (&runs[3], 2, "access", "does not exist");
  clip_run (&runs[4], "render", "--prompt", "x", "--output", clip, "--json", NULL);
  assert_refusal (&runs[4], 2, "input", "--start");
  clip_run (&runs[5], "render", "--start", photo, "--output", clip, "--json", NULL);
  assert_refusal (&runs[5], 2, "input", "prompt");
  clip_run (&runs[6], "render", "--start", photo, "--prompt", "x", "--json", NULL);
  assert_refusal (&runs[6], 2, "input", "--output");
  clip_run (&runs[7], "render", photo, "--start", photo, "--prompt", "x", "--output", clip,
            "--json", NULL);
  assert_refusal (&runs[7], 2, "input", "stands alone");
  g_assert_cmpuint (clip_count_files (fixture), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    clip_run_clear (&runs[i]);
}

static void
test_missing_encoder_is_named (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_auto (ClipRun) run = { 0 };

  g_setenv ("GST_PLUGIN_FEATURE_RANK", "x264enc:NONE,openh264enc:NONE", TRUE);
  clip_run (&run, "render", "--start", photo, "--prompt", "push in", "--size", "64x36", "--frames",
            "3", "--output", clip, "--json", NULL);
  g_unsetenv ("GST_PLUGIN_FEATURE_RANK");
  assert_refusal (&run, 1, "codec", "gstreamer1.0-plugins");
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

static void
test_full_disk_is_told (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *line = g_strdup_printf ("exec \"$INBETWEEN_CLI\" render --start '%s' --prompt x "
                                           "--size 320x180 --frames 3 --output - > /dev/full",
                                           photo);
  const char *const arguments[] = { "sh", "-c", line, NULL };
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  g_autofree char *said = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (said, "disk is full"));
}

static void
test_a_failing_path_leaves_no_clip (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *clip = clip_path (fixture, "a.mp4");
  g_autofree char *path = clip_path (fixture, "no/a.json");
  g_auto (ClipRun) run = { 0 };

  clip_run (&run, "render", "--start", photo, "--prompt", "push in", "--size", "64x36", "--frames",
            "3", "--path", path, "--output", clip, "--json", NULL);
  assert_refusal (&run, 2, "access", "a.json");
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

/* Started, seen to draw, ended by @number. */
static void
check_signal (ClipFixture *fixture, int number)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *clip = clip_path (fixture, "a.y4m");
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  char byte;
  int ends[2];
  gint64 before;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_subprocess_launcher_take_fd (launcher, ends[1], 3);
  process = g_subprocess_launcher_spawn (
      launcher, NULL, g_getenv ("INBETWEEN_CLI"), "render", "--start", photo, "--prompt", "orbit",
      "--size", "1920x1080", "--frames", "3600", "--output", clip, "--progress-fd", "3", NULL);
  g_clear_object (&launcher);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1); /* a frame was taken */
  g_assert_cmpuint (clip_count_files (fixture), ==, 2);
  before = g_get_monotonic_time ();
  g_subprocess_send_signal (process, number);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_get_monotonic_time () - before, <, G_USEC_PER_SEC);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 128 + number);
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
  close (ends[0]);
}

static void
test_a_signal_leaves_no_file (ClipFixture *fixture, gconstpointer data)
{
  check_signal (fixture, SIGTERM);
  check_signal (fixture, SIGINT);
}

static void
test_a_parents_part_is_written_as_named (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *photo = make_photo (fixture, "a.png", 320, 180, 1);
  g_autofree char *part = clip_path (fixture, "a.y4m.part");
  g_auto (ClipRun) run = { 0 };

  clip_run (&run, "render", "--start", photo, "--prompt", "push in", "--size", "64x36", "--frames",
            "3", "--output", part, "--json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_file_test (part, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (clip_count_files (fixture), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/render/a-clip-is-made-and-told", test_a_clip_is_made_and_told);
  CLIP_TEST ("/render/y4m-is-exact-in-its-first-and-last-frame",
             test_y4m_is_exact_in_its_first_and_last_frame);
  CLIP_TEST ("/render/path-is-the-cameras", test_path_is_the_cameras);
  CLIP_TEST ("/render/a-matte-is-taken-as-given", test_a_matte_is_taken_as_given);
  CLIP_TEST ("/render/explain-renders-nothing", test_explain_renders_nothing);
  CLIP_TEST ("/render/bad-values-are-refused", test_bad_values_are_refused);
  CLIP_TEST ("/render/the-rest-is-refused", test_the_rest_is_refused);
  CLIP_TEST ("/render/missing-encoder-is-named", test_missing_encoder_is_named);
  CLIP_TEST ("/render/full-disk-is-told", test_full_disk_is_told);
  CLIP_TEST ("/render/a-failing-path-leaves-no-clip", test_a_failing_path_leaves_no_clip);
  CLIP_TEST ("/render/a-signal-leaves-no-file", test_a_signal_leaves_no_file);
  CLIP_TEST ("/render/a-parents-part-is-written-as-named", test_a_parents_part_is_written_as_named);
  return g_test_run ();
}
