/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-media.h"

#include <unistd.h>

#include "jobs/inb-worker.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/* What is made from a clip for review, and may be cleaned away: its poster and its small copy. */
typedef struct
{
  char *root;
  InbClip *clip;
  char *part;
  const char *path; /* what is being made */
} Media;

static void
media_free (Media *self)
{
  g_free (self->root);
  inb_clip_free (self->clip);
  g_free (self->part);
  g_free (self);
}

static void go_on (GTask *task);

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Media *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);

  if (told != NULL && inb_files_move (self->part, self->path, &error))
    {
      go_on (task);
      return;
    }
  unlink (self->part);
  g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
is_wanted (const char *path)
{
  return path != NULL && access (path, R_OK) != 0;
}

static void
make (GTask *task, const char *command, const char *path, const char *extension)
{
  Media *self = g_task_get_task_data (task);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("media-%s.%s", uuid, extension);
  const char *arguments[] = { command, self->clip->path, "--output", NULL, NULL };

  g_free (self->part);
  self->part = inb_paths_dup_temporary (self->root, name);
  self->path = path;
  arguments[3] = self->part;
  inb_worker_run_async (arguments, self->part, NULL, NULL, g_task_get_cancellable (task), made_cb,
                        g_object_ref (task));
}

static void
go_on (GTask *task)
{
  Media *self = g_task_get_task_data (task);

  if (is_wanted (self->clip->poster))
    make (task, "poster", self->clip->poster, "png");
  else if (is_wanted (self->clip->proxy))
    make (task, "proxy", self->clip->proxy, self->clip->container);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * inb_media_make_async:
 * @root: the data folder
 * @clip: a clip that is there
 * @cancellable: (nullable): ends the worker
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Has its poster and its review copy made where they are missing.
 */
void
inb_media_make_async (const char *root, const InbClip *clip, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Media *self = g_new0 (Media, 1);

  self->root = g_strdup (root);
  self->clip = inb_clip_copy (clip);
  g_task_set_source_tag (task, inb_media_make_async);
  g_task_set_task_data (task, self, (GDestroyNotify) media_free);
  go_on (task);
}

/**
 * inb_media_make_finish:
 * @result: of inb_media_make_async()
 * @error: as inb_worker_run_finish()
 *
 * Returns: %TRUE if both are there
 */
gboolean
inb_media_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
