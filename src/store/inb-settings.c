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
  InbDatabase *database = inb_store_get_database (store);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, micros);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "INSERT OR REPLACE INTO settings (name, value) VALUES ('day-cap-micros', ?1)",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, value);
  return inb_database_finish (database, statement, error);
}
