/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_DETAILS (inb_details_get_type ())
G_DECLARE_FINAL_TYPE (InbDetails, inb_details, INB, DETAILS, AdwBin)

GtkWidget *inb_details_new (InbQueue *queue, const char *back_action);
void inb_details_set_job (InbDetails *self, InbJob *job, InbJob *before);
void inb_details_show_back (InbDetails *self, gboolean show);
InbJob *inb_details_get_job (InbDetails *self);

G_END_DECLS
