/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"

/**
 * inb_cli_output_check:
 * @output: file to be written
 * @input: file that is read
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Finds before any work what could not be written at its end.
 *
 * Returns: %FALSE if @output is a folder, or the very file that is read
 */
gboolean
inb_cli_output_check (const char *output, const char *input, GError **error)
{
  g_autofree char *name = g_filename_display_name (output);
  struct stat written, read_from;

  if (g_stat (output, &written) != 0)
    return TRUE;
  if (S_ISDIR (written.st_mode))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("“%s” is a folder. Name the file to write in it."), name);
  else if (g_stat (input, &read_from) == 0 && written.st_dev == read_from.st_dev &&
           written.st_ino == read_from.st_ino)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("“%s” is the input itself. Choose another name for the result."), name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *bytes, gboolean keep)
{
  gsize n_left = 0;
  const char *at = g_bytes_get_data (bytes, &n_left);

  while (n_left > 0)
    {
      gssize n_written = write (fd, at, n_left);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;
      at += n_written;
      n_left -= (gsize) n_written;
    }
  return !keep || fsync (fd) == 0;
}

/**
 * inb_cli_output_write:
 * @output: file to be written; one that is there is replaced, all at once
 * @bytes: what is in it
 * @keep: whether it must outlive a power cut; what a window reads once need not, and is there
 * sooner
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Writes to the name with ".part" behind it, brings that to the disk and renames it, so that the
 * file is never there by half. Nothing is left behind on failure or when a signal ends the worker.
 *
 * Returns: %FALSE with @error, and then no file of ours is there
 */
gboolean
inb_cli_output_write (const char *output, GBytes *bytes, gboolean keep, GError **error)
{
  g_autofree char *part = g_strconcat (output, ".part", NULL);
  g_autofree char *name = g_filename_display_name (output);
  int fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  int saved_errno = errno;
  gboolean good;

  if (fd < 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (saved_errno, name));
      return FALSE;
    }
  inb_cli_worker_guard (part);
  good = write_all (fd, bytes, keep);
  saved_errno = errno;
  close (fd);
  if (good && g_rename (part, output) != 0)
    {
      saved_errno = errno;
      good = FALSE;
    }
  if (!good)
    {
      g_unlink (part);
      g_propagate_error (error, inb_error_new_for_errno (saved_errno, name));
    }
  inb_cli_worker_guard (NULL);
  return good;
}
