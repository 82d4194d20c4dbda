/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-history-filter.h"
#include "jobs/inb-history-item.h"
#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_HISTORY (inb_history_get_type ())
G_DECLARE_FINAL_TYPE (InbHistory, inb_history, INB, HISTORY, GObject)

InbHistory *inb_history_new (InbQueue *queue);
void inb_history_set_filter (InbHistory *self, const InbHistoryFilter *filter);
gboolean inb_history_is_loading (InbHistory *self);

G_END_DECLS
