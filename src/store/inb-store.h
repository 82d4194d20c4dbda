/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-database.h"
#include "store/inb-row.h"

G_BEGIN_DECLS

typedef struct _InbStore InbStore;

InbStore *inb_store_open (const char *root, InbDatabaseMode mode, GError **error);
void inb_store_close (InbStore *self);
const char *inb_store_get_root (InbStore *self);
InbDatabase *inb_store_get_database (InbStore *self);
gint64 inb_store_get_data_version (InbStore *self);

/* Rows: inb-store.c */
GPtrArray *inb_store_add (InbStore *self, const InbRequest *request, const char *product_id,
                          const char *product_name, gint64 estimate_micros, GError **error);
GPtrArray *inb_store_list (InbStore *self, gint64 since, gint64 *latest, GError **error);
GPtrArray *inb_store_list_at_work (InbStore *self, const char *provider, GError **error);
GPtrArray *inb_store_list_wishes (InbStore *self, GError **error);
GPtrArray *inb_store_list_finished (InbStore *self, GError **error);
InbRow *inb_store_get (InbStore *self, const char *id, GError **error);
InbRow *inb_store_get_next (InbStore *self, const char *provider, GError **error);

/**
 * InbMove:
 * @to: the state to go to
 * @failure: (nullable): why, for a failure
 * @start_frame: (nullable): absolute path, %NULL keeps what is there
 * @last_frame: (nullable): the same
 * @part: (nullable): absolute path; %NULL clears it
 *
 * One arrow of the state machine. Borrowed for the call.
 */
typedef struct
{
  InbJobState to;
  const GError *failure;
  const char *start_frame;
  const char *last_frame;
  const char *part;
} InbMove;

/* Changes of a row: inb-store-moves.c */
gboolean inb_store_move (InbStore *self, const char *id, const InbMove *move, GError **error);
gboolean inb_store_begin_work (InbStore *self, const char *id, GError **error);
gboolean inb_store_end_work (InbStore *self, const char *id, GError **error);
gboolean inb_store_set_progress (InbStore *self, const char *id, double progress, GError **error);
gboolean inb_store_set_clip (InbStore *self, const char *id, const InbClip *clip, GError **error);
gboolean inb_store_wish_cancel (InbStore *self, const char *id, GError **error);
gboolean inb_store_resume (InbStore *self, const char *id, GError **error);
gboolean inb_store_rename_product (InbStore *self, const char *id, const char *name,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStore, inb_store_close)

G_END_DECLS
