/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

#define INB_TYPE_TAKE_ROW (inb_take_row_get_type ())
G_DECLARE_FINAL_TYPE (InbTakeRow, inb_take_row, INB, TAKE_ROW, GtkListBoxRow)

GtkWidget *inb_take_row_new (InbJob *job);
InbJob *inb_take_row_get_job (InbTakeRow *self);

G_END_DECLS
