/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-task.h"

/* Who asked. Only touched on the context that it was asked on. */
typedef struct
{
  GObject *source;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Asked;

static void
done_cb (GObject *nobody, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;

  if (asked->callback != NULL)
    asked->callback (asked->source, result, asked->user_data);
  g_clear_object (&asked->source);
  g_free (asked);
}

/**
 * inb_task_new:
 * @source: (type GObject) (nullable): who is asked; kept until @callback has been called
 * @cancellable: (nullable): as g_task_new()
 * @callback: (scope async) (nullable): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * A task for a thread. A thread may let go of its task after everybody else has; what it holds here
 * does not hold @source, so that this never ends in that thread (measured: a queue that did waited
 * for the thread it was in). The callback gets @source as always; g_task_get_source_object() is
 * %NULL.
 *
 * Returns: (transfer full): a task, to be returned once
 */
GTask *
inb_task_new (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->source = source != NULL ? g_object_ref (source) : NULL;
  asked->callback = callback;
  asked->user_data = user_data;
  return g_task_new (NULL, cancellable, done_cb, asked);
}
