/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-worker.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

void inb_local_run_async (InbStore *store, const char *job_id, InbWorkerProgress progress,
                          gpointer progress_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_local_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
