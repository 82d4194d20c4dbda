/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

/**
 * InbWorkerProgress:
 * @progress: 0…1
 * @user_data: as given
 *
 * Called on the main context that inb_worker_run_async() was called on, at most ten times a second.
 */
typedef void (*InbWorkerProgress) (double progress, gpointer user_data);

void inb_worker_run_async (const char *const *arguments, const char *part,
                           InbWorkerProgress progress, gpointer progress_data,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
JsonObject *inb_worker_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
