/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-preview.h"

G_BEGIN_DECLS

void inb_preview_load_file_async (const char *root, GFile *file, const char *name,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
void inb_preview_load_bytes_async (const char *root, GBytes *bytes, const char *name,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
void inb_preview_load_kept_async (const char *root, const char *sha256, const char *name,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
InbPreview *inb_preview_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
