/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-import.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-recovery.h"
#include "jobs/inb-verify.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"

/* As a clip from a service: nothing that is one has more than this. */
#define MAX_CLIP_BYTES (G_GINT64_CONSTANT (2) * 1000 * 1000 * 1000)

/* A clip that was made elsewhere on its way in. */
typedef struct
{
  char *root;
  GFile *file;
  char *name; /* of the file, for people */
  char *product_id;
  char *product_name;
  InbRow *row; /* of the job it becomes; not in the database yet */
  InbVerified *verified;
} Import;

static void
import_free (Import *self)
{
  if (self->row->part != NULL)
    unlink (self->row->part);
  g_free (self->root);
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->product_id);
  g_free (self->product_name);
  inb_row_free (self->row);
  g_clear_pointer (&self->verified, inb_verified_free);
  g_free (self);
}

static InbRequest *
make_request (const Import *self, double seconds)
{
  InbRequest *request = inb_request_new ();

  g_free (request->provider);
  request->provider = g_strdup ("import");
  request->start_name = g_strdup (self->name);
  request->prompt = g_strdup ("");
  request->duration_s = (guint) MAX (1.0, round (seconds));
  return request;
}

static void
make_row (Import *self)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("import-%s.mp4", id);
  g_autoptr (InbRequest) request = make_request (self, 0.0);

  self->row = g_new0 (InbRow, 1);
  self->row->job = inb_job_new (id, "", 0, request, g_get_real_time (), 0);
  self->row->part = inb_paths_dup_temporary (self->root, name);
}

static gboolean
may_copy (const Import *self, GFileInfo *info, GError **error)
{
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return inb_error_refuse (error, _ ("“%s” is no file that holds a clip."), self->name);
  if (g_file_info_get_size (info) > MAX_CLIP_BYTES)
    return inb_error_refuse (error, _ ("“%s” is larger than 2 GB. Cut it first."), self->name);
  return TRUE;
}

static gboolean
copy (Import *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) part = g_file_new_for_path (self->row->part);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (
      self->file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NONE, cancellable, &problem);

  if (info != NULL && (!may_copy (self, info, error) || !inb_paths_make (self->root, error)))
    return FALSE;
  if (info != NULL && g_file_copy (self->file, part, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable,
                                   NULL, NULL, &problem))
    return inb_files_sync (self->row->part, error);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    inb_error_refuse (error, _ ("“%s” cannot be read: %s. Choose it again."), self->name,
                      problem->message);
  return FALSE;
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Import *self = task_data;
  GError *error = NULL;

  if (copy (self, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* What it is, and in which place of its product, is known only now. */
static void
settle_job (Import *self, const char *product, guint take)
{
  InbJob *old = self->row->job;
  g_autoptr (InbRequest) request =
      make_request (self, (double) self->verified->clip->duration_ns / 1e9);
  InbJob *job =
      inb_job_new (inb_job_get_id (old), product, take, request, inb_job_get_created (old), 0);

  inb_job_set_product_name (job, self->product_name);
  self->row->job = job;
  g_object_unref (old);
}

static gboolean
write_row (Import *self, InbStore *store, GError **error)
{
  g_autofree char *product = inb_store_settle_product (store, self->product_id, self->product_name,
                                                       inb_job_get_created (self->row->job), error);
  gint64 n_takes = product != NULL ? inb_store_count_takes (store, product, error) : -1;

  if (n_takes < 0)
    return FALSE;
  settle_job (self, product, (guint) n_takes + 1);
  return inb_verified_settle (self->verified, self->root, self->row, error) &&
         inb_store_add_import (store, self->row->job, self->verified->clip, error);
}

/* The files first, then the row: where there is a row there is a clip. */
static void
settle_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Import *self = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbStore) store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  InbDatabase *database = store != NULL ? inb_store_get_database (store) : NULL;

  if (database != NULL && inb_database_begin (database, &error) &&
      write_row (self, store, &error) && inb_database_commit (database, &error))
    {
      g_task_return_pointer (task, g_strdup (inb_job_get_id (self->row->job)), g_free);
      return;
    }
  if (database != NULL)
    inb_database_rollback (database);
  self->row->clip = inb_clip_copy (self->verified->clip);
  inb_recovery_remove_files (self->root, self->row);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->verified = inb_verify_finish (result, &error);
  if (self->verified == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_run_in_thread (task, settle_in_thread);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    inb_verify_async (self->root, self->row, self->name, NULL, NULL, NULL,
                      g_task_get_cancellable (task), verified_cb, g_object_ref (task));
}

/**
 * inb_import_async:
 * @root: the data folder
 * @file: a clip that was made elsewhere
 * @product_id: (nullable): as inb_store_settle_product()
 * @product_name: (nullable): %NULL: after the file
 * @cancellable: (nullable): before the row is written
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Copies the clip, has it decoded to its end, its poster and its review copy made by workers, and
 * writes a row for it, in DONE. The file stays where it is.
 */
void
inb_import_async (const char *root, GFile *file, const char *product_id, const char *product_name,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) copying = NULL;
  g_autofree char *base = g_file_get_basename (file);
  Import *self = g_new0 (Import, 1);

  self->root = g_strdup (root);
  self->file = g_object_ref (file);
  self->name = g_filename_display_name (base != NULL ? base : "");
  self->product_id = g_strdup (product_id);
  self->product_name =
      product_name != NULL ? g_strdup (product_name) : inb_request_dup_product_name (self->name);
  make_row (self);
  g_task_set_source_tag (task, inb_import_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) import_free);
  copying = g_task_new (NULL, cancellable, copied_cb, g_object_ref (task));
  g_task_set_task_data (copying, self, NULL);
  g_task_run_in_thread (copying, copy_in_thread);
}

/**
 * inb_import_finish:
 * @result: of inb_import_async()
 * @error: %INB_ERROR_BAD_CLIP if it is none, %INB_ERROR_BAD_INPUT if it is no file or too large,
 * what reading it failed with, and as inb_database_open(); nothing is kept then
 *
 * Returns: (transfer full) (nullable): UUID of the job
 */
char *
inb_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
