/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-part.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"

struct _InbPart
{
  char *path;
  int fd;
  gint64 size;
};

static gboolean
fail (const InbPart *self, GError **error)
{
  g_propagate_error (error, inb_error_new_for_errno (errno, self->path));
  return FALSE;
}

/**
 * inb_part_open:
 * @path: absolute path
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE, %INB_ERROR_BAD_INPUT
 *
 * What is there stays. A new file is for its owner alone, and a link is not followed: the folder
 * may be one that others write to.
 *
 * Returns: (transfer full) (nullable): the file, to be continued at its end
 */
InbPart *
inb_part_open (const char *path, GError **error)
{
  g_autoptr (InbPart) self = g_new0 (InbPart, 1);
  struct stat found;

  self->path = g_strdup (path);
  self->fd = open (path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
  if (self->fd < 0 || fstat (self->fd, &found) != 0)
    {
      fail (self, error);
      return NULL;
    }
  if (!S_ISREG (found.st_mode))
    {
      inb_error_refuse (error, _ ("“%s” is no file. Choose another place."), path);
      return NULL;
    }
  self->size = found.st_size;
  return g_steal_pointer (&self);
}

/**
 * inb_part_free:
 * @self: (transfer full): a file; what arrived stays
 */
void
inb_part_free (InbPart *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * inb_part_get_size:
 * @self: a file
 *
 * Returns: bytes that arrived
 */
gint64
inb_part_get_size (const InbPart *self)
{
  return self->size;
}

/**
 * inb_part_clear:
 * @self: a file
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_FAILED
 *
 * Empties it, on the disk too: bytes of one clip must never be continued with those of another.
 *
 * Returns: %FALSE on an error
 */
gboolean
inb_part_clear (InbPart *self, GError **error)
{
  if (self->size == 0)
    return TRUE;
  if (ftruncate (self->fd, 0) != 0 || fdatasync (self->fd) != 0)
    return fail (self, error);
  self->size = 0;
  return TRUE;
}

/**
 * inb_part_write:
 * @self: a file
 * @data: what arrived
 * @length: bytes of it
 * @error: %INB_ERROR_NO_SPACE; what was written before stays
 *
 * Returns: %FALSE on an error
 */
gboolean
inb_part_write (InbPart *self, const void *data, gsize length, GError **error)
{
  const guint8 *at = data;

  while (length > 0)
    {
      gssize n = write (self->fd, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (self, error);
      at += n;
      length -= (gsize) n;
      self->size += n;
    }
  return TRUE;
}

static void
sync_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  InbPart *self = task_data;
  GError *error = NULL;

  if (fsync (self->fd) == 0)
    g_task_return_boolean (task, TRUE);
  else
    {
      fail (self, &error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/**
 * inb_part_sync_async:
 * @self: a file, that stays until @callback was called
 * @callback: (scope async): called when it is on the disk
 * @user_data: for @callback
 *
 * In a thread: a gigabyte takes its time.
 */
void
inb_part_sync_async (InbPart *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, inb_part_sync_async);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, sync_in_thread);
}

/**
 * inb_part_sync_finish:
 * @result: of the callback
 * @error: %INB_ERROR_NO_SPACE, %INB_ERROR_FAILED
 *
 * Returns: %FALSE on an error
 */
gboolean
inb_part_sync_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
