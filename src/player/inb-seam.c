/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-seam.h"

#include <string.h>

/* Where one round of a loop ends and the next begins: in the demuxer, long before the screen sees
 * it. Belongs to one demuxer, referenced by the probes on its pads, used on its streaming thread.
 */
typedef struct
{
  gint64 end_ns;       /* of the clip, in stream time */
  GstElement *demuxer; /* outlives its pads */
  guint32 segment;     /* the seek whose segment is being closed, */
  guint n_closed;      /* on how many pads, */
  gboolean announced;  /* and whether that was said */
} Seam;

/* What one pad has sent so far. */
typedef struct
{
  Seam *seam;
  gboolean going;     /* a segment was sent since the last flush */
  guint32 segment;    /* sequence number of the seek that made it */
  GstClockTime start; /* its running time and stream time, ns */
  GstClockTime time;
  GstClockTime late; /* ns added to the base that the demuxer gave it */
} Thread;

#define MESSAGE_NAME "inb-seam"

static void
free_thread (gpointer data)
{
  Thread *self = data;

  g_atomic_rc_box_release (self->seam);
  g_free (self);
}

/* ns on the clock from the segment's start to the clip's end, at the speed of all its segments */
static GstClockTime
get_length (Thread *self, double rate)
{
  return (GstClockTime) ((double) (self->seam->end_ns - (gint64) self->time) / rate);
}

/* A clip played to its end lasts until its end: the next segment begins there. */
static GstEvent *
sew (Thread *self, GstEvent *event)
{
  guint32 seqnum = gst_event_get_seqnum (event);
  gboolean first = !self->going || seqnum != self->segment; /* of this seek's */
  const GstSegment *given;
  GstSegment segment;
  GstEvent *sewn;

  gst_event_parse_segment (event, &given);
  if (given->format != GST_FORMAT_TIME)
    return event;
  gst_segment_copy_into (given, &segment);
  if (!self->going)
    self->late = 0;
  else if (first)
    self->late = self->start + get_length (self, segment.rate) - segment.base;
  segment.base += self->late;
  if (first)
    {
      self->start = segment.base;
      self->time = segment.time;
    }
  self->going = TRUE;
  self->segment = seqnum;
  sewn = gst_event_new_segment (&segment);
  gst_event_set_seqnum (sewn, seqnum);
  gst_event_unref (event);
  return sewn;
}

static void
close_segment (Seam *self, guint32 seqnum)
{
  if (self->segment != seqnum)
    self->n_closed = 0;
  self->segment = seqnum;
  self->announced = FALSE;
  self->n_closed++;
}

static GstPadProbeReturn
event_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Thread *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    self->going = FALSE;
  else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    info->data = sew (self, event);
  else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT_DONE)
    close_segment (self->seam, gst_event_get_seqnum (event));
  return GST_PAD_PROBE_OK;
}

/* Comes when the queue behind the pad has taken what was sent. */
static GstPadProbeReturn
idle_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Seam *self = ((Thread *) user_data)->seam;
  GstMessage *message;

  if (self->n_closed < self->demuxer->numsrcpads || self->announced)
    return GST_PAD_PROBE_PASS;
  self->announced = TRUE;
  message = gst_message_new_application (GST_OBJECT (self->demuxer),
                                         gst_structure_new_empty (MESSAGE_NAME));
  gst_message_set_seqnum (message, self->segment);
  gst_element_post_message (self->demuxer, message);
  return GST_PAD_PROBE_PASS;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer data)
{
  Thread *thread;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;
  thread = g_new0 (Thread, 1);
  thread->seam = g_atomic_rc_box_acquire (data);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     event_cb, thread, free_thread);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_IDLE, idle_cb, thread, NULL);
}

static void
unref_seam (gpointer data, GClosure *closure)
{
  g_atomic_rc_box_release (data);
}

static void
free_end (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
element_added_cb (GstBin *pipeline, GstBin *bin, GstElement *element, gpointer end_ns)
{
  const char *klass = gst_element_get_metadata (element, GST_ELEMENT_METADATA_KLASS);
  Seam *seam;

  if (klass == NULL || strstr (klass, "Demux") == NULL)
    return;
  seam = g_atomic_rc_box_new0 (Seam);
  seam->end_ns = *(gint64 *) end_ns;
  seam->demuxer = element;
  g_signal_connect_data (element, "pad-added", G_CALLBACK (pad_added_cb), seam, unref_seam,
                         G_CONNECT_DEFAULT);
}

/**
 * inb_seam_watch:
 * @pipeline: a playbin that plays a clip in a loop, by segment seeks without flush; before its
 * first state change
 * @end_ns: ns from the clip's start to its last frame's end
 *
 * Mends two things that stand between a segment loop and a true one (measured with qtdemux 1.22):
 *
 * The next segment begins at the time of the last sample that was sent, not at that sample's end,
 * so that the last frame of every round is shown for no time at all, and sound and picture drift
 * apart. Here segments are moved to where they belong, before the decoders see them.
 *
 * SEGMENT_DONE comes on the bus before the demuxer has ended its work. A seek sent then waits for
 * the demuxer, the demuxer for room in the queues, and these, while paused, for ever. The message
 * of inb_seam_is_reached() comes when nothing is left to wait for, and still long before the last
 * frame is shown.
 */
void
inb_seam_watch (GstElement *pipeline, gint64 end_ns)
{
  g_signal_connect_data (pipeline, "deep-element-added", G_CALLBACK (element_added_cb),
                         g_memdup2 (&end_ns, sizeof end_ns), free_end, G_CONNECT_DEFAULT);
}

/**
 * inb_seam_is_reached:
 * @message: (transfer none): any message of the pipeline's bus
 * @segment: sequence number of the seek that made the present segment
 *
 * Returns: whether the next segment may be asked for now
 */
gboolean
inb_seam_is_reached (GstMessage *message, guint32 segment)
{
  return GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION &&
         gst_message_has_name (message, MESSAGE_NAME) &&
         gst_message_get_seqnum (message) == segment;
}
