/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-decoder.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "render/inb-codecs.h"
#include "render/inb-decoder-private.h"

/* Longest wait for one frame on a busy machine before the file is taken to hold the decoder up. */
#define STALL_US (60 * G_USEC_PER_SEC)
#define POLL_NS (100 * GST_MSECOND)

/**
 * inb_decoder_take_failure:
 * @self: a decoder
 * @failure: (transfer full): kept if it is the first one
 *
 * May be called from any thread.
 */
void
inb_decoder_take_failure (InbDecoder *self, GError *failure)
{
  g_mutex_lock (&self->mutex);
  if (self->failure == NULL)
    self->failure = failure;
  else
    g_error_free (failure);
  g_mutex_unlock (&self->mutex);
}

/**
 * inb_decoder_fail_damaged:
 * @self: a decoder
 * @reason: translated, the middle of a sentence
 *
 * May be called from any thread.
 */
void
inb_decoder_fail_damaged (InbDecoder *self, const char *reason)
{
  inb_decoder_take_failure (
      self, g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP,
                         _ ("“%s” is a damaged video: %s. Get it again from where it "
                            "came."),
                         self->name, reason));
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  InbDecoder *self = user_data;

  g_mutex_lock (&self->plugging);
  if (!self->closing)
    inb_decoder_plug (self, pad);
  g_mutex_unlock (&self->plugging);
}

static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  InbDecoder *self = user_data;

  if (!self->has_pictures)
    inb_decoder_take_failure (self, g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP,
                                                 _ ("“%s” has no pictures in it. Choose a video."),
                                                 self->name));
}

static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  InbDecoder *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) gst_error = NULL;

      gst_message_parse_error (message, &gst_error, NULL);
      inb_decoder_fail_damaged (self, gst_error->message);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static gboolean
build (InbDecoder *self, InbClipFile *file, const char *tail, GError **error)
{
  gboolean webm = g_str_equal (file->container, "webm");
  g_autofree char *location = g_strdup_printf ("/proc/self/fd/%d", file->fd);
  g_autofree char *words =
      g_strdup_printf ("%s%sappsink name=sink sync=false async=false max-buffers=2", tail,
                       *tail != '\0' ? " ! " : "");
  g_autoptr (GError) gst_error = NULL;
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *demuxer = gst_element_factory_make (webm ? "matroskademux" : "qtdemux", NULL);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->tail = gst_parse_bin_from_description_full (words, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS,
                                                    &gst_error);
  if (source == NULL || demuxer == NULL || self->tail == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NO_CODEC,
                   _ ("GStreamer's basic elements are missing: %s. On Debian install "
                      "gstreamer1.0-plugins-base and gstreamer1.0-plugins-good."),
                   gst_error != NULL ? gst_error->message : "qtdemux, matroskademux");
      g_clear_pointer (&source, gst_object_unref);
      g_clear_pointer (&demuxer, gst_object_unref);
      return FALSE;
    }
  g_object_set (source, "location", location, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), source, demuxer, self->tail, NULL);
  self->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->tail), "sink"));
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);
  return gst_element_link (source, demuxer);
}

/**
 * inb_decoder_open:
 * @file: a checked file; has to live as long as the decoder
 * @tail: gst-launch words that raw frames pass before they come out, "" for none
 * @long_side: px that the frames' longer side has at most; then @tail needs a capsfilter named
 * "size" behind a videoscale. 0: frames keep their size
 * @error: %INB_ERROR_NO_CODEC, %INB_ERROR_FAILED
 *
 * Opens a locked-down pipeline: the demuxer of the container, then only what the file's table
 * allows. No type finding, no automatic plugging, no playlists.
 *
 * Returns: (transfer full) (nullable): a decoder before its first frame
 */
InbDecoder *
inb_decoder_open (InbClipFile *file, const char *tail, guint long_side, GError **error)
{
  g_autoptr (InbDecoder) self = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (!inb_codecs_init (error))
    return NULL;
  self = g_new0 (InbDecoder, 1);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->plugging);
  self->name = g_strdup (file->name);
  self->long_side = long_side;
  self->stream.duration_ns = -1;
  self->stream.fps_d = 1;
  if (!build (self, file, tail, error))
    return NULL;
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, message_cb, self, NULL);
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    inb_decoder_fail_damaged (self, _ ("it cannot be opened"));
  return g_steal_pointer (&self);
}

static void
read_colors (InbDecoder *self, GstCaps *caps)
{
  const char *text =
      caps != NULL ? gst_structure_get_string (gst_caps_get_structure (caps, 0), "colorimetry")
                   : NULL;

  if (!self->stream.has_colors && text != NULL)
    self->stream.has_colors = gst_video_colorimetry_from_string (&self->stream.colors, text);
}

/* The decoder's input carries what the stream itself says, the demuxer's what the container says;
 * the decoder's output would carry guesses as well. */
static gboolean
read_stream (InbDecoder *self)
{
  g_autoptr (GstPad) in = gst_element_get_static_pad (self->decoder, "sink");
  g_autoptr (GstPad) out = gst_element_get_static_pad (self->decoder, "src");
  g_autoptr (GstCaps) in_caps = gst_pad_get_current_caps (in);
  g_autoptr (GstCaps) pad_caps = gst_pad_get_current_caps (self->stream_pad);
  g_autoptr (GstCaps) out_caps = gst_pad_get_current_caps (out);
  gint64 duration;
  GstVideoInfo info;

  if (out_caps == NULL || !gst_video_info_from_caps (&info, out_caps))
    return FALSE;
  read_colors (self, in_caps);
  read_colors (self, pad_caps);
  self->stream.width = (guint) GST_VIDEO_INFO_WIDTH (&info);
  self->stream.height = (guint) GST_VIDEO_INFO_HEIGHT (&info);
  self->stream.fps_n = (guint) GST_VIDEO_INFO_FPS_N (&info);
  self->stream.fps_d = (guint) MAX (GST_VIDEO_INFO_FPS_D (&info), 1);
  if (gst_pad_query_duration (self->stream_pad, GST_FORMAT_TIME, &duration))
    self->stream.duration_ns = duration;
  return TRUE;
}

static void
meet_first_frame (InbDecoder *self)
{
  self->has_stream = TRUE;
  if (!read_stream (self))
    inb_decoder_fail_damaged (self, _ ("its pictures have no size"));
  else if (self->stream.width > INB_DECODER_MAX_SIDE || self->stream.height > INB_DECODER_MAX_SIDE)
    inb_decoder_take_failure (
        self, g_error_new (INB_ERROR, INB_ERROR_TOO_LARGE,
                           _ ("“%s” is %u×%u pixels; at most %d on a side are read."), self->name,
                           self->stream.width, self->stream.height, INB_DECODER_MAX_SIDE));
}

static gboolean
check (InbDecoder *self, GError **error)
{
  gboolean good;

  g_mutex_lock (&self->mutex);
  good = self->failure == NULL;
  if (!good && error != NULL)
    *error = g_error_copy (self->failure);
  g_mutex_unlock (&self->mutex);
  return good;
}

/**
 * inb_decoder_next:
 * @self: a decoder
 * @error: %INB_ERROR_BAD_CLIP for what is damaged or of a kind that is not read,
 * %INB_ERROR_NO_CODEC for a decoder that is not installed, %INB_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the next frame in the order of showing; %NULL without an
 * error after the last one
 */
GstSample *
inb_decoder_next (InbDecoder *self, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + STALL_US;

  while (check (self, error))
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (self->sink, POLL_NS);

      if (sample != NULL && !self->has_stream)
        meet_first_frame (self);
      if (sample != NULL &&
          GST_BUFFER_FLAG_IS_SET (gst_sample_get_buffer (sample), GST_BUFFER_FLAG_CORRUPTED))
        inb_decoder_fail_damaged (self, _ ("a picture in it cannot be decoded"));
      if (sample != NULL)
        return check (self, error) ? g_steal_pointer (&sample) : NULL;
      if (gst_app_sink_is_eos (self->sink))
        {
          check (self, error);
          return NULL;
        }
      if (g_get_monotonic_time () > deadline)
        inb_decoder_fail_damaged (self, _ ("its decoder does not get on"));
    }
  return NULL;
}

/**
 * inb_decoder_get_stream:
 * @self: a decoder that has given at least one frame
 *
 * Returns: (transfer none): what is known of the pictures
 */
const InbDecoderStream *
inb_decoder_get_stream (InbDecoder *self)
{
  return &self->stream;
}

/**
 * inb_decoder_get_time:
 * @sample: a frame
 *
 * A buffer's own time is not it: with B-frames an edit list lets frame 0 arrive at 67 ms.
 *
 * Returns: ns from the clip's beginning; −1 if the frame has none
 */
gint64
inb_decoder_get_time (GstSample *sample)
{
  GstClockTime time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                                  GST_BUFFER_PTS (gst_sample_get_buffer (sample)));

  return GST_CLOCK_TIME_IS_VALID (time) ? (gint64) time : -1;
}

/**
 * inb_decoder_free:
 * @self: (transfer full): a decoder, at its end or not
 */
void
inb_decoder_free (InbDecoder *self)
{
  g_mutex_lock (&self->plugging);
  self->closing = TRUE;
  g_mutex_unlock (&self->plugging);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->stream_pad);
  g_clear_object (&self->sink);
  g_clear_object (&self->pipeline);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->plugging);
  g_free (self->name);
  g_free (self);
}
