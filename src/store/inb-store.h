/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-product.h"
#include "store/inb-database.h"
#include "store/inb-row.h"

G_BEGIN_DECLS

typedef struct _InbStore InbStore;

InbStore *inb_store_open (const char *root, InbDatabaseMode mode, GError **error);
void inb_store_close (InbStore *self);
const char *inb_store_get_root (InbStore *self);
InbDatabase *inb_store_get_database (InbStore *self);
gint64 inb_store_get_data_version (InbStore *self);

/**
 * InbTerms:
 * @estimate_micros: micro-dollars of one take; −1 where no price is published
 * @reserve_micros: what a cap holds for one take: the estimate, or the highest known price
 * @key_source: (nullable): where the key comes from
 * @home: (nullable): the origin set instead of the service's
 * @route: (nullable): providers to try next, separated by commas
 * @hold_s: its paid request does not leave before so many seconds; 0: at once
 *
 * What a request is added under. Borrowed for the call.
 */
typedef struct
{
  gint64 estimate_micros;
  gint64 reserve_micros;
  const char *key_source;
  const char *home;
  const char *route;
  guint hold_s;
} InbTerms;

/* Takes whose files may be given up, as conditions on a row of jobs */
#define INB_STORE_DELETED "deleted_us > 0 AND gone_us = 0"
#define INB_STORE_REJECTED "mark = -1 AND gone_us = 0 AND state = 'DONE'"

typedef enum
{
  INB_IDS_DELETED,
  INB_IDS_DELETED_EARLIER,
  INB_IDS_REJECTED,
} InbIds;

/**
 * InbClipRow:
 * @key: key of the row
 * @id: UUID of the job
 * @missing: whether it counts as missing
 * @path: where the clip is or should be
 * @sha256: of its bytes
 *
 * What is needed to look whether a clip is where it should be.
 */
typedef struct
{
  gint64 key;
  char *id;
  gboolean missing;
  char *path;
  char *sha256;
} InbClipRow;

/**
 * InbRowHead:
 * @id: UUID of the job
 * @product_id: UUID of its product
 * @at_rest: whether it is in a final state
 * @created_us: when it was asked for
 *
 * What decides whether somebody wants the row itself. Borrowed for the call.
 */
typedef struct
{
  const char *id;
  const char *product_id;
  gboolean at_rest;
  gint64 created_us;
} InbRowHead;

/**
 * InbRowWanted:
 * @head: of a row that was written
 * @user_data: as given
 *
 * Returns: %TRUE if the row is wanted
 */
typedef gboolean (*InbRowWanted) (const InbRowHead *head, gpointer user_data);

/* Rows: inb-store.c, inb-store-rows.c */
GPtrArray *inb_store_add (InbStore *self, const InbRequest *request, const char *product_id,
                          const char *product_name, const InbTerms *terms, GError **error);
gint64 inb_store_count_takes (InbStore *self, const char *product_id, GError **error);
gboolean inb_store_add_import (InbStore *self, InbJob *job, const InbClip *clip, GError **error);
GPtrArray *inb_store_list (InbStore *self, gint64 since, gint64 *latest, GError **error);
GPtrArray *inb_store_list_written (InbStore *self, gint64 since, InbRowWanted wanted,
                                   gpointer user_data, gint64 *latest, GError **error);
GPtrArray *inb_store_list_live (InbStore *self, gint64 *latest, GError **error);
GPtrArray *inb_store_list_product (InbStore *self, const char *product_id, GError **error);
GPtrArray *inb_store_list_prefix (InbStore *self, const char *prefix, GError **error);
GPtrArray *inb_store_list_at_work (InbStore *self, const char *provider, GError **error);
GPtrArray *inb_store_list_hosted (InbStore *self, GError **error);
GPtrArray *inb_store_list_wishes (InbStore *self, GError **error);
GPtrArray *inb_store_list_clips (InbStore *self, gint64 after_key, guint n_max, GError **error);
void inb_clip_row_free (InbClipRow *self);
GPtrArray *inb_store_list_ids (InbStore *self, InbIds which, GError **error);
InbRow *inb_store_get (InbStore *self, const char *id, GError **error);
InbRow *inb_store_get_newest (InbStore *self, const char *product_id, GError **error);
InbRow *inb_store_get_next (InbStore *self, const char *provider, GError **error);

/**
 * InbRemoteChange:
 * @paused: 1 it waits for a person, 0 it does not; −1 keeps
 * @actual_micros: what it cost; −1 keeps
 * @urls_expire_us: −1 keeps; so do the other times
 *
 * What becomes known of a hosted job. A text that is %NULL keeps what is there, an empty one clears
 * it. Begin with %INB_REMOTE_CHANGE_INIT.
 */
typedef struct
{
  int paused;
  const char *charged;
  const char *remote_id;
  const char *request_id;
  const char *idempotency_key;
  const char *start_url;
  const char *last_url;
  gint64 urls_expire_us;
  const char *kept;
  const char *word;
  const char *result_url;
  gint64 result_expires_us;
  const char *etag;
  gint64 actual_micros;
} InbRemoteChange;

#define INB_REMOTE_CHANGE_INIT                                                       \
  {                                                                                  \
    .paused = -1, .urls_expire_us = -1, .result_expires_us = -1, .actual_micros = -1 \
  }

/**
 * InbAttempt:
 * @provider: id
 * @key_mark: which key, without telling it
 * @idempotency_key: as in the row
 * @body_sha256: of the request's body
 * @body_size: bytes
 *
 * A paid request that is about to leave.
 */
typedef struct
{
  const char *provider;
  const char *key_mark;
  const char *idempotency_key;
  const char *body_sha256;
  gint64 body_size;
} InbAttempt;

/**
 * InbAttemptEnd:
 * @outcome: a word for it
 * @status: HTTP status; 0: no whole answer
 * @request_id: (nullable): the service's id of the call
 * @answer: (nullable): what it said, at most 64 KiB
 *
 * What came of the newest paid request.
 */
typedef struct
{
  const char *outcome;
  guint status;
  const char *request_id;
  const char *answer;
} InbAttemptEnd;

/**
 * InbAttemptRow:
 * @number: from 1
 * @provider: id
 * @sent_us: µs since 1970
 * @answered_us: the same; 0: no answer was noted
 * @outcome: (nullable): a word for it
 * @status: HTTP status; 0: no whole answer
 * @request_id: (nullable): the service's id of the call
 *
 * A paid request as it was noted.
 */
typedef struct
{
  guint number;
  char *provider;
  gint64 sent_us;
  gint64 answered_us;
  char *outcome;
  guint status;
  char *request_id;
} InbAttemptRow;

/**
 * InbMove:
 * @to: the state to go to
 * @failure: (nullable): why, for a failure
 * @start_frame: (nullable): absolute path, %NULL keeps what is there
 * @last_frame: (nullable): the same
 * @part: (nullable): absolute path; %NULL clears it
 * @remote: (nullable): what else is known by now
 * @attempt: (nullable): the paid request that leaves with this arrow
 * @attempt_end: (nullable): what came of it
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
  const InbRemoteChange *remote;
  const InbAttempt *attempt;
  const InbAttemptEnd *attempt_end;
} InbMove;

/**
 * InbReroute:
 * @provider: id
 * @model: id of one of its models
 * @home: (nullable): the origin set instead of the service's
 * @estimate_micros: micro-dollars; −1 where no price is published
 * @route: (nullable): providers to try after it, separated by commas
 *
 * Where a job goes that a service refused for free. Borrowed for the call.
 */
typedef struct
{
  const char *provider;
  const char *model;
  const char *home;
  gint64 estimate_micros;
  const char *route;
} InbReroute;

/* Changes of a row: inb-store-moves.c, inb-store-takes.c */
gboolean inb_store_move (InbStore *self, const char *id, const InbMove *move, GError **error);
gboolean inb_store_change (InbStore *self, const char *id, const InbRemoteChange *change,
                           const GError *failure, GError **error);
gboolean inb_store_add_attempt (InbStore *self, const char *id, const InbAttempt *attempt,
                                GError **error);
gboolean inb_store_mark_whole (InbStore *self, const char *id, GError **error);
gboolean inb_store_reroute (InbStore *self, const char *id, const InbReroute *reroute,
                            GError **error);
gboolean inb_store_begin_work (InbStore *self, const char *id, GError **error);
gboolean inb_store_end_work (InbStore *self, const char *id, GError **error);
gboolean inb_store_set_progress (InbStore *self, const char *id, double progress, GError **error);
gboolean inb_store_set_clip (InbStore *self, const char *id, const InbClip *clip, GError **error);
gboolean inb_store_wish (InbStore *self, const char *id, const char *wish, GError **error);
gboolean inb_store_wish_cancel (InbStore *self, const char *id, GError **error);
gboolean inb_store_drop_wish (InbStore *self, const char *id, GError **error);
gboolean inb_store_resume (InbStore *self, const char *id, GError **error);
gboolean inb_store_pause_unsent (InbStore *self, GError **error);
gboolean inb_store_set_deleted (InbStore *self, const char *id, gboolean deleted, GError **error);
gboolean inb_store_set_gone (InbStore *self, const char *id, GError **error);
gboolean inb_store_set_name (InbStore *self, const char *id, const char *name, GError **error);
gboolean inb_store_set_mark (InbStore *self, const char *id, int mark, GError **error);

/* Products: inb-store-products.c */
char *inb_store_settle_product (InbStore *self, const char *id, const char *name, gint64 now_us,
                                GError **error);
gboolean inb_store_rename_product (InbStore *self, const char *id, const char *name,
                                   GError **error);
gboolean inb_store_drop_product (InbStore *self, const char *id, GError **error);
gboolean inb_store_save_draft (InbStore *self, const char *id, const char *name, const char *draft,
                               gint64 now_us, GError **error);
GPtrArray *inb_store_list_products (InbStore *self, guint limit, GError **error);
InbProduct *inb_store_get_product (InbStore *self, const char *id, char **draft, GError **error);

/* Attempts and money: inb-store-attempts.c, inb-store-money.c */
gboolean inb_store_write_attempt (InbStore *self, const char *id, const InbAttempt *attempt,
                                  GError **error);
gboolean inb_store_write_attempt_end (InbStore *self, const char *id, const InbAttemptEnd *end,
                                      GError **error);
void inb_attempt_row_free (InbAttemptRow *self);
GPtrArray *inb_store_list_attempts (InbStore *self, const char *id, GError **error);
gint64 inb_store_get_next_slot (InbStore *self, const char *key_mark, guint per_minute,
                                guint at_once);
gboolean inb_store_has_remote_id (InbStore *self, const char *provider, const char *remote_id);
gint64 inb_store_get_spent_today (InbStore *self);
gboolean inb_store_check_cap (InbStore *self, gint64 reserve_micros, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStore, inb_store_close)

G_END_DECLS
