/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

#define INB_TYPE_TAKES (inb_takes_get_type ())
G_DECLARE_FINAL_TYPE (InbTakes, inb_takes, INB, TAKES, AdwBin)

GtkWidget *inb_takes_new (void);
void inb_takes_set_jobs (InbTakes *self, GListModel *jobs);
void inb_takes_set_product (InbTakes *self, const char *product_id);
InbJob *inb_takes_get_selected (InbTakes *self);
gboolean inb_takes_select (InbTakes *self, const char *job_id);
guint inb_takes_get_count (InbTakes *self);
guint inb_takes_get_highest (InbTakes *self);
void inb_takes_show_details (InbTakes *self, InbJob *job);

G_END_DECLS
