/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-paths.h"

#include "store/inb-files.h"

/* What lies in the data folder; clips/YYYY/MM is made when the first clip of a month comes. */
static const char *const folders[] = { "photos", "frames", "clips", "proxies", "posters", "tmp" };

/**
 * inb_paths_dup_default_root:
 *
 * Returns: (transfer full): $XDG_DATA_HOME/inbetween, absolute; it need not exist
 */
char *
inb_paths_dup_default_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "inbetween", NULL);
}

/**
 * inb_paths_make:
 * @root: the data folder
 * @error: %INB_ERROR_NO_ACCESS or %INB_ERROR_NO_SPACE, naming the folder
 *
 * Makes the data folder and what lies in it, for the owner's eyes only (mode 0700). What is there
 * already stays as it is.
 *
 * Returns: %TRUE if all of them are there
 */
gboolean
inb_paths_make (const char *root, GError **error)
{
  if (!inb_files_make_folder (root, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (root, folders[i], NULL);

      if (!inb_files_make_folder (folder, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * inb_paths_dup_database:
 * @root: the data folder
 *
 * Returns: (transfer full): path of the database
 */
char *
inb_paths_dup_database (const char *root)
{
  return g_build_filename (root, "inbetween.db", NULL);
}

/**
 * inb_paths_dup_log:
 * @root: the data folder
 *
 * Returns: (transfer full): path of the database's write-ahead log, there while it is in use
 */
char *
inb_paths_dup_log (const char *root)
{
  return g_build_filename (root, "inbetween.db-wal", NULL);
}

/**
 * inb_paths_dup_ballast:
 * @root: the data folder
 *
 * Returns: (transfer full): path of the file that gives way when the disk is full
 */
char *
inb_paths_dup_ballast (const char *root)
{
  return g_build_filename (root, "ballast", NULL);
}

/**
 * inb_paths_dup_lock:
 * @root: the data folder
 *
 * Returns: (transfer full): path of the empty file whose flock decides who runs jobs
 */
char *
inb_paths_dup_lock (const char *root)
{
  return g_build_filename (root, "inbetween.lock", NULL);
}

/**
 * inb_paths_dup_photo:
 * @root: the data folder
 * @sha256: 64 hex digits of the photo's bytes
 *
 * Returns: (transfer full): where the dropped bytes are kept
 */
char *
inb_paths_dup_photo (const char *root, const char *sha256)
{
  return g_build_filename (root, "photos", sha256, NULL);
}

static char *
join (const char *root, const char *folder, const char *stem, const char *extension)
{
  g_autofree char *name = g_strconcat (stem, ".", extension, NULL);

  return g_build_filename (root, folder, name, NULL);
}

/**
 * inb_paths_dup_frame:
 * @root: the data folder
 * @sha256: 64 hex digits that name the photo and what was made of it
 * @extension: "png", "jpg" or "webp"
 *
 * Returns: (transfer full): where the frame is kept
 */
char *
inb_paths_dup_frame (const char *root, const char *sha256, const char *extension)
{
  return join (root, "frames", sha256, extension);
}

/**
 * inb_paths_dup_clip:
 * @root: the data folder
 * @created_us: wall clock of the job's row, µs since 1970
 * @job_id: its UUID
 * @extension: "mp4" or "webm"; "json" for the notes beside the clip
 *
 * Returns: (transfer full): clips/YYYY/MM/UUID.EXTENSION by UTC, so that the name never depends on
 * where the machine is
 */
char *
inb_paths_dup_clip (const char *root, gint64 created_us, const char *job_id, const char *extension)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (created_us / G_USEC_PER_SEC);
  g_autofree char *folder =
      created != NULL ? g_date_time_format (created, "clips/%Y/%m") : g_strdup ("clips");

  return join (root, folder, job_id, extension);
}

/**
 * inb_paths_dup_proxy:
 * @root: the data folder
 * @job_id: UUID of a job
 * @extension: "mp4" or "webm"
 *
 * Returns: (transfer full): where the review copy of its clip is kept
 */
char *
inb_paths_dup_proxy (const char *root, const char *job_id, const char *extension)
{
  return join (root, "proxies", job_id, extension);
}

/**
 * inb_paths_dup_poster:
 * @root: the data folder
 * @job_id: UUID of a job
 *
 * Returns: (transfer full): where the still picture of its clip is kept
 */
char *
inb_paths_dup_poster (const char *root, const char *job_id)
{
  return join (root, "posters", job_id, "png");
}

/**
 * inb_paths_dup_providers:
 * @root: the data folder
 *
 * Returns: (transfer full): where a person's own provider files lie; the person makes the folder
 */
char *
inb_paths_dup_providers (const char *root)
{
  return g_build_filename (root, "providers", NULL);
}

/**
 * inb_paths_dup_temporary:
 * @root: the data folder
 * @name: a name nobody else uses, with the ending of what will be in it
 *
 * On the same file system as everything else, so that a rename from here is one step. What is left
 * here a day after it was last written is removed by whoever runs jobs.
 *
 * Returns: (transfer full): tmp/NAME
 */
char *
inb_paths_dup_temporary (const char *root, const char *name)
{
  return g_build_filename (root, "tmp", name, NULL);
}

/**
 * inb_paths_dup_relative:
 * @root: the data folder
 * @path: (nullable): a path inside it
 *
 * Returns: (transfer full) (nullable): @path without the root, as the database keeps it: a data
 * folder may be moved
 */
char *
inb_paths_dup_relative (const char *root, const char *path)
{
  gsize length = strlen (root);

  if (path == NULL || !g_str_has_prefix (path, root) || path[length] != G_DIR_SEPARATOR)
    return g_strdup (path);
  return g_strdup (path + length + 1);
}

/**
 * inb_paths_dup_absolute:
 * @root: the data folder
 * @relative: (nullable): what inb_paths_dup_relative() gave
 *
 * Returns: (transfer full) (nullable): the path again
 */
char *
inb_paths_dup_absolute (const char *root, const char *relative)
{
  return relative != NULL && !g_path_is_absolute (relative)
             ? g_build_filename (root, relative, NULL)
             : g_strdup (relative);
}
