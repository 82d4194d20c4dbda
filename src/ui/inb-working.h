/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

#define INB_TYPE_WORKING (inb_working_get_type ())
G_DECLARE_FINAL_TYPE (InbWorking, inb_working, INB, WORKING, GObject)

/* A GListModel of the #InbJob that are at work, oldest first, whatever product they belong to.
 * Signals: "moved" (InbJob, guint old state): one of all jobs went from one state to another while
 * this looked; "progress": what inb_working_get_progress() says has changed. */
InbWorking *inb_working_new (GListModel *jobs);
double inb_working_get_progress (InbWorking *self);
guint inb_working_count_unsent (InbWorking *self);
gboolean inb_working_is_busy (InbWorking *self);

G_END_DECLS
