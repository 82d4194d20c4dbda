/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-decoder-private.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "render/inb-codecs.h"

#define DECODER_THREADS 2

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
fail_no_decoder (InbDecoder *self, const char *codec)
{
  inb_decoder_take_failure (
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
  if (width <= 0 || height <= 0 || width > INB_DECODER_MAX_SIDE || height > INB_DECODER_MAX_SIDE ||
      par_n <= 0 || par_d <= 0 || par_n > par_d * 16 || par_d > par_n * 16)
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
      inb_decoder_fail_damaged (self, _ ("its pictures have no size"));
      return;
    }
  self->decoder = plug (self, pad, allowed[row].parser, name);
  if (self->decoder == NULL || !gst_element_link (self->decoder, self->tail))
    {
      inb_decoder_fail_damaged (self, _ ("its pictures do not fit their decoder"));
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
    inb_decoder_fail_damaged (self, _ ("its sound does not fit its decoder"));
}

/* MP1 to MP3 sound has AAC's media type. */
static gboolean
is_in_row (const GstStructure *stream, gsize row)
{
  int version = 4;

  if (!gst_structure_has_name (stream, allowed[row].media_type))
    return FALSE;
  gst_structure_get_int (stream, "mpegversion", &version);
  return version == 2 || version == 4;
}

/**
 * inb_decoder_plug:
 * @self: a decoder that is not closing; its plugging lock is held
 * @pad: a new pad of the demuxer
 *
 * Links the stream to what is allowed for its kind, or notes in words why the clip is refused.
 */
void
inb_decoder_plug (InbDecoder *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *stream = caps != NULL ? gst_caps_get_structure (caps, 0) : NULL;
  const char *type = stream != NULL ? gst_structure_get_name (stream) : "none";

  for (gsize i = 0; stream != NULL && i < G_N_ELEMENTS (allowed); i++)
    if (is_in_row (stream, i))
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
    inb_decoder_take_failure (
        self, g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP,
                           /* Translators: the first %s is a file, the second a format. */
                           _ ("“%s” holds %s, which Inbetween does not read. H.264, H.265, "
                              "VP8, VP9 and AV1 with AAC, Opus or Vorbis sound are read."),
                           self->name, type));
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
