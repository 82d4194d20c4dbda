/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-source-order.h"

/* The streams that one reader gives to the decoder. Referenced by the probes on their pads and by
 * the reader's signal. */
typedef struct
{
  GMutex mutex;
  GPtrArray *streams; /* under mutex: Stream, owned by the probes */
  gboolean settled;   /* under mutex: every stream has begun */
} Order;

typedef struct
{
  Order *order;
  GstPad *pad; /* outlives its probe */
  gulong probe;
  gboolean fed;   /* under the order's mutex: a buffer was sent, */
  gboolean begun; /* and has arrived, or the stream is an empty one */
} Stream;

static void
clear_order (gpointer data)
{
  Order *self = data;

  g_ptr_array_unref (self->streams);
  g_mutex_clear (&self->mutex);
}

static void
unref_order (gpointer data, GClosure *closure)
{
  g_atomic_rc_box_release_full (data, clear_order);
}

static void
free_stream (gpointer data)
{
  Stream *self = data;

  g_mutex_lock (&self->order->mutex);
  g_ptr_array_remove_fast (self->order->streams, self);
  g_mutex_unlock (&self->order->mutex);
  unref_order (self->order, NULL);
  g_free (self);
}

static gboolean
have_all_begun (const Order *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    if (!((Stream *) g_ptr_array_index (self->streams, i))->begun)
      return FALSE;
  return TRUE;
}

/* Lets go of the ends that are held back. */
static void
settle (Order *self)
{
  g_autoptr (GPtrArray) pads = g_ptr_array_new_with_free_func (gst_object_unref);
  g_autoptr (GArray) probes = g_array_new (FALSE, FALSE, sizeof (gulong));

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (self->streams, i);

      g_ptr_array_add (pads, gst_object_ref (stream->pad));
      g_array_append_val (probes, stream->probe);
    }
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < pads->len; i++)
    gst_pad_remove_probe (g_ptr_array_index (pads, i), g_array_index (probes, gulong, i));
}

/* Before each thing that a stream sends; OK holds it, PASS does not. */
static GstPadProbeReturn
passing_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Stream *self = user_data;
  Order *order = g_atomic_rc_box_acquire (self->order);
  gboolean ends = (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) &&
                  GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS;
  gboolean first, settles;

  g_mutex_lock (&order->mutex);
  self->begun |= self->fed || ends;
  self->fed |= (info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0;
  settles = have_all_begun (order);
  first = settles && !order->settled;
  order->settled |= settles;
  g_mutex_unlock (&order->mutex);
  if (first)
    settle (order);
  unref_order (order, NULL);
  return ends && !settles ? GST_PAD_PROBE_OK : GST_PAD_PROBE_PASS;
}

static void
pad_added_cb (GstElement *reader, GstPad *pad, gpointer data)
{
  Stream *stream = g_new0 (Stream, 1);

  stream->order = g_atomic_rc_box_acquire (data);
  stream->pad = pad;
  g_mutex_lock (&stream->order->mutex);
  g_ptr_array_add (stream->order->streams, stream);
  stream->probe =
      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, passing_cb, stream, free_stream);
  g_mutex_unlock (&stream->order->mutex);
}

static void
wake_cb (const GValue *item, gpointer reader)
{
  GstElement *element = g_value_get_object (item);

  if (element != reader)
    gst_element_sync_state_with_parent (element);
}

/* Comes before the reader is told to begin. */
static void
element_added_cb (GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  GstIterator *siblings;
  Order *order;

  if (factory == NULL || g_strcmp0 (GST_OBJECT_NAME (factory), "urisourcebin") != 0)
    return;
  siblings = gst_bin_iterate_elements (bin);
  while (gst_iterator_foreach (siblings, wake_cb, element) == GST_ITERATOR_RESYNC)
    gst_iterator_resync (siblings);
  gst_iterator_free (siblings);
  order = g_atomic_rc_box_new0 (Order);
  g_mutex_init (&order->mutex);
  order->streams = g_ptr_array_new ();
  g_signal_connect_data (element, "pad-added", G_CALLBACK (pad_added_cb), order, unref_order,
                         G_CONNECT_DEFAULT);
}

/**
 * inb_source_order_watch:
 * @pipeline: a playbin3; before its first state change
 *
 * Mends two things that on a busy machine leave a clip without pictures, and without a message that
 * would say so (1.22; the first is the same in 1.26):
 *
 * On its way to PAUSED uridecodebin3 starts the threads of urisourcebin first and decodebin3 after
 * it. Where the thread that opens the clip loses the processor in between, the reader finds the
 * decoder's pad asleep. It is told FLUSHING, which ends its threads and is no error. Here what
 * decodes the file wakes before what reads it.
 *
 * decodebin3 lets go for ever of a stream that has ended when the first piece of another one comes:
 * no seek reaches it again. A clip of less than a second with sound is read to its end while it
 * opens, and one stream's thread can be that late. Here no stream ends before all have begun.
 */
void
inb_source_order_watch (GstElement *pipeline)
{
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (element_added_cb), NULL);
}
