/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-encoder.h"

#include <glib/gi18n.h>
#include <gst/video/video.h>

#include "core/inb-error.h"
#include "render/inb-codecs.h"
#include "render/inb-writer.h"
#include "render/inb-y4m.h"

struct _InbEncoder
{
  InbWriter *writer; /* one of these two */
  InbY4m *y4m;
  const char *name;
  guint width;
  guint height;
  guint fps;
  guint64 n_frames; /* taken so far */
};

/* Tried from the top. A fixed number of threads, because x264's bytes depend on it; a key frame
 * each second, because a paused player seeks in the clip itself. x264enc's bitrate bounds even its
 * constant quality, and the defaults of all three are far too low for 1080p: always given. vp9enc
 * with its own lag-in-frames loses frames of grainy clips (22 of 30, measured). */
static const InbWriterRecipe recipes[] = {
  { "x264enc",
    "mp4",
    "x264enc speed-preset=veryfast pass=qual quantizer=19 bitrate=60000 threads=4 key-int-max=30 ! "
    "h264parse",
    "mp4mux faststart=true",
    { "h264parse", "mp4mux", NULL } },
  { "openh264enc",
    "mp4",
    "openh264enc bitrate=16000000 complexity=medium gop-size=30 multi-thread=4 ! h264parse",
    "mp4mux faststart=true",
    { "h264parse", "mp4mux", NULL } },
  { "vp9enc",
    "webm",
    "vp9enc cpu-used=8 deadline=1 end-usage=cq cq-level=20 target-bitrate=16000000 threads=4 "
    "row-mt=true lag-in-frames=0 keyframe-max-dist=30",
    "webmmux",
    { "webmmux", NULL } },
};

static GError *
no_encoder (void)
{
  return g_error_new_literal (
      INB_ERROR, INB_ERROR_NO_CODEC,
      /* Translators: names of packages stay as they are. */
      _ ("No video encoder is installed. On Debian install gstreamer1.0-plugins-ugly (H.264) or "
         "gstreamer1.0-plugins-good (VP9); in Flatpak the extension "
         "org.freedesktop.Platform.codecs-extra."));
}

static GstCaps *
make_caps (InbEncoder *self)
{
  return gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, "I420", "width", G_TYPE_INT, (int) self->width,
      "height", G_TYPE_INT, (int) self->height, "framerate", GST_TYPE_FRACTION, (int) self->fps, 1,
      "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, "interlace-mode", G_TYPE_STRING, "progressive",
      "colorimetry", G_TYPE_STRING, "bt709", "chroma-site", G_TYPE_STRING, "mpeg2", NULL);
}

static gsize
frame_bytes (InbEncoder *self)
{
  return (gsize) self->width * self->height * 3 / 2;
}

static gboolean
open_writer (InbEncoder *self, const char *path, const char *container, GError **error)
{
  g_autoptr (GstCaps) caps = make_caps (self);

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!g_str_equal (recipes[i].container, container) || !inb_writer_can (&recipes[i]))
        continue;
      self->writer = inb_writer_open (&recipes[i], path, caps, frame_bytes (self), &local_error);
      self->name = recipes[i].encoder;
      if (self->writer != NULL)
        return TRUE;
      if (!g_error_matches (local_error, INB_ERROR, INB_ERROR_NO_CODEC))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_debug ("%s", local_error->message);
    }
  g_propagate_error (error, no_encoder ());
  return FALSE;
}

/* The planes come unpadded, while GStreamer's own layout pads rows to four bytes. */
static GstBuffer *
wrap (InbEncoder *self, GBytes *frame)
{
  gsize luma = (gsize) self->width * self->height;
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0, luma, luma + luma / 4 };
  int stride[GST_VIDEO_MAX_PLANES] = { (int) self->width, (int) self->width / 2,
                                       (int) self->width / 2 };
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (frame);

  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420,
                                  self->width, self->height, 3, offset, stride);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale_round (self->n_frames, GST_SECOND, self->fps);
  GST_BUFFER_DURATION (buffer) =
      gst_util_uint64_scale_round (self->n_frames + 1, GST_SECOND, self->fps) -
      GST_BUFFER_PTS (buffer);
  return buffer;
}

/**
 * inb_encoder_choose_container:
 * @error: %INB_ERROR_NO_CODEC, with what to install
 *
 * Probes the registry in the order of the table.
 *
 * Returns: (transfer none) (nullable): "mp4" or "webm"
 */
const char *
inb_encoder_choose_container (GError **error)
{
  if (!inb_codecs_init (error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    if (inb_writer_can (&recipes[i]))
      return recipes[i].container;
  g_propagate_error (error, no_encoder ());
  return NULL;
}

/**
 * inb_encoder_open:
 * @path: where the clip goes; "-" with "y4m" is standard output
 * @container: "mp4", "webm" or "y4m"; the last one starts no GStreamer
 * @width: px, even, ≥ 2
 * @height: px, even, ≥ 2
 * @fps: frames a second, ≥ 1
 * @error: %INB_ERROR_NO_CODEC, %INB_ERROR_BAD_INPUT, and those of inb_output_create()
 *
 * The same frames give the same bytes of MP4 with the same encoder. On an error a partial file may
 * stand at
 * @path: its owner removes it.
 *
 * Returns: (transfer full) (nullable): an encoder that takes frames
 */
InbEncoder *
inb_encoder_open (const char *path, const char *container, guint width, guint height, guint fps,
                  GError **error)
{
  g_autoptr (InbEncoder) self = g_new0 (InbEncoder, 1);
  gboolean good;

  if (width == 0 || height == 0 || width % 2 != 0 || height % 2 != 0 || fps == 0)
    {
      g_set_error (
          error, INB_ERROR, INB_ERROR_BAD_INPUT,
          _ ("A clip of %u×%u pixels and %u frames a second cannot be made: the sides have "
             "to be even."),
          width, height, fps);
      return NULL;
    }
  self->width = width;
  self->height = height;
  self->fps = fps;
  self->name = "y4m";
  if (g_str_equal (container, "y4m"))
    good = (self->y4m = inb_y4m_open (path, width, height, fps, error)) != NULL;
  else
    good = inb_codecs_init (error) && open_writer (self, path, container, error);
  return good ? g_steal_pointer (&self) : NULL;
}

/**
 * inb_encoder_push:
 * @self: an open encoder
 * @frame: (transfer none): width × height luma bytes, then two chroma planes of half width and
 * height, unpadded: BT.709 limited range, sited as in MPEG-2
 * @error: %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED: the clip cannot become whole any more
 *
 * Frame n shows from n / fps to (n + 1) / fps. Waits while four frames wait already.
 *
 * Returns: %FALSE if the frame is not taken
 */
gboolean
inb_encoder_push (InbEncoder *self, GBytes *frame, GError **error)
{
  gboolean good;

  g_return_val_if_fail (g_bytes_get_size (frame) == frame_bytes (self), FALSE);

  if (self->y4m != NULL)
    good = inb_y4m_push (self->y4m, frame, error);
  else
    good = inb_writer_push (self->writer, wrap (self, frame), error);
  self->n_frames += good;
  return good;
}

/**
 * inb_encoder_close:
 * @self: an open encoder
 * @error: %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Writes what is left and the index, and puts the file on the disk. @self is still to be freed with
 * inb_encoder_abort().
 *
 * Returns: %TRUE if the clip is whole: then it may get its name
 */
gboolean
inb_encoder_close (InbEncoder *self, GError **error)
{
  return self->y4m != NULL ? inb_y4m_close (self->y4m, error)
                           : inb_writer_close (self->writer, error);
}

/**
 * inb_encoder_abort:
 * @self: (transfer full): an encoder, closed or not
 *
 * Frees @self. If it was not closed, what stands at the path is not a clip: its owner removes it.
 */
void
inb_encoder_abort (InbEncoder *self)
{
  g_clear_pointer (&self->writer, inb_writer_free);
  g_clear_pointer (&self->y4m, inb_y4m_free);
  g_free (self);
}

/**
 * inb_encoder_get_name:
 * @self: an encoder
 *
 * Returns: (transfer none): the element that encodes, "y4m" for none
 */
const char *
inb_encoder_get_name (InbEncoder *self)
{
  return self->name;
}
