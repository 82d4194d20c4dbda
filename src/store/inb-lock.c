/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-paths.h"

/* Two descriptors of one empty file. The lock is on the one that only reads, so that a try that
 * fails leaves no trace; the holder opens the other for writing, so that its end, also by kill -9,
 * reaches those who watch the file with inotify (IN_CLOSE_WRITE). */
struct _InbLock
{
  int lock_fd;
  int marker_fd;
};

static InbLock *
fail (GError **error, const char *path, int lock_fd)
{
  g_propagate_error (error, inb_error_new_for_errno (errno, path));
  if (lock_fd >= 0)
    close (lock_fd);
  return NULL;
}

/**
 * inb_lock_try:
 * @root: the data folder, made already
 * @error: %INB_ERROR_NOBODY if another process holds the lock; %INB_ERROR_NO_ACCESS,
 * %INB_ERROR_NO_SPACE
 *
 * Becomes the one process that runs the jobs of this data folder. Never waits. The lock is the
 * kernel's (flock): it ends with the process however that ends, and it means the same inside and
 * outside a sandbox, which a process id does not.
 *
 * Returns: (transfer full) (nullable): the lock, while it is held
 */
InbLock *
inb_lock_try (const char *root, GError **error)
{
  g_autofree char *path = inb_paths_dup_lock (root);
  int lock_fd = open (path, O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  int marker_fd;
  InbLock *self;

  if (lock_fd < 0)
    return fail (error, path, -1);
  if (flock (lock_fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK)
        return fail (error, path, lock_fd);
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOBODY,
                           _ ("Another Inbetween runs the jobs of this data folder."));
      close (lock_fd);
      return NULL;
    }
  marker_fd = open (path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (marker_fd < 0)
    return fail (error, path, lock_fd);
  self = g_new0 (InbLock, 1);
  self->lock_fd = lock_fd;
  self->marker_fd = marker_fd;
  return self;
}

/**
 * inb_lock_release:
 * @self: (transfer full): the lock
 */
void
inb_lock_release (InbLock *self)
{
  close (self->lock_fd); /* first: those who watch for the marker find the lock free */
  close (self->marker_fd);
  g_free (self);
}
