/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

gboolean inb_codecs_init (GError **error);
gboolean inb_codecs_has (const char *factory);
gboolean inb_codecs_has_all (const char *const *factories);
GError *inb_codecs_error_new (GstMessage *message, const char *what);

G_END_DECLS
