/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-settings.h"

/* Settings that spend lie beside the jobs, not in GSettings: every program that uses the data
 * folder is bound by them. */

/**
 * inb_settings_get_day_cap:
 * @store: a store
 *
 * Returns: the most that may be spent in a day, micro-dollars; −1 where a person set none
 */
gint64
inb_settings_get_day_cap (InbStore *store)
{
  return inb_database_get_int (inb_store_get_database (store),
                               "SELECT coalesce((SELECT CAST (value AS INTEGER) FROM settings "
                               "WHERE name = 'day-cap-micros'), -1)");
}

static gboolean
set (InbStore *store, const char *name, const char *value, GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, name);
  inb_database_bind_text (statement, 2, value);
  return inb_database_finish (database, statement, error);
}

/**
 * inb_settings_set_day_cap:
 * @store: a store open for writing
 * @micros: micro-dollars; −1: none
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_settings_set_day_cap (InbStore *store, gint64 micros, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, micros);

  return set (store, "day-cap-micros", value, error);
}

/**
 * inb_settings_get_route:
 * @store: a store
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): ids of the providers to try, in
 * order; empty where a person set none
 */
char **
inb_settings_get_route (InbStore *store, GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database, "SELECT value FROM settings WHERE name = 'route'", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !inb_database_step (database, statement, &has_row, error))
    return NULL;
  return g_strsplit (has_row ? (const char *) sqlite3_column_text (statement, 0) : "", ",", -1);
}

/**
 * inb_settings_set_route:
 * @store: a store open for writing
 * @route: (array zero-terminated=1): ids of providers, in order; empty: none
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_settings_set_route (InbStore *store, const char *const *route, GError **error)
{
  g_autofree char *value = g_strjoinv (",", (char **) route); /* an id has no comma in it */

  return set (store, "route", value, error);
}
