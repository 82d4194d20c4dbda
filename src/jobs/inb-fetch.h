/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbFetchProgress:
 * @n_bytes: how many are here
 * @total: how many there will be; −1 where nobody says
 * @user_data: as given
 */
typedef void (*InbFetchProgress) (gint64 n_bytes, gint64 total, gpointer user_data);

gboolean inb_fetch_is_address (const char *text);
char *inb_fetch_dup_name (const char *url);
char *inb_fetch_dup_home (const char *url);
void inb_fetch_photo_async (const char *root, const char *url, const char *home,
                            InbFetchProgress progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
char *inb_fetch_photo_finish (GAsyncResult *result, GError **error);

G_END_DECLS
