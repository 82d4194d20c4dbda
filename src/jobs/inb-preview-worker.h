/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

#define INB_TYPE_PREVIEW_WORKER (inb_preview_worker_get_type ())
G_DECLARE_FINAL_TYPE (InbPreviewWorker, inb_preview_worker, INB, PREVIEW_WORKER, GObject)

InbPreviewWorker *inb_preview_worker_new (const char *root);
void inb_preview_worker_ask (InbPreviewWorker *self, const InbRequest *request);
guint inb_preview_worker_get_n_started (InbPreviewWorker *self);
gboolean inb_preview_worker_is_busy (InbPreviewWorker *self);

G_END_DECLS
