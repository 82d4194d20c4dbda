/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A photo larger than this is refused before it is read: promises of the README. */
#define INB_KEEP_MAX_BYTES (G_GINT64_CONSTANT (1000000000))

char *inb_keep_file (const char *root, GFile *file, GCancellable *cancellable, GError **error);
char *inb_keep_bytes (const char *root, GBytes *bytes, GError **error);
void inb_keep_file_async (const char *root, GFile *file, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
void inb_keep_bytes_async (const char *root, GBytes *bytes, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
char *inb_keep_finish (GAsyncResult *result, GError **error);

G_END_DECLS
