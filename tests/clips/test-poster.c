/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <gst/app/gstappsink.h>
#include <string.h>

#include "core/inb-error.h"
#include "render/inb-encoder.h"
#include "render/inb-poster.h"

/* One picture file as RGB, read by GStreamer's own decoders. */
static GstSample *
read_picture (const char *path)
{
  g_autofree char *words =
      g_strdup_printf ("filesrc location=%s ! decodebin ! videoconvert ! "
                       "video/x-raw,format=RGB,colorimetry=sRGB ! appsink name=sink",
                       path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (words, &error);
  g_autoptr (GstElement) sink = NULL;
  GstSample *sample;

  g_assert_no_error (error);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  g_assert_nonnull (sample);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return sample;
}

static void
assert_pixel (GstSample *sample, int r, int g, int b, int tolerance)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  const guint8 *pixel;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  pixel = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
          GST_VIDEO_FRAME_HEIGHT (&frame) / 2 * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0) +
          GST_VIDEO_FRAME_WIDTH (&frame) / 2 * 3;
  if (ABS (pixel[0] - r) > tolerance || ABS (pixel[1] - g) > tolerance ||
      ABS (pixel[2] - b) > tolerance)
    g_error ("%u %u %u is not %d %d %d", pixel[0], pixel[1], pixel[2], r, g, b);
  gst_video_frame_unmap (&frame);
}

/* A clip of one colour in BT.709 limited; ITU-R BT.709: Kr = 0.2126, Kb = 0.0722. */
static void
make_colored (const char *path, const char *container, double r, double g, double b)
{
  double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  guint8 *data = g_malloc (CLIP_WIDTH * CLIP_HEIGHT * 3 / 2);
  g_autoptr (GBytes) frame = g_bytes_new_take (data, CLIP_WIDTH * CLIP_HEIGHT * 3 / 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbEncoder) encoder =
      inb_encoder_open (path, container, CLIP_WIDTH, CLIP_HEIGHT, 30, &error);
  gsize luma = CLIP_WIDTH * CLIP_HEIGHT;

  g_assert_no_error (error);
  memset (data, (int) (16.0 + 219.0 * y / 255.0 + 0.5), luma);
  memset (data + luma, (int) (128.0 + 224.0 * (b - y) / 1.8556 / 255.0 + 0.5), luma / 4);
  memset (data + luma * 5 / 4, (int) (128.0 + 224.0 * (r - y) / 1.5748 / 255.0 + 0.5), luma / 4);
  for (guint n = 0; n < 3; n++)
    g_assert_true (inb_encoder_push (encoder, frame, &error));
  g_assert_true (inb_encoder_close (encoder, &error));
}

/* 180 lines: whoever goes by size takes BT.601 and shows another red. */
static void
test_colors_are_those_of_the_clip (ClipFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *container;
    const char *format;
  } ways[] = { { "mp4", "png" }, { "mp4", "jpg" }, { "webm", "png" }, { "webm", "jpg" } };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *clip = clip_path (fixture, "clip");
      g_autofree char *path = clip_path (fixture, "poster");
      g_autoptr (GstSample) picture = NULL;
      g_autoptr (GError) error = NULL;
      InbPoster poster;

      make_colored (clip, ways[i].container, 200, 60, 40);
      g_assert_true (inb_poster_make (clip, 0, 640, ways[i].format, path, &poster, &error));
      g_assert_no_error (error);
      picture = read_picture (path);
      assert_pixel (picture, 200, 60, 40, 2);
    }
}

static guint
number_of_poster (ClipFixture *fixture, const char *clip, int frame, InbPoster *poster)
{
  g_autofree char *path = clip_path (fixture, "poster.png");
  g_autoptr (GstSample) picture = NULL;
  g_autoptr (GError) error = NULL;

  inb_poster_make (clip, frame, 640, "png", path, poster, &error);
  g_assert_no_error (error);
  picture = read_picture (path);
  return clip_read_number (picture);
}

static void
test_frame_asked_for_is_shown (ClipFixture *fixture, gconstpointer data)
{
  const char *const containers[] = { "mp4", "webm" };

  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autofree char *clip = clip_path (fixture, "clip");
      InbPoster poster;

      clip_make (clip, containers[i], CLIP_WIDTH, CLIP_HEIGHT, 20);
      g_assert_cmpuint (number_of_poster (fixture, clip, 0, &poster), ==, 0);
      g_assert_cmpuint (number_of_poster (fixture, clip, 7, &poster), ==, 7);
      g_assert_cmpuint (number_of_poster (fixture, clip, 19, &poster), ==, 19);
      g_assert_cmpuint (number_of_poster (fixture, clip, INB_POSTER_MIDDLE, &poster), ==, 10);
      g_assert_cmpuint (poster.frame, ==, 10);
      g_assert_cmpuint (poster.width, ==, CLIP_WIDTH);
    }
}

static void
test_frame_that_is_not_there_is_named (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "clip.mp4");
  g_autofree char *path = clip_path (fixture, "poster.png");
  g_autoptr (GError) error = NULL;
  InbPoster poster;

  clip_make (clip, "mp4", 64, 36, 5);
  g_assert_false (inb_poster_make (clip, 5, 640, "png", path, &poster, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "no frame 5"));
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

static void
test_long_side_is_obeyed (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *clip = clip_path (fixture, "clip.mp4");
  g_autofree char *path = clip_path (fixture, "poster.jpg");
  g_autoptr (GError) error = NULL;
  InbPoster poster;

  clip_make (clip, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 2);
  g_assert_true (inb_poster_make (clip, 1, 160, "jpg", path, &poster, &error));
  g_assert_cmpuint (poster.width, ==, 160);
  g_assert_cmpuint (poster.height, ==, 90);
  g_assert_false (inb_poster_make (clip, 1, 5, "jpg", path, &poster, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/poster/colors-are-those-of-the-clip", test_colors_are_those_of_the_clip);
  CLIP_TEST ("/poster/frame-asked-for-is-shown", test_frame_asked_for_is_shown);
  CLIP_TEST ("/poster/frame-that-is-not-there-is-named", test_frame_that_is_not_there_is_named);
  CLIP_TEST ("/poster/long-side-is-obeyed", test_long_side_is_obeyed);
  return g_test_run ();
}
