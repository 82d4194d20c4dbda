/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-poster.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "render/inb-colors.h"
#include "render/inb-decoder.h"
#include "render/inb-writer.h"

#define MAX_LONG_SIDE 4096

/* JPEG from RGB, so that libjpeg does the only other conversion there is. */
static const InbWriterRecipe formats[] = {
  { "jpegenc", "jpg", "jpegenc quality=92", "identity", { NULL } },
  { "pngenc", "png", "pngenc compression-level=6", "identity", { NULL } },
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

  if (file->boxes.n_samples > 0 && !file->boxes.trimmed)
    return (guint) (file->boxes.n_samples / 2);
  if (stream->fps_n == 0 || stream->duration_ns <= 0)
    return 0;
  return (guint) (gst_util_uint64_scale_round ((guint64) stream->duration_ns, stream->fps_n,
                                               GST_SECOND * stream->fps_d) /
                  2);
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
encode (GstSample *sample, const InbWriterRecipe *recipe, const char *path, InbPoster *result,
        GError **error)
{
  GstVideoInfo info;
  g_autoptr (GstBuffer) frame = inb_colors_to_rgb (sample, result->width, result->height, &info);
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (InbWriter) writer = NULL;

  if (frame == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                   _ ("The clip has colours of a kind that Inbetween does not know."));
      return FALSE;
    }
  GST_VIDEO_INFO_FPS_N (&info) = 1; /* any; a still has none */
  caps = gst_video_info_to_caps (&info);
  GST_BUFFER_PTS (frame) = 0;
  writer = inb_writer_open (recipe, path, caps, gst_buffer_get_size (frame), error);
  return writer != NULL && inb_writer_push (writer, g_steal_pointer (&frame), error) &&
         inb_writer_close (writer, error);
}

static gboolean
find_format (const char *format, const InbWriterRecipe **recipe, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].container, format))
      {
        *recipe = &formats[i];
        return TRUE;
      }
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT, _ ("A poster is a .jpg or a .png, not “%s”."),
               format);
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
  const InbWriterRecipe *recipe;

  *result = (InbPoster){ 0 };
  if (!find_format (format, &recipe, error))
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
    return encode (sample, recipe, path, result, error);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               _ ("“%s” has no pictures in it. Choose a video."), file->name);
  return FALSE;
}
