/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-encoder.h"

#define N_FRAMES 30

static void
assert_line (const char *lines, const char *line)
{
  g_auto (GStrv) all = g_strsplit (lines, "\n", -1);

  if (!g_strv_contains ((const char *const *) all, line))
    g_error ("no “%s” in:\n%s", line, lines);
}

/* Another program counts the frames and reads the tags. */
static void
assert_probe (const char *path, const char *codec)
{
  g_autofree char *lines =
      clip_probe (path, "stream=codec_name,width,height,color_range,color_space,color_transfer,"
                        "color_primaries,r_frame_rate,nb_read_frames:format=duration");
  g_autofree char *codec_line = g_strdup_printf ("codec_name=%s", codec);

  if (lines == NULL)
    {
      g_test_skip ("ffprobe is not installed");
      return;
    }
  assert_line (lines, codec_line);
  assert_line (lines, "width=320");
  assert_line (lines, "height=180");
  assert_line (lines, "color_range=tv");
  assert_line (lines, "color_space=bt709");
  assert_line (lines, "color_transfer=bt709");
  assert_line (lines, "color_primaries=bt709");
  assert_line (lines, "r_frame_rate=30/1");
  assert_line (lines, "nb_read_frames=30");
  assert_line (lines, "duration=1.000000");
}

static void
test_x264_clip_is_exact_and_tagged (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4.part");

  clip_make (path, "mp4", CLIP_WIDTH, CLIP_HEIGHT, N_FRAMES);
  assert_probe (path, "h264");
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

static void
test_openh264_clip_is_exact_and_tagged (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  guint rank = clip_set_rank ("x264enc", GST_RANK_NONE);

  if (gst_element_factory_find ("openh264enc") == NULL)
    g_test_skip ("openh264enc is not installed");
  else
    {
      clip_make (path, "mp4", CLIP_WIDTH, CLIP_HEIGHT, N_FRAMES);
      assert_probe (path, "h264");
    }
  clip_set_rank ("x264enc", rank);
}

static void
test_vp9_clip_is_exact_and_tagged (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.webm");

  clip_make (path, "webm", CLIP_WIDTH, CLIP_HEIGHT, N_FRAMES);
  assert_probe (path, "vp9");
}

static void
test_first_installed_encoder_is_chosen (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_autoptr (GError) error = NULL;
  guint x264 = clip_set_rank ("x264enc", GST_RANK_PRIMARY);
  guint openh264 = clip_set_rank ("openh264enc", GST_RANK_NONE);
  guint vp9 = clip_set_rank ("vp9enc", GST_RANK_PRIMARY);
  InbEncoder *encoder;

  g_assert_cmpstr (inb_encoder_choose_container (&error), ==, "mp4");
  clip_set_rank ("x264enc", GST_RANK_NONE);
  g_assert_cmpstr (inb_encoder_choose_container (&error), ==, "webm");
  g_assert_no_error (error);

  encoder = inb_encoder_open (path, "mp4", 320, 180, 30, &error);
  g_assert_null (encoder);
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_CODEC);
  g_clear_error (&error);

  clip_set_rank ("vp9enc", GST_RANK_NONE);
  g_assert_null (inb_encoder_choose_container (&error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_CODEC);
  g_assert_nonnull (strstr (error->message, "gstreamer1.0-plugins-ugly"));
  g_assert_nonnull (strstr (error->message, "codecs-extra"));

  clip_set_rank ("x264enc", x264);
  clip_set_rank ("openh264enc", openh264);
  clip_set_rank ("vp9enc", vp9);
}

static double
get_psnr (const guint8 *wanted, GstSample *sample, guint width, guint height)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  double sum = 0.0;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  g_assert_cmpint (GST_VIDEO_FRAME_WIDTH (&frame), ==, (int) width);
  for (guint plane = 0; plane < 3; plane++)
    {
      guint w = plane == 0 ? width : width / 2;
      guint h = plane == 0 ? height : height / 2;

      for (guint y = 0; y < h; y++)
        for (guint x = 0; x < w; x++)
          {
            const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, plane) +
                                (int) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane);
            double d = (double) row[x] - *wanted++;

            sum += d * d;
          }
    }
  gst_video_frame_unmap (&frame);
  return 10.0 * log10 (255.0 * 255.0 / (sum / (width * height * 1.5) + 1e-9));
}

/* 322 is no multiple of four, so that GStreamer's own rows would be padded. */
static void
test_unpadded_planes_arrive_unsheared (ClipFixture *fixture, gconstpointer data)
{
  const char *const containers[] = { "mp4", "webm" };

  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autofree char *name = g_strconcat ("a.", containers[i], NULL);
      g_autofree char *path = clip_path (fixture, name);
      g_autoptr (GError) error = NULL;
      g_autoptr (InbClipFile) file = NULL;
      g_autoptr (InbDecoder) decoder = NULL;

      clip_make (path, containers[i], 322, 182, 4);
      file = inb_clip_file_open (path, &error);
      g_assert_no_error (error);
      decoder = inb_decoder_open (file, "", 0, &error);
      g_assert_no_error (error);
      for (guint n = 0; n < 4; n++)
        {
          g_autoptr (GBytes) wanted = clip_frame_new (322, 182, n);
          g_autoptr (GstSample) sample = inb_decoder_next (decoder, &error);

          g_assert_no_error (error);
          g_assert_cmpuint (clip_read_number (sample), ==, n);
          g_assert_cmpfloat (get_psnr (g_bytes_get_data (wanted, NULL), sample, 322, 182), >, 36.0);
        }
    }
}

static GBytes *
noise_new (GRand *random, guint width, guint height)
{
  gsize length = (gsize) width * height * 3 / 2;
  guint8 *noise = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    noise[i] = (guint8) g_rand_int_range (random, 96, 144);
  return g_bytes_new_take (noise, length);
}

/* The encoders' own rates are made for telephones: grain would turn to mush. */
static void
assert_grain_survives (const char *path, const char *container, double psnr)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbEncoder) encoder = inb_encoder_open (path, container, 320, 180, 30, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (InbClipFile) file = NULL;
  g_autoptr (InbDecoder) decoder = NULL;

  g_assert_no_error (error);
  for (guint n = 0; n < 15; n++)
    {
      g_ptr_array_add (frames, noise_new (random, 320, 180));
      g_assert_true (inb_encoder_push (encoder, frames->pdata[n], &error));
    }
  g_assert_true (inb_encoder_close (encoder, &error));
  file = inb_clip_file_open (path, &error);
  decoder = inb_decoder_open (file, "", 0, &error);
  for (guint n = 0; n < 15; n++)
    {
      g_autoptr (GstSample) sample = inb_decoder_next (decoder, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat (get_psnr (g_bytes_get_data (frames->pdata[n], NULL), sample, 320, 180), >,
                         psnr);
    }
}

static void
test_grain_survives (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "grain");
  guint rank;

  assert_grain_survives (path, "mp4", 30.0);
  assert_grain_survives (path, "webm", 30.0);
  rank = clip_set_rank ("x264enc", GST_RANK_NONE);
  assert_grain_survives (path, "mp4", 30.0);
  clip_set_rank ("x264enc", rank);
}

static void
test_same_frames_give_same_bytes (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *one = clip_path (fixture, "one.mp4");
  g_autofree char *two = clip_path (fixture, "two.mp4");
  g_autofree char *one_data = NULL;
  g_autofree char *two_data = NULL;
  gsize one_length;
  gsize two_length;

  clip_make (one, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 8);
  clip_make (two, "mp4", CLIP_WIDTH, CLIP_HEIGHT, 8);
  g_assert_true (g_file_get_contents (one, &one_data, &one_length, NULL));
  g_assert_true (g_file_get_contents (two, &two_data, &two_length, NULL));
  g_assert_cmpmem (one_data, one_length, two_data, two_length);
  /* the movie's time of creation, version 0, right behind "mvhd" and its flags */
  for (gsize i = 0; i + 16 < one_length; i++)
    if (memcmp (one_data + i, "mvhd", 4) == 0)
      g_assert_cmpmem (one_data + i + 8, 8, "\0\0\0\0\0\0\0\0", 8);
}

static void
test_y4m_holds_header_and_frames (ClipFixture *fixture, gconstpointer data)
{
  static const char header[] = "YUV4MPEG2 W16 H8 F30:1 Ip A1:1 C420mpeg2 XCOLORRANGE=LIMITED\n";
  g_autofree char *path = clip_path (fixture, "a.y4m");
  g_autoptr (GByteArray) wanted = g_byte_array_new ();
  g_autofree char *got = NULL;
  gsize length;

  g_byte_array_append (wanted, (const guint8 *) header, sizeof header - 1);
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (GBytes) frame = clip_frame_new (16, 8, n);

      g_byte_array_append (wanted, (const guint8 *) "FRAME\n", 6);
      g_byte_array_append (wanted, g_bytes_get_data (frame, NULL),
                           (guint) g_bytes_get_size (frame));
    }
  clip_make (path, "y4m", 16, 8, 3);
  g_assert_true (g_file_get_contents (path, &got, &length, NULL));
  g_assert_cmpmem (got, length, wanted->data, wanted->len);
}

/* Frames that do not compress, until the disk is full or all are in. */
static gboolean
encode_noise (const char *path, const char *container, GError **error)
{
  g_autoptr (InbEncoder) encoder = inb_encoder_open (path, container, 320, 180, 30, error);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  if (encoder == NULL)
    return FALSE;
  for (guint n = 0; n < 40; n++)
    {
      g_autoptr (GBytes) frame = noise_new (random, 320, 180);

      if (!inb_encoder_push (encoder, frame, error))
        return FALSE;
    }
  return inb_encoder_close (encoder, error);
}

static void
test_full_disk_is_said_and_does_not_hang (ClipFixture *fixture, gconstpointer data)
{
  const char *const containers[] = { "mp4", "webm", "y4m" };
  g_autofree char *path = clip_path (fixture, "full.part");

  g_assert_cmpint (symlink ("/dev/full", path), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (encode_noise (path, containers[i], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_NO_SPACE);
    }
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

static void
test_missing_folder_is_named (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "not-there/a.mp4");
  g_autoptr (GError) error = NULL;

  g_assert_false (encode_noise (path, "mp4", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (error->message, "not-there"));
}

static void
test_odd_sides_are_refused (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4");
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_encoder_open (path, "mp4", 321, 180, 30, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_cmpuint (clip_count_files (fixture), ==, 0);
}

static void
test_abort_leaves_at_most_the_part (ClipFixture *fixture, gconstpointer data)
{
  g_autofree char *path = clip_path (fixture, "a.mp4.part");
  g_autoptr (GError) error = NULL;
  InbEncoder *encoder = inb_encoder_open (path, "mp4", 320, 180, 30, &error);
  g_autoptr (GBytes) frame = clip_frame_new (320, 180, 0);

  g_assert_no_error (error);
  g_assert_cmpstr (inb_encoder_get_name (encoder), ==, "x264enc");
  for (guint n = 0; n < 5; n++)
    g_assert_true (inb_encoder_push (encoder, frame, &error));
  inb_encoder_abort (encoder);
  g_assert_cmpuint (clip_count_files (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CLIP_TEST ("/encoder/x264-clip-is-exact-and-tagged", test_x264_clip_is_exact_and_tagged);
  CLIP_TEST ("/encoder/openh264-clip-is-exact-and-tagged", test_openh264_clip_is_exact_and_tagged);
  CLIP_TEST ("/encoder/vp9-clip-is-exact-and-tagged", test_vp9_clip_is_exact_and_tagged);
  CLIP_TEST ("/encoder/first-installed-is-chosen", test_first_installed_encoder_is_chosen);
  CLIP_TEST ("/encoder/unpadded-planes-arrive-unsheared", test_unpadded_planes_arrive_unsheared);
  CLIP_TEST ("/encoder/grain-survives", test_grain_survives);
  CLIP_TEST ("/encoder/same-frames-give-same-bytes", test_same_frames_give_same_bytes);
  CLIP_TEST ("/encoder/y4m-holds-header-and-frames", test_y4m_holds_header_and_frames);
  CLIP_TEST ("/encoder/full-disk-is-said", test_full_disk_is_said_and_does_not_hang);
  CLIP_TEST ("/encoder/missing-folder-is-named", test_missing_folder_is_named);
  CLIP_TEST ("/encoder/odd-sides-are-refused", test_odd_sides_are_refused);
  CLIP_TEST ("/encoder/abort-leaves-at-most-the-part", test_abort_leaves_at_most_the_part);
  return g_test_run ();
}
