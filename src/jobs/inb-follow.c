/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-follow.h"

#include "store/inb-paths.h"
#include "store/inb-watch.h"

/* A writer that was killed after its commit has not rung the bell; then a second look, this long
 * after the log was written, finds what it did. Chosen by eye: a slow disk's fsync. */
#define SECOND_LOOK_MS 100
/* Only where the kernel gives no inotify watch. */
#define POLL_MS 500

/* Tells when another connection, of this or any other process, has committed something. */
struct _InbFollow
{
  InbStore *store;
  GSourceFunc callback;
  gpointer user_data;
  gint64 version;
  InbWatch *watch;
  GSource *second_look;
  GSource *poll;
};

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
look (InbFollow *self)
{
  gint64 version = inb_store_get_data_version (self->store);

  if (version == self->version)
    return FALSE;
  self->version = version;
  self->callback (self->user_data);
  return TRUE;
}

static GSource *
add_timeout (guint interval_ms, GSourceFunc callback, gpointer user_data)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static gboolean
poll_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
second_look_cb (gpointer user_data)
{
  InbFollow *self = user_data;

  drop_source (&self->second_look);
  look (self);
  return G_SOURCE_REMOVE;
}

static gboolean
written_cb (gpointer user_data)
{
  InbFollow *self = user_data;

  if (look (self))
    return G_SOURCE_CONTINUE;
  if (self->second_look == NULL)
    self->second_look = add_timeout (SECOND_LOOK_MS, second_look_cb, self);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_follow_new:
 * @store: an open store; must outlive this
 * @callback: called on the thread-default main context of the caller; its return value is not read.
 * It must not free this
 * @user_data: for @callback
 *
 * Watches the write-ahead log: writers fill it and, once committed, touch it. Costs nothing while
 * nobody writes.
 *
 * Returns: (transfer full): the watching
 */
InbFollow *
inb_follow_new (InbStore *store, GSourceFunc callback, gpointer user_data)
{
  InbFollow *self = g_new0 (InbFollow, 1);
  g_autofree char *log = inb_paths_dup_log (inb_store_get_root (store));

  self->store = store;
  self->callback = callback;
  self->user_data = user_data;
  self->watch = inb_watch_new (log, INB_WATCH_WRITTEN, written_cb, self);
  self->version = inb_store_get_data_version (store);
  if (self->watch == NULL)
    self->poll = add_timeout (POLL_MS, poll_cb, self);
  return self;
}

/**
 * inb_follow_free:
 * @self: (transfer full): the watching, in the thread that began it
 */
void
inb_follow_free (InbFollow *self)
{
  g_clear_pointer (&self->watch, inb_watch_free);
  drop_source (&self->second_look);
  drop_source (&self->poll);
  g_free (self);
}
