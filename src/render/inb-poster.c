/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-poster.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "render/inb-codecs.h"
#include "render/inb-decoder.h"
#include "render/inb-writer.h"

#define MAX_LONG_SIDE 4096

/* From the clip's own colours to sRGB (PNG), or to what JPEG means by its colours. */
static const struct
{
  const char *format;
  const char *encoder;
  const char *chain;
} formats[] = {
  { "jpg", "jpegenc",
    "videoconvert ! video/x-raw,format=I420,colorimetry=1:4:7:1 ! jpegenc quality=90" },
  { "png", "pngenc",
    "videoconvert ! video/x-raw,format=RGB,colorimetry=sRGB ! pngenc compression-level=6" },
};

static gboolean
refuse_frame (InbClipFile *file, int frame, guint n_frames, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("“%s” has no frame %d: its %u frames count from 0."), file->name, frame,
                  n_frames);
  return FALSE;
}

/* Which frame is in the middle, as well as the file's head tells before all is decoded. */
static guint
find_middle (InbClipFile *file, InbDecoder *decoder)
{
  const InbDecoderStream *stream = inb_decoder_get_stream (decoder);

  if (file->boxes.n_samples > 0)
    return (guint) (file->boxes.n_samples / 2);
  if (stream->fps_n == 0 || stream->duration_ns <= 0)
    return 0;
  return (guint) gst_util_uint64_scale_round ((guint64) stream->duration_ns / 2, stream->fps_n,
                                              GST_SECOND * stream->fps_d);
}

/* The frame asked for; for the middle one of a head that lied, the last one there is. */
static GstSample *
decode (InbClipFile *file, InbDecoder *decoder, int frame, guint *number, GError **error)
{
  g_autoptr (GstSample) last = NULL;
  g_autoptr (GError) local_error = NULL;
  guint wanted = (guint) MAX (frame, 0);

  for (guint n = 0;; n++)
    {
      g_autoptr (GstSample) sample = inb_decoder_next (decoder, &local_error);

      if (sample == NULL && local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (sample == NULL && (last == NULL || frame >= 0))
        {
          refuse_frame (file, MAX (frame, 0), n, error);
          return NULL;
        }
      if (sample == NULL)
        return g_steal_pointer (&last);
      if (n == 0 && frame == INB_POSTER_MIDDLE)
        wanted = find_middle (file, decoder);
      *number = n;
      if (n == wanted)
        return g_steal_pointer (&sample);
      g_clear_pointer (&last, gst_sample_unref);
      last = g_steal_pointer (&sample);
    }
}

static gboolean
encode (GstSample *sample, gsize row, const char *path, InbPoster *result, GError **error)
{
  g_autofree char *chain = g_strdup_printf (
      "videoscale method=lanczos ! video/x-raw,width=%u,height=%u,pixel-aspect-ratio=1/1 ! %s",
      result->width, result->height, formats[row].chain);
  InbWriterRecipe recipe = { .encoder = formats[row].encoder,
                             .container = formats[row].format,
                             .chain = chain,
                             .muxer = "identity" };
  GstBuffer *frame = gst_buffer_make_writable (gst_buffer_ref (gst_sample_get_buffer (sample)));
  g_autoptr (InbWriter) writer = NULL;

  GST_BUFFER_PTS (frame) = 0;
  GST_BUFFER_DTS (frame) = GST_CLOCK_TIME_NONE;
  writer = inb_writer_open (&recipe, path, gst_sample_get_caps (sample),
                            gst_buffer_get_size (frame), error);
  if (writer == NULL)
    {
      gst_buffer_unref (frame);
      return FALSE;
    }
  return inb_writer_push (writer, frame, error) && inb_writer_close (writer, error);
}

static gboolean
find_format (const char *format, gsize *row, GError **error)
{
  for (*row = 0; *row < G_N_ELEMENTS (formats); (*row)++)
    if (g_str_equal (formats[*row].format, format))
      return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("A poster is a .jpg or a .png, not “%s”."), format);
  return FALSE;
}

static gboolean
measure (GstSample *sample, guint long_side, InbPoster *result)
{
  GstVideoInfo info;
  guint width;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return FALSE;
  width = (guint) gst_util_uint64_scale_int_round ((guint64) GST_VIDEO_INFO_WIDTH (&info),
                                                   GST_VIDEO_INFO_PAR_N (&info),
                                                   GST_VIDEO_INFO_PAR_D (&info));
  inb_decoder_fit (width, (guint) GST_VIDEO_INFO_HEIGHT (&info), long_side, &result->width,
                   &result->height);
  return TRUE;
}

/**
 * inb_poster_make:
 * @clip: a video file
 * @frame: number of the frame from 0, or %INB_POSTER_MIDDLE: takes of one photo begin alike and are
 * told apart by their middles
 * @long_side: px of the longer side at most, 16 to 4096; never enlarged
 * @format: "jpg" or "png"
 * @path: where the picture goes; on an error a partial file may stand there
 * @result: (out caller-allocates): what it shows
 * @error: %INB_ERROR_BAD_INPUT for a frame that the clip does not have, a size or a format; those
 * of inb_clip_file_open(), inb_decoder_next() and inb_writer_open()
 *
 * Makes a still picture of a clip, its colours converted from what the clip is tagged with; an
 * untagged one counts as BT.709 from 720 lines up and as BT.601 below, as players do.
 *
 * Returns: %FALSE if there is no whole picture
 */
gboolean
inb_poster_make (const char *clip, int frame, guint long_side, const char *format, const char *path,
                 InbPoster *result, GError **error)
{
  g_autoptr (InbClipFile) file = NULL;
  g_autoptr (InbDecoder) decoder = NULL;
  g_autoptr (GstSample) sample = NULL;
  gsize row;

  *result = (InbPoster){ 0 };
  if (!find_format (format, &row, error))
    return FALSE;
  if (long_side < 16 || long_side > MAX_LONG_SIDE || frame < INB_POSTER_MIDDLE)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("A poster's long side has 16 to %d pixels, and frames count from 0."),
                      MAX_LONG_SIDE);
      return FALSE;
    }
  file = inb_clip_file_open (clip, error);
  decoder = file != NULL ? inb_decoder_open (file, "", 0, error) : NULL;
  sample = decoder != NULL ? decode (file, decoder, frame, &result->frame, error) : NULL;
  if (sample == NULL)
    return FALSE;
  if (measure (sample, long_side, result))
    return encode (sample, row, path, result, error);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               _ ("“%s” has no pictures in it. Choose a video."), file->name);
  return FALSE;
}
