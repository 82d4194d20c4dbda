/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "store/inb-paths.h"
#include "store/inb-search.h"

static GPtrArray *
read_rows (InbStore *self, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_free);
  gboolean has_row = FALSE;

  for (;;)
    {
      InbRow *row;

      if (!inb_database_step (inb_store_get_database (self), statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      row = inb_row_read (statement, inb_store_get_root (self), error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
}

/**
 * inb_store_list:
 * @self: a store
 * @since: number of the last write that is known already; 0 for all rows
 * @latest: (out): the number to ask with the next time
 * @error: as inb_database_prepare(), and %INB_ERROR_STORE for a state that is not known
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): rows written since, oldest write first
 */
GPtrArray *
inb_store_list (InbStore *self, gint64 since, gint64 *latest, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self), INB_ROW_SELECT "WHERE change > ?1 ORDER BY change", error);
  GPtrArray *rows;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, since);
  rows = read_rows (self, statement, error);
  *latest = since;
  if (rows != NULL && rows->len > 0)
    *latest = ((InbRow *) g_ptr_array_index (rows, rows->len - 1))->change;
  return rows;
}

static gboolean
read_wanted (InbDatabase *database, sqlite3_stmt *statement, InbRowWanted wanted,
             gpointer user_data, GArray *keys, gint64 *latest, GError **error)
{
  gboolean has_row = FALSE;

  for (;;)
    {
      InbRowHead head;
      gint64 key;

      if (!inb_database_step (database, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      key = sqlite3_column_int64 (statement, 0);
      *latest = sqlite3_column_int64 (statement, 1);
      head.id = (const char *) sqlite3_column_text (statement, 2);
      head.product_id = (const char *) sqlite3_column_text (statement, 3);
      head.created_us = sqlite3_column_int64 (statement, 4);
      head.at_rest = sqlite3_column_int (statement, 5) != 0;
      if (wanted (&head, user_data))
        g_array_append_val (keys, key);
    }
}

/**
 * inb_store_list_written:
 * @self: a store
 * @since: number of the last write that is known already
 * @wanted: asked of every row that was written since
 * @user_data: for @wanted
 * @latest: (out): the number to ask with the next time
 * @error: as inb_store_list()
 *
 * As inb_store_list(), but reads only the rows that somebody wants: a thousand others cost a
 * millisecond.
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): those rows, oldest write first
 */
GPtrArray *
inb_store_list_written (InbStore *self, gint64 since, InbRowWanted wanted, gpointer user_data,
                        gint64 *latest, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "SELECT rowid, change, id, product_id, created_us, state IN " INB_AT_REST
      " FROM jobs WHERE change > ?1 ORDER BY change",
      error);

  *latest = since;
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, since);
  if (!read_wanted (database, statement, wanted, user_data, keys, latest, error))
    return NULL;
  return inb_search_list_rows (self, (const gint64 *) (gpointer) keys->data, keys->len, error);
}

/**
 * inb_store_list_live:
 * @self: a store
 * @latest: (out): the number to ask inb_store_list() with
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): the jobs that are not at rest, oldest
 * first
 */
GPtrArray *
inb_store_list_live (InbStore *self, gint64 *latest, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = NULL;
  GPtrArray *rows = NULL;

  /* both are read from one moment */
  if (!inb_database_run (database, "BEGIN", error))
    return NULL;
  *latest = inb_database_get_int (database, "SELECT coalesce(max(change), 0) FROM jobs");
  statement =
      inb_database_prepare (database, INB_ROW_SELECT_AT_WORK "ORDER BY jobs.created_us", error);
  if (statement != NULL)
    rows = read_rows (self, statement, error);
  g_clear_pointer (&statement, inb_statement_free);
  inb_database_rollback (database);
  return rows;
}

/**
 * inb_store_list_product:
 * @self: a store
 * @product_id: UUID
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): all jobs of a product, by their takes
 */
GPtrArray *
inb_store_list_product (InbStore *self, const char *product_id, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self), INB_ROW_SELECT "WHERE product_id = ?1 ORDER BY take", error);

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, product_id);
  return read_rows (self, statement, error);
}

/**
 * inb_store_list_prefix:
 * @self: a store
 * @prefix: the first characters of a UUID
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): up to two jobs that begin so
 */
GPtrArray *
inb_store_list_prefix (InbStore *self, const char *prefix, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self),
      INB_ROW_SELECT "WHERE jobs.id >= ?1 AND jobs.id < ?1 || char(1114111) LIMIT 2", error);

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, prefix);
  return read_rows (self, statement, error);
}

/**
 * inb_store_list_at_work:
 * @self: a store
 * @provider: id of a provider
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): its jobs that are not at rest, oldest
 * first
 */
GPtrArray *
inb_store_list_at_work (InbStore *self, const char *provider, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self),
      INB_ROW_SELECT_AT_WORK "AND provider = ?1 ORDER BY jobs.created_us", error);

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, provider);
  return read_rows (self, statement, error);
}

/**
 * inb_store_list_hosted:
 * @self: a store
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): the jobs of all services that are not
 * at rest, oldest first
 */
GPtrArray *
inb_store_list_hosted (InbStore *self, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self),
      INB_ROW_SELECT_AT_WORK "AND provider <> 'local' ORDER BY jobs.created_us", error);

  return statement != NULL ? read_rows (self, statement, error) : NULL;
}

/**
 * inb_store_list_wishes:
 * @self: a store
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): the jobs at work of which a person
 * wishes something
 */
GPtrArray *
inb_store_list_wishes (InbStore *self, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self), INB_ROW_SELECT_AT_WORK "AND wish IS NOT NULL", error);

  return statement != NULL ? read_rows (self, statement, error) : NULL;
}

/**
 * inb_clip_row_free:
 * @self: (transfer full): a row of inb_store_list_clips()
 */
void
inb_clip_row_free (InbClipRow *self)
{
  g_free (self->id);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

static InbClipRow *
read_clip_row (sqlite3_stmt *statement, const char *root)
{
  InbClipRow *row = g_new0 (InbClipRow, 1);

  row->key = sqlite3_column_int64 (statement, 0);
  row->id = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  row->missing = sqlite3_column_int (statement, 2) != 0;
  row->path = inb_paths_dup_absolute (root, (const char *) sqlite3_column_text (statement, 3));
  row->sha256 = g_strdup ((const char *) sqlite3_column_text (statement, 4));
  return row;
}

/**
 * inb_store_list_clips:
 * @self: a store
 * @after_key: key of the last row that is known
 * @n_max: at most so many
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (element-type InbClipRow): the next of the jobs that have a
 * clip, or should have; not those of which a person gave up the files
 */
GPtrArray *
inb_store_list_clips (InbStore *self, gint64 after_key, guint n_max, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_clip_row_free);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "SELECT rowid, id, state = 'MISSING_FILE', clip, sha256 FROM jobs WHERE rowid > ?1 AND "
      "+state IN ('DONE', 'MISSING_FILE') AND deleted_us = 0 AND gone_us = 0 AND clip IS NOT NULL "
      "ORDER BY rowid LIMIT ?2",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, after_key);
  sqlite3_bind_int64 (statement, 2, n_max);
  for (;;)
    {
      if (!inb_database_step (database, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_clip_row (statement, inb_store_get_root (self)));
    }
}

/* How long a deletion may still be taken back on the screen where it was made, at most. Chosen: an
 * undo toast stands for seconds. */
#define UNDO_US (60 * G_USEC_PER_SEC)

static const char *const of_ids[] = {
  [INB_IDS_DELETED] = "SELECT id FROM jobs WHERE " INB_STORE_DELETED " AND ?1",
  [INB_IDS_DELETED_EARLIER] = "SELECT id FROM jobs WHERE " INB_STORE_DELETED " AND deleted_us < ?1",
  [INB_IDS_REJECTED] = "SELECT id FROM jobs WHERE " INB_STORE_REJECTED " AND ?1",
};

/**
 * inb_store_list_ids:
 * @self: a store
 * @which: deleted takes, those of them that nobody is about to take back, or rejected ones; all
 * that still have their files
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (element-type utf8): their ids
 */
GPtrArray *
inb_store_list_ids (InbStore *self, InbIds which, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (InbStatement) statement = inb_database_prepare (database, of_ids[which], error);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, g_get_real_time () - UNDO_US);
  for (;;)
    {
      if (!inb_database_step (database, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
}

static InbRow *
read_one (InbStore *self, sqlite3_stmt *statement, GError **error)
{
  gboolean has_row = FALSE;

  if (!inb_database_step (inb_store_get_database (self), statement, &has_row, error) || !has_row)
    return NULL;
  return inb_row_read (statement, inb_store_get_root (self), error);
}

/**
 * inb_store_get:
 * @self: a store
 * @id: UUID of a job
 * @error: %INB_ERROR_BAD_INPUT if there is none, and as inb_store_list()
 *
 * Returns: (transfer full) (nullable): its row
 */
InbRow *
inb_store_get (InbStore *self, const char *id, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self), INB_ROW_SELECT "WHERE jobs.id = ?1", error);
  g_autoptr (GError) problem = NULL;
  InbRow *row;

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, id);
  row = read_one (self, statement, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (row == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("There is no job “%s”. “inbetween-cli jobs” lists them."), id);
  return row;
}

/**
 * inb_store_get_newest:
 * @self: a store
 * @product_id: UUID of a product
 * @error: as inb_store_list(); untouched if there is simply none
 *
 * Returns: (transfer full) (nullable): its newest take that was asked for here and is not deleted
 */
InbRow *
inb_store_get_newest (InbStore *self, const char *product_id, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self),
      INB_ROW_SELECT "WHERE product_id = ?1 AND deleted_us = 0 AND start_photo <> '' "
                     "ORDER BY take DESC LIMIT 1",
      error);

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, product_id);
  return read_one (self, statement, error);
}

/**
 * inb_store_get_next:
 * @self: a store
 * @provider: id of a provider
 * @error: as inb_store_list(); untouched if there is simply none
 *
 * Returns: (transfer full) (nullable): the oldest of its jobs that is not at rest
 */
InbRow *
inb_store_get_next (InbStore *self, const char *provider, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (self),
      INB_ROW_SELECT_AT_WORK "AND provider = ?1 ORDER BY jobs.created_us LIMIT 1", error);

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, provider);
  return read_one (self, statement, error);
}
