/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-codec-list.h"

#include "render/inb-codecs.h"

/* As GStreamer names them; the version tells AAC from other sound of MPEG. */
static const char *const formats[] = {
  [INB_CODEC_H264] = "video/x-h264", [INB_CODEC_VP9] = "video/x-vp9",
  [INB_CODEC_JPEG] = "image/jpeg",   [INB_CODEC_H265] = "video/x-h265",
  [INB_CODEC_AV1] = "video/x-av1",   [INB_CODEC_AAC] = "audio/mpeg, mpegversion=4",
  [INB_CODEC_OPUS] = "audio/x-opus",
};

/* Those that the recipes of clips, review copies and posters name */
static const char *const encoders[][3] = {
  [INB_CODEC_H264] = { "x264enc", "openh264enc" },
  [INB_CODEC_VP9] = { "vp9enc" },
  [INB_CODEC_JPEG] = { "jpegenc" },
  [INB_CODEC_OPUS] = { NULL },
};

/**
 * inb_codec_list_encoders:
 * @format: of what is written
 * @error: %INB_ERROR_FAILED if GStreamer cannot start
 *
 * Returns: (transfer full) (nullable): names of those that are installed of the elements that the
 * program writes with, the preferred first; none for a format that it only reads
 */
GStrv
inb_codec_list_encoders (InbCodecFormat format, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (!inb_codecs_init (error))
    return NULL;
  for (const char *const *name = encoders[format]; *name != NULL; name++)
    if (inb_codecs_has (*name))
      g_strv_builder_add (names, *name);
  return g_strv_builder_end (names);
}

/**
 * inb_codec_list_decoders:
 * @format: of what is read
 * @error: %INB_ERROR_FAILED if GStreamer cannot start
 *
 * Returns: (transfer full) (nullable): names of elements that are plugged by themselves, the
 * preferred first
 */
GStrv
inb_codec_list_decoders (InbCodecFormat format, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GstCaps) caps = NULL;
  GList *all, *found;

  if (!inb_codecs_init (error))
    return NULL;
  caps = gst_caps_from_string (formats[format]);
  all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_MARGINAL);
  found = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  found = g_list_sort (found, gst_plugin_feature_rank_compare_func);
  for (GList *l = found; l != NULL; l = l->next)
    g_strv_builder_add (names, GST_OBJECT_NAME (l->data));
  gst_plugin_feature_list_free (found);
  gst_plugin_feature_list_free (all);
  return g_strv_builder_end (names);
}
