/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-source-order.h"

static void
wake_cb (const GValue *item, gpointer source)
{
  GstElement *element = g_value_get_object (item);

  if (element != source)
    gst_element_sync_state_with_parent (element);
}

/* Comes before the source is told to begin. */
static void
element_added_cb (GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  GstIterator *siblings;

  if (factory == NULL || g_strcmp0 (GST_OBJECT_NAME (factory), "urisourcebin") != 0)
    return;
  siblings = gst_bin_iterate_elements (bin);
  while (gst_iterator_foreach (siblings, wake_cb, element) == GST_ITERATOR_RESYNC)
    gst_iterator_resync (siblings);
  gst_iterator_free (siblings);
}

/**
 * inb_source_order_watch:
 * @pipeline: a playbin3; before its first state change
 *
 * Wakes what decodes a file before what reads it.
 *
 * On its way to PAUSED uridecodebin3 starts the threads of urisourcebin first and decodebin3 after
 * it (1.22, and the same in 1.26). Where the thread that opens the clip loses the processor in
 * between, as on a busy machine, the reader finds the decoder's pad asleep. It is told FLUSHING,
 * which ends its threads and is no error: no picture, no message, for ever.
 */
void
inb_source_order_watch (GstElement *pipeline)
{
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (element_added_cb), NULL);
}
