/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-history-filter.h"

G_BEGIN_DECLS

typedef struct _InbHistoryReader InbHistoryReader;
typedef struct _InbHistoryPage InbHistoryPage;

/**
 * InbHistoryAnswer:
 * @filter: number of the filter it is for
 * @keys: (nullable) (element-type InbSearchKey): every place there is
 * @changes: (nullable) (element-type InbSearchChange): rows that were written
 * @rows: (nullable) (element-type InbRow): rows that were asked for
 * @page: (nullable): what they were asked for with
 *
 * What the thread has found: one of the three, or none where it failed. Borrowed for the call.
 */
typedef struct
{
  guint filter;
  GArray *keys;
  GArray *changes;
  GPtrArray *rows;
  InbHistoryPage *page;
} InbHistoryAnswer;

/**
 * InbHistoryReaderCallback:
 * @answer: what was found
 * @user_data: as given
 *
 * Called on the main context that the reader was made on.
 */
typedef void (*InbHistoryReaderCallback) (InbHistoryAnswer *answer, gpointer user_data);

InbHistoryReader *inb_history_reader_new (const char *root, InbHistoryReaderCallback callback,
                                          gpointer user_data);
void inb_history_reader_free (InbHistoryReader *self);
guint inb_history_reader_ask_keys (InbHistoryReader *self, const InbHistoryFilter *filter);
void inb_history_reader_ask_changes (InbHistoryReader *self);
InbHistoryPage *inb_history_reader_ask_rows (InbHistoryReader *self, GArray *keys);
void inb_history_reader_ask_again (InbHistoryReader *self, GArray *keys);
void inb_history_page_drop (InbHistoryPage *self);

G_END_DECLS
