/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

typedef struct _InbJobTable InbJobTable;

InbJobTable *inb_job_table_new (void);
void inb_job_table_free (InbJobTable *self);
guint inb_job_table_get_n_jobs (InbJobTable *self);
InbJob *inb_job_table_get (InbJobTable *self, guint place);
InbJob *inb_job_table_find (InbJobTable *self, const char *id);
gboolean inb_job_table_take (InbJobTable *self, InbJob *fresh, gint64 change, guint *place);
InbJob *inb_job_table_adopt (InbJobTable *self, InbJob *fresh, gint64 change);
InbJob *inb_job_table_hold (InbJobTable *self, InbJob *fresh, gint64 change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbJobTable, inb_job_table_free)

G_END_DECLS
