/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbHistoryFilter:
 * @text: (nullable): words, each of them in the prompt, the take's or the product's name, the
 * provider's id or its name; the case of letters does not matter
 * @provider: (nullable): id of a provider
 * @group: (nullable): "all" (also %NULL), "done", "working", "failed", "accepted", "rejected" or
 * "deleted"; only the last one has deleted jobs
 * @product_id: (nullable): UUID of a product
 * @names: (nullable) (array zero-terminated=1): ids of providers, each followed by what the screen
 * calls it
 *
 * Which jobs a history has. %NULL and empty texts want nothing in particular.
 */
typedef struct
{
  const char *text;
  const char *provider;
  const char *group;
  const char *product_id;
  const char *const *names;
} InbHistoryFilter;

InbHistoryFilter *inb_history_filter_copy (const InbHistoryFilter *self);
void inb_history_filter_free (InbHistoryFilter *self);
gboolean inb_history_filter_equal (const InbHistoryFilter *self, const InbHistoryFilter *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHistoryFilter, inb_history_filter_free)

G_END_DECLS
