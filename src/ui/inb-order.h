/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-checks.h"
#include "jobs/inb-queue.h"
#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_ORDER (inb_order_get_type ())
G_DECLARE_FINAL_TYPE (InbOrder, inb_order, INB, ORDER, GObject)

InbOrder *inb_order_new (InbDraft *draft);
void inb_order_set_queue (InbOrder *self, InbQueue *queue);
void inb_order_set_budget (InbOrder *self, const InbBudget *budget);
InbRequest *inb_order_dup_request (InbOrder *self, guint32 seed);
void inb_order_refresh (InbOrder *self);

void inb_order_look_for_keys (InbOrder *self);

InbKeyBook *inb_order_get_keys (InbOrder *self);
const GPtrArray *inb_order_get_checks (InbOrder *self);
const InbQuote *inb_order_get_quote (InbOrder *self);
const InbBudget *inb_order_get_budget (InbOrder *self);
gboolean inb_order_is_ready (InbOrder *self);
const char *inb_order_get_hint (InbOrder *self);
char *inb_order_dup_label (InbOrder *self);
char *inb_order_dup_day (InbOrder *self);
gboolean inb_order_apply (InbOrder *self, const InbFix *fix);

G_END_DECLS
