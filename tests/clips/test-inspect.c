/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-inspect.h"

static void
assert_refused (const char *path, InbError code, const char *because)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);

  g_assert_null (inb_inspect (path, NULL, NULL, &error));
  g_assert_error (error, INB_ERROR, (int) code);
  if (strstr (error->message, because) == NULL || strstr (error->message, name) == NULL)
    g_error ("“%s” does not say “%s”", error->message, because);
}

static void
assert_clip (const char *path, const char *container, const char *codec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbInspection) found = inb_inspect (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found->clip->container, ==, container);
  g_assert_cmpstr (found->clip->codec, ==, codec);
  g_assert_cmpuint (found->clip->width, ==, CLIP_WIDTH);
  g_assert_cmpuint (found->clip->height, ==, CLIP_HEIGHT);
  g_assert_cmpuint (found->clip->fps_n, ==, 30);
  g_assert_cmpuint (found->clip->fps_d, ==, 1);
  g_assert_cmpuint (found->clip->n_frames, ==, 25);
  g_assert_cmpint (found->clip->duration_ns, ==, 833333333);
  g_assert_cmpstr (found->clip->matrix, ==, "bt709");
  g_assert_cmpstr (found->primaries, ==, "bt709");
  g_assert_cmpstr (found->transfer, ==, "bt709");
  g_assert_cmpstr (found->range, ==, "limited");
  g_assert_true (found->faststart);
  g_assert_false (found->audio);
}

static void
test_own_clips_are_known_exactly (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *mp4 = clip_path (fixture, "a.mp4");
  g_autofree char *webm = clip_path (fixture, "a.webm");

  clip_make (mp4, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 25);
  clip_make (webm, "webm", CLIP_WIDTH, CLIP_HEIGHT, 25);
  assert_clip (mp4, "mp4", "h264");
  assert_clip (webm, "webm", "vp9");
}

static void
test_each_h264_decoder_agrees (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *mp4 = clip_path (fixture, "a.mp4");
  guint rank = clip_set_rank ("avdec_h264", GST_RANK_NONE);

  clip_make (mp4, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 25);
  assert_clip (mp4, "mp4", "h264");
  clip_set_rank ("avdec_h264", rank);
}

static void
test_sum_and_size_are_those_of_the_file (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_autofree char *bytes = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (InbInspection) found = NULL;
  gsize length;

  clip_make (path, "mp4", 64, 36, 3);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  found = inb_inspect (path, NULL, NULL, NULL);
  g_assert_cmpstr (found->clip->sha256, ==, sum);
  g_assert_cmpint (found->clip->size, ==, (gint64) length);
}

static void
test_sound_is_decoded_beside (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_autoptr (InbInspection) found = NULL;
  g_autoptr (GError) error = NULL;

  clip_make_with_sound (path, TRUE);
  found = inb_inspect (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (found->audio);
  g_assert_false (found->faststart);
  g_assert_cmpuint (found->clip->n_frames, ==, 15);
  g_assert_cmpint (found->clip->duration_ns, ==, 500000000);
}

static void
test_sound_alone_is_no_clip (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "song.mp4");

  clip_make_with_sound (path, FALSE);
  assert_refused (path, INB_ERROR_BAD_CLIP, "no pictures");
}

static void
test_what_is_no_file_is_refused_at_once (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = clip_path (fixture, "missing.mp4");
  g_autofree char *fifo = clip_path (fixture, "pipe.mp4");
  g_autofree char *empty = clip_path (fixture, "empty.mp4");

  assert_refused (missing, INB_ERROR_NO_ACCESS, "does not exist");
  assert_refused (fixture->folder, INB_ERROR_BAD_CLIP, "is a folder");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, INB_ERROR_BAD_CLIP, "pipe or a device");
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_refused (empty, INB_ERROR_BAD_CLIP, "is empty");
}

static void
test_other_kinds_of_files_are_refused (ClipFixture *fixture, gconstpointer data)
{
  static const char jpeg[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9";
  static const struct
  {
    const char *name;
    const char *bytes;
    gssize length;
  } files[] = {
    { "text.mp4", "Dear designer, this is a letter.\n", -1 },
    { "photo.mp4", jpeg, sizeof jpeg - 1 },
    { "list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:5\nhttp://127.0.0.1:9/a.ts\n", -1 },
    { "one.mp4", "x", 1 },
    { "script.mp4", "<?xml version=\"1.0\"?><smil><body/></smil>", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = clip_path (fixture, files[i].name);

      g_assert_true (g_file_set_contents (path, files[i].bytes, files[i].length, NULL));
      assert_refused (path, INB_ERROR_BAD_CLIP, "is not a video");
    }
}

static void
test_cut_clips_are_refused (ClipFixture *fixture, gconstpointer data)
{
  const char *const containers[] = { "mp4", "webm" };

  for (gsize c = 0; c < G_N_ELEMENTS (containers); c++)
    {
      g_autofree char *whole = clip_path (fixture, "whole");
      g_autofree char *cut = clip_path (fixture, "cut.mp4");
      struct stat status;

      clip_make (whole, containers[c], CLIP_WIDTH, CLIP_HEIGHT, 10);
      g_assert_cmpint (stat (whole, &status), ==, 0);
      for (off_t n = 1; n <= 20; n++)
        {
          clip_cut (whole, cut, (gsize) (status.st_size * n / 20 - 1));
          assert_refused (cut, INB_ERROR_BAD_CLIP, "cut.mp4");
        }
    }
}

/* The boxes are all right, what they hold is not. */
static void
test_overwritten_pictures_are_refused (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_autofree char *bytes = NULL;
  gsize length;

  clip_make (path, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 20);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memset (bytes + length / 2, 0x55, length / 2);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  assert_refused (path, INB_ERROR_BAD_CLIP, "damaged");
}

static void
test_missing_decoder_is_named (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  guint libav = clip_set_rank ("avdec_h264", GST_RANK_NONE);
  guint openh264 = clip_set_rank ("openh264dec", GST_RANK_NONE);

  clip_make (path, "mp4", 64, 36, 3);
  assert_refused (path, INB_ERROR_NO_CODEC, "h264");
  assert_refused (path, INB_ERROR_NO_CODEC, "gstreamer1.0-libav");
  clip_set_rank ("avdec_h264", libav);
  clip_set_rank ("openh264dec", openh264);
}

static void
progress_cb (double progress, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (progress, >=, *last);
  *last = progress;
}

static void
test_progress_goes_up_to_one (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_autoptr (InbInspection) found = NULL;
  double progress = 0.0;

  clip_make (path, "mp4", 64, 36, 10);
  found = inb_inspect (path, progress_cb, &progress, NULL);
  g_assert_nonnull (found);
  g_assert_cmpfloat (progress, ==, 1.0);
}

/* The same mutations each time; whatever comes, there is a verdict in bounded time. */
static void
test_mutations_get_a_verdict (ClipFixture *fixture, gconstpointer data)
{
  const char *const containers[] = { "mp4", "webm" };
  g_autofree char *path = clip_path (fixture, "a");
  g_autofree char *bent = clip_path (fixture, "bent");
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (gsize c = 0; c < G_N_ELEMENTS (containers); c++)
    for (guint n = 0; n < 25; n++)
      {
        g_autofree char *bytes = NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (InbInspection) found = NULL;
        gsize length;

        if (n == 0)
          clip_make (path, containers[c], 64, 36, 4);
        g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
        for (guint i = 0; i < 3; i++)
          bytes[g_rand_int_range (random, 0, (gint32) length)] = (char) g_rand_int (random);
        g_assert_true (g_file_set_contents (bent, bytes, (gssize) length, NULL));
        found = inb_inspect (bent, NULL, NULL, &error);
        g_assert_true ((found == NULL) == (error != NULL));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/inspect/own-clips-are-known-exactly", test_own_clips_are_known_exactly);
  CLIP_TEST ("/inspect/each-h264-decoder-agrees", test_each_h264_decoder_agrees);
  CLIP_TEST ("/inspect/sum-and-size-are-those-of-the-file",
             test_sum_and_size_are_those_of_the_file);
  CLIP_TEST ("/inspect/sound-is-decoded-beside", test_sound_is_decoded_beside);
  CLIP_TEST ("/inspect/sound-alone-is-no-clip", test_sound_alone_is_no_clip);
  CLIP_TEST ("/inspect/what-is-no-file-is-refused-at-once",
             test_what_is_no_file_is_refused_at_once);
  CLIP_TEST ("/inspect/other-kinds-of-files-are-refused", test_other_kinds_of_files_are_refused);
  CLIP_TEST ("/inspect/cut-clips-are-refused", test_cut_clips_are_refused);
  CLIP_TEST ("/inspect/overwritten-pictures-are-refused", test_overwritten_pictures_are_refused);
  CLIP_TEST ("/inspect/missing-decoder-is-named", test_missing_decoder_is_named);
  CLIP_TEST ("/inspect/progress-goes-up-to-one", test_progress_goes_up_to_one);
  CLIP_TEST ("/inspect/mutations-get-a-verdict", test_mutations_get_a_verdict);
  return g_test_run ();
}
