/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-proxy.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "render/inb-codecs.h"
#include "render/inb-decoder.h"
#include "render/inb-writer.h"

#define H264_NEEDS(muxer)    \
  {                          \
    "h264parse", muxer, NULL \
  }
#define X264                                                                                    \
  "x264enc speed-preset=veryfast pass=qual quantizer=20 bitrate=60000 threads=4 key-int-max=1 " \
  "bframes=0 ! h264parse"
#define OPENH264 \
  "openh264enc bitrate=16000000 complexity=medium gop-size=1 multi-thread=4 ! h264parse"
/* libvpx: a longest distance of 0 between key frames makes each frame one */
#define VP9                                                                                  \
  "vp9enc cpu-used=8 deadline=1 end-usage=cq cq-level=20 target-bitrate=16000000 threads=4 " \
  "row-mt=true lag-in-frames=0 keyframe-max-dist=0"
/* JPEG is full range BT.601 whatever a container says */
#define JPEG "videoconvert ! video/x-raw,format=I420,colorimetry=1:4:7:1 ! jpegenc quality=88"

/* Every frame a key frame, so that a seek costs 11 ms and not 484 (measured). Tried from the top.
 */
static const InbWriterRecipe recipes[] = {
  { "x264enc", "mp4", X264, "mp4mux faststart=true", H264_NEEDS ("mp4mux") },
  { "openh264enc", "mp4", OPENH264, "mp4mux faststart=true", H264_NEEDS ("mp4mux") },
  { "x264enc", "mov", X264, "qtmux faststart=true", H264_NEEDS ("qtmux") },
  { "openh264enc", "mov", OPENH264, "qtmux faststart=true", H264_NEEDS ("qtmux") },
  { "vp9enc", "webm", VP9, "webmmux", { "webmmux", NULL } },
  { "jpegenc", "mov", JPEG, "qtmux faststart=true", { "qtmux", NULL } },
};

typedef struct
{
  const char *container;
  const char *path;
  InbClipFile *file;
  InbDecoder *decoder;
  InbWriter *writer;
  InbProxy *result;
  gint64 first_ns;
} Copy;

static gboolean
open_writer (Copy *copy, GstSample *sample, GError **error)
{
  gsize frame_bytes = gst_buffer_get_size (gst_sample_get_buffer (sample));

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!g_str_equal (recipes[i].container, copy->container) || !inb_writer_can (&recipes[i]))
        continue;
      copy->result->encoder = recipes[i].encoder;
      copy->writer = inb_writer_open (&recipes[i], copy->path, gst_sample_get_caps (sample),
                                      frame_bytes, &local_error);
      if (copy->writer != NULL)
        return TRUE;
      if (!g_error_matches (local_error, INB_ERROR, INB_ERROR_NO_CODEC))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_debug ("%s", local_error->message);
    }
  g_set_error (error, INB_ERROR, INB_ERROR_NO_CODEC,
               _ ("No encoder for a review copy in %s is installed. On Debian install "
                  "gstreamer1.0-plugins-ugly, or name the copy .mov for motion JPEG."),
               copy->container);
  return FALSE;
}

/* Frame n of the proxy shows when frame n of the clip does. Containers round (WebM to a
 * millisecond): where the rate explains a time within half a frame, it is the rate that is exact.
 */
static GstBuffer *
set_time (Copy *copy, GstSample *sample)
{
  const InbDecoderStream *stream = inb_decoder_get_stream (copy->decoder);
  GstBuffer *frame = gst_buffer_make_writable (gst_buffer_ref (gst_sample_get_buffer (sample)));
  guint64 n = copy->result->n_frames;
  gint64 time = MAX (inb_decoder_get_time (sample) - copy->first_ns, 0);

  GST_BUFFER_DTS (frame) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_PTS (frame) = (GstClockTime) time;
  if (stream->fps_n > 0)
    {
      guint64 second = GST_SECOND * stream->fps_d;
      gint64 exact = (gint64) gst_util_uint64_scale_round (n, second, stream->fps_n);
      gint64 next = (gint64) gst_util_uint64_scale_round (n + 1, second, stream->fps_n);

      if (ABS (time - exact) < (next - exact) / 2)
        {
          GST_BUFFER_PTS (frame) = (GstClockTime) exact;
          GST_BUFFER_DURATION (frame) = (GstClockTime) (next - exact);
        }
    }
  return frame;
}

static gboolean
copy_frame (Copy *copy, GstSample *sample, GError **error)
{
  if (copy->writer == NULL)
    {
      GstVideoInfo info;

      if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
          !open_writer (copy, sample, error))
        return FALSE;
      copy->result->width = (guint) GST_VIDEO_INFO_WIDTH (&info);
      copy->result->height = (guint) GST_VIDEO_INFO_HEIGHT (&info);
      copy->first_ns = inb_decoder_get_time (sample);
    }
  if (!inb_writer_push (copy->writer, set_time (copy, sample), error))
    return FALSE;
  copy->result->n_frames++;
  return TRUE;
}

static double
get_progress (Copy *copy, GstSample *sample)
{
  gint64 duration = inb_decoder_get_stream (copy->decoder)->duration_ns;

  return duration > 0 ? CLAMP ((double) inb_decoder_get_time (sample) / (double) duration, 0.0, 1.0)
                      : 0.0;
}

static gboolean
copy_all (Copy *copy, InbProxyProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (TRUE)
    {
      g_autoptr (GstSample) sample = inb_decoder_next (copy->decoder, &local_error);

      if (sample == NULL)
        break;
      if (!copy_frame (copy, sample, error))
        return FALSE;
      if (progress != NULL)
        progress (get_progress (copy, sample), user_data);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (copy->writer != NULL)
    return inb_writer_close (copy->writer, error);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               _ ("“%s” has no pictures in it. Choose a video."), copy->file->name);
  return FALSE;
}

/**
 * inb_proxy_make:
 * @clip: a video file
 * @container: "mp4" (needs an H.264 encoder), "webm" (VP9) or "mov" (H.264, motion JPEG where there
 * is none)
 * @path: where the copy goes; on an error a partial file may stand there
 * @progress: (nullable) (scope call): called for each frame with 0…1
 * @user_data: for @progress
 * @result: (out caller-allocates): what it has become
 * @error: those of inb_clip_file_open(), inb_decoder_next() and inb_writer_open()
 *
 * Makes the small copy that review scrubs: intra-only, long side at most 960 px, as many frames as
 * the clip and at the same times, without sound.
 *
 * Returns: %FALSE if there is no whole copy
 */
gboolean
inb_proxy_make (const char *clip, const char *container, const char *path,
                InbProxyProgress progress, gpointer user_data, InbProxy *result, GError **error)
{
  static const char tail[] = "queue max-size-buffers=3 max-size-bytes=0 max-size-time=0 ! "
                             "videoscale n-threads=2 ! capsfilter name=size ! "
                             "videoconvert n-threads=2 ! video/x-raw,format=I420";
  g_autoptr (InbClipFile) file = inb_clip_file_open (clip, error);
  g_autoptr (InbDecoder) decoder =
      file != NULL ? inb_decoder_open (file, tail, INB_PROXY_LONG_SIDE, error) : NULL;
  Copy copy = { .container = container, .path = path, .file = file, .decoder = decoder };
  gboolean good;

  *result = (InbProxy){ 0 };
  copy.result = result;
  good = decoder != NULL && copy_all (&copy, progress, user_data, error);
  g_clear_pointer (&copy.writer, inb_writer_free);
  return good;
}
