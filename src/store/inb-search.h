/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-history-filter.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

/**
 * InbSearchKey:
 * @key: key of a row
 * @created_us: when its job was asked for; a list is ordered by this and then by @key, both
 * downwards
 *
 * A place in a list of jobs. Neither ever changes.
 */
typedef struct
{
  gint64 key;
  gint64 created_us;
} InbSearchKey;

/**
 * InbSearchChange:
 * @place: where it belongs
 * @wanted: whether the filter wants it as it is now
 *
 * A row that was written.
 */
typedef struct
{
  InbSearchKey place;
  gboolean wanted;
} InbSearchChange;

gboolean inb_search_begin (InbStore *store, GError **error);
GArray *inb_search_list_keys (InbStore *store, const InbHistoryFilter *filter, gint64 *latest,
                              GError **error);
GArray *inb_search_list_changes (InbStore *store, const InbHistoryFilter *filter, gint64 *latest,
                                 GError **error);
GPtrArray *inb_search_list_rows (InbStore *store, const gint64 *keys, guint n_keys, GError **error);
int inb_search_compare (const InbSearchKey *first, const InbSearchKey *second);

G_END_DECLS
