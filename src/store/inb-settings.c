/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-settings.h"

/* Settings that spend lie beside the jobs, not in GSettings: every program that uses the data
 * folder is bound by them. */

/**
 * inb_settings_get_text:
 * @store: a store
 * @name: of a setting
 *
 * Returns: (transfer full) (nullable): its value; %NULL where a person set none
 */
char *
inb_settings_get_text (InbStore *store, const char *name)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database, "SELECT value FROM settings WHERE name = ?1", NULL);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  inb_database_bind_text (statement, 1, name);
  if (!inb_database_step (database, statement, &has_row, NULL) || !has_row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (statement, 0));
}

/**
 * inb_settings_set_text:
 * @store: a store open for writing
 * @name: of a setting
 * @value: (nullable): %NULL: none
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_settings_set_text (InbStore *store, const char *name, const char *value, GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database,
      value != NULL ? "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)"
                    : "DELETE FROM settings WHERE name = ?1 AND ?2 IS NULL",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, name);
  inb_database_bind_text (statement, 2, value);
  return inb_database_finish (database, statement, error);
}

static gint64
get_micros (InbStore *store, const char *name)
{
  g_autofree char *text = inb_settings_get_text (store, name);

  return text != NULL ? MAX (-1, g_ascii_strtoll (text, NULL, 10)) : -1;
}

static gboolean
set_micros (InbStore *store, const char *name, gint64 micros, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, micros);

  return inb_settings_set_text (store, name, value, error);
}

/**
 * inb_settings_get_max_cost:
 * @store: a store
 *
 * Returns: the most that one request, all its takes together, may cost, micro-dollars; −1 where a
 * person set none
 */
gint64
inb_settings_get_max_cost (InbStore *store)
{
  return get_micros (store, INB_SETTING_MAX_COST);
}

/**
 * inb_settings_set_max_cost:
 * @store: a store open for writing
 * @micros: micro-dollars; −1: none
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_settings_set_max_cost (InbStore *store, gint64 micros, GError **error)
{
  return set_micros (store, INB_SETTING_MAX_COST, micros, error);
}

/**
 * inb_settings_get_day_cap:
 * @store: a store
 *
 * Returns: the most that may be spent in a day, micro-dollars; −1 where a person set none
 */
gint64
inb_settings_get_day_cap (InbStore *store)
{
  return get_micros (store, INB_SETTING_DAY_CAP);
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
  return set_micros (store, INB_SETTING_DAY_CAP, micros, error);
}

/**
 * inb_settings_get_route:
 * @store: a store
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of the providers to try, in order; empty
 * where a person set none
 */
char **
inb_settings_get_route (InbStore *store)
{
  g_autofree char *text = inb_settings_get_text (store, INB_SETTING_ROUTE);

  return g_strsplit (text != NULL ? text : "", ",", -1);
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

  return inb_settings_set_text (store, INB_SETTING_ROUTE, value, error);
}
