/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-decoder.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsink.h>

#include "core/inb-error.h"
#include "render/inb-codecs.h"

/* Longest wait for one frame on a busy machine before the file is taken to hold the decoder up. */
#define STALL_US (60 * G_USEC_PER_SEC)
#define POLL_NS (100 * GST_MSECOND)
#define DECODER_THREADS 2
#define MAX_SIDE 8192

struct _InbDecoder
{
  char *name;
  GstElement *pipeline;
  GstElement *tail; /* from raw frames to the appsink, not yet linked to anything */
  GstAppSink *sink;
  guint long_side;     /* px that frames are made smaller to; 0: as they are */
  GstPad *stream_pad;  /* of the demuxer */
  GstElement *decoder; /* of the pictures */
  InbDecoderStream stream;
  gboolean has_stream; /* the first frame has come */

  GMutex plugging; /* held while elements are added; stopping meanwhile would lock both threads up */
  gboolean closing;

  GMutex mutex;
  gboolean has_pictures; /* a picture stream is linked or has been refused in words */
  GError *failure;       /* the first one */
};

/* All that a foreign file may start; nothing else is ever plugged. In the order of choice. */
static const struct
{
  const char *media_type;
  const char *codec; /* name in JSON; NULL: sound */
  const char *parser;
  const char *decoders[4];
} allowed[] = {
  { "video/x-h264", "h264", "h264parse", { "avdec_h264", "openh264dec", NULL } },
  { "video/x-h265", "h265", "h265parse", { "avdec_h265", "libde265dec", NULL } },
  { "video/x-vp9", "vp9", NULL, { "vp9dec", "avdec_vp9", NULL } },
  { "video/x-vp8", "vp8", NULL, { "vp8dec", "avdec_vp8", NULL } },
  { "video/x-av1", "av1", "av1parse", { "dav1ddec", "av1dec", "avdec_av1", NULL } },
  { "image/jpeg", "mjpeg", NULL, { "jpegdec", "avdec_mjpeg", NULL } },
  { "audio/mpeg", NULL, "aacparse", { "avdec_aac", "fdkaacdec", "faad", NULL } },
  { "audio/x-opus", NULL, "opusparse", { "opusdec", "avdec_opus", NULL } },
  { "audio/x-vorbis", NULL, NULL, { "vorbisdec", NULL } },
};

static void
take_failure (InbDecoder *self, GError *failure)
{
  g_mutex_lock (&self->mutex);
  if (self->failure == NULL)
    self->failure = failure;
  else
    g_error_free (failure);
  g_mutex_unlock (&self->mutex);
}

static void
fail_damaged (InbDecoder *self, const char *reason)
{
  take_failure (self, g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP,
                                   _ ("“%s” is a damaged video: %s. Get it again from where it "
                                      "came."),
                                      self->name, reason));
}

static void
fail_no_decoder (InbDecoder *self, const char *codec)
{
  take_failure (
      self, g_error_new (INB_ERROR, INB_ERROR_NO_CODEC,
                         /* Translators: the first %s is a file, the second a codec such as h264. */
                         _ ("“%s” cannot be read because no decoder for %s is installed. On Debian "
                            "install gstreamer1.0-libav; in Flatpak the extension "
                            "org.freedesktop.Platform.codecs-extra."),
                            self->name, codec));
}

static GstElement *
add_element (InbDecoder *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  GObjectClass *class = element != NULL ? G_OBJECT_GET_CLASS (element) : NULL;
  static const char *const thread_properties[] = { "max-threads", "threads", "n-threads" };

  if (element == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (thread_properties); i++)
    if (g_object_class_find_property (class, thread_properties[i]) != NULL)
      gst_util_set_object_arg (G_OBJECT (element), thread_properties[i],
                               G_STRINGIFY (DECODER_THREADS));
  gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

/* Links @from → parser → decoder and starts both. */
static GstElement *
plug (InbDecoder *self, GstPad *from, const char *parser_name, const char *decoder_name)
{
  GstElement *decoder = add_element (self, decoder_name);
  GstElement *parser =
      parser_name != NULL && decoder != NULL ? add_element (self, parser_name) : NULL;
  g_autoptr (GstPad) to = NULL;

  if (decoder == NULL || (parser_name != NULL && parser == NULL))
    return NULL;
  if (parser != NULL && !gst_element_link (parser, decoder))
    return NULL;
  to = gst_element_get_static_pad (parser != NULL ? parser : decoder, "sink");
  if (gst_pad_link (from, to) != GST_PAD_LINK_OK)
    return NULL;
  return decoder;
}

static const char *
choose_decoder (const char *const *decoders, const char *parser)
{
  if (parser != NULL && !inb_codecs_has (parser))
    return NULL;
  for (; *decoders != NULL; decoders++)
    if (inb_codecs_has (*decoders))
      return *decoders;
  return NULL;
}

static void
start_chain (GstElement *decoder, GstElement *end)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (decoder, "sink");
  g_autoptr (GstPad) peer = gst_pad_get_peer (pad);
  g_autoptr (GstElement) before = peer != NULL ? gst_pad_get_parent_element (peer) : NULL;

  gst_element_sync_state_with_parent (end);
  gst_element_sync_state_with_parent (decoder);
  if (before != NULL && !GST_IS_BIN (before))
    gst_element_sync_state_with_parent (before);
}

/* Gives the tail's capsfilter the size that the frames are to have. */
static gboolean
set_size (InbDecoder *self, GstPad *pad)
{
  g_autoptr (GstElement) filter = gst_bin_get_by_name (GST_BIN (self->tail), "size");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstStructure *structure = gst_caps_get_structure (caps, 0);
  g_autoptr (GstCaps) wanted = NULL;
  int width = 0;
  int height = 0;
  int par_n = 1;
  int par_d = 1;
  guint fitted_width;
  guint fitted_height;

  gst_structure_get_int (structure, "width", &width);
  gst_structure_get_int (structure, "height", &height);
  gst_structure_get_fraction (structure, "pixel-aspect-ratio", &par_n, &par_d);
  if (width <= 0 || height <= 0 || width > MAX_SIDE || height > MAX_SIDE || par_n <= 0 ||
      par_d <= 0 || par_n > par_d * 16 || par_d > par_n * 16)
    return FALSE;
  inb_decoder_fit ((guint) gst_util_uint64_scale_int_round ((guint64) width, par_n, par_d),
                   (guint) height, self->long_side, &fitted_width, &fitted_height);
  wanted = gst_caps_new_simple ("video/x-raw", "width", G_TYPE_INT, (int) fitted_width, "height",
                                G_TYPE_INT, (int) fitted_height, "pixel-aspect-ratio",
                                GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (filter, "caps", wanted, NULL);
  return TRUE;
}

static void
plug_pictures (InbDecoder *self, GstPad *pad, gsize row)
{
  const char *name = choose_decoder (allowed[row].decoders, allowed[row].parser);

  if (self->has_pictures)
    return; /* the first picture stream is the clip */
  self->has_pictures = TRUE;
  if (name == NULL)
    {
      fail_no_decoder (self, allowed[row].codec);
      return;
    }
  if (self->long_side > 0 && !set_size (self, pad))
    {
      fail_damaged (self, _ ("its pictures have no size"));
      return;
    }
  self->decoder = plug (self, pad, allowed[row].parser, name);
  if (self->decoder == NULL || !gst_element_link (self->decoder, self->tail))
    {
      fail_damaged (self, _ ("its pictures do not fit their decoder"));
      return;
    }
  self->stream.codec = allowed[row].codec;
  self->stream_pad = gst_object_ref (pad);
  start_chain (self->decoder, self->tail);
}

/* Sound is decoded too, and thrown away: the player will decode it. Where no decoder is installed
 * the player has none either. */
static void
plug_sound (InbDecoder *self, GstPad *pad, gsize row)
{
  const char *name = choose_decoder (allowed[row].decoders, allowed[row].parser);
  GstElement *decoder;
  GstElement *sink;

  self->stream.audio = TRUE;
  if (name == NULL)
    return;
  sink = add_element (self, "fakesink");
  g_object_set (sink, "async", FALSE, "sync", FALSE, NULL);
  decoder = plug (self, pad, allowed[row].parser, name);
  if (decoder != NULL && gst_element_link (decoder, sink))
    start_chain (decoder, sink);
  else
    fail_damaged (self, _ ("its sound does not fit its decoder"));
}

static void
plug_stream (InbDecoder *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *type =
      caps != NULL ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "none";

  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (g_str_equal (allowed[i].media_type, type))
      {
        if (allowed[i].codec != NULL)
          plug_pictures (self, pad, i);
        else
          plug_sound (self, pad, i);
        return;
      }
  /* texts and data are left alone: the player does not read them either */
  if (g_str_has_prefix (type, "video/") || g_str_has_prefix (type, "image/") ||
      g_str_has_prefix (type, "audio/") || g_str_has_prefix (type, "application/x-cenc"))
    take_failure (self,
                  g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP,
                               /* Translators: the first %s is a file, the second a format. */
                               _ ("“%s” holds %s, which Inbetween does not read. H.264, H.265, "
                                  "VP8, VP9 and AV1 with AAC, Opus or Vorbis sound are read."),
                                  self->name, type));
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  InbDecoder *self = user_data;

  g_mutex_lock (&self->plugging);
  if (!self->closing)
    plug_stream (self, pad);
  g_mutex_unlock (&self->plugging);
}

static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  InbDecoder *self = user_data;

  if (!self->has_pictures)
    take_failure (self,
                  g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP,
                               _ ("“%s” has no pictures in it. Choose a video."), self->name));
}

static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  InbDecoder *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) gst_error = NULL;

      gst_message_parse_error (message, &gst_error, NULL);
      fail_damaged (self, gst_error->message);
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
 * inb_decoder_fit:
 * @width: px
 * @height: px
 * @long_side: px
 * @fitted_width: (out): px, even, ≥ 2
 * @fitted_height: (out): px, even, ≥ 2
 *
 * Makes a size smaller until its longer side is @long_side; never larger. Odd sides lose a pixel.
 */
void
inb_decoder_fit (guint width, guint height, guint long_side, guint *fitted_width,
                 guint *fitted_height)
{
  double scale = MIN (1.0, (double) long_side / MAX (width, height));
  gboolean smaller = scale < 1.0;

  *fitted_width = smaller ? (guint) (width * scale / 2.0 + 0.5) * 2 : width / 2 * 2;
  *fitted_height = smaller ? (guint) (height * scale / 2.0 + 0.5) * 2 : height / 2 * 2;
  *fitted_width = MAX (*fitted_width, 2);
  *fitted_height = MAX (*fitted_height, 2);
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
    fail_damaged (self, _ ("it cannot be opened"));
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
    fail_damaged (self, _ ("its pictures have no size"));
  else if (self->stream.width > MAX_SIDE || self->stream.height > MAX_SIDE)
    take_failure (self,
                  g_error_new (INB_ERROR, INB_ERROR_TOO_LARGE,
                               _ ("“%s” is %u×%u pixels; at most %d on a side are read."),
                                  self->name, self->stream.width, self->stream.height, MAX_SIDE));
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
        fail_damaged (self, _ ("a picture in it cannot be decoded"));
      if (sample != NULL)
        return check (self, error) ? g_steal_pointer (&sample) : NULL;
      if (gst_app_sink_is_eos (self->sink))
        {
          check (self, error);
          return NULL;
        }
      if (g_get_monotonic_time () > deadline)
        fail_damaged (self, _ ("its decoder does not get on"));
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
