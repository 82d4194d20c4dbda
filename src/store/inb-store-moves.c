/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "store/inb-paths.h"
#include "store/inb-run.h"

#define NEXT_CHANGE "change = (SELECT max(change) + 1 FROM jobs)"

/* Runs one statement of which the first value is the job's id. */
static gboolean
change_job (InbStore *self, const char *id, const char *sql, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  return inb_database_finish (database, statement, error);
}

static gboolean
read_state (InbStore *self, const char *id, InbJobState *state, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database, "SELECT state FROM jobs WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  if (!inb_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row &&
      inb_job_state_from_string ((const char *) sqlite3_column_text (statement, 0), state))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_STORE, _ ("The job %s is not in the database."), id);
  return FALSE;
}

/* Whoever wished a job cancelled before its paid request left was told that it costs nothing. */
static gboolean
may_leave (InbStore *self, const char *id, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "SELECT 1 FROM jobs WHERE id = ?1 AND wish = 'cancel'", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  if (!inb_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_CANCELLED,
                         _ ("Cancelled before it was sent; nothing was charged."));
  return !has_row;
}

static gboolean
write_move (InbStore *self, const char *id, const InbMove *move, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  const char *root = inb_store_get_root (self);
  g_autofree char *start_frame = inb_paths_dup_relative (root, move->start_frame);
  g_autofree char *last_frame = inb_paths_dup_relative (root, move->last_frame);
  g_autofree char *part = inb_paths_dup_relative (root, move->part);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "UPDATE jobs SET state = ?2, finished_us = CASE WHEN ?3 AND state IN ('DONE', "
      "'MISSING_FILE') "
      "THEN finished_us ELSE ?3 END, error_class = ?4, error_message = ?5, "
      "start_frame = coalesce(?6, start_frame), last_frame = coalesce(?7, last_frame), part = ?8, "
      "progress = CASE WHEN ?3 OR ?2 = 'PREPARING' THEN NULL ELSE progress END, "
      "started_us = CASE WHEN ?2 = 'PREPARING' THEN 0 ELSE started_us END, "
      "wish = CASE WHEN ?3 THEN NULL ELSE wish END, " NEXT_CHANGE " WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, inb_job_state_to_string (move->to));
  sqlite3_bind_int64 (statement, 3, inb_job_state_is_final (move->to) ? g_get_real_time () : 0);
  if (move->failure != NULL)
    {
      inb_database_bind_text (statement, 4, inb_error_get_name (move->failure));
      inb_database_bind_text (statement, 5, move->failure->message);
    }
  inb_database_bind_text (statement, 6, start_frame);
  inb_database_bind_text (statement, 7, last_frame);
  inb_database_bind_text (statement, 8, part);
  return inb_database_finish (database, statement, error);
}

/* Only what became known is written. */
static gboolean
write_remote (InbStore *self, const char *id, const InbRemoteChange *change, GError **error)
{
  const struct
  {
    const char *column;
    const char *text;
  } texts[] = { { "charged", change->charged },
                { "remote_id", change->remote_id },
                { "request_id", change->request_id },
                { "idempotency_key", change->idempotency_key },
                { "start_url", change->start_url },
                { "last_url", change->last_url },
                { "kept", change->kept },
                { "remote_word", change->word },
                { "result_url", change->result_url },
                { "etag", change->etag } };
  const struct
  {
    const char *column;
    gint64 number;
  } numbers[] = { { "paused", change->paused },
                  { "urls_expire_us", change->urls_expire_us },
                  { "result_expires_us", change->result_expires_us },
                  { "actual_micros", change->actual_micros } };
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (GString) sql = g_string_new ("UPDATE jobs SET ");
  g_autoptr (InbStatement) statement = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      g_string_append_printf (sql, "%s = nullif(?%u, ''), ", texts[i].column, i + 2);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].number >= 0)
      g_string_append_printf (sql, "%s = %" G_GINT64_FORMAT ", ", numbers[i].column,
                              numbers[i].number);
  g_string_append (sql, NEXT_CHANGE " WHERE id = ?1");
  statement = inb_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      inb_database_bind_text (statement, (int) i + 2, texts[i].text);
  return inb_database_finish (database, statement, error);
}

static gboolean
write_all (InbStore *self, const char *id, const InbMove *move, GError **error)
{
  return write_move (self, id, move, error) &&
         (move->remote == NULL || write_remote (self, id, move->remote, error)) &&
         (move->attempt == NULL || inb_store_write_attempt (self, id, move->attempt, error)) &&
         (move->attempt_end == NULL ||
          inb_store_write_attempt_end (self, id, move->attempt_end, error));
}

/**
 * inb_store_move:
 * @self: a store open for writing
 * @id: UUID of a job
 * @move: where to, and what comes with it
 * @error: %INB_ERROR_STORE if the state machine has no such arrow (somebody else was quicker: a
 * cancel), %INB_ERROR_CANCELLED if an attempt is to leave that a person wishes cancelled, and as
 * inb_database_prepare(); nothing is written then
 *
 * One arrow, one transaction, on the disk when this returns.
 *
 * Returns: %TRUE if the job is there now
 */
gboolean
inb_store_move (InbStore *self, const char *id, const InbMove *move, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  InbJobState from = INB_JOB_PREPARING;

  if (!inb_database_begin (database, error))
    return FALSE;
  if (!read_state (self, id, &from, error))
    {
      inb_database_rollback (database);
      return FALSE;
    }
  if (!inb_job_state_may_follow (from, move->to))
    {
      inb_database_rollback (database);
      g_set_error (error, INB_ERROR, INB_ERROR_STORE, _ ("The job %s is %s and cannot become %s."),
                   id, inb_job_state_to_string (from), inb_job_state_to_string (move->to));
      return FALSE;
    }
  if ((move->attempt == NULL || may_leave (self, id, error)) && write_all (self, id, move, error))
    return inb_database_commit (database, error);
  inb_database_rollback (database);
  return FALSE;
}

/**
 * inb_store_change:
 * @self: a store open for writing
 * @id: UUID of a job
 * @change: what is known by now
 * @failure: (nullable): what keeps it where it is, for a person
 * @error: as inb_database_prepare()
 *
 * The state stays.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_change (InbStore *self, const char *id, const InbRemoteChange *change,
                  const GError *failure, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = NULL;

  if (!inb_database_begin (database, error))
    return FALSE;
  statement = inb_database_prepare (
      database, "UPDATE jobs SET error_class = ?2, error_message = ?3 WHERE id = ?1", error);
  if (statement != NULL)
    {
      inb_database_bind_text (statement, 1, id);
      inb_database_bind_text (statement, 2, failure != NULL ? inb_error_get_name (failure) : NULL);
      inb_database_bind_text (statement, 3, failure != NULL ? failure->message : NULL);
    }
  if (statement != NULL && inb_database_finish (database, statement, error) &&
      write_remote (self, id, change, error))
    return inb_database_commit (database, error);
  inb_database_rollback (database);
  return FALSE;
}

/**
 * inb_store_begin_work:
 * @self: a store open for writing
 * @id: UUID of a job
 * @error: as inb_database_prepare()
 *
 * Notes that its turn has come: from now on there is progress, and time runs.
 *
 * Returns: %TRUE if it is written
 */
gboolean
inb_store_begin_work (InbStore *self, const char *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE jobs SET started_us = %" G_GINT64_FORMAT
      ", progress = 0.0, error_class = NULL, error_message = NULL, " NEXT_CHANGE " WHERE id = ?1",
      g_get_real_time ());

  return change_job (self, id, sql, error);
}

/**
 * inb_store_end_work:
 * @self: a store open for writing
 * @id: UUID of a job that waits again
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is written
 */
gboolean
inb_store_end_work (InbStore *self, const char *id, GError **error)
{
  return change_job (
      self, id, "UPDATE jobs SET started_us = 0, progress = NULL, " NEXT_CHANGE " WHERE id = ?1",
      error);
}

/**
 * inb_store_set_progress:
 * @self: a store open for writing
 * @id: UUID of a job
 * @progress: 0…1
 * @error: as inb_database_prepare()
 *
 * For followers in other processes; to be called at most once a second. Not worth a wait for the
 * disk: it is written without fsync, and the next arrow takes it along.
 *
 * Returns: %TRUE if it is written
 */
gboolean
inb_store_set_progress (InbStore *self, const char *id, double progress, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *sql =
      g_strdup_printf ("UPDATE jobs SET progress = %s, " NEXT_CHANGE " WHERE id = ?1",
                       g_ascii_formatd (digits, sizeof digits, "%.4f", CLAMP (progress, 0.0, 1.0)));
  gboolean good;

  inb_database_run (database, "PRAGMA synchronous = NORMAL", NULL);
  good = change_job (self, id, sql, error);
  return inb_database_run (database, "PRAGMA synchronous = FULL", error) && good;
}

static void
bind_clip (sqlite3_stmt *statement, const InbClip *clip)
{
  inb_database_bind_text (statement, 3, clip->sha256);
  sqlite3_bind_int64 (statement, 4, clip->size);
  inb_database_bind_text (statement, 7, clip->container);
  inb_database_bind_text (statement, 8, clip->codec);
  inb_database_bind_text (statement, 9, clip->matrix);
  sqlite3_bind_int64 (statement, 10, clip->width);
  sqlite3_bind_int64 (statement, 11, clip->height);
  sqlite3_bind_int64 (statement, 12, clip->n_frames);
  sqlite3_bind_int64 (statement, 13, clip->fps_n);
  sqlite3_bind_int64 (statement, 14, clip->fps_d);
  sqlite3_bind_int64 (statement, 15, clip->duration_ns);
}

/**
 * inb_store_set_clip:
 * @self: a store open for writing
 * @id: UUID of a job in VERIFYING
 * @clip: what the inspection found, with the paths it will have
 * @error: as inb_database_prepare()
 *
 * Written before the files get their final names, so that a restart in between knows them again by
 * their hash.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_set_clip (InbStore *self, const char *id, const InbClip *clip, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  const char *root = inb_store_get_root (self);
  g_autofree char *path = inb_paths_dup_relative (root, clip->path);
  g_autofree char *proxy = inb_paths_dup_relative (root, clip->proxy);
  g_autofree char *poster = inb_paths_dup_relative (root, clip->poster);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "UPDATE jobs SET clip = ?2, sha256 = ?3, size = ?4, proxy = ?5, poster = ?6, "
      "container = ?7, codec = ?8, matrix = ?9, width = ?10, height = ?11, n_frames = ?12, "
      "fps_n = ?13, fps_d = ?14, duration_ns = ?15, " NEXT_CHANGE " WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, path);
  inb_database_bind_text (statement, 5, proxy);
  inb_database_bind_text (statement, 6, poster);
  bind_clip (statement, clip);
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_wish_cancel:
 * @self: a store open for writing
 * @id: UUID of a job
 * @error: %INB_ERROR_BAD_INPUT if it is at rest already, and as inb_database_prepare()
 *
 * Writes down that a person wants it cancelled; whoever runs jobs carries it out.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_wish_cancel (InbStore *self, const char *id, GError **error)
{
  InbJobState state = INB_JOB_PREPARING;

  if (!read_state (self, id, &state, error))
    return FALSE;
  if (inb_job_state_is_final (state))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("The job %s is at rest already (%s); there is nothing to cancel."), id,
                   inb_job_state_to_string (state));
      return FALSE;
    }
  return change_job (
      self, id,
      "UPDATE jobs SET wish = 'cancel', " NEXT_CHANGE " WHERE id = ?1 AND finished_us = 0", error);
}

/**
 * inb_store_wish:
 * @self: a store open for writing
 * @id: UUID of a job whose answer was lost
 * @wish: "lost", "resend" or "look"
 * @error: %INB_ERROR_BAD_INPUT if its answer was not lost, and as inb_database_prepare()
 *
 * What a person decides of it; whoever runs jobs carries it out.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_wish (InbStore *self, const char *id, const char *wish, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = NULL;
  InbJobState state = INB_JOB_PREPARING;

  if (!read_state (self, id, &state, error))
    return FALSE;
  if (state != INB_JOB_UNKNOWN)
    return inb_error_refuse (error,
                             _ ("The job %s is %s: its answer was not lost, so there is nothing to "
                                "resolve."),
                             id, inb_job_state_to_string (state));
  statement = inb_database_prepare (
      database, "UPDATE jobs SET wish = ?2, paused = 0, " NEXT_CHANGE " WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, wish);
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_drop_wish:
 * @self: a store open for writing
 * @id: UUID of a job
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if nothing is wished of it any more
 */
gboolean
inb_store_drop_wish (InbStore *self, const char *id, GError **error)
{
  return change_job (self, id, "UPDATE jobs SET wish = NULL, " NEXT_CHANGE " WHERE id = ?1", error);
}

/**
 * inb_store_resume:
 * @self: a store open for writing
 * @id: UUID of a job
 * @error: %INB_ERROR_BAD_INPUT where nothing can be resumed, and as inb_database_prepare()
 *
 * A job that failed here, for free, begins again from its photos; one that waits for a person's
 * Resume goes on; one that is under way stays so. It is also the person's word, in this run of the
 * program, for what the job costs.
 *
 * Returns: %TRUE if it will go on
 */
gboolean
inb_store_resume (InbStore *self, const char *id, GError **error)
{
  InbMove again = { .to = INB_JOB_PREPARING };
  InbJobState state = INB_JOB_PREPARING;
  g_autofree char *sql =
      g_strdup_printf ("UPDATE jobs SET paused = 0, hold_us = 0, approved_by = '%s', approved_us = "
                       "%" G_GINT64_FORMAT ", " NEXT_CHANGE " WHERE id = ?1",
                       inb_run_get_id (), g_get_real_time ());

  if (!read_state (self, id, &state, error))
    return FALSE;
  if (!inb_job_state_is_final (state))
    return change_job (self, id, sql, error);
  if (state == INB_JOB_FAILED_LOCAL)
    return change_job (self, id, sql, error) && inb_store_move (self, id, &again, error);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("The job %s is at rest (%s) and cannot be resumed. Generate it anew."), id,
               inb_job_state_to_string (state));
  return FALSE;
}

/**
 * inb_store_pause_unsent:
 * @self: a store open for writing
 * @error: as inb_database_prepare()
 *
 * Pauses the jobs of services that were not sent yet and that a person agreed to in another run of
 * a program: nothing is spent by itself. One statement, so that a word given at the same time
 * counts.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_pause_unsent (InbStore *self, GError **error)
{
  return change_job (self, inb_run_get_id (),
                     "UPDATE jobs SET paused = 1, " NEXT_CHANGE " WHERE provider <> 'local' AND "
                     "state IN ('PREPARING', 'UPLOADING', 'READY') AND paused = 0 AND "
                     "approved_by IS NOT ?1",
                     error);
}
