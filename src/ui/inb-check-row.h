/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/inb-checks.h"

G_BEGIN_DECLS

#define INB_TYPE_CHECK_ROW (inb_check_row_get_type ())
G_DECLARE_FINAL_TYPE (InbCheckRow, inb_check_row, INB, CHECK_ROW, GtkListBoxRow)

GtkWidget *inb_check_row_new (const InbCheck *check);
InbRule inb_check_row_get_rule (InbCheckRow *self);
gboolean inb_check_row_get_open (InbCheckRow *self);
void inb_check_row_set_open (InbCheckRow *self, gboolean open);

G_END_DECLS
