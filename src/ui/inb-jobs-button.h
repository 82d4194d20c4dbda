/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_JOBS_BUTTON (inb_jobs_button_get_type ())
G_DECLARE_FINAL_TYPE (InbJobsButton, inb_jobs_button, INB, JOBS_BUTTON, AdwBin)

GtkWidget *inb_jobs_button_new (void);
void inb_jobs_button_set_jobs (InbJobsButton *self, GListModel *jobs);
void inb_jobs_button_popup (InbJobsButton *self);

G_END_DECLS
