/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-writer.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsrc.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-boxes.h"
#include "render/inb-codecs.h"
#include "render/inb-output.h"

/* Frames that may wait before the encoder: enough to keep it busy, 12 MB at 1080p. */
#define QUEUED_FRAMES 4

struct _InbWriter
{
  char *path;
  gboolean has_boxes; /* MP4 or MOV */
  GstElement *pipeline;
  GstAppSrc *source;
  gsize max_bytes; /* that may wait before the encoder */
  int fd;
  int scratch_fd; /* where mp4mux keeps the media until it knows the index; −1: not needed */

  guint64 n_pushed; /* frames */
  guint64 n_muxed;  /* encoded frames that reached the muxer; written by its thread */

  GMutex mutex;
  GCond changed; /* room in the queue, end of stream or an error */
  gboolean ended;
  GError *failure; /* the first one */
};

static void
signal_change (InbWriter *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
need_data_cb (GstAppSrc *source, guint length, gpointer user_data)
{
  signal_change (user_data);
}

/* Runs in whichever thread posts; everything is handled here, so that no main loop is needed. */
static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  InbWriter *self = user_data;
  GstMessageType type = GST_MESSAGE_TYPE (message);

  if (type == GST_MESSAGE_ERROR || type == GST_MESSAGE_EOS)
    {
      g_mutex_lock (&self->mutex);
      if (type == GST_MESSAGE_EOS)
        self->ended = TRUE;
      else if (self->failure == NULL)
        self->failure = inb_codecs_error_new (message, self->path);
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->mutex);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* mp4mux and qtmux keep the whole media in a second file until the end, by default in /tmp under a
 * name, where a killed worker would leave it. */
static gboolean
hide_scratch (InbWriter *self, GError **error)
{
  g_autoptr (GstElement) muxer = gst_bin_get_by_name (GST_BIN (self->pipeline), "muxer");
  g_autofree char *link = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (muxer), "faststart-file") == NULL)
    return TRUE;
  self->scratch_fd = inb_output_create_scratch (self->path, error);
  if (self->scratch_fd < 0)
    return FALSE;
  link = g_strdup_printf ("/proc/self/fd/%d", self->scratch_fd);
  g_object_set (muxer, "faststart-file", link, NULL);
  return TRUE;
}

static GstPadProbeReturn
muxed_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  InbWriter *self = user_data;

  self->n_muxed++;
  return GST_PAD_PROBE_OK;
}

/* Counts what the encoder makes of the frames: some leave frames out without a word. */
static void
watch_muxer (InbWriter *self)
{
  g_autoptr (GstElement) muxer = gst_bin_get_by_name (GST_BIN (self->pipeline), "muxer");
  GstPad *pad = GST_PAD (muxer->sinkpads->data);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, muxed_cb, self, NULL);
}

static GstElement *
parse (const InbWriterRecipe *recipe, GError **error)
{
  g_autofree char *words = g_strdup_printf (
      "appsrc name=source format=time block=false min-percent=50 ! %s ! %s name=muxer ! "
      "fdsink name=sink sync=false",
      recipe->chain, recipe->muxer);
  g_autoptr (GError) gst_error = NULL;
  GstElement *pipeline =
      gst_parse_launch_full (words, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &gst_error);

  if (pipeline == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_NO_CODEC, _ ("The encoder %s cannot be used: %s"),
                 recipe->encoder, gst_error->message);
  else
    gst_object_ref_sink (pipeline);
  return pipeline;
}

static gboolean
start (InbWriter *self, const InbWriterRecipe *recipe, GstCaps *caps, GError **error)
{
  GstAppSrcCallbacks callbacks = { .need_data = need_data_cb };
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  self->source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "source"));
  gst_app_src_set_caps (self->source, caps);
  gst_app_src_set_max_bytes (self->source, self->max_bytes);
  gst_app_src_set_callbacks (self->source, &callbacks, self, NULL);
  g_object_set (sink, "fd", self->fd, NULL);
  gst_bus_set_sync_handler (bus, message_cb, self, NULL);
  watch_muxer (self);
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_NO_CODEC, _ ("The encoder %s does not start."),
               recipe->encoder);
  return FALSE;
}

/**
 * inb_writer_can:
 * @recipe: one way to make a file
 *
 * Returns: whether everything that @recipe needs is installed; GStreamer has to be started
 */
gboolean
inb_writer_can (const InbWriterRecipe *recipe)
{
  return inb_codecs_has (recipe->encoder) && inb_codecs_has_all (recipe->needs);
}

/**
 * inb_writer_open:
 * @recipe: how; GStreamer has to be started
 * @path: where to; what stood there goes, and on an error an empty or partial file may stand there
 * @caps: (transfer none): raw frames as they will come
 * @frame_bytes: bytes of one frame; four of them may wait before the encoder
 * @error: %INB_ERROR_NO_CODEC if this recipe does not work here and the next may; errors of
 * inb_output_create()
 *
 * Returns: (transfer full) (nullable): a running writer
 */
InbWriter *
inb_writer_open (const InbWriterRecipe *recipe, const char *path, GstCaps *caps, gsize frame_bytes,
                 GError **error)
{
  g_autoptr (InbWriter) self = g_new0 (InbWriter, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->path = g_strdup (path);
  self->scratch_fd = -1;
  self->has_boxes =
      g_str_equal (recipe->container, "mp4") || g_str_equal (recipe->container, "mov");
  self->max_bytes = QUEUED_FRAMES * frame_bytes;
  self->fd = inb_output_create (path, error);
  if (self->fd < 0)
    return NULL;
  self->pipeline = parse (recipe, error);
  if (self->pipeline == NULL || !hide_scratch (self, error) || !start (self, recipe, caps, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
check (InbWriter *self, GError **error)
{
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

/**
 * inb_writer_push:
 * @self: a running writer
 * @frame: (transfer full): one raw frame with its time and duration in ns
 * @error: as inb_codecs_error_new(): the file cannot become whole any more
 *
 * Waits while four frames wait already. The waiting is ours and not appsrc's own: that one sleeps
 * for ever when the encoder behind it fails.
 *
 * Returns: %FALSE if the frame is not taken
 */
gboolean
inb_writer_push (InbWriter *self, GstBuffer *frame, GError **error)
{
  gboolean good;

  g_mutex_lock (&self->mutex);
  while (self->failure == NULL &&
         gst_app_src_get_current_level_bytes (self->source) >= self->max_bytes)
    g_cond_wait (&self->changed, &self->mutex);
  good = check (self, error);
  g_mutex_unlock (&self->mutex);
  if (good)
    {
      self->n_pushed++;
      gst_app_src_push_buffer (self->source,
                               frame); /* a refusal is in the next push or the close */
    }
  else
    gst_buffer_unref (frame);
  return good;
}

/**
 * inb_writer_close:
 * @self: a running writer
 * @error: as inb_codecs_error_new() and inb_output_sync()
 *
 * Lets the encoder finish, writes the index and puts everything on the disk. @self is still to be
 * freed.
 *
 * Returns: %FALSE if the file is not whole
 */
gboolean
inb_writer_close (InbWriter *self, GError **error)
{
  gboolean good;

  gst_app_src_end_of_stream (self->source);
  g_mutex_lock (&self->mutex);
  while (self->failure == NULL && !self->ended)
    g_cond_wait (&self->changed, &self->mutex);
  good = check (self, error);
  g_mutex_unlock (&self->mutex);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (good && self->n_muxed != self->n_pushed)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
                   _ ("The encoder left out frames: %lu of %lu arrived. Install another one "
                      "(gstreamer1.0-plugins-ugly)."),
                   (gulong) self->n_muxed, (gulong) self->n_pushed);
      good = FALSE;
    }
  if (good && self->has_boxes)
    good = inb_boxes_clear_times (self->fd, self->path, error);
  return good && inb_output_sync (self->fd, self->path, error);
}

/**
 * inb_writer_free:
 * @self: (transfer full): a writer; the file stays as it is: its owner removes what is not whole
 */
void
inb_writer_free (InbWriter *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->source);
  g_clear_object (&self->pipeline);
  if (self->scratch_fd >= 0)
    close (self->scratch_fd);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->path);
  g_free (self);
}
