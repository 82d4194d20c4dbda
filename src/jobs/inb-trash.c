/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-trash.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-paths.h"

/* What can be made again, or is said by the row, is simply removed. */
static void
remove_file (const char *path)
{
  if (path != NULL)
    unlink (path);
}

/* The clip itself, where a person may fetch it back from; removed where there is no Trash. */
static gboolean
give_up_clip (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) problem = NULL;

  if (g_file_trash (file, NULL, NULL) || g_file_delete (file, NULL, &problem) ||
      g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_set_error (
      error, INB_ERROR, INB_ERROR_NO_ACCESS,
      _ ("“%s” can neither be moved to the Trash nor removed: %s. Change its permissions."), path,
      problem->message);
  return FALSE;
}

/**
 * inb_trash_take:
 * @store: open for writing
 * @id: UUID of a deleted job
 * @error: %INB_ERROR_BAD_INPUT if it is not deleted, %INB_ERROR_NO_ACCESS, and as inb_store_get()
 *
 * Moves its clip to the Trash (removes it where there is none), removes what was made from it, and
 * notes that its files are given up. The row and what it cost stay. May be done again after a crash
 * in between.
 *
 * Returns: %TRUE if that is on the disk
 */
gboolean
inb_trash_take (InbStore *store, const char *id, GError **error)
{
  g_autoptr (InbRow) row = inb_store_get (store, id, error);
  g_autofree char *notes = NULL;

  if (row == NULL)
    return FALSE;
  if (!inb_job_get_facts (row->job)->deleted)
    return inb_error_refuse (error, _ ("The job %s is not deleted; its files stay."), id);
  if (inb_job_get_facts (row->job)->gone)
    return TRUE;
  if (row->clip != NULL)
    {
      if (!give_up_clip (row->clip->path, error))
        return FALSE;
      remove_file (row->clip->proxy);
      remove_file (row->clip->poster);
    }
  notes =
      inb_paths_dup_clip (inb_store_get_root (store), inb_job_get_created (row->job), id, "json");
  remove_file (notes);
  return inb_store_set_gone (store, id, error);
}

/**
 * inb_trash_take_deleted:
 * @store: open for writing
 * @which: %INB_IDS_DELETED for all deleted jobs, %INB_IDS_DELETED_EARLIER for those that nobody is
 * about to take back
 * @error: as inb_trash_take()
 *
 * Gives up the files of jobs that are deleted.
 *
 * Returns: %TRUE if none is left
 */
gboolean
inb_trash_take_deleted (InbStore *store, InbIds which, GError **error)
{
  g_autoptr (GPtrArray) ids = inb_store_list_ids (store, which, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!inb_trash_take (store, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL;
}
