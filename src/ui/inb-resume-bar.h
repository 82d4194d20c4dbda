/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_RESUME_BAR (inb_resume_bar_get_type ())
G_DECLARE_FINAL_TYPE (InbResumeBar, inb_resume_bar, INB, RESUME_BAR, AdwBin)

GtkWidget *inb_resume_bar_new (void);
void inb_resume_bar_set_jobs (InbResumeBar *self, GListModel *jobs);
guint inb_resume_bar_get_count (InbResumeBar *self);

G_END_DECLS
