/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-storage.h"

#include <sys/stat.h>
#include <unistd.h>

#include "jobs/inb-trash.h"

/* clips/YYYY/MM is the deepest there is. */
#define MAX_DEPTH 3

static gint64
sum_folder (const char *folder, guint depth, GCancellable *cancellable)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gint64 sum = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL &&
         !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat facts;

      if (lstat (path, &facts) != 0)
        continue;
      if (S_ISREG (facts.st_mode))
        sum += facts.st_size;
      else if (S_ISDIR (facts.st_mode) && depth < MAX_DEPTH)
        sum += sum_folder (path, depth + 1, cancellable);
    }
  return sum;
}

static gint64
sum_name (InbStore *store, const char *name, GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (inb_store_get_root (store), name, NULL);

  return sum_folder (folder, 1, cancellable);
}

/**
 * inb_storage_read:
 * @store: a store
 * @cancellable: (nullable): stops counting
 * @storage: (out): what the data folder holds
 *
 * Looks at every file (100,000 of them in about a second).
 */
void
inb_storage_read (InbStore *store, GCancellable *cancellable, InbStorage *storage)
{
  InbDatabase *database = inb_store_get_database (store);

  *storage = (InbStorage){
    .clips = sum_name (store, "clips", cancellable),
    .proxies = sum_name (store, "proxies", cancellable),
    .posters = sum_name (store, "posters", cancellable),
    .photos = sum_name (store, "photos", cancellable) + sum_name (store, "frames", cancellable),
  };
  storage->rejected = inb_database_get_int (
      database, "SELECT coalesce(sum(size), 0) FROM jobs WHERE " INB_STORE_REJECTED);
  storage->n_rejected = (guint) inb_database_get_int (
      database, "SELECT count(size) FROM jobs WHERE " INB_STORE_REJECTED);
  storage->deleted = inb_database_get_int (
      database, "SELECT coalesce(sum(size), 0) FROM jobs WHERE " INB_STORE_DELETED);
  storage->n_deleted = (guint) inb_database_get_int (
      database, "SELECT count(size) FROM jobs WHERE " INB_STORE_DELETED);
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      unlink (path);
    }
}

/* A person asked for room: these do not go to the Trash, which would give none. The poster stays,
 * so that the take can still be told from others. */
static gboolean
drop_rejected (InbStore *store, const char *id, GError **error)
{
  g_autoptr (InbRow) row = inb_store_get (store, id, error);

  if (row == NULL)
    return FALSE;
  if (row->clip != NULL)
    {
      unlink (row->clip->path);
      if (row->clip->proxy != NULL)
        unlink (row->clip->proxy);
    }
  return inb_store_set_gone (store, id, error);
}

/**
 * inb_storage_clean:
 * @store: open for writing
 * @what: what is to go
 * @error: as inb_store_set_gone() and inb_trash_take()
 *
 * Makes room. Review copies are made again when they are wanted; the clips of rejected takes are
 * removed for good; the files of deleted takes go to the Trash at once instead of at the next
 * start. Rows, and what they cost, stay.
 *
 * Returns: %TRUE if all of it is done
 */
gboolean
inb_storage_clean (InbStore *store, InbStorageKind what, GError **error)
{
  g_autofree char *proxies = g_build_filename (inb_store_get_root (store), "proxies", NULL);
  g_autoptr (GPtrArray) ids = NULL;

  if (what == INB_STORAGE_DELETED)
    return inb_trash_take_deleted (store, INB_IDS_DELETED, error);
  if (what == INB_STORAGE_PROXIES)
    {
      empty_folder (proxies);
      return TRUE;
    }
  ids = inb_store_list_ids (store, INB_IDS_REJECTED, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!drop_rejected (store, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL;
}
