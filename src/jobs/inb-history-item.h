/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

#define INB_TYPE_HISTORY_ITEM (inb_history_item_get_type ())
G_DECLARE_FINAL_TYPE (InbHistoryItem, inb_history_item, INB, HISTORY_ITEM, GObject)

InbHistoryItem *inb_history_item_new (gint64 key);
gint64 inb_history_item_get_key (InbHistoryItem *self);
InbJob *inb_history_item_get_job (InbHistoryItem *self);
void inb_history_item_set_job (InbHistoryItem *self, InbJob *job);

G_END_DECLS
