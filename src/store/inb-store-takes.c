/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/* What a person does with a take that is at rest. The statements look at the row themselves, so
 * that nothing that another program writes meanwhile is overrun. */

#define NEXT_CHANGE "change = (SELECT max(change) + 1 FROM jobs)"

/* ?1 is the job, ?2 a number; FALSE without an error: the statement did not want this row. */
static gboolean
change_take (InbStore *self, const char *sql, const char *id, gint64 number, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (database, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, number);
  if (!inb_database_step (database, statement, &has_row, error) || !has_row)
    return FALSE;
  return inb_database_finish (database, statement, error);
}

/**
 * inb_store_set_deleted:
 * @self: a store open for writing
 * @id: UUID of a job at rest
 * @deleted: whether it is hidden from now on
 * @error: %INB_ERROR_BAD_INPUT for a job that is not at rest, or whose files are gone and that is
 * to come back; %INB_ERROR_STORE and others as inb_database_prepare()
 *
 * Hides a take, or takes that back. Its row, its files and what it cost stay.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_set_deleted (InbStore *self, const char *id, gboolean deleted, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean good =
      deleted ? change_take (self,
                             "UPDATE jobs SET deleted_us = ?2, " NEXT_CHANGE
                             " WHERE id = ?1 AND finished_us > 0 RETURNING 1",
                             id, g_get_real_time (), &problem)
              : change_take (self,
                             "UPDATE jobs SET deleted_us = ?2, " NEXT_CHANGE
                             " WHERE id = ?1 AND (deleted_us = 0 OR gone_us = 0) RETURNING 1",
                             id, 0, &problem);

  if (good)
    return TRUE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (deleted)
    return inb_error_refuse (
        error, _ ("The job %s is not at rest; it can be deleted when it is. Cancel it first."), id);
  return inb_error_refuse (
      error,
      _ ("The files of the job %s are in the Trash already. Bring the clip back from there and "
         "import it."),
      id);
}

/**
 * inb_store_set_gone:
 * @self: a store open for writing
 * @id: UUID of a job at rest
 * @error: as inb_database_prepare()
 *
 * Notes that a person gave up its files, so that nobody takes them for lost.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_set_gone (InbStore *self, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (change_take (self,
                   "UPDATE jobs SET gone_us = ?2, " NEXT_CHANGE
                   " WHERE id = ?1 AND finished_us > 0 RETURNING 1",
                   id, g_get_real_time (), &problem))
    return TRUE;
  if (problem == NULL)
    return inb_error_refuse (error, _ ("The job %s is not at rest."), id);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * inb_store_set_mark:
 * @self: a store open for writing
 * @id: UUID of a job
 * @mark: 1 accepted, −1 rejected, 0 neither
 * @error: %INB_ERROR_BAD_INPUT if there is no such job, and as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_set_mark (InbStore *self, const char *id, int mark, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (change_take (self, "UPDATE jobs SET mark = ?2, " NEXT_CHANGE " WHERE id = ?1 RETURNING 1", id,
                   CLAMP (mark, -1, 1), &problem))
    return TRUE;
  if (problem == NULL)
    return inb_error_refuse (error, _ ("There is no job “%s”. “inbetween-cli jobs” lists them."),
                             id);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * inb_store_set_name:
 * @self: a store open for writing
 * @id: UUID of a job
 * @name: (nullable): what a person calls it from now on; %NULL: by its number alone
 * @error: %INB_ERROR_BAD_INPUT if there is no such job, and as inb_database_prepare()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_store_set_name (InbStore *self, const char *id, const char *name, GError **error)
{
  InbDatabase *database = inb_store_get_database (self);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "UPDATE jobs SET name = ?2, " NEXT_CHANGE " WHERE id = ?1 RETURNING 1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, name);
  if (!inb_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    return inb_database_finish (database, statement, error);
  return inb_error_refuse (error, _ ("There is no job “%s”. “inbetween-cli jobs” lists them."), id);
}
