/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/* What may have left this computer, a row each, written before its first byte; and the rates that
 * are counted from these rows, since services count by key and not by program. */

/* An answer is kept up to this: enough for any that is of use to a service's support. */
#define MAX_ANSWER_BYTES (64 * 1024)
#define MINUTE_US (60 * G_USEC_PER_SEC)

/**
 * inb_store_write_attempt:
 * @self: a store open for writing, inside a transaction
 * @id: UUID of a job
 * @attempt: the paid request that is about to leave
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is written; it is on the disk when the transaction is
 */
gboolean
inb_store_write_attempt (InbStore *self, const char *id, const InbAttempt *attempt, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "INSERT INTO attempts (job_id, number, provider, key_mark, idempotency_key, body_sha256, "
      "body_size, sent_us) VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM attempts WHERE "
      "job_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, attempt->provider);
  inb_database_bind_text (statement, 3, attempt->key_mark);
  inb_database_bind_text (statement, 4, attempt->idempotency_key);
  inb_database_bind_text (statement, 5, attempt->body_sha256);
  sqlite3_bind_int64 (statement, 6, attempt->body_size);
  sqlite3_bind_int64 (statement, 7, g_get_real_time ());
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_add_attempt:
 * @self: a store open for writing
 * @id: UUID of a job that was sent already
 * @attempt: a repeat that the service knows as one
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_add_attempt (InbStore *self, const char *id, const InbAttempt *attempt, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);

  if (!inb_database_begin (database, error))
    return FALSE;
  if (inb_store_write_attempt (self, id, attempt, error))
    return inb_database_commit (database, error);
  inb_database_rollback (database);
  return FALSE;
}

/**
 * inb_store_mark_whole:
 * @self: a store open for writing
 * @id: UUID of a job whose newest attempt is about to leave to its last byte
 * @error: %INB_ERROR_STORE if that attempt counts as over, and as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk; else its last bytes must not leave
 */
gboolean
inb_store_mark_whole (InbStore *self, const char *id, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "UPDATE attempts SET whole = 1 WHERE job_id = ?1 AND outcome IS NULL AND number = (SELECT "
      "max(number) FROM attempts WHERE job_id = ?1) RETURNING 1",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  if (!inb_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    return inb_database_finish (database, statement, error);
  g_set_error (error, INB_ERROR, INB_ERROR_STORE, _ ("The job %s is not being sent any more."), id);
  return FALSE;
}

/**
 * inb_store_reroute:
 * @self: a store open for writing
 * @id: UUID of a job that is not sent, or of which nothing was accepted
 * @reroute: where it goes now
 * @error: %INB_ERROR_STORE if it is not in READY, and as inb_database_prepare()
 *
 * Begins again from the photos, at another provider. The paid requests so far stay on record.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_reroute (InbStore *self, const char *id, const InbReroute *reroute, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "UPDATE jobs SET state = 'PREPARING', provider = ?2, model = ?3, base_url = ?4, "
      "estimate_micros = ?5, route = ?6, key_source = NULL, idempotency_key = NULL, "
      "start_url = NULL, last_url = NULL, urls_expire_us = 0, start_frame = NULL, "
      "last_frame = NULL, request_id = NULL, error_class = NULL, error_message = NULL, "
      "change = (SELECT max(change) + 1 FROM jobs) WHERE id = ?1 AND state IN "
      "('PREPARING', 'UPLOADING', 'READY') RETURNING 1",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, reroute->provider);
  inb_database_bind_text (statement, 3, reroute->model);
  inb_database_bind_text (statement, 4, reroute->home);
  if (reroute->estimate_micros >= 0)
    sqlite3_bind_int64 (statement, 5, reroute->estimate_micros);
  inb_database_bind_text (statement, 6, reroute->route);
  if (!inb_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    return inb_database_finish (database, statement, error);
  g_set_error (error, INB_ERROR, INB_ERROR_STORE,
               _ ("The job %s cannot go to another provider now."), id);
  return FALSE;
}

/**
 * inb_store_write_attempt_end:
 * @self: a store open for writing, inside a transaction
 * @id: UUID of a job
 * @end: what came of its newest paid request
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is written; a job without an attempt is no fault
 */
gboolean
inb_store_write_attempt_end (InbStore *self, const char *id, const InbAttemptEnd *end,
                             GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autofree char *answer = end->answer != NULL ? g_strndup (end->answer, MAX_ANSWER_BYTES) : NULL;
  g_autofree char *text = answer != NULL ? g_utf8_make_valid (answer, -1) : NULL;
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "UPDATE attempts SET outcome = ?2, status = ?3, request_id = ?4, answer = ?5, "
      "answered_us = ?6 WHERE job_id = ?1 AND number = (SELECT max(number) FROM attempts WHERE "
      "job_id = ?1)",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, end->outcome);
  if (end->status != 0)
    sqlite3_bind_int64 (statement, 3, end->status);
  inb_database_bind_text (statement, 4, end->request_id);
  inb_database_bind_text (statement, 5, text);
  sqlite3_bind_int64 (statement, 6, g_get_real_time ());
  return inb_database_finish (database, statement, error);
}

static InbAttemptRow *
read_attempt (sqlite3_stmt *statement)
{
  InbAttemptRow *row = g_new0 (InbAttemptRow, 1);

  row->number = (guint) sqlite3_column_int64 (statement, 0);
  row->provider = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  row->sent_us = sqlite3_column_int64 (statement, 2);
  row->answered_us = sqlite3_column_int64 (statement, 3);
  row->outcome = g_strdup ((const char *) sqlite3_column_text (statement, 4));
  row->status = (guint) sqlite3_column_int64 (statement, 5);
  row->request_id = g_strdup ((const char *) sqlite3_column_text (statement, 6));
  return row;
}

/**
 * inb_attempt_row_free:
 * @self: (transfer full): a paid request as it was noted
 */
void
inb_attempt_row_free (InbAttemptRow *self)
{
  g_free (self->provider);
  g_free (self->outcome);
  g_free (self->request_id);
  g_free (self);
}

/**
 * inb_store_list_attempts:
 * @self: a store
 * @id: UUID of a job
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (element-type InbAttemptRow): its paid requests, oldest first
 */
GPtrArray *
inb_store_list_attempts (InbStore *self, const char *id, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) inb_attempt_row_free);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "SELECT number, provider, sent_us, answered_us, outcome, status, request_id FROM attempts "
      "WHERE job_id = ?1 ORDER BY number",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, id);
  for (;;)
    {
      if (!inb_database_step (database, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_attempt (statement));
    }
}

static gint64
count (InbStore *self, const char *sql, const char *text, gint64 number)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (database, sql, NULL);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return 0;
  inb_database_bind_text (statement, 1, text);
  sqlite3_bind_int64 (statement, 2, number);
  if (!inb_database_step (database, statement, &has_row, NULL) || !has_row)
    return 0;
  return sqlite3_column_int64 (statement, 0);
}

/**
 * inb_store_get_next_slot:
 * @self: a store
 * @key_mark: which key
 * @per_minute: paid requests a minute that the service takes; 0 not stated
 * @at_once: jobs it works on at once; 0 not stated
 *
 * Counted over every program that uses this data folder. A job whose answer was lost counts as
 * being worked on.
 *
 * Returns: µs to wait before the next may be sent; 0 now; −1 when another has come to rest
 */
gint64
inb_store_get_next_slot (InbStore *self, const char *key_mark, guint per_minute, guint at_once)
{
  gint64 now_us = g_get_real_time ();
  gint64 oldest_us;

  if (at_once > 0 &&
      count (self,
             "SELECT count(*) FROM jobs INDEXED BY jobs_at_work WHERE state NOT IN " INB_AT_REST
             " AND state IN ('SUBMITTING', 'UNKNOWN', 'RECONCILING', "
             "'QUEUED', 'RUNNING', 'STALLED', 'CANCELLING') AND (SELECT key_mark FROM attempts "
             "WHERE job_id = jobs.id ORDER BY number DESC LIMIT 1) = ?1 AND ?2 = 0",
             key_mark, 0) >= at_once)
    return -1;
  if (per_minute == 0)
    return 0;
  oldest_us = count (self,
                     "SELECT sent_us FROM attempts WHERE key_mark = ?1 ORDER BY sent_us DESC "
                     "LIMIT 1 OFFSET ?2",
                     key_mark, (gint64) per_minute - 1);
  /* a clock that was set back must not stop us for longer than the minute */
  return oldest_us > 0 ? CLAMP (oldest_us + MINUTE_US - now_us, 0, MINUTE_US) : 0;
}

/**
 * inb_store_has_remote_id:
 * @self: a store
 * @provider: id of a provider
 * @remote_id: its id of a job
 *
 * Returns: %TRUE if one of our jobs is known to be that one
 */
gboolean
inb_store_has_remote_id (InbStore *self, const char *provider, const char *remote_id)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "SELECT 1 FROM jobs WHERE provider = ?1 AND remote_id = ?2", NULL);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return TRUE;
  inb_database_bind_text (statement, 1, provider);
  inb_database_bind_text (statement, 2, remote_id);
  /* where it cannot be known it is taken as ours already: never the same clip for two jobs */
  return !inb_database_step (database, statement, &has_row, NULL) || has_row;
}
