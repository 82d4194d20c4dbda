/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void inb_gst_init_async (GAsyncReadyCallback callback, gpointer object);
gboolean inb_gst_init_finish (GAsyncResult *result, GError **error);

G_END_DECLS
