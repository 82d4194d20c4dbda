/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void inb_pipeline_end (GstElement *pipeline);

G_END_DECLS
