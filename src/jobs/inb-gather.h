/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void inb_gather_photos_async (GPtrArray *files, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *inb_gather_photos_finish (GAsyncResult *result, GError **error);

G_END_DECLS
