/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-gst.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "core/inb-error.h"

static void
init_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (gst_init_check (NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_NO_CODEC, _ ("Clips cannot be played: %s"),
                             error->message);
}

typedef struct
{
  GWeakRef object;
  GAsyncReadyCallback callback;
} Listener;

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *listener = user_data;
  g_autoptr (GObject) object = g_weak_ref_get (&listener->object);

  if (object != NULL)
    listener->callback (NULL, result, object);
  g_weak_ref_clear (&listener->object);
  g_free (listener);
}

/**
 * inb_gst_init_async:
 * @callback: (scope async): called on this thread's main context, unless @object is gone by then
 * @object: (type GObject) (transfer none): for @callback; not kept alive
 *
 * Makes GStreamer ready, in a thread: its first use on a system opens every plugin there is.
 */
void
inb_gst_init_async (GAsyncReadyCallback callback, gpointer object)
{
  Listener *listener = g_new0 (Listener, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, ready_cb, listener);

  g_weak_ref_init (&listener->object, object);
  listener->callback = callback;
  g_task_set_source_tag (task, inb_gst_init_async);
  g_task_run_in_thread (task, init_thread);
}

/**
 * inb_gst_init_finish:
 * @result: of inb_gst_init_async()
 * @error: %INB_ERROR_NO_CODEC where GStreamer cannot be used
 *
 * Returns: whether it is ready
 */
gboolean
inb_gst_init_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
