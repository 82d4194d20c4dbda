/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GdkTexture *inb_poster_peek (const char *path);
void inb_poster_load_async (const char *path, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GdkTexture *inb_poster_load_finish (GAsyncResult *result, GError **error);
guint inb_poster_get_n_kept (void);
guint inb_poster_get_n_read (void);

G_END_DECLS
