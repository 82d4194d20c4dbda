/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-history-item.h"
#include "jobs/inb-queue.h"

G_BEGIN_DECLS

/**
 * InbHistoryFilter:
 * @text: (nullable): words, each of them in the prompt, the product's name or the provider; the
 * case of letters does not matter
 * @provider: (nullable): id of a provider
 * @group: (nullable): "all" (also %NULL), "done", "working", "failed", "accepted", "rejected" or
 * "deleted"; only the last one has deleted jobs
 * @product_id: (nullable): UUID of a product
 *
 * Which jobs a history has. Borrowed for the call.
 */
typedef struct
{
  const char *text;
  const char *provider;
  const char *group;
  const char *product_id;
} InbHistoryFilter;

#define INB_TYPE_HISTORY (inb_history_get_type ())
G_DECLARE_FINAL_TYPE (InbHistory, inb_history, INB, HISTORY, GObject)

InbHistory *inb_history_new (InbQueue *queue);
void inb_history_set_filter (InbHistory *self, const InbHistoryFilter *filter);
gboolean inb_history_is_loading (InbHistory *self);

G_END_DECLS
