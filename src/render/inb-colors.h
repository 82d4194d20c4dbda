/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

GstBuffer *inb_colors_to_rgb (GstSample *sample, guint width, guint height, GstVideoInfo *rgb);

G_END_DECLS
