/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

char *inb_player_error_dup_missing (GstMessage *message);
gboolean inb_player_error_is_sound (GstMessage *message);
GError *inb_player_error_new (GstMessage *message, const char *missing, const char *path);

G_END_DECLS
