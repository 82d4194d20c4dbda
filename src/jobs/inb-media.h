/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-clip.h"

G_BEGIN_DECLS

void inb_media_make_async (const char *root, const InbClip *clip, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_media_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
