/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-last-frame.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/inb-error.h"
#include "jobs/inb-worker.h"
#include "store/inb-paths.h"

/* The last picture of a clip as a photo, from a worker: where one take ends another can begin. */

/* px: the most that a poster can have, and more than any clip */
#define LONG_SIDE "4096"

static void
remove_file (gpointer path)
{
  g_unlink (path);
  g_free (path);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *path = g_task_get_task_data (task);
  g_autoptr (GMappedFile) file = NULL;
  JsonObject *answer;
  GError *error = NULL;

  answer = inb_worker_run_finish (result, &error);
  if (answer != NULL)
    {
      json_object_unref (answer);
      file = g_mapped_file_new (path, FALSE, &error);
    }
  if (file != NULL)
    g_task_return_pointer (task, g_mapped_file_get_bytes (file), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_last_frame_async:
 * @root: the data folder
 * @job: a job that is DONE
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when the picture is here
 * @user_data: for @callback
 */
void
inb_last_frame_async (const char *root, InbJob *job, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const InbClip *clip = inb_job_get_clip (job);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (uuid, ".png", NULL);
  g_autofree char *number = NULL;
  char *path = inb_paths_dup_temporary (root, name);
  const char *arguments[] = { "poster",   "--long-side", LONG_SIDE, "--frame", NULL,
                              "--output", path,          NULL,      NULL };

  g_task_set_source_tag (task, inb_last_frame_async);
  g_task_set_task_data (task, path, remove_file);
  if (clip == NULL || clip->n_frames == 0)
    {
      g_task_return_new_error (task, INB_ERROR, INB_ERROR_BAD_INPUT, "%s",
                               _ ("That take has no clip."));
      return;
    }
  number = g_strdup_printf ("%u", clip->n_frames - 1);
  arguments[4] = number;
  arguments[7] = clip->path;
  inb_worker_run_async (arguments, path, NULL, NULL, cancellable, made_cb, g_steal_pointer (&task));
}

/**
 * inb_last_frame_finish:
 * @result: of inb_last_frame_async()
 * @error: %INB_ERROR_BAD_INPUT without a clip, or of the worker
 *
 * Returns: (transfer full) (nullable): a PNG
 */
GBytes *
inb_last_frame_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
