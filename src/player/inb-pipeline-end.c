/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-pipeline-end.h"

/* An element that will never be ready is not waited for longer. Only a thread of its own waits, so
 * it may be long; a clip on a slow disk opens within a second or two. */
#define MAX_WAIT_NS (30 * GST_SECOND)

static void
end (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static gpointer
end_thread (gpointer data)
{
  gst_element_get_state (data, NULL, NULL, MAX_WAIT_NS);
  end (data);
  return NULL;
}

/**
 * inb_pipeline_end:
 * @pipeline: (transfer full): a pipeline from which nobody waits for anything any more
 *
 * Stops its threads and frees it: at once, or where it is still being opened as soon as it is open.
 * Stopping decodebin3 while it finds out what it was given can wait for ever (GStreamer 1.22: the
 * one who stops holds the list of inputs and waits for the finding thread, which wants that list),
 * and that would be the window.
 */
void
inb_pipeline_end (GstElement *pipeline)
{
  GThread *thread = NULL;

  if (gst_element_get_state (pipeline, NULL, NULL, 0) == GST_STATE_CHANGE_ASYNC)
    thread = g_thread_try_new ("end of a clip", end_thread, pipeline, NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    end (pipeline);
}
