/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-changes.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-recovery.h"
#include "providers/inb-catalogue.h"
#include "store/inb-lock.h"
#include "store/inb-store.h"

/* What a screen or a command writes: each in a thread, through a connection that lives only so
 * long. The runner has its own; SQLite lets one write after the other. */
typedef struct
{
  char *root;
  InbRequest *request;
  char *product_id;
  char *product_name;
  InbChange what;
  char *id;
} Input;

static void
input_free (Input *self)
{
  g_free (self->root);
  g_clear_pointer (&self->request, inb_request_free);
  g_free (self->product_id);
  g_free (self->product_name);
  g_free (self->id);
  g_free (self);
}

/* What holds now is kept with the job: the price, and which model "its first" is. */
static gboolean
settle (InbRequest *request, InbTerms *terms, GError **error)
{
  const InbProvider *provider;
  const InbModel *model;

  if (!inb_request_validate (request, error))
    return FALSE;
  provider = inb_catalogue_find (request->provider, error);
  if (provider == NULL || !inb_provider_check (provider, request, error))
    return FALSE;
  model = inb_provider_get_model (provider, request->model, NULL);
  terms->estimate_micros = inb_model_get_price (model, request->duration_s);
  terms->reserve_micros = terms->estimate_micros;
  if (request->model == NULL)
    request->model = g_strdup (model->id);
  return TRUE;
}

static void
add_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Input *input = task_data;
  g_autoptr (InbStore) store = NULL;
  g_autoptr (GError) error = NULL;
  InbTerms terms = { .estimate_micros = -1 };
  GPtrArray *ids = NULL;

  if (settle (input->request, &terms, &error) &&
      !g_cancellable_set_error_if_cancelled (cancellable, &error))
    store = inb_store_open (input->root, INB_DATABASE_WRITE, &error);
  if (store != NULL)
    ids = inb_store_add (store, input->request, input->product_id, input->product_name, &terms,
                         &error);
  if (ids != NULL)
    g_task_return_pointer (task, ids, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_changes_add_async:
 * @root: the data folder
 * @request: what is asked for; copied
 * @product_id: (nullable): as inb_store_add()
 * @product_name: (nullable): %NULL: after the start photo
 * @source: source object of the result
 * @cancellable: (nullable): before anything is written
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 */
void
inb_changes_add_async (const char *root, const InbRequest *request, const char *product_id,
                       const char *product_name, GObject *source, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  Input *input = g_new0 (Input, 1);

  input->root = g_strdup (root);
  input->request = inb_request_copy (request);
  input->product_id = g_strdup (product_id);
  input->product_name = product_name != NULL ? g_strdup (product_name)
                                             : inb_request_dup_product_name (request->start_name);
  g_task_set_source_tag (task, inb_changes_add_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, input, (GDestroyNotify) input_free);
  g_task_run_in_thread (task, add_in_thread);
}

/**
 * inb_changes_add_finish:
 * @result: of inb_changes_add_async()
 * @error: as inb_store_add()
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of the jobs, in the order of takes
 */
GPtrArray *
inb_changes_add_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The wish is written first; where nobody runs jobs it is also carried out. */
static gboolean
cancel (InbStore *store, const char *id, GError **error)
{
  g_autoptr (InbLock) lock = NULL;

  if (!inb_store_wish_cancel (store, id, error))
    return FALSE;
  lock = inb_lock_try (inb_store_get_root (store), NULL);
  return lock == NULL || inb_recovery_cancel (store, id, error);
}

static gboolean
carry_out (Input *input, GError **error)
{
  g_autoptr (InbStore) store = inb_store_open (input->root, INB_DATABASE_WRITE, error);

  if (store == NULL)
    return FALSE;
  switch (input->what)
    {
    case INB_CHANGE_CANCEL:
      return cancel (store, input->id, error);
    case INB_CHANGE_RESUME:
      return inb_store_resume (store, input->id, error);
    case INB_CHANGE_RENAME_PRODUCT:
    default:
      return inb_store_rename_product (store, input->id, input->product_name, error);
    }
}

static void
change_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (carry_out (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_changes_async:
 * @root: the data folder
 * @what: what to change
 * @id: UUID of a job, or of a product
 * @name: (nullable): the product's new name
 * @source: source object of the result
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 */
void
inb_changes_async (const char *root, InbChange what, const char *id, const char *name,
                   GObject *source, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, user_data);
  Input *input = g_new0 (Input, 1);

  input->root = g_strdup (root);
  input->what = what;
  input->id = g_strdup (id);
  input->product_name = g_strdup (name);
  g_task_set_source_tag (task, inb_changes_async);
  g_task_set_task_data (task, input, (GDestroyNotify) input_free);
  g_task_run_in_thread (task, change_in_thread);
}

/**
 * inb_changes_finish:
 * @result: of inb_changes_async()
 * @error: as inb_store_wish_cancel(), inb_store_resume() or inb_store_rename_product()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_changes_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
