/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

static char *
find_text (InbStore *self, const char *sql, const char *value, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (database, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, value);
  if (!inb_database_step (database, statement, &has_row, error) || !has_row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (statement, 0));
}

/* One that is there keeps its name, if it has one. */
static gboolean
touch (InbStore *self, const char *id, const char *name, gint64 now_us, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "INSERT INTO products (id, name, created_us, changed_us) VALUES (?1, ?2, ?3, ?3) "
      "ON CONFLICT (id) DO UPDATE SET changed_us = ?3, "
      "name = CASE WHEN name = '' THEN excluded.name ELSE name END",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, name);
  sqlite3_bind_int64 (statement, 3, now_us);
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_settle_product:
 * @self: a store open for writing, inside a transaction
 * @id: (nullable): UUID of a product, made if it is not there
 * @name: what it is called if it is made, or had no name yet; without @id also which one is meant:
 * the newest of that name
 * @now_us: wall clock, µs since 1970: it is touched now
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable): UUID of the product
 */
char *
inb_store_settle_product (InbStore *self, const char *id, const char *name, gint64 now_us,
                          GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *found = id != NULL ? g_strdup (id)
                                      : find_text (self,
                                                   "SELECT id FROM products WHERE name = ?1 "
                                                   "ORDER BY created_us DESC LIMIT 1",
                                                   name, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (found == NULL)
    found = g_uuid_string_random ();
  return touch (self, found, name, now_us, error) ? g_steal_pointer (&found) : NULL;
}

/* Whoever follows the jobs shows their product's name beside them. */
static gboolean
tell_jobs (InbStore *self, const char *id, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "UPDATE jobs SET change = (SELECT max(change) + 1 FROM jobs) WHERE product_id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_rename_product:
 * @self: a store open for writing
 * @id: UUID of a product
 * @name: what it is called from now on
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_rename_product (InbStore *self, const char *id, const char *name, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = NULL;

  if (!inb_database_begin (database, error))
    return FALSE;
  statement = inb_database_prepare (database, "UPDATE products SET name = ?2 WHERE id = ?1", error);
  if (statement != NULL)
    {
      inb_database_bind_text (statement, 1, id);
      inb_database_bind_text (statement, 2, name);
    }
  if (statement != NULL && inb_database_finish (database, statement, error) &&
      tell_jobs (self, id, error))
    return inb_database_commit (database, error);
  inb_database_rollback (database);
  return FALSE;
}

/**
 * inb_store_drop_product:
 * @self: a store open for writing
 * @id: UUID of a product
 * @error: as inb_database_prepare()
 *
 * Forgets its name and its form. One that has jobs, hidden ones too, stays: what they cost belongs
 * to it.
 *
 * Returns: %TRUE if it is gone or has jobs
 */
gboolean
inb_store_drop_product (InbStore *self, const char *id, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database,
                            "DELETE FROM products WHERE id = ?1 AND "
                            "NOT EXISTS (SELECT 1 FROM jobs WHERE product_id = ?1)",
                            error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_save_draft:
 * @self: a store open for writing
 * @id: UUID of a product, made if it is not there
 * @name: (nullable): what it is called if it is made, or had no name yet; %NULL: not named yet
 * @draft: (nullable): the form as it is now, text
 * @now_us: wall clock, µs since 1970: it is touched now
 * @error: as inb_database_prepare()
 *
 * One small write without waiting for the disk: a killed program loses nothing, a power cut the
 * last seconds of typing.
 *
 * Returns: %TRUE if it is written
 */
gboolean
inb_store_save_draft (InbStore *self, const char *id, const char *name, const char *draft,
                      gint64 now_us, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      "INSERT INTO products (id, name, created_us, changed_us, draft) VALUES (?1, ?2, ?3, ?3, ?4) "
      "ON CONFLICT (id) DO UPDATE SET changed_us = ?3, draft = ?4, "
      "name = CASE WHEN name = '' THEN excluded.name ELSE name END",
      error);
  gboolean good;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, name != NULL ? name : "");
  sqlite3_bind_int64 (statement, 3, now_us);
  inb_database_bind_text (statement, 4, draft);
  inb_database_run (database, "PRAGMA synchronous = NORMAL", NULL);
  good = inb_database_finish (database, statement, error);
  return inb_database_run (database, "PRAGMA synchronous = FULL", error) && good;
}

static InbProduct *
read_product (sqlite3_stmt *statement, char **draft)
{
  InbProduct *product = g_new0 (InbProduct, 1);
  const char *name = (const char *) sqlite3_column_text (statement, 1);

  product->id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  product->name = *name != '\0' ? g_strdup (name) : NULL;
  product->changed_us = sqlite3_column_int64 (statement, 2);
  *draft = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  return product;
}

/**
 * inb_store_get_product:
 * @self: a store
 * @id: (nullable): UUID; %NULL: the one that was touched last
 * @draft: (out) (transfer full) (nullable): the form as it was left, text
 * @error: as inb_database_prepare(); untouched if there is simply none
 *
 * Returns: (transfer full) (nullable): the product, without its form
 */
InbProduct *
inb_store_get_product (InbStore *self, const char *id, char **draft, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      id != NULL ? "SELECT id, name, changed_us, draft FROM products WHERE id = ?1"
                 : "SELECT id, name, changed_us, draft FROM products WHERE ?1 IS NULL "
                   "ORDER BY changed_us DESC, rowid DESC LIMIT 1",
      error);
  gboolean has_row = FALSE;

  *draft = NULL;
  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, id);
  if (!inb_database_step (database, statement, &has_row, error) || !has_row)
    return NULL;
  return read_product (statement, draft);
}

/**
 * inb_store_list_products:
 * @self: a store
 * @limit: how many at most
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (element-type InbProduct): those with a name, the one that
 * was touched last first, without their forms
 */
GPtrArray *
inb_store_list_products (InbStore *self, guint limit, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (GPtrArray) products =
      g_ptr_array_new_with_free_func ((GDestroyNotify) inb_product_free);
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database,
                            "SELECT id, name, changed_us, NULL FROM products WHERE name <> '' "
                            "ORDER BY changed_us DESC, rowid DESC LIMIT ?1",
                            error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, limit);
  for (;;)
    {
      g_autofree char *draft = NULL;

      if (!inb_database_step (database, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&products);
      g_ptr_array_add (products, read_product (statement, &draft));
    }
}
