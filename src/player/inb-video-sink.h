/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _InbVideoSink InbVideoSink;

/**
 * InbVideoSinkFunc:
 * @texture: (transfer none): a decoded picture
 * @stream_ns: ns from the clip's start at which it begins; of the first picture after a seek: the
 * seek's position
 * @user_data: from inb_video_sink_new()
 *
 * Called on the main thread, at most once a main loop turn, with the newest picture.
 */
typedef void (*InbVideoSinkFunc) (GdkTexture *texture, gint64 stream_ns, gpointer user_data);

InbVideoSink *inb_video_sink_new (InbVideoSinkFunc func, gpointer user_data);
void inb_video_sink_close (InbVideoSink *self);
GstElement *inb_video_sink_get_element (InbVideoSink *self);
void inb_video_sink_set_size (InbVideoSink *self, int width, int height);
void inb_video_sink_flush (InbVideoSink *self);
void inb_video_sink_deliver (InbVideoSink *self);

G_END_DECLS
