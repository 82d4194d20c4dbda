/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/inb-error.h"

/* 256 KiB a read: larger gained nothing, 8 KiB cost six times the processor time (measured). */
#define BLOCK_BYTES (256 * 1024)

static gboolean
fail (GError **error, int saved_errno, const char *path)
{
  g_propagate_error (error, inb_error_new_for_errno (saved_errno, path));
  return FALSE;
}

/* What is in the way of a new folder; a folder that is to be made cannot be called missing. */
static GError *
new_folder_error (int saved_errno, const char *path)
{
  if (saved_errno == EEXIST)
    saved_errno = ENOTDIR;
  if (saved_errno == ENOENT || saved_errno == ENOTDIR)
    return g_error_new (INB_ERROR, INB_ERROR_NO_ACCESS,
                        /* Translators: a folder, and why in the words of the system */
                        _ ("The folder “%s” could not be made: %s. Choose another folder."), path,
                        g_strerror (saved_errno));
  return inb_error_new_for_errno (saved_errno, path);
}

/**
 * inb_files_make_folder:
 * @path: a folder
 * @error: %INB_ERROR_NO_ACCESS or %INB_ERROR_NO_SPACE, naming it
 *
 * Makes the folder and those above it, mode 0700.
 *
 * Returns: %TRUE if it is there
 */
gboolean
inb_files_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_propagate_error (error, new_folder_error (errno, path));
  return FALSE;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = open (path, flags | O_CLOEXEC);
  int saved_errno;

  if (fd < 0)
    return fail (error, errno, path);
  if (fsync (fd) == 0)
    {
      close (fd);
      return TRUE;
    }
  saved_errno = errno;
  close (fd);
  return fail (error, saved_errno, path);
}

/**
 * inb_files_sync:
 * @path: a file
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE or %INB_ERROR_FAILED
 *
 * Returns: %TRUE once its bytes are on the disk
 */
gboolean
inb_files_sync (const char *path, GError **error)
{
  return sync_path (path, O_RDONLY, error);
}

/**
 * inb_files_sync_folder_of:
 * @path: a file
 * @error: as inb_files_sync()
 *
 * Returns: %TRUE once its name is on the disk
 */
gboolean
inb_files_sync_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

/**
 * inb_files_move:
 * @from: a whole file under a temporary name
 * @to: its final name, on the same file system; what has that name is replaced
 * @error: as inb_files_sync()
 *
 * fsync, rename, fsync of the folder: after a power cut there is the old, the new, or nothing under
 * @to, never a part of it.
 *
 * Returns: %TRUE if @to is on the disk
 */
gboolean
inb_files_move (const char *from, const char *to, GError **error)
{
  if (!inb_files_sync (from, error))
    return FALSE;
  if (rename (from, to) != 0)
    return fail (error, errno, to);
  return inb_files_sync_folder_of (to, error);
}

/**
 * inb_files_write_all:
 * @fd: open for writing
 * @data: bytes
 * @length: how many
 *
 * Returns: %FALSE if not all could be written; errno says why
 */
gboolean
inb_files_write_all (int fd, const void *data, gsize length)
{
  const char *next = data;

  while (length > 0)
    {
      gssize written = write (fd, next, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      next += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/**
 * inb_files_write:
 * @temporary: a name nobody uses, on the file system of @path
 * @path: the final name
 * @data: bytes
 * @length: how many
 * @error: as inb_files_sync()
 *
 * Writes a small file in one step for everyone who looks; nothing is left behind on failure.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_files_write (const char *temporary, const char *path, const char *data, gsize length,
                 GError **error)
{
  int fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  int saved_errno;

  if (fd < 0)
    return fail (error, errno, temporary);
  if (!inb_files_write_all (fd, data, length))
    {
      saved_errno = errno;
      close (fd);
      unlink (temporary);
      return fail (error, saved_errno, path);
    }
  if (close (fd) != 0)
    {
      saved_errno = errno;
      unlink (temporary);
      return fail (error, saved_errno, path);
    }
  if (inb_files_move (temporary, path, error))
    return TRUE;
  unlink (temporary);
  return FALSE;
}

static int
copy_bytes (int from, int to, GCancellable *cancellable)
{
  g_autofree char *block = g_malloc (BLOCK_BYTES);

  for (;;)
    {
      gssize got = read (from, block, BLOCK_BYTES);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return errno;
      if (got == 0)
        return fsync (to) == 0 ? 0 : errno;
      if (g_cancellable_is_cancelled (cancellable))
        return ECANCELED;
      if (!inb_files_write_all (to, block, (gsize) got))
        return errno;
    }
}

/**
 * inb_files_copy:
 * @from: a file
 * @to: where its copy goes; never replaces anything
 * @cancellable: (nullable): between two blocks
 * @error: %INB_ERROR_BAD_INPUT if @to exists, %INB_ERROR_CANCELLED, or as inb_files_sync(); nothing
 * is left at @to then
 *
 * Returns: %TRUE if the copy is on the disk
 */
gboolean
inb_files_copy (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  int source = open (from, O_RDONLY | O_CLOEXEC);
  int target, problem;

  if (source < 0)
    return fail (error, errno, from);
  target = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (target < 0)
    {
      problem = errno;
      close (source);
      if (problem != EEXIST)
        return fail (error, problem, to);
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("“%s” exists already and is not overwritten. Choose another name."), to);
      return FALSE;
    }
  problem = copy_bytes (source, target, cancellable);
  close (source);
  if (close (target) != 0 && problem == 0)
    problem = errno;
  if (problem == 0)
    return TRUE;
  unlink (to);
  if (problem == ECANCELED)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else
    fail (error, problem, to);
  return FALSE;
}

/**
 * inb_files_hash:
 * @path: a file
 * @cancellable: (nullable): between two blocks
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_FAILED or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): SHA-256 of its bytes, 64 lower case hex digits
 */
char *
inb_files_hash (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK_BYTES);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize got;
  int problem;

  if (fd < 0)
    {
      fail (error, errno, path);
      return NULL;
    }
  while ((got = read (fd, block, BLOCK_BYTES)) > 0 || (got < 0 && errno == EINTR))
    {
      if (got > 0)
        g_checksum_update (checksum, block, got);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          close (fd);
          return NULL;
        }
    }
  problem = errno;
  close (fd);
  if (got == 0)
    return g_strdup (g_checksum_get_string (checksum));
  fail (error, problem, path);
  return NULL;
}

/**
 * inb_files_get_free:
 * @folder: any folder
 *
 * Returns: bytes that can still be written there; −1 if nobody knows
 */
gint64
inb_files_get_free (const char *folder)
{
  struct statvfs facts;

  if (statvfs (folder, &facts) != 0)
    return -1;
  return (gint64) MIN ((guint64) facts.f_bavail * facts.f_frsize, (guint64) G_MAXINT64);
}

/**
 * inb_files_remove_tree:
 * @path: a file, or a folder of our own making
 * @depth: how many folders deep it goes; what lies deeper stays
 *
 * Removes it, as far as it can be; links are removed, never followed.
 */
void
inb_files_remove_tree (const char *path, guint depth)
{
  gboolean enter = depth > 0 && !g_file_test (path, G_FILE_TEST_IS_SYMLINK);
  g_autoptr (GDir) folder = enter ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      inb_files_remove_tree (child, depth - 1);
    }
  remove (path);
}
