/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"
#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_DRAFT_SAVER (inb_draft_saver_get_type ())
G_DECLARE_FINAL_TYPE (InbDraftSaver, inb_draft_saver, INB, DRAFT_SAVER, GObject)

InbDraftSaver *inb_draft_saver_new (InbDraft *draft, InbQueue *queue, gboolean known);
void inb_draft_saver_flush (InbDraftSaver *self);

G_END_DECLS
