/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-queue-private.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-changes.h"
#include "jobs/inb-form.h"
#include "jobs/inb-import.h"
#include "jobs/inb-media.h"
#include "store/inb-settings.h"

static GPtrArray *
take_jobs (InbQueue *self, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ids->len; i++)
    {
      InbJob *job = inb_queue_take_job (self, g_ptr_array_index (ids, i), error);

      if (job == NULL)
        return NULL;
      g_ptr_array_add (jobs, g_object_ref (job));
    }
  return g_steal_pointer (&jobs);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  InbQueue *self = INB_QUEUE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = inb_changes_add_finish (result, &error);
  g_autoptr (GPtrArray) jobs = NULL;

  if (ids != NULL && inb_queue_take_over (self, &error))
    jobs = take_jobs (self, ids, &error);
  if (jobs != NULL)
    g_task_return_pointer (task, g_steal_pointer (&jobs), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_queue_add_async:
 * @self: the jobs
 * @request: a request; its photos are kept already
 * @product_id: (nullable): UUID of the product, made if it is not there; %NULL: the newest one
 * called @product_name, made if there is none
 * @product_name: (nullable): what the product is called if it is made, or had no name yet; %NULL:
 * after the photo
 * @hold_s: the paid requests do not leave before so many seconds; 0: at once. Rows are on the disk
 * at once, and preparation and upload go on; a cancel in that time costs nothing
 * @cancellable: (nullable): before anything is written
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Writes one row a take, durably, from a thread; then whoever runs jobs begins.
 */
void
inb_queue_add_async (InbQueue *self, const InbRequest *request, const char *product_id,
                     const char *product_name, guint hold_s, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_queue_add_async);
  g_task_set_check_cancellable (task, FALSE); /* what is written is told */
  inb_changes_add_async (inb_queue_get_root (self), request, product_id, product_name, hold_s,
                         G_OBJECT (self), cancellable, added_cb, g_steal_pointer (&task));
}

/**
 * inb_queue_add_finish:
 * @self: the jobs
 * @result: of inb_queue_add_async()
 * @error: %INB_ERROR_BAD_INPUT for a request that cannot be, %INB_ERROR_CAP, %INB_ERROR_STORE,
 * %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE; nothing is added then
 *
 * Returns: (transfer full) (nullable) (element-type InbJob): the new jobs, in the order of takes
 */
GPtrArray *
inb_queue_add_finish (InbQueue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  InbQueue *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = inb_import_finish (result, &error);
  InbJob *job = NULL;

  if (id != NULL && inb_queue_take_over (self, &error))
    job = inb_queue_take_job (self, id, &error);
  if (job != NULL)
    g_task_return_pointer (task, g_object_ref (job), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_queue_import_async:
 * @self: the jobs
 * @file: a clip that was made elsewhere
 * @product_id: (nullable): as inb_queue_add_async()
 * @product_name: (nullable): %NULL: after the file
 * @cancellable: (nullable): before the row is written
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Makes a take of it: copied, decoded to its end, poster and review copy made by workers, in DONE,
 * of the provider "import", without a photo and with an empty prompt.
 */
void
inb_queue_import_async (InbQueue *self, GFile *file, const char *product_id,
                        const char *product_name, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_queue_import_async);
  g_task_set_check_cancellable (task, FALSE);
  inb_import_async (inb_queue_get_root (self), file, product_id, product_name, cancellable,
                    imported_cb, g_steal_pointer (&task));
}

/**
 * inb_queue_import_finish:
 * @self: the jobs
 * @result: of inb_queue_import_async()
 * @error: as inb_import_finish()
 *
 * Returns: (transfer full) (nullable): the take
 */
InbJob *
inb_queue_import_finish (InbQueue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  InbQueue *self = INB_QUEUE (source);
  g_autoptr (GError) error = NULL;

  if (inb_changes_finish (result, &error) && inb_queue_take_over (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
change (InbQueue *self, const InbChange *what, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, change);
  inb_changes_async (inb_queue_get_root (self), what, G_OBJECT (self), changed_cb,
                     g_steal_pointer (&task));
}

/**
 * inb_queue_cancel_async:
 * @self: the jobs
 * @job_id: UUID of a job that is not at rest
 * @callback: (scope async): called on the caller's main context when the wish is on the disk
 * @user_data: for @callback
 *
 * Whoever runs jobs carries it out within 100 ms; where nobody does, it is done here and now. End
 * it with inb_queue_change_finish().
 */
void
inb_queue_cancel_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_CANCEL, .id = job_id }, callback, user_data);
}

/**
 * inb_queue_resume_async:
 * @self: the jobs
 * @job_id: UUID of a job
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * A job that failed here begins again; one that is paused goes on; one under way stays so. End it
 * with inb_queue_change_finish().
 */
void
inb_queue_resume_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_RESUME, .id = job_id }, callback, user_data);
}

/**
 * inb_queue_resolve_async:
 * @self: the jobs
 * @job_id: UUID of a job in UNKNOWN
 * @how: what a person decides
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Whoever runs jobs carries it out. End it with inb_queue_change_finish().
 */
void
inb_queue_resolve_async (InbQueue *self, const char *job_id, InbResolve how,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  static const InbChangeKind kinds[] = { [INB_RESOLVE_LOST] = INB_CHANGE_LOST,
                                         [INB_RESOLVE_RESEND] = INB_CHANGE_RESEND,
                                         [INB_RESOLVE_LOOK] = INB_CHANGE_LOOK };

  change (self, &(InbChange){ .kind = kinds[how], .id = job_id }, callback, user_data);
}

/**
 * inb_queue_delete_async:
 * @self: the jobs
 * @job_id: UUID of a job at rest
 * @deleted: whether it is hidden from now on; %FALSE takes that back
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Its files stay until inb_queue_trash_async() or the next start; its row stays for good. End it
 * with inb_queue_change_finish(); %INB_ERROR_BAD_INPUT if it is not at rest, or if its files are
 * gone and it is to come back.
 */
void
inb_queue_delete_async (InbQueue *self, const char *job_id, gboolean deleted,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  InbChangeKind kind = deleted ? INB_CHANGE_DELETE : INB_CHANGE_UNDELETE;

  change (self, &(InbChange){ .kind = kind, .id = job_id }, callback, user_data);
}

/**
 * inb_queue_trash_async:
 * @self: the jobs
 * @job_id: UUID of a deleted job
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Its clip goes to the Trash (is removed where there is none), what was made from it is removed;
 * the row stays. End it with inb_queue_change_finish().
 */
void
inb_queue_trash_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_TRASH, .id = job_id }, callback, user_data);
}

/**
 * inb_queue_mark_async:
 * @self: the jobs
 * @job_id: UUID of a job
 * @mark: 1 accepted, −1 rejected, 0 neither
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * End it with inb_queue_change_finish().
 */
void
inb_queue_mark_async (InbQueue *self, const char *job_id, int mark, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_MARK, .id = job_id, .number = mark }, callback,
          user_data);
}

/**
 * inb_queue_name_take_async:
 * @self: the jobs
 * @job_id: UUID of a job
 * @name: (nullable): what the take is called beside its number; %NULL: nothing
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * End it with inb_queue_change_finish().
 */
void
inb_queue_name_take_async (InbQueue *self, const char *job_id, const char *name,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_NAME, .id = job_id, .text = name }, callback,
          user_data);
}

/**
 * inb_queue_rename_product_async:
 * @self: the jobs
 * @product_id: UUID of a product
 * @name: what it is called from now on
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * End it with inb_queue_change_finish().
 */
void
inb_queue_rename_product_async (InbQueue *self, const char *product_id, const char *name,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_RENAME_PRODUCT, .id = product_id, .text = name },
          callback, user_data);
}

/**
 * inb_queue_drop_product_async:
 * @self: the jobs
 * @product_id: UUID of a product
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Forgets it and its form; one that has jobs stays. End it with inb_queue_change_finish().
 */
void
inb_queue_drop_product_async (InbQueue *self, const char *product_id, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_DROP_PRODUCT, .id = product_id }, callback,
          user_data);
}

/**
 * inb_queue_save_draft_async:
 * @self: the jobs
 * @product: a product with what its form holds; made if it is new
 * @callback: (scope async) (nullable): called on the caller's main context
 * @user_data: for @callback
 *
 * One small write; drafts are written in the order they were saved in. A product that has a name
 * keeps it (inb_queue_rename_product_async() changes it). End it with inb_queue_change_finish().
 */
void
inb_queue_save_draft_async (InbQueue *self, const InbProduct *product, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *draft = product->form != NULL ? inb_form_print (product->form) : NULL;

  change (self,
          &(InbChange){ .kind = INB_CHANGE_DRAFT,
                        .id = product->id,
                        .text = product->name,
                        .draft = draft,
                        .number = g_get_real_time () },
          callback, user_data);
}

/**
 * inb_queue_set_text_async:
 * @self: the jobs
 * @name: of a setting of the store
 * @value: (nullable): %NULL: none
 * @callback: (scope async) (nullable): called on the caller's main context
 * @user_data: for @callback
 *
 * Settings that spend: %INB_SETTING_MAX_COST, the most one request may cost, micro-dollars in
 * digits; and the two that have functions of their own. End it with inb_queue_change_finish().
 */
void
inb_queue_set_text_async (InbQueue *self, const char *name, const char *value,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_SETTING, .id = name, .text = value }, callback,
          user_data);
}

/**
 * inb_queue_set_day_cap_async:
 * @self: the jobs
 * @micros: the most that may be spent in a day, micro-dollars; −1: no cap
 * @callback: (scope async) (nullable): called on the caller's main context
 * @user_data: for @callback
 *
 * End it with inb_queue_change_finish().
 */
void
inb_queue_set_day_cap_async (InbQueue *self, gint64 micros, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, micros);

  inb_queue_set_text_async (self, INB_SETTING_DAY_CAP, value, callback, user_data);
}

/**
 * inb_queue_set_route_async:
 * @self: the jobs
 * @route: (array zero-terminated=1): ids of providers, in order; empty: none
 * @callback: (scope async) (nullable): called on the caller's main context
 * @user_data: for @callback
 *
 * End it with inb_queue_change_finish().
 */
void
inb_queue_set_route_async (InbQueue *self, const char *const *route, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *value = g_strjoinv (",", (char **) route); /* an id has no comma in it */

  inb_queue_set_text_async (self, INB_SETTING_ROUTE, value, callback, user_data);
}

/**
 * inb_queue_clean_storage_async:
 * @self: the jobs
 * @what: what is to go
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * As inb_storage_clean(). End it with inb_queue_change_finish().
 */
void
inb_queue_clean_storage_async (InbQueue *self, InbStorageKind what, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  change (self, &(InbChange){ .kind = INB_CHANGE_CLEAN, .number = what }, callback, user_data);
}

static void
media_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (inb_media_make_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_queue_make_media_async:
 * @self: the jobs
 * @job_id: UUID of a job with a clip
 * @cancellable: (nullable): ends the worker
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Has the poster and the review copy made again by workers where somebody cleaned them away. End it
 * with inb_queue_change_finish(); %INB_ERROR_BAD_INPUT if there is no clip.
 */
void
inb_queue_make_media_async (InbQueue *self, const char *job_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  InbJob *job = inb_queue_get_job (self, job_id);
  const InbClip *clip = job != NULL ? inb_job_get_clip (job) : NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, inb_queue_make_media_async);
  if (clip != NULL && !inb_job_get_facts (job)->gone)
    {
      inb_media_make_async (inb_queue_get_root (self), clip, cancellable, media_made_cb,
                            g_steal_pointer (&task));
      return;
    }
  inb_error_refuse (&error, _ ("The job %s has no clip to show."), job_id);
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_queue_change_finish:
 * @self: the jobs
 * @result: of any of the functions above that ends with it
 * @error: why it was not done: what each of them says, or as inb_database_open()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_queue_change_finish (InbQueue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
