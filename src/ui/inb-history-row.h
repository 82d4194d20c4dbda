/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-history-item.h"

G_BEGIN_DECLS

#define INB_TYPE_HISTORY_ROW (inb_history_row_get_type ())
G_DECLARE_FINAL_TYPE (InbHistoryRow, inb_history_row, INB, HISTORY_ROW, AdwBin)

GtkWidget *inb_history_row_new (void);
void inb_history_row_set_item (InbHistoryRow *self, InbHistoryItem *item);

G_END_DECLS
