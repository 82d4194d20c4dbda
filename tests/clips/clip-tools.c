/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <glib/gstdio.h>
#include <string.h>

#include "render/inb-codecs.h"
#include "render/inb-encoder.h"

#define N_BITS 8

void
clip_set_up (ClipFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("inbetween-clips-XXXXXX", &error);
  g_assert_no_error (error);
}

void
clip_tear_down (ClipFixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

char *
clip_path (ClipFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

guint
clip_count_files (ClipFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The upper half tells the number in eight bright or dark bars, the lower half is a ramp; one
 * chroma for all, which is not grey. */
GBytes *
clip_frame_new (guint width, guint height, guint number)
{
  gsize luma = (gsize) width * height;
  guint8 *data = g_malloc (luma * 3 / 2);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint bit = x * N_BITS / width;

        if (y < height / 2)
          data[y * width + x] = (number >> bit & 1) != 0 ? 200 : 40;
        else
          data[y * width + x] = (guint8) (16 + x * 219 / width);
      }
  memset (data + luma, 110, luma / 4);
  memset (data + luma + luma / 4, 150, luma / 4);
  return g_bytes_new_take (data, luma * 3 / 2);
}

guint
clip_read_number (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  guint number = 0;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  for (guint bit = 0; bit < N_BITS; bit++)
    {
      int x = (GST_VIDEO_FRAME_WIDTH (&frame) * (2 * (int) bit + 1)) / (2 * N_BITS);
      int y = GST_VIDEO_FRAME_HEIGHT (&frame) / 4;
      const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (&frame, 0) +
                          y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, 0);

      if (row[x * GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, 0)] > 120)
        number |= 1u << bit;
    }
  gst_video_frame_unmap (&frame);
  return number;
}

void
clip_make (const char *path, const char *container, guint width, guint height, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbEncoder) encoder =
      inb_encoder_open (path, container, width, height, CLIP_FPS, &error);

  g_assert_no_error (error);
  for (guint n = 0; n < n_frames; n++)
    {
      g_autoptr (GBytes) frame = clip_frame_new (width, height, n);
      inb_encoder_push (encoder, frame, &error);
      g_assert_no_error (error);
    }
  inb_encoder_close (encoder, &error);
  g_assert_no_error (error);
}

/* Half a second of sound, with as many pictures or with none. */
void
clip_make_with_sound (const char *path, gboolean pictures)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_strdup_printf (
      "audiotestsrc num-buffers=22 ! audio/x-raw,rate=44100,channels=2 ! avenc_aac ! mux. %s "
      "mp4mux name=mux ! filesink location=%s",
      pictures ? "videotestsrc num-buffers=15 ! "
                 "video/x-raw,format=I420,width=320,height=180,framerate=30/1 ! x264enc ! "
                 "h264parse ! mux."
               : "",
      path);
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  inb_codecs_init (&error);
  g_assert_no_error (error);
  pipeline = gst_parse_launch (words, &error);
  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

void
clip_cut (const char *from, const char *to, gsize length)
{
  g_autofree char *data = NULL;
  gsize whole;

  g_assert_true (g_file_get_contents (from, &data, &whole, NULL));
  g_assert_cmpuint (length, <=, whole);
  g_assert_true (g_file_set_contents (to, data, (gssize) length, NULL));
}

/* Returns the rank before. */
guint
clip_set_rank (const char *factory, guint rank)
{
  g_autoptr (GstElementFactory) found = NULL;
  guint before;

  g_assert_true (inb_codecs_init (NULL));
  found = gst_element_factory_find (factory);
  if (found == NULL)
    return GST_RANK_NONE;
  before = gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE (found));
  gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (found), rank);
  return before;
}

static const char *variable;
static const char *variable_value;

/* For the runs from now on; NULL: none. Not g_setenv(): GStreamer's threads are about. */
void
clip_set_variable (const char *name, const char *value)
{
  variable = name;
  variable_value = value;
}

/* Runs inbetween-cli, with one more variable if clip_set_variable() named one. */
void
clip_run (ClipRun *run, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  g_ptr_array_add (arguments, (char *) g_getenv ("INBETWEEN_CLI"));
  va_start (args, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (arguments, (char *) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  if (variable != NULL)
    g_subprocess_launcher_setenv (launcher, variable, variable_value, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
}

void
clip_run_clear (ClipRun *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}

/* What ffprobe, which shares no code with us, says; NULL where it is not installed. One
 * "name=value" a line, decoded frames counted. */
char *
clip_probe (const char *path, const char *entries)
{
  g_autofree char *program = g_find_program_in_path ("ffprobe");
  const char *argv[] = { program,
                         "-v",
                         "error",
                         "-select_streams",
                         "v",
                         "-count_frames",
                         "-of",
                         "default=noprint_wrappers=1",
                         "-show_entries",
                         entries,
                         path,
                         NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  if (program == NULL)
    return NULL;
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  return out;
}

/* What a command printed, which must be one JSON object. */
JsonObject *
clip_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = inb_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}
