/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_HISTORY_PAGE (inb_history_page_get_type ())
G_DECLARE_FINAL_TYPE (InbHistoryPage, inb_history_page, INB, HISTORY_PAGE, AdwBin)

GtkWidget *inb_history_page_new (InbQueue *queue);
void inb_history_page_show_details (InbHistoryPage *self, InbJob *job);

G_END_DECLS
