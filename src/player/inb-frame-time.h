/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-clip.h"

G_BEGIN_DECLS

gint64 inb_frame_time_get_middle (const InbClip *clip, guint frame);
gint64 inb_frame_time_get_end (const InbClip *clip);
guint inb_frame_time_get_frame (const InbClip *clip, gint64 stream_ns);

G_END_DECLS
