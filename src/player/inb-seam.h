/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void inb_seam_watch (GstElement *pipeline, gint64 end_ns);
gboolean inb_seam_is_reached (GstMessage *message, guint32 segment);

G_END_DECLS
