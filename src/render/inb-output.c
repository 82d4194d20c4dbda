/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "core/inb-error.h"

static void
take_errno (GError **error, int saved_errno, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_propagate_error (error, inb_error_new_for_errno (saved_errno, name));
}

/**
 * inb_output_create:
 * @path: a file to write from its beginning; what stood there goes
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Returns: an open descriptor for writing and reading, not inherited by children; −1 on error
 */
int
inb_output_create (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

  if (fd < 0)
    take_errno (error, errno, path);
  return fd;
}

/**
 * inb_output_create_scratch:
 * @beside: a file whose folder, and so whose disk, is used
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Makes a nameless file: whatever ends the process, nothing is left behind.
 *
 * Returns: an open descriptor for reading and writing; −1 on error
 */
int
inb_output_create_scratch (const char *beside, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (beside);
  g_autofree char *name = g_build_filename (folder, ".inbetween-XXXXXX", NULL);
  int fd = open (folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;
  /* not every file system has nameless files from the start */
  fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    take_errno (error, errno, folder);
  else
    g_unlink (name);
  return fd;
}

/**
 * inb_output_write:
 * @fd: where to
 * @data: @length bytes
 * @length: bytes
 * @path: for the words of an error
 * @error: %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED; a pipe that nobody reads is the latter
 *
 * Returns: %FALSE if not all could be written
 */
gboolean
inb_output_write (int fd, gconstpointer data, gsize length, const char *path, GError **error)
{
  const char *bytes = data;

  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno == EPIPE)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
                       _ ("Whoever reads the clip closed the pipe before its end."));
          return FALSE;
        }
      if (n < 0)
        {
          take_errno (error, errno, path);
          return FALSE;
        }
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/**
 * inb_output_sync:
 * @fd: a file that was written
 * @path: for the words of an error
 * @error: %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Waits until the bytes are on the disk. What cannot be synchronised (a pipe, a device) is no
 * error.
 *
 * Returns: %FALSE if the bytes may be lost
 */
gboolean
inb_output_sync (int fd, const char *path, GError **error)
{
  if (fsync (fd) == 0 || errno == EINVAL || errno == EROFS)
    return TRUE;
  take_errno (error, errno, path);
  return FALSE;
}

/**
 * inb_output_commit:
 * @part: a whole file, already synchronised
 * @path: its name from now on, on the same disk
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Gives a finished file its name and makes the name durable as well.
 *
 * Returns: %FALSE if @part still has its old name
 */
gboolean
inb_output_commit (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_rename (part, path) != 0)
    {
      take_errno (error, errno, path);
      return FALSE;
    }
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd); /* best effort: the name is there already */
      close (fd);
    }
  return TRUE;
}
