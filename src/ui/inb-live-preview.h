/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-preview-worker.h"
#include "ui/inb-framing-preview.h"

G_BEGIN_DECLS

#define INB_TYPE_LIVE_PREVIEW (inb_live_preview_get_type ())
G_DECLARE_FINAL_TYPE (InbLivePreview, inb_live_preview, INB, LIVE_PREVIEW, GObject)

InbLivePreview *inb_live_preview_new (InbDraft *draft, InbFramingPreview *place, GtkLabel *caption);
void inb_live_preview_set_jobs (InbLivePreview *self, GListModel *jobs);
void inb_live_preview_rest (InbLivePreview *self);
void inb_live_preview_close (InbLivePreview *self);
InbPreviewWorker *inb_live_preview_get_worker (InbLivePreview *self);
guint inb_live_preview_get_n_shown (InbLivePreview *self);

G_END_DECLS
