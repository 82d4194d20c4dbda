/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

void inb_last_frame_async (const char *root, InbJob *job, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
GBytes *inb_last_frame_finish (GAsyncResult *result, GError **error);

G_END_DECLS
