/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void inb_source_order_watch (GstElement *pipeline);

G_END_DECLS
