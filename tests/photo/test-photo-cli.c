/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/inb-photo-traits.h"
#include "net/inb-json.h"
#include "photo-test.h"

/* The real program, as a person or the window starts it. */

typedef struct
{
  int status;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run (Run *result, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int wait_status = 0;

  g_ptr_array_add (argv, (gpointer) g_getenv ("INBETWEEN_CLI"));
  g_ptr_array_add (argv, (gpointer) "photo");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  *result = (Run){ -1, NULL, NULL };
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &result->out,
                &result->err, &wait_status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", result->err);
  g_assert_true (WIFEXITED (wait_status)); /* no signal, whatever it was given */
  result->status = WEXITSTATUS (wait_status);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* One sentence that holds the file's name and `word`, status 2, the same in JSON, and no file. */
static void
assert_refused (const char *path, const char *word)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *output = photo_test_path ("refused.png");
  const char *const arguments[] = { path, "--output", output, "--json", NULL };
  g_auto (Run) result = { 0 };
  g_autoptr (JsonObject) told = NULL;
  JsonObject *error;

  run (&result, arguments);
  g_assert_cmpint (result.status, ==, 2);
  g_assert_cmpuint (count_lines (result.err), ==, 1);
  g_assert_nonnull (strstr (result.err, word));
  g_assert_nonnull (strstr (result.err, name));
  told = inb_json_parse_object (result.out, -1, NULL);
  g_assert_nonnull (told);
  error = inb_json_get_object (told, "error");
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (inb_json_get_string (error, "message"), word));
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

static void
assert_bytes_refused (const char *name, const void *bytes, gsize n_bytes, const char *word)
{
  g_autofree char *path = NULL;

  photo_test_write (name, bytes, n_bytes, &path);
  assert_refused (path, word);
}

/* First of all tests: the largest child so far is what getrusage() knows. */
static void
test_cli_refuses_a_bomb_at_once (void)
{
  /* signature; IHDR of 65000 × 65000, 8 bits, RGB; IDAT of nothing; IEND: 74 bytes */
  static const char bomb[74] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xfd\xe8\0\0\xfd\xe8\x08\x02\0\0\0"
                               "\xb1\x6b\x4c\x4d\0\0\0\x11IDAT";
  struct rusage usage;
  gint64 start = g_get_monotonic_time ();

  assert_bytes_refused ("bomb.png", bomb, sizeof bomb, "65000×65000");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  getrusage (RUSAGE_CHILDREN, &usage);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (usage.ru_maxrss, <,
                   100 * 1024); /* kB; a program with libvips and nothing done */
#endif
}

static void
test_cli_refuses_headers_beyond_the_bounds (void)
{
  /* a JPEG's frame header, a GIF's screen, a WebP's canvas: 40000 px, or more than 100 megapixels
   */
  static const char jpeg[] = "\xff\xd8\xff\xe0\0\x04"
                             "ab\xff\xc0\0\x11\x08\x9c\x40\x00\x40\x03";
  static const char gif[] = "GIF89a\x30\x75\x30\x75\0\0\0";
  static const char webp[] = "RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\x00\xff\x3f\x00";

  assert_bytes_refused ("large.jpg", jpeg, sizeof jpeg, "64×40000");
  assert_bytes_refused ("large.gif", gif, sizeof gif, "30000×30000");
  assert_bytes_refused ("large.webp", webp, sizeof webp, "16384×16384");
}

static void
test_cli_names_what_is_not_a_photo (void)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    gsize n_bytes;
    const char *word;
  } cases[] = {
    { "text.jpg", "this is a letter, not a picture\n", 32, "a text file" },
    { "drawing.svg", "<?xml version='1.0'?>\n<svg width='9' height='9'/>", 49, "an SVG" },
    { "paper.pdf", "%PDF-1.7\n", 9, "a PDF" },
    { "old.bmp", "BM\x36\0\0\0\0\0\0\0\x36\0", 12, "a BMP" },
    { "new.jxl", "\0\0\0\x0cJXL \r\n\x87\n", 12, "JPEG XL" },
    { "raw.jxl", "\xff\x0a\x01\x02", 4, "JPEG XL" },
    { "layers.psd", "8BPS\0\1", 6, "Photoshop" },
    { "clip.mp4",
      "\0\0\0\x18"
      "ftypmp42\0\0\0\0mp42isom",
      24, "a video" },
    { "clip.webm", "\x1a\x45\xdf\xa3\1\0", 6, "a video" },
    { "noise.jpg", "\x81\x02\xff\0\x17\x99", 6, "not a photo" },
    { "raw.dng",
      "II*\0\x08\0\0\0\2\0\x00\x01\4\0\1\0\0\0\xa0\0\0\0\x12\xc6\1\0\4\0\0\0\1\4\0\0\0\0\0\0", 38,
      "raw" },
    { "empty.jpg", "", 0, "is empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_bytes_refused (cases[i].name, cases[i].bytes, cases[i].n_bytes, cases[i].word);
}

static void
test_cli_refuses_what_is_not_a_file (void)
{
  g_autofree char *missing = photo_test_path ("missing.jpg");
  g_autofree char *folder = photo_test_path ("folder.jpg");
  g_autofree char *fifo = photo_test_path ("fifo.jpg");

  assert_refused (missing, "missing.jpg");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_refused (folder, "is a folder");
  g_rmdir (folder);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, "is a pipe");
  assert_refused ("/dev/zero", "a device");
}

static void
test_cli_refuses_what_may_not_be_read (void)
{
  g_autofree char *path = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  photo_test_write ("secret.jpg", "x", 1, &path);
  g_chmod (path, 0);
  assert_refused (path, "No permission");
}

static void
test_cli_refuses_a_photo_cut_short (void)
{
  static const char *const names[] = { "cut.jpg", "cut.png", "cut.webp", "cut.tif" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole = photo_test_put (photo_test_scene ("busy", 400, 300), names[i]);
      g_autofree char *bytes = NULL;
      gsize n_bytes = 0;

      g_assert_true (g_file_get_contents (whole, &bytes, &n_bytes, NULL));
      assert_bytes_refused (names[i], bytes, n_bytes * 6 / 10, "damaged or cut short");
    }
}

static void
test_cli_refuses_photos_that_are_too_small_or_too_thin (void)
{
  g_autofree char *line = photo_test_put (photo_test_quarters (4000, 1, 3, FALSE), "line.png");
  g_autofree char *tiny = photo_test_put (photo_test_quarters (10, 10, 3, FALSE), "tiny.png");
  g_autofree char *strip = photo_test_put (photo_test_quarters (700, 100, 3, FALSE), "strip.png");

  assert_refused (line, "4000×1");
  assert_refused (tiny, "10×10");
  assert_refused (strip, "16:9");
}

static void
assert_usage (const char *const *arguments, const char *word)
{
  g_auto (Run) result = { 0 };

  run (&result, arguments);
  g_assert_cmpint (result.status, ==, 2);
  g_assert_cmpuint (count_lines (result.err), ==, 1);
  g_assert_nonnull (strstr (result.err, word));
}

static void
test_cli_refuses_options_that_cannot_be (void)
{
  static const struct
  {
    const char *option;
    const char *value;
  } cases[] = { { "--framing", "4:3" }, { "--fit", "stretch" },    { "--focus", "2,0" },
                { "--focus", "0.5" },   { "--limits", "nosuch" },  { "--aspect", "0:1" },
                { "--aspect", "nan" },  { "--max-side", "100000" } };
  g_autofree char *path = photo_test_put (photo_test_quarters (100, 100, 3, FALSE), "good.png");
  g_autofree char *output = photo_test_path ("never.png");
  g_autofree char *strange = photo_test_path ("never.bmp");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const arguments[] = { path,           "--output", output, cases[i].option,
                                        cases[i].value, NULL };

      assert_usage (arguments, i == 4 ? "nosuch" : cases[i].option);
    }
  assert_usage ((const char *const[]){ path, NULL }, "--output");
  assert_usage ((const char *const[]){ "--output", output, NULL }, "Name one photo");
  assert_usage ((const char *const[]){ path, "--output", strange, NULL }, ".png, .jpg or .webp");
  assert_usage ((const char *const[]){ path, "--output", path, NULL },
                "itself. Choose another name");
  assert_usage ((const char *const[]){ path, "--output", "/nowhere/x.png", NULL },
                "/nowhere/x.png");
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

static JsonObject *
run_json (const char *const *arguments)
{
  g_auto (Run) result = { 0 };
  g_autoptr (GError) error = NULL;
  JsonObject *told;

  run (&result, arguments);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.err, ==, "");
  told = inb_json_parse_object (result.out, -1, &error);
  g_assert_no_error (error);
  return told;
}

static void
test_cli_says_what_it_found_and_did (void)
{
  VipsImage *image = photo_test_scene ("gradient", 600, 900);
  VipsImage *next = NULL;
  g_autofree char *path = NULL;
  g_autofree char *output = photo_test_path ("said.png");
  g_autoptr (JsonObject) told = NULL;
  JsonObject *found, *done, *file;

  image = photo_test_take (vips_copy (image, &next, NULL), image, &next);
  photo_test_add_profile (image, "p3");
  vips_image_set_int (image, VIPS_META_ORIENTATION, 6);
  path = photo_test_put (image, "said.jpg");
  told = run_json ((const char *const[]){ path, "--framing", "9:16", "--fit", "extend", "--output",
                                          output, "--json", NULL });
  found = inb_json_get_object (told, "found");
  done = inb_json_get_object (told, "done");
  file = inb_json_get_object (told, "output");
  g_assert_cmpstr (inb_json_get_string (found, "format"), ==, "jpeg");
  g_assert_cmpint (inb_json_get_int (found, "width", 0), ==, 900);
  g_assert_cmpint (inb_json_get_int (found, "height", 0), ==, 600);
  g_assert_cmpint (inb_json_get_int (found, "orientation", 0), ==, 6);
  g_assert_cmpint (inb_json_get_int (found, "bits", 0), ==, 8);
  g_assert_cmpstr (inb_json_get_string (found, "profile"), ==, "sP3C");
  g_assert_false (inb_json_get_boolean (found, "alpha", TRUE));
  g_assert_cmpstr (inb_json_get_string (done, "background"), ==, "gradient");
  g_assert_cmpstr (inb_json_get_string (done, "framing"), ==, "9:16");
  g_assert_cmpfloat (inb_json_get_double (inb_json_get_object (done, "window"), "y", 0), ==,
                     -500.0);
  g_assert_cmpint (inb_json_get_int (file, "width", 0), ==, 900);
  g_assert_cmpint (inb_json_get_int (file, "height", 0), ==, 1600);
  g_assert_cmpstr (inb_json_get_string (file, "format"), ==, "png");
  g_assert_true (g_file_test (output, G_FILE_TEST_EXISTS));
}

static void
test_cli_preview_is_a_raw_file_as_told (void)
{
  g_autofree char *path = photo_test_put (photo_test_scene ("flat", 400, 300), "raw.png");
  g_autofree char *output = photo_test_path ("raw");
  g_autoptr (JsonObject) told =
      run_json ((const char *const[]){ path, "--preview", "--output", output, NULL });
  JsonArray *canvases = inb_json_get_array (told, "canvases");
  JsonObject *tall;
  GStatBuf info;

  g_assert_cmpuint (json_array_get_length (canvases), ==, 2);
  tall = json_array_get_object_element (canvases, 1);
  g_assert_cmpstr (inb_json_get_string (tall, "name"), ==, "tall");
  g_assert_cmpstr (inb_json_get_string (tall, "background"), ==, "flat");
  g_assert_cmpint (g_stat (output, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==,
                   inb_json_get_int (tall, "offset", 0) +
                       inb_json_get_int (tall, "stride", 0) * inb_json_get_int (tall, "height", 0));
}

/* @name may end in libvips's [options]; an image of @n_bands, made solid where @solid */
static void
assert_traits (const char *name, int n_bands, gboolean solid, const char *profile,
               const char *colour, gboolean converted, gboolean transparent)
{
  VipsImage *image = photo_test_quarters (40, 30, n_bands, FALSE);
  VipsImage *next = NULL;
  g_autofree char *path = NULL;
  g_autofree char *output = photo_test_path ("traits");
  g_autoptr (JsonObject) told = NULL;
  InbPhotoTraits traits;

  if (solid)
    image = photo_test_take (vips_extract_area (image, &next, 0, 0, 20, 30, NULL), image, &next);
  if (g_str_equal (colour, "cmyk"))
    image = photo_test_take (
        vips_copy (image, &next, "interpretation", VIPS_INTERPRETATION_CMYK, NULL), image, &next);
  if (profile != NULL)
    photo_test_add_profile (image, profile);
  path = photo_test_put (image, name);
  told = run_json ((const char *const[]){ path, "--preview", "--output", output, NULL });
  g_assert_true (inb_photo_traits_read (&traits, told));
  g_test_message ("%s: %s, %s, “%s”", name, traits.format, traits.colour, traits.profile);
  g_assert_cmpuint (traits.width, ==, solid ? 20 : 40);
  g_assert_cmpint (traits.bytes, >, 0);
  g_assert_cmpstr (traits.colour, ==, colour);
  g_assert_cmpint (traits.converted, ==, converted);
  g_assert_cmpint (traits.transparent, ==, transparent);
}

static void
test_cli_preview_tells_what_becomes_of_colours_and_alpha (void)
{
  assert_traits ("traits.png", 3, FALSE, NULL, "rgb", FALSE, FALSE);
  assert_traits ("traits.png", 4, FALSE, NULL, "rgb", FALSE, TRUE);
  assert_traits ("traits.png", 4, TRUE, NULL, "rgb", FALSE, FALSE);
  assert_traits ("traits.png", 1, FALSE, NULL, "grey", FALSE, FALSE);
  assert_traits ("traits.jpg", 3, FALSE, "srgb", "rgb", FALSE, FALSE);
  assert_traits ("traits.jpg", 3, FALSE, "p3", "rgb", TRUE, FALSE);
  assert_traits ("traits.jpg", 4, FALSE, "cmyk", "cmyk", TRUE, FALSE);
}

static void
test_cli_calls_the_photo_what_its_parent_calls_it (void)
{
  g_autofree char *path = photo_test_put (photo_test_quarters (10, 10, 3, FALSE), "0a1b2c.png");
  g_autofree char *output = photo_test_path ("never.png");

  assert_usage ((const char *const[]){ path, "--name", "Red Shoe.png", "--output", output, NULL },
                "“Red Shoe.png”");
}

static void
test_cli_tells_progress_to_a_parent (void)
{
  g_autofree char *path = photo_test_put (photo_test_scene ("busy", 800, 600), "progress.jpg");
  g_autofree char *output = photo_test_path ("progress.png");
  g_auto (Run) result = { 0 };

  /* 2 is open in every child; its lines come back as the error output */
  run (&result, (const char *const[]){ path, "--output", output, "--progress-fd", "2", NULL });
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.err, "{\"progress\":1.0000}\n"));
}

static void
test_cli_help_is_for_newcomers (void)
{
  g_auto (Run) result = { 0 };

  run (&result, (const char *const[]){ "--help", NULL });
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.out, "--framing"));
  g_assert_nonnull (strstr (result.out, "HEIC"));
  g_assert_nonnull (strstr (result.out, "inbetween-cli photo shoe.jpg"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("INBETWEEN_CLI") == NULL || VIPS_INIT (argv[0]) != 0)
    return 77;
  g_test_add_func ("/photo-cli/refuses-a-bomb-at-once", test_cli_refuses_a_bomb_at_once);
  g_test_add_func ("/photo-cli/refuses-headers-beyond-the-bounds",
                   test_cli_refuses_headers_beyond_the_bounds);
  g_test_add_func ("/photo-cli/names-what-is-not-a-photo", test_cli_names_what_is_not_a_photo);
  g_test_add_func ("/photo-cli/refuses-what-is-not-a-file", test_cli_refuses_what_is_not_a_file);
  g_test_add_func ("/photo-cli/refuses-what-may-not-be-read",
                   test_cli_refuses_what_may_not_be_read);
  g_test_add_func ("/photo-cli/refuses-a-photo-cut-short", test_cli_refuses_a_photo_cut_short);
  g_test_add_func ("/photo-cli/refuses-too-small-or-too-thin",
                   test_cli_refuses_photos_that_are_too_small_or_too_thin);
  g_test_add_func ("/photo-cli/refuses-options-that-cannot-be",
                   test_cli_refuses_options_that_cannot_be);
  g_test_add_func ("/photo-cli/says-what-it-found-and-did", test_cli_says_what_it_found_and_did);
  g_test_add_func ("/photo-cli/preview-is-a-raw-file-as-told",
                   test_cli_preview_is_a_raw_file_as_told);
  g_test_add_func ("/photo-cli/preview-tells-what-becomes-of-colours-and-alpha",
                   test_cli_preview_tells_what_becomes_of_colours_and_alpha);
  g_test_add_func ("/photo-cli/calls-the-photo-what-its-parent-does",
                   test_cli_calls_the_photo_what_its_parent_calls_it);
  g_test_add_func ("/photo-cli/tells-progress-to-a-parent", test_cli_tells_progress_to_a_parent);
  g_test_add_func ("/photo-cli/help-is-for-newcomers", test_cli_help_is_for_newcomers);
  status = g_test_run ();
  photo_test_clean ();
  return status;
}
