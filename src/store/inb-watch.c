/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-watch.h"

#include <glib-unix.h>
#include <sys/inotify.h>
#include <unistd.h>

/* GFileMonitor holds a change back for up to 800 ms and keeps IN_CLOSE_WRITE without a write to
 * itself (GLib 2.74, read in its source), so this is inotify as it is. */
struct _InbWatch
{
  int fd;
  GSource *source;
  GSourceFunc callback;
  gpointer user_data;
};

static gboolean
read_cb (int fd, GIOCondition condition, gpointer user_data)
{
  InbWatch *self = user_data;
  char events[4096]; /* what happened is of no interest, only that it did */

  while (read (fd, events, sizeof events) > 0)
    ;
  self->callback (self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_watch_new:
 * @path: a file that is there
 * @events: what to wait for: bytes written, or the last descriptor for writing let go of
 * @callback: called on the thread-default main context of the caller; may free the watch. Its
 * return value is not read
 * @user_data: for @callback
 *
 * Returns: (transfer full) (nullable): the watch; %NULL where the kernel gives none (too many
 * watches, no such file): whoever waits must then ask by itself
 */
InbWatch *
inb_watch_new (const char *path, InbWatchEvents events, GSourceFunc callback, gpointer user_data)
{
  guint32 mask = 0;
  InbWatch *self;
  int fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);

  if (fd < 0)
    return NULL;
  if (events & INB_WATCH_WRITTEN)
    mask |= IN_MODIFY | IN_ATTRIB;
  if (events & INB_WATCH_LET_GO)
    mask |= IN_CLOSE_WRITE;
  if (inotify_add_watch (fd, path, mask) < 0)
    {
      close (fd);
      return NULL;
    }
  self = g_new0 (InbWatch, 1);
  self->fd = fd;
  self->callback = callback;
  self->user_data = user_data;
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (read_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * inb_watch_free:
 * @self: (transfer full): a watch, freed in the thread that made it
 */
void
inb_watch_free (InbWatch *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self);
}
