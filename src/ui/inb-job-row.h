/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

#define INB_TYPE_JOB_ROW (inb_job_row_get_type ())
G_DECLARE_FINAL_TYPE (InbJobRow, inb_job_row, INB, JOB_ROW, GtkListBoxRow)

GtkWidget *inb_job_row_new (InbJob *job);
InbJob *inb_job_row_get_job (InbJobRow *self);

G_END_DECLS
