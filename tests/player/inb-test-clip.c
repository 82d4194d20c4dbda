/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-clip.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#define WIDTH 360 /* nine bars of 40 px */
#define HEIGHT 180
#define N_BARS 9

/* Limited-range luma of black and white; chroma stays in the middle. */
static GstBuffer *
draw_frame (guint frame, guint fps_n, guint fps_d, guint width, guint height)
{
  gsize luma = (gsize) width * height, size = luma + luma / 2;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  memset (map.data + luma, 128, size - luma);
  for (guint x = 0; x < width; x++)
    map.data[x] = (frame >> (x * N_BARS / width)) & 1 ? 235 : 16;
  for (guint y = 1; y < height; y++)
    memcpy (map.data + (gsize) y * width, map.data, width);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (frame, fps_d * GST_SECOND, fps_n);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (1, fps_d * GST_SECOND, fps_n);
  return buffer;
}

static char *
describe_pipeline (const InbClip *clip, InbTestClipFlags flags)
{
  g_autofree char *sound = NULL;

  if (flags & INB_TEST_CLIP_SOUND)
    sound = g_strdup_printf ("audiotestsrc wave=silence num-buffers=%" G_GUINT64_FORMAT
                             " samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=2 "
                             "! audioconvert ! avenc_aac ! mux. ",
                             (guint64) clip->n_frames * clip->fps_d * 100 / clip->fps_n);
  return g_strdup_printf (
      "appsrc name=src format=time caps=video/x-raw,format=I420,width=%u,height=%u,"
      "framerate=%u/%u,colorimetry=bt709 ! x264enc speed-preset=veryfast key-int-max=%d bframes=%d "
      "! mp4mux name=mux ! filesink location=\"%s\" %s",
      clip->width, clip->height, clip->fps_n, clip->fps_d, flags & INB_TEST_CLIP_INTRA ? 1 : 250,
      flags & INB_TEST_CLIP_INTRA ? 0 : 2, clip->path, sound != NULL ? sound : "");
}

/* Encodes the clip and says of it what an inspecting worker would. */
InbClip *
inb_test_clip_new (const char *folder, const char *name, guint n_frames, guint fps_n, guint fps_d,
                   InbTestClipFlags flags)
{
  g_autoptr (InbClip) clip = inb_clip_new ();
  g_autofree char *description = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  clip->path = g_build_filename (folder, name, NULL);
  clip->width = flags & INB_TEST_CLIP_SMALL ? WIDTH / 3 : WIDTH;
  clip->height = flags & INB_TEST_CLIP_SMALL ? HEIGHT / 3 : HEIGHT;
  clip->n_frames = n_frames;
  clip->fps_n = fps_n;
  clip->fps_d = fps_d;
  description = describe_pipeline (clip, flags);
  pipeline = gst_parse_launch (description, &error);
  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint frame = 0; frame < n_frames; frame++)
    gst_app_src_push_buffer (GST_APP_SRC (source),
                             draw_frame (frame, fps_n, fps_d, clip->width, clip->height));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return g_steal_pointer (&clip);
}

/* The number that the bars say, −1 where a bar is neither black nor white. */
int
inb_test_clip_read (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guchar *pixels = g_malloc ((gsize) width * height * 4);
  int frame = 0;

  gdk_texture_download (texture, pixels, (gsize) width * 4);
  for (int bar = 0; bar < N_BARS; bar++)
    {
      int x = (2 * bar + 1) * width / (2 * N_BARS);
      guchar green = pixels[((gsize) height / 2 * width + x) * 4 + 1];

      if (green > 64 && green < 192)
        return -1;
      frame |= (green >= 192) << bar;
    }
  return frame;
}

static gboolean
decodes_h264 (GstPluginFeature *feature, gpointer data)
{
  g_autoptr (GstCaps) caps = NULL;

  if (!GST_IS_ELEMENT_FACTORY (feature) ||
      !gst_element_factory_list_is_type (GST_ELEMENT_FACTORY (feature),
                                         GST_ELEMENT_FACTORY_TYPE_DECODER))
    return FALSE;
  caps = gst_caps_new_empty_simple ("video/x-h264");
  return gst_element_factory_can_sink_any_caps (GST_ELEMENT_FACTORY (feature), caps);
}

/* Makes this process one without any H.264 decoder, and gives the decoders back. */
void
inb_test_clip_hide_decoders (gboolean hide)
{
  static GHashTable *ranks; /* feature's name to its rank */
  GList *features = gst_registry_feature_filter (gst_registry_get (), decodes_h264, FALSE, NULL);

  if (ranks == NULL)
    ranks = g_hash_table_new (g_str_hash, g_str_equal);
  for (GList *l = features; l != NULL; l = l->next)
    {
      gpointer name = GST_OBJECT_NAME (l->data);

      if (hide)
        g_hash_table_insert (ranks, name, GUINT_TO_POINTER (gst_plugin_feature_get_rank (l->data)));
      gst_plugin_feature_set_rank (l->data,
                                   hide ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (ranks, name)));
    }
  gst_plugin_feature_list_free (features);
}
