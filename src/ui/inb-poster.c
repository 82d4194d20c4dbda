/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-poster.h"

/* Posters are pictures that our own worker wrote from a clip it had decoded: never foreign bytes.
 */

/* px of the longer side: twice what a row shows, for dense screens */
#define POSTER_SIDE 192

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (task_data);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GError *error = NULL;

  stream = g_file_read (file, cancellable, &error);
  if (stream != NULL)
    pixbuf = gdk_pixbuf_new_from_stream_at_scale (G_INPUT_STREAM (stream), POSTER_SIDE, POSTER_SIDE,
                                                  TRUE, cancellable, &error);
  if (pixbuf != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_poster_load_async:
 * @path: a poster of the data folder
 * @cancellable: (nullable): the result is not wanted any more
 * @callback: (scope async): called on this thread's main context
 * @user_data: for @callback
 *
 * Reads and decodes a poster in a thread.
 */
void
inb_poster_load_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_poster_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * inb_poster_load_finish:
 * @result: of inb_poster_load_async()
 * @error: of GIO or GdkPixbuf
 *
 * Returns: (transfer full): the picture, %NULL on error
 */
GdkTexture *
inb_poster_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
