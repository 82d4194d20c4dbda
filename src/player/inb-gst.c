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
  GWeakRef asker;
  InbGstReady ready;
} Wish;

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  g_autoptr (GObject) asker = g_weak_ref_get (&wish->asker);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (asker != NULL)
    wish->ready (asker, error);
  g_weak_ref_clear (&wish->asker);
  g_free (wish);
}

/**
 * inb_gst_prepare:
 * @asker: who asks; no reference is kept
 * @ready: (scope async): called when it can be used, or cannot
 *
 * Makes GStreamer ready, in a thread: its first use on a system opens every plugin there is.
 */
void
inb_gst_prepare (GObject *asker, InbGstReady ready)
{
  Wish *wish = g_new0 (Wish, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, ready_cb, wish);

  g_weak_ref_init (&wish->asker, asker);
  wish->ready = ready;
  g_task_set_source_tag (task, inb_gst_prepare);
  g_task_run_in_thread (task, init_thread);
}
