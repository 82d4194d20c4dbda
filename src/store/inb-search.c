/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-search.h"

#include <string.h>

#include "store/inb-words.h"

/* Over 100,000 jobs: their order alone is read from an index, which takes a twentieth of the rows;
 * words are looked for in the rows themselves. */

static const struct
{
  const char *name;
  const char *condition;
} groups[] = {
  { "all", "deleted_us = 0" },
  { "done", "deleted_us = 0 AND state = 'DONE'" },
  { "working", "deleted_us = 0 AND state NOT IN " INB_AT_REST },
  { "failed", "deleted_us = 0 AND state IN ('REJECTED', 'FAILED_LOCAL', 'FAILED_REMOTE', "
              "'EXPIRED', 'MISSING_FILE')" },
  { "accepted", "deleted_us = 0 AND mark = 1" },
  { "rejected", "deleted_us = 0 AND mark = -1" },
  { "deleted", "deleted_us > 0" },
};

static const char *
get_condition (const char *group)
{
  for (gsize i = 0; group != NULL && i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].name, group))
      return groups[i].condition;
  return groups[0].condition;
}

/* Which of the parameters the first name is: those before it are ?1 to ?4. */
#define FIRST_NAME 5

/* What the screen calls the provider of a row: "CASE provider WHEN ?5 THEN ?6 … END" */
static char *
make_name (const InbHistoryFilter *filter)
{
  GString *name = g_string_new (NULL);

  if (filter->names == NULL || filter->names[0] == NULL)
    return g_string_free (g_string_append (name, "NULL"), FALSE);
  g_string_append (name, "CASE provider");
  for (guint i = 0; filter->names[i] != NULL && filter->names[i + 1] != NULL; i += 2)
    g_string_append_printf (name, " WHEN ?%u THEN ?%u", FIRST_NAME + i, FIRST_NAME + i + 1);
  return g_string_free (g_string_append (name, " END"), FALSE);
}

/* ?1 words, ?2 provider, ?3 product */
static char *
make_condition (const InbHistoryFilter *filter)
{
  g_autofree char *name = make_name (filter);
  g_autofree char *words =
      g_strconcat (" AND inb_has_words (?1, prompt, jobs.name, provider, ", name,
                   ", (SELECT name FROM products "
                   "WHERE products.id = product_id))",
                   NULL);

  return g_strconcat (get_condition (filter->group),
                      filter->provider != NULL ? " AND provider = ?2" : "",
                      filter->product_id != NULL ? " AND product_id = ?3" : "",
                      filter->text != NULL ? words : "", NULL);
}

static void
bind_filter (sqlite3_stmt *statement, const InbHistoryFilter *filter)
{
  if (filter->text != NULL)
    inb_database_bind_text (statement, 1, filter->text);
  if (filter->provider != NULL)
    inb_database_bind_text (statement, 2, filter->provider);
  if (filter->product_id != NULL)
    inb_database_bind_text (statement, 3, filter->product_id);
  for (guint i = 0; filter->text != NULL && filter->names != NULL && filter->names[i] != NULL; i++)
    inb_database_bind_text (statement, (int) (FIRST_NAME + i), filter->names[i]);
}

static gboolean
read_keys (InbDatabase *database, sqlite3_stmt *statement, GArray *keys, GError **error)
{
  gboolean has_row = FALSE;

  for (;;)
    {
      InbSearchKey key;

      if (!inb_database_step (database, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      key.key = sqlite3_column_int64 (statement, 0);
      key.created_us = sqlite3_column_int64 (statement, 1);
      g_array_append_val (keys, key);
    }
}

static gboolean
read_changes (InbDatabase *database, sqlite3_stmt *statement, GArray *changes, GError **error)
{
  gboolean has_row = FALSE;

  for (;;)
    {
      InbSearchChange change;

      if (!inb_database_step (database, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      change.place.key = sqlite3_column_int64 (statement, 0);
      change.place.created_us = sqlite3_column_int64 (statement, 1);
      change.wanted = sqlite3_column_int (statement, 2) != 0;
      g_array_append_val (changes, change);
    }
}

/* Two of the same microsecond come in the order of the index; to have SQLite sort those would cost
 * a sorter for each row. */
static void
sort_if_needed (GArray *keys)
{
  for (guint i = 1; i < keys->len; i++)
    if (inb_search_compare (&g_array_index (keys, InbSearchKey, i - 1),
                            &g_array_index (keys, InbSearchKey, i)) > 0)
      {
        g_array_sort (keys, (GCompareFunc) inb_search_compare);
        return;
      }
}

/**
 * inb_search_begin:
 * @store: a store
 * @error: as inb_database_prepare()
 *
 * Makes the words known to its connection; once, before anything else here.
 *
 * Returns: %TRUE if it can be searched
 */
gboolean
inb_search_begin (InbStore *store, GError **error)
{
  return inb_words_register (inb_store_get_database (store), error);
}

/**
 * inb_search_list_keys:
 * @store: a store
 * @filter: which jobs are wanted
 * @latest: (out): number of the last write that is known by it
 * @error: as inb_database_prepare(); also where it was interrupted
 *
 * Returns: (transfer full) (nullable) (element-type InbSearchKey): their places, newest first
 */
GArray *
inb_search_list_keys (InbStore *store, const InbHistoryFilter *filter, gint64 *latest,
                      GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autofree char *condition = make_condition (filter);
  g_autofree char *sql = g_strconcat ("SELECT rowid, created_us FROM jobs WHERE ", condition,
                                      " ORDER BY created_us DESC", NULL);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (InbSearchKey));
  g_autoptr (InbStatement) statement = NULL;
  gboolean good = FALSE;

  if (!inb_database_run (database, "BEGIN", error)) /* both are read from one moment */
    return NULL;
  *latest = inb_database_get_int (database, "SELECT coalesce(max(change), 0) FROM jobs");
  statement = inb_database_prepare (database, sql, error);
  if (statement != NULL)
    {
      bind_filter (statement, filter);
      good = read_keys (database, statement, keys, error);
      sort_if_needed (keys);
    }
  g_clear_pointer (&statement, inb_statement_free);
  inb_database_rollback (database);
  return good ? g_steal_pointer (&keys) : NULL;
}

/**
 * inb_search_list_changes:
 * @store: a store
 * @filter: which jobs are wanted
 * @latest: (inout): number of the last write that is known
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (element-type InbSearchChange): the rows written since
 */
GArray *
inb_search_list_changes (InbStore *store, const InbHistoryFilter *filter, gint64 *latest,
                         GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autofree char *condition = make_condition (filter);
  g_autofree char *sql =
      g_strconcat ("SELECT rowid, created_us, (", condition, ") FROM jobs WHERE change > ?4", NULL);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (InbSearchChange));
  g_autoptr (InbStatement) statement = NULL;
  gboolean good = FALSE;
  gint64 known = *latest;

  if (!inb_database_run (database, "BEGIN", error))
    return NULL;
  *latest = inb_database_get_int (database, "SELECT coalesce(max(change), 0) FROM jobs");
  statement = inb_database_prepare (database, sql, error);
  if (statement != NULL)
    {
      bind_filter (statement, filter);
      sqlite3_bind_int64 (statement, 4, known);
      good = read_changes (database, statement, changes, error);
    }
  g_clear_pointer (&statement, inb_statement_free);
  inb_database_rollback (database);
  return good ? g_steal_pointer (&changes) : NULL;
}

/**
 * inb_search_list_rows:
 * @store: a store
 * @keys: (array length=n_keys): keys of rows
 * @n_keys: how many
 * @error: as inb_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type InbRow): those rows
 */
GPtrArray *
inb_search_list_rows (InbStore *store, const gint64 *keys, guint n_keys, GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_free);
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database, INB_ROW_SELECT "WHERE jobs.rowid = ?1", error);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < n_keys; i++)
    {
      gboolean has_row = FALSE;
      InbRow *row;

      sqlite3_reset (statement);
      sqlite3_bind_int64 (statement, 1, keys[i]);
      if (!inb_database_step (database, statement, &has_row, error))
        return NULL;
      row = has_row ? inb_row_read (statement, inb_store_get_root (store), error) : NULL;
      if (has_row && row == NULL)
        return NULL;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/**
 * inb_search_compare:
 * @first: a place
 * @second: another one
 *
 * Returns: less than 0 if @first stands before @second, 0 if they are the same
 */
int
inb_search_compare (const InbSearchKey *first, const InbSearchKey *second)
{
  if (first->created_us != second->created_us)
    return first->created_us > second->created_us ? -1 : 1;
  return (first->key < second->key) - (first->key > second->key);
}
