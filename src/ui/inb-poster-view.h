/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

#define INB_TYPE_POSTER_VIEW (inb_poster_view_get_type ())
G_DECLARE_FINAL_TYPE (InbPosterView, inb_poster_view, INB, POSTER_VIEW, AdwBin)

GtkWidget *inb_poster_view_new (void);
void inb_poster_view_set_job (InbPosterView *self, InbJob *job);

G_END_DECLS
