/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-video-sink.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

/* The end of the pipeline: pictures come in on its streaming thread, the newest one goes out on the
 * main thread. Referenced by its owner, by the element's callbacks and by the idle source, because
 * the three let go in any order. */
struct _InbVideoSink
{
  GstElement *element;

  GMutex mutex;
  GstSample *next;     /* under mutex: the newest picture not yet delivered */
  gboolean dispatched; /* under mutex: an idle source is on its way */

  InbVideoSinkFunc func; /* main thread; NULL once closed */
  gpointer user_data;
};

/* ns: a picture later than this is not worth its scaling and drawing (half a frame at 25 fps,
 * measured to keep four clips on one clock) */
#define MAX_LATENESS_NS (20 * GST_MSECOND)

static void
clear_sink (gpointer data)
{
  InbVideoSink *self = data;

  g_clear_pointer (&self->next, gst_sample_unref);
  gst_clear_object (&self->element);
  g_mutex_clear (&self->mutex);
}

static void
unref_sink (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_sink);
}

static void
free_frame (gpointer data)
{
  GstVideoFrame *frame = data;

  gst_video_frame_unmap (frame);
  g_free (frame);
}

/* No copy: the texture reads the decoder's own buffer, which returns to its pool with the texture.
 */
static GdkTexture *
make_texture (GstSample *sample)
{
  GstCaps *caps = gst_sample_get_caps (sample);
  g_autofree GstVideoFrame *frame = g_new0 (GstVideoFrame, 1);
  g_autoptr (GBytes) bytes = NULL;
  GstVideoInfo info;
  int width, height, stride;

  if (caps == NULL || !gst_video_info_from_caps (&info, caps) ||
      !gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  width = GST_VIDEO_FRAME_WIDTH (frame);
  height = GST_VIDEO_FRAME_HEIGHT (frame);
  stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  bytes = g_bytes_new_with_free_func (GST_VIDEO_FRAME_PLANE_DATA (frame, 0),
                                      (gsize) stride * height, free_frame, frame);
  frame = NULL; /* the bytes own it */
  /* Alpha is 255 throughout: "premultiplied" is right and is cairo's own layout. */
  return gdk_memory_texture_new (width, height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes,
                                 (gsize) stride);
}

/* Not the buffer's own time stamp: with B-frames an edit list shifts it, and only the segment
 * knows. */
static gint64
get_stream_time (GstSample *sample)
{
  GstSegment *segment = gst_sample_get_segment (sample);
  GstClockTime pts = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  guint64 stream = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, pts);

  return GST_CLOCK_TIME_IS_VALID (stream) ? (gint64) stream : -1;
}

static gboolean
deliver_cb (gpointer data)
{
  InbVideoSink *self = data;

  g_mutex_lock (&self->mutex);
  self->dispatched = FALSE;
  g_mutex_unlock (&self->mutex);
  inb_video_sink_deliver (self);
  return G_SOURCE_REMOVE;
}

static GstFlowReturn
take_sample (InbVideoSink *self, GstSample *sample)
{
  gboolean dispatch;

  if (sample == NULL) /* flushing or stopping */
    return GST_FLOW_OK;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->next, gst_sample_unref);
  self->next = sample;
  dispatch = !self->dispatched;
  self->dispatched = TRUE;
  g_mutex_unlock (&self->mutex);
  if (dispatch)
    g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, g_atomic_rc_box_acquire (self), unref_sink);
  return GST_FLOW_OK;
}

static GstFlowReturn
new_preroll_cb (GstAppSink *sink, gpointer data)
{
  return take_sample (data, gst_app_sink_try_pull_preroll (sink, 0));
}

static GstFlowReturn
new_sample_cb (GstAppSink *sink, gpointer data)
{
  return take_sample (data, gst_app_sink_try_pull_sample (sink, 0));
}

/**
 * inb_video_sink_new:
 * @func: (scope forever): takes the pictures
 * @user_data: for @func
 *
 * Returns: (transfer full) (nullable): the end of a pipeline, for inb_video_sink_close(); %NULL
 * where GStreamer's appsink is not installed
 */
InbVideoSink *
inb_video_sink_new (InbVideoSinkFunc func, gpointer user_data)
{
  GstElement *element = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_preroll = new_preroll_cb, .new_sample = new_sample_cb };
  InbVideoSink *self;

  if (element == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (InbVideoSink);
  g_mutex_init (&self->mutex);
  self->element = gst_object_ref_sink (element);
  self->func = func;
  self->user_data = user_data;
  g_object_set (element, "max-buffers", 1, "drop", TRUE, "sync", TRUE, "qos", TRUE, "max-lateness",
                (gint64) MAX_LATENESS_NS, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (element), &callbacks, g_atomic_rc_box_acquire (self),
                              unref_sink);
  inb_video_sink_set_size (self, 0, 0);
  return self;
}

/**
 * inb_video_sink_close:
 * @self: (transfer full): a sink, whose pipeline may still run
 *
 * No call of its function comes after this.
 */
void
inb_video_sink_close (InbVideoSink *self)
{
  GstAppSinkCallbacks none = { 0 };

  self->func = NULL;
  inb_video_sink_flush (self);
  gst_app_sink_set_callbacks (GST_APP_SINK (self->element), &none, NULL, NULL);
  unref_sink (self);
}

/**
 * inb_video_sink_get_element:
 * @self: a sink
 *
 * Returns: (transfer none): its element, for the pipeline
 */
GstElement *
inb_video_sink_get_element (InbVideoSink *self)
{
  return self->element;
}

/**
 * inb_video_sink_set_size:
 * @self: a sink
 * @width: px, 0 for the clip's own
 * @height: px, 0 for the clip's own
 *
 * The size the pipeline scales to from the next picture that it makes; the one shown stays.
 */
void
inb_video_sink_set_size (InbVideoSink *self, int width, int height)
{
  g_autoptr (GstCaps) caps =
      gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRA", "pixel-aspect-ratio",
                           GST_TYPE_FRACTION, 1, 1, NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->element, "sink");

  if (width > 0 && height > 0)
    gst_caps_set_simple (caps, "width", G_TYPE_INT, width, "height", G_TYPE_INT, height, NULL);
  gst_app_sink_set_caps (GST_APP_SINK (self->element), caps);
  gst_pad_push_event (pad, gst_event_new_reconfigure ());
}

/**
 * inb_video_sink_flush:
 * @self: a sink
 *
 * Forgets a picture that waits to be delivered.
 */
void
inb_video_sink_flush (InbVideoSink *self)
{
  GstSample *old;

  g_mutex_lock (&self->mutex);
  old = g_steal_pointer (&self->next);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&old, gst_sample_unref); /* not under the lock */
}

/**
 * inb_video_sink_deliver:
 * @self: a sink
 *
 * Hands over a waiting picture now instead of in the next turn of the main loop.
 */
void
inb_video_sink_deliver (InbVideoSink *self)
{
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  g_mutex_lock (&self->mutex);
  sample = g_steal_pointer (&self->next);
  g_mutex_unlock (&self->mutex);
  if (sample == NULL || self->func == NULL)
    return;
  texture = make_texture (sample);
  if (texture != NULL)
    self->func (texture, get_stream_time (sample), self->user_data);
}
