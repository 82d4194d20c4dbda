/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-queue-private.h"

#include "core/inb-task.h"
#include "jobs/inb-form.h"
#include "jobs/inb-storage.h"
#include "store/inb-figures.h"
#include "store/inb-settings.h"

/* Each reads through the queue's own connection; none takes longer than a millisecond or two. */

/* What the newest take was made of, where no draft was saved: a product of the command line, or of
 * an earlier version. */
static InbRequest *
dup_newest_form (InbStore *store, const char *product_id)
{
  g_autoptr (InbRow) row = inb_store_get_newest (store, product_id, NULL);

  return row != NULL ? inb_request_copy (inb_job_get_request (row->job)) : NULL;
}

/**
 * inb_queue_dup_product:
 * @self: the jobs
 * @product_id: (nullable): UUID; %NULL: the product that was touched last
 * @error: as inb_store_get_product(); untouched if there is simply none
 *
 * Returns: (transfer full) (nullable): the product, with its form as it was left, or as its newest
 * take was made where none was saved
 */
InbProduct *
inb_queue_dup_product (InbQueue *self, const char *product_id, GError **error)
{
  InbStore *store = inb_queue_get_store (self);
  g_autofree char *draft = NULL;
  InbProduct *product =
      store != NULL ? inb_store_get_product (store, product_id, &draft, error) : NULL;

  if (product == NULL)
    return NULL;
  product->form = inb_form_parse (draft);
  if (product->form == NULL)
    product->form = dup_newest_form (store, product->id);
  return product;
}

/**
 * inb_queue_list_products:
 * @self: the jobs
 * @limit: how many at most
 * @error: as inb_store_list_products()
 *
 * Returns: (transfer full) (nullable) (element-type InbProduct): those with a name, the one that
 * was touched last first, without their forms
 */
GPtrArray *
inb_queue_list_products (InbQueue *self, guint limit, GError **error)
{
  InbStore *store = inb_queue_get_store (self);

  if (store != NULL)
    return inb_store_list_products (store, limit, error);
  return g_ptr_array_new_with_free_func ((GDestroyNotify) inb_product_free);
}

/**
 * inb_queue_get_spent_today:
 * @self: the jobs
 *
 * Returns: micro-dollars that are spent or reserved since local midnight
 */
gint64
inb_queue_get_spent_today (InbQueue *self)
{
  InbStore *store = inb_queue_get_store (self);

  return store != NULL ? inb_store_get_spent_today (store) : 0;
}

/**
 * inb_queue_get_day_cap:
 * @self: the jobs
 *
 * Returns: the most that may be spent in a day, micro-dollars; −1 where a person set none
 */
gint64
inb_queue_get_day_cap (InbQueue *self)
{
  InbStore *store = inb_queue_get_store (self);

  return store != NULL ? inb_settings_get_day_cap (store) : -1;
}

/**
 * inb_queue_get_route:
 * @self: the jobs
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of providers in the order a person wants
 * them tried; empty where they set none
 */
char **
inb_queue_get_route (InbQueue *self)
{
  InbStore *store = inb_queue_get_store (self);

  return store != NULL ? inb_settings_get_route (store) : g_new0 (char *, 1);
}

/**
 * inb_queue_get_text:
 * @self: the jobs
 * @name: of a setting of the store
 *
 * Returns: (transfer full) (nullable): its value; %NULL where a person set none
 */
char *
inb_queue_get_text (InbQueue *self, const char *name)
{
  InbStore *store = inb_queue_get_store (self);

  return store != NULL ? inb_settings_get_text (store, name) : NULL;
}

/**
 * inb_queue_get_figures:
 * @self: the jobs
 * @provider: id of a provider
 * @model: (nullable): id of one of its models
 * @duration_s: 5 or 10
 * @figures: (out): what is known of it from the jobs of this data folder
 *
 * Returns: %FALSE if the store could not be read
 */
gboolean
inb_queue_get_figures (InbQueue *self, const char *provider, const char *model, guint duration_s,
                       InbFigures *figures)
{
  InbStore *store = inb_queue_get_store (self);

  *figures = (InbFigures){ .median_us = -1 };
  return store != NULL && inb_figures_read (store, provider, model, duration_s, figures);
}

/**
 * inb_queue_list_attempts:
 * @self: the jobs
 * @job_id: UUID of a job
 * @error: as inb_database_prepare()
 *
 * Returns: (transfer full) (nullable) (element-type InbAttemptRow): its paid requests, oldest first
 */
GPtrArray *
inb_queue_list_attempts (InbQueue *self, const char *job_id, GError **error)
{
  InbStore *store = inb_queue_get_store (self);

  if (store != NULL)
    return inb_store_list_attempts (store, job_id, error);
  return g_ptr_array_new_with_free_func ((GDestroyNotify) inb_attempt_row_free);
}

static void
read_storage (GTask *task, gpointer source, gpointer root, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, &error);
  InbStorage storage;

  if (store == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  inb_storage_read (store, cancellable, &storage);
  g_task_return_pointer (task, g_memdup2 (&storage, sizeof storage), g_free);
}

/**
 * inb_queue_get_storage_async:
 * @self: the jobs
 * @cancellable: (nullable): stops counting
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Counts what the data folder holds, in a thread.
 */
void
inb_queue_get_storage_async (InbQueue *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = inb_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_queue_get_storage_async);
  g_task_set_task_data (task, g_strdup (inb_queue_get_root (self)), g_free);
  g_task_run_in_thread (task, read_storage);
}

/**
 * inb_queue_get_storage_finish:
 * @self: the jobs
 * @result: of inb_queue_get_storage_async()
 * @storage: (out): what it holds
 * @error: as inb_store_open()
 *
 * Returns: %TRUE if it was counted
 */
gboolean
inb_queue_get_storage_finish (InbQueue *self, GAsyncResult *result, InbStorage *storage,
                              GError **error)
{
  g_autofree InbStorage *counted = g_task_propagate_pointer (G_TASK (result), error);

  if (counted == NULL)
    return FALSE;
  *storage = *counted;
  return TRUE;
}
