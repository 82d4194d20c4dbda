/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-delivery.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "core/inb-name-template.h"
#include "store/inb-files.h"

/* A clip leaves the data folder under the name a person wants. The clip itself stays where it is.
 */

/* A folder with more files of one name is an accident that goes on; chosen. */
#define MAX_TRIES 10000

typedef struct
{
  char *clip;
  char *folder;
  char *stem;
  char *extension;
  GFile *target; /* instead of the three above */
} Delivery;

static void
delivery_free (Delivery *self)
{
  g_free (self->clip);
  g_free (self->folder);
  g_free (self->stem);
  g_free (self->extension);
  g_clear_object (&self->target);
  g_free (self);
}

static char *
dup_extension (const char *path)
{
  const char *dot = strrchr (path, '.');

  return g_strdup (dot != NULL ? dot + 1 : "mp4");
}

static gboolean
is_taken (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* Between the look and the copy somebody else may take the name: the copy refuses, the next is
 * tried. */
static char *
copy_numbered (const Delivery *self, GError **error)
{
  for (guint i = 1; i <= MAX_TRIES; i++)
    {
      g_autofree char *name = inb_name_template_dup_numbered (self->stem, i, self->extension);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autoptr (GError) problem = NULL;

      if (is_taken (path))
        continue;
      if (inb_files_copy (self->clip, path, NULL, &problem))
        return g_steal_pointer (&path);
      if (g_error_matches (problem, INB_ERROR, INB_ERROR_BAD_INPUT))
        continue;
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  inb_error_refuse (error, _ ("The folder holds too many files called “%s”. Choose another."),
                    self->stem);
  return NULL;
}

static char *
copy_over (const Delivery *self, GError **error)
{
  g_autoptr (GFile) clip = g_file_new_for_path (self->clip);
  g_autofree char *name = g_file_get_parse_name (self->target);
  g_autoptr (GError) problem = NULL;

  /* a temporary name and a rename underneath: the old file stays until the new one is whole */
  if (g_file_copy (clip, self->target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                   NULL, NULL, NULL, &problem))
    return g_steal_pointer (&name);
  g_set_error (error, INB_ERROR,
               g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? INB_ERROR_NO_SPACE
                                                                          : INB_ERROR_NO_ACCESS,
               _ ("“%s” could not be written: %s"), name, problem->message);
  return NULL;
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Delivery *self = task_data;
  GError *error = NULL;
  char *path = self->target != NULL ? copy_over (self, &error) : NULL;

  if (self->target == NULL && inb_files_make_folder (self->folder, &error))
    path = copy_numbered (self, &error);
  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GTask *
new_task (InbJob *job, gpointer source_tag, GAsyncReadyCallback callback, gpointer user_data)
{
  const InbClip *clip = inb_job_get_clip (job);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Delivery *self = g_new0 (Delivery, 1);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, self, (GDestroyNotify) delivery_free);
  self->clip = g_strdup (clip->path);
  self->extension = dup_extension (clip->path);
  return task;
}

/**
 * inb_delivery_dup_stem:
 * @job: a job that is DONE
 * @name_template: as inb_name_template_expand() takes it
 *
 * Returns: (transfer full): what its clip is called outside, without an ending
 */
char *
inb_delivery_dup_stem (InbJob *job, const char *name_template)
{
  const InbRequest *request = inb_job_get_request (job);
  const InbClip *clip = inb_job_get_clip (job);
  InbNameFacts facts = { .product = inb_job_get_product_name (job),
                         .take = inb_job_get_take (job),
                         .width = clip != NULL ? clip->width : 0,
                         .height = clip != NULL ? clip->height : 0,
                         .duration_s = request->duration_s,
                         .provider = request->provider,
                         .created_us = inb_job_get_created (job),
                         .original = request->start_name };

  return inb_name_template_expand (name_template, &facts);
}

/**
 * inb_delivery_dup_name:
 * @job: a job that is DONE
 * @name_template: as inb_name_template_expand() takes it
 *
 * Returns: (transfer full): the same with the ending of its clip
 */
char *
inb_delivery_dup_name (InbJob *job, const char *name_template)
{
  g_autofree char *stem = inb_delivery_dup_stem (job, name_template);
  g_autofree char *extension = dup_extension (inb_job_get_clip (job)->path);

  return inb_name_template_dup_numbered (stem, 1, extension);
}

/**
 * inb_delivery_save_async:
 * @job: a job that is DONE
 * @folder: absolute path; made if it is not there
 * @name_template: what the file is called
 * @callback: (scope async): called when the copy is on the disk
 * @user_data: for @callback
 *
 * Copies the clip. Nothing is ever overwritten: where the name is taken " (2)", " (3)", … follows.
 */
void
inb_delivery_save_async (InbJob *job, const char *folder, const char *name_template,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (job, inb_delivery_save_async, callback, user_data);
  Delivery *self = g_task_get_task_data (task);

  self->folder = g_strdup (folder);
  self->stem = inb_delivery_dup_stem (job, name_template);
  g_task_run_in_thread (task, save_thread);
}

/**
 * inb_delivery_save_as_async:
 * @job: a job that is DONE
 * @target: the file a person chose; replaced, since the chooser has asked
 * @callback: (scope async): called when the copy is on the disk
 * @user_data: for @callback
 */
void
inb_delivery_save_as_async (InbJob *job, GFile *target, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = new_task (job, inb_delivery_save_as_async, callback, user_data);
  Delivery *self = g_task_get_task_data (task);

  self->target = g_object_ref (target);
  g_task_run_in_thread (task, save_thread);
}

/**
 * inb_delivery_save_finish:
 * @result: of inb_delivery_save_async() or inb_delivery_save_as_async()
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE, %INB_ERROR_BAD_INPUT, %INB_ERROR_FAILED; the
 * clip is untouched
 *
 * Returns: (transfer full) (nullable): path of the copy
 */
char *
inb_delivery_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_delivery_lend:
 * @path: a clip or a photo of ours
 * @folder: a folder for passing things, removed by inb_delivery_take_back()
 * @name: what it is to be called there, its ending too
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE
 *
 * Gives a file another name without moving its bytes: a hard link, or a copy where the folder is on
 * another file system. The program that gets it in a drag may move or remove that name.
 *
 * Returns: (transfer full) (nullable): path in a folder of its own under @folder
 */
char *
inb_delivery_lend (const char *path, const char *folder, const char *name, GError **error)
{
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *place = g_build_filename (folder, unique, NULL);
  g_autofree char *lent = g_build_filename (place, name, NULL);

  if (!inb_files_make_folder (place, error))
    return NULL;
  if (link (path, lent) == 0 || inb_files_copy (path, lent, NULL, error))
    return g_steal_pointer (&lent);
  return NULL;
}

/**
 * inb_delivery_take_back:
 * @folder: of inb_delivery_lend()
 *
 * Removes what was lent, as far as it can be. Blocks for as long as that takes: a few links.
 */
void
inb_delivery_take_back (const char *folder)
{
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) && !g_file_test (folder, G_FILE_TEST_IS_SYMLINK))
    inb_files_remove_tree (folder, 2);
}
