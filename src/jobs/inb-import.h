/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void inb_import_async (const char *root, GFile *file, const char *product_id,
                       const char *product_name, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
char *inb_import_finish (GAsyncResult *result, GError **error);

G_END_DECLS
