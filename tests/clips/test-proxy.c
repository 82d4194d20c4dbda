/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <string.h>

#include "core/inb-error.h"
#include "render/inb-inspect.h"
#include "render/inb-proxy.h"

/* Each frame of the copy tells its own number and comes at its own time. */
static void
assert_frames (const char *path, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbClipFile) file = inb_clip_file_open (path, &error);
  g_autoptr (InbDecoder) decoder = NULL;
  guint n;

  g_assert_no_error (error);
  if (!g_str_equal (file->container, "webm"))
    {
      g_assert_true (file->boxes.faststart);
      g_assert_cmpuint (file->boxes.n_samples, ==, n_frames);
    }
  decoder = inb_decoder_open (file, "", 0, &error);
  for (n = 0;; n++)
    {
      g_autoptr (GstSample) sample = inb_decoder_next (decoder, &error);

      g_assert_no_error (error);
      if (sample == NULL)
        break;
      g_assert_cmpuint (clip_read_number (sample), ==, n);
      g_assert_cmpint (ABS (inb_decoder_get_time (sample) - n * GST_SECOND / CLIP_FPS), <,
                       GST_MSECOND);
    }
  g_assert_cmpuint (n, ==, n_frames);
}

static void
assert_all_key_frames (const char *path, guint n_frames)
{
  g_autofree char *lines = clip_probe (path, "packet=flags");
  guint n = 0;

  if (lines == NULL)
    {
      g_test_skip ("ffprobe is not installed");
      return;
    }
  for (const char *at = lines; (at = strstr (at, "flags=K")) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, n_frames);
}

static void
copy (ClipFixture *fixture, const char *container, const char *copy_container, const char *codec)
{
  g_autofree char *clip = clip_path (fixture, "clip");
  g_autofree char *path = clip_path (fixture, "proxy");
  g_autoptr (GError) error = NULL;
  g_autoptr (InbInspection) found = NULL;
  InbProxy proxy;

  clip_make (clip, container, CLIP_WIDTH, CLIP_HEIGHT, 25);
  g_assert_true (inb_proxy_make (clip, copy_container, path, NULL, NULL, &proxy, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (proxy.width, ==, CLIP_WIDTH); /* never enlarged */
  g_assert_cmpuint (proxy.height, ==, CLIP_HEIGHT);
  g_assert_cmpuint (proxy.n_frames, ==, 25);
  assert_frames (path, 25);
  assert_all_key_frames (path, 25);
  found = inb_inspect (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->clip->codec, ==, codec);
  g_assert_cmpuint (found->clip->n_frames, ==, 25);
  g_assert_cmpint (found->clip->duration_ns, ==, 833333333);
}

static void
test_every_frame_is_there_and_a_key_frame (ClipFixture *fixture, gconstpointer data)
{
  copy (fixture, "mp4", "mp4", "h264");
}

static void
test_times_of_webm_become_exact (ClipFixture *fixture, gconstpointer data)
{
  copy (fixture, "webm", "mp4", "h264");
}

static void
test_second_h264_encoder_is_as_good (ClipFixture *fixture, gconstpointer data)
{
  guint rank = clip_set_rank ("x264enc", GST_RANK_NONE);

  if (gst_element_factory_find ("openh264enc") == NULL)
    g_test_skip ("openh264enc is not installed");
  else
    copy (fixture, "webm", "mov", "h264");
  clip_set_rank ("x264enc", rank);
}

static void
test_without_h264_encoder_it_is_motion_jpeg (ClipFixture *fixture, gconstpointer data)
{
  guint x264 = clip_set_rank ("x264enc", GST_RANK_NONE);
  guint openh264 = clip_set_rank ("openh264enc", GST_RANK_NONE);

  copy (fixture, "webm", "mov", "mjpeg");
  clip_set_rank ("x264enc", x264);
  clip_set_rank ("openh264enc", openh264);
}

static void
test_webm_copy_has_key_frames_only (ClipFixture *fixture, gconstpointer data)
{
  copy (fixture, "webm", "webm", "vp9");
}

static void
test_mp4_without_h264_encoder_names_the_way_out (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "clip.webm");
  g_autofree char *path = clip_path (fixture, "proxy.mp4");
  g_autoptr (GError) error = NULL;
  guint x264 = clip_set_rank ("x264enc", GST_RANK_NONE);
  guint openh264 = clip_set_rank ("openh264enc", GST_RANK_NONE);
  InbProxy proxy;

  clip_make (clip, "webm", 64, 36, 3);
  g_assert_false (inb_proxy_make (clip, "mp4", path, NULL, NULL, &proxy, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_CODEC);
  g_assert_nonnull (strstr (error->message, ".mov"));
  clip_set_rank ("x264enc", x264);
  clip_set_rank ("openh264enc", openh264);
}

static void
test_long_side_is_960_and_sides_are_even (ClipFixture *fixture, gconstpointer data)
{
  static const guint sizes[][4] = {
    { 1280, 720, 960, 540 },
    { 1080, 1920, 540, 960 },
    { 1920, 1276, 960, 638 },
    { 1000, 2, 960, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint width;
      guint height;

      inb_decoder_fit (sizes[i][0], sizes[i][1], INB_PROXY_LONG_SIDE, &width, &height);
      g_assert_cmpuint (width, ==, sizes[i][2]);
      g_assert_cmpuint (height, ==, sizes[i][3]);
    }
}

static void
test_large_clip_becomes_small (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "clip.mp4");
  g_autofree char *path = clip_path (fixture, "proxy.mp4");
  g_autoptr (GError) error = NULL;
  g_autoptr (InbInspection) found = NULL;
  InbProxy proxy;

  clip_make (clip, "mp4", 720, 1280, 5);
  g_assert_true (inb_proxy_make (clip, "mp4", path, NULL, NULL, &proxy, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (proxy.width, ==, 540);
  g_assert_cmpuint (proxy.height, ==, 960);
  assert_frames (path, 5);
  found = inb_inspect (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->clip->height, ==, 960);
  g_assert_cmpstr (found->clip->matrix, ==, "bt709");
}

static void
test_damaged_clip_has_no_proxy (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "clip.mp4");
  g_autofree char *path = clip_path (fixture, "proxy.mp4");
  g_autoptr (GError) error = NULL;
  InbProxy proxy;

  g_assert_true (g_file_set_contents (clip, "no video", -1, NULL));
  g_assert_false (inb_proxy_make (clip, "mp4", path, NULL, NULL, &proxy, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_CLIP);
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/proxy/every-frame-is-there-and-a-key-frame",
             test_every_frame_is_there_and_a_key_frame);
  CLIP_TEST ("/proxy/times-of-webm-become-exact", test_times_of_webm_become_exact);
  CLIP_TEST ("/proxy/second-h264-encoder-is-as-good", test_second_h264_encoder_is_as_good);
  CLIP_TEST ("/proxy/without-h264-encoder-it-is-motion-jpeg",
             test_without_h264_encoder_it_is_motion_jpeg);
  CLIP_TEST ("/proxy/webm-copy-has-key-frames-only", test_webm_copy_has_key_frames_only);
  CLIP_TEST ("/proxy/mp4-without-h264-encoder-names-the-way-out",
             test_mp4_without_h264_encoder_names_the_way_out);
  CLIP_TEST ("/proxy/long-side-is-960-and-sides-are-even",
             test_long_side_is_960_and_sides_are_even);
  CLIP_TEST ("/proxy/large-clip-becomes-small", test_large_clip_becomes_small);
  CLIP_TEST ("/proxy/damaged-clip-has-no-proxy", test_damaged_clip_has_no_proxy);
  return g_test_run ();
}
