/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-store.h"

G_BEGIN_DECLS

gboolean inb_recovery_run (InbStore *store, gboolean hosted, GError **error);
gboolean inb_recovery_settle_sent (InbStore *store, InbRow *row, GError **error);
gboolean inb_recovery_look_at_clips (InbStore *store, gint64 *key, GError **error);
gboolean inb_recovery_cancel (InbStore *store, const char *job_id, GError **error);
gboolean inb_recovery_put_back (InbStore *store, InbRow *row, GError **error);
void inb_recovery_remove_files (const char *root, const InbRow *row);
void inb_recovery_sweep (const char *root, GPtrArray *keep);

G_END_DECLS
