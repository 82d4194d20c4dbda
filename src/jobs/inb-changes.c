/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-changes.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-recovery.h"
#include "jobs/inb-route.h"
#include "jobs/inb-secrets.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-messages.h"
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

/* Where a key is wanted there must be one before a job exists; the job remembers from where. */
static gboolean
find_keys (const InbProvider *provider, InbSecrets **secrets, InbTerms *terms, GError **error)
{
  if (provider->service == NULL)
    return TRUE;
  *secrets = inb_secrets_load (provider, error);
  if (*secrets == NULL)
    return FALSE;
  terms->key_source = inb_key_source_to_string ((*secrets)->source);
  terms->home = (*secrets)->home;
  return TRUE;
}

/* Of a route, the first that there is a key for; the others before it would accept nothing. */
static const InbProvider *
find_first_with_keys (InbRequest *request, InbSecrets **secrets, InbTerms *terms, GError **error)
{
  for (;;)
    {
      const InbProvider *provider = inb_catalogue_find (request->provider, error);
      g_autoptr (GError) problem = NULL;
      g_auto (GStrv) next = NULL;

      if (provider == NULL)
        return NULL;
      if (find_keys (provider, secrets, terms, &problem))
        return provider;
      if (request->route == NULL || !g_error_matches (problem, INB_ERROR, INB_ERROR_KEY))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      next = g_strsplit (request->route, ",", 2);
      g_free (request->provider);
      g_free (request->route);
      g_clear_pointer (&request->model, g_free); /* a model is of one provider */
      request->provider = g_strdup (next[0]);
      request->route = g_strdup (next[1]);
    }
}

/* What holds now is kept with the job: the price, which model "its first" is, whose key. */
static gboolean
settle (InbRequest *request, InbSecrets **secrets, InbTerms *terms, GError **error)
{
  const InbProvider *provider;
  const InbModel *model;

  if (!inb_request_validate (request, error) ||
      !inb_route_check (request, &terms->reserve_micros, error))
    return FALSE;
  provider = find_first_with_keys (request, secrets, terms, error);
  if (provider == NULL)
    return FALSE;
  model = inb_provider_get_model (provider, request->model, NULL);
  terms->estimate_micros = inb_model_get_price (model, request->duration_s);
  terms->route = request->route;
  if (request->model == NULL)
    request->model = g_strdup (model->id);
  return TRUE;
}

static void
add_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Input *input = task_data;
  g_autoptr (InbStore) store = NULL;
  g_autoptr (InbSecrets) secrets = NULL;
  g_autoptr (GError) error = NULL;
  InbTerms terms = { .estimate_micros = -1 };
  GPtrArray *ids = NULL;

  if (settle (input->request, &secrets, &terms, &error) &&
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

static gboolean
is_unsent (InbJobState state)
{
  return state == INB_JOB_PREPARING || state == INB_JOB_UPLOADING || state == INB_JOB_READY;
}

/* What a service has begun ends as the service can; a person is told so before they wish for more.
 */
static gboolean
may_cancel (const InbRow *row, GError **error)
{
  InbJobState state = inb_job_get_state (row->job);
  const InbProvider *provider = inb_catalogue_find (inb_job_get_request (row->job)->provider, NULL);

  if (provider == NULL || provider->service == NULL || is_unsent (state) ||
      inb_job_state_is_final (state))
    return TRUE;
  if (state == INB_JOB_UNKNOWN || state == INB_JOB_RECONCILING)
    return inb_error_refuse (error,
                             _ ("Whether %s has this job is not known, so it cannot be cancelled. "
                                "“jobs resolve” settles it."),
                             provider->name);
  if ((state == INB_JOB_QUEUED || state == INB_JOB_RUNNING || state == INB_JOB_STALLED ||
       state == INB_JOB_CANCELLING) &&
      inb_messages_has_step (provider, INB_STEP_CANCEL))
    return TRUE;
  return inb_error_refuse (
      error,
      _ ("%s cannot take back what it has begun: it is charged anyway, and the "
         "clip is kept when it is done."),
      provider->name);
}

/* The wish is written first; where nobody runs jobs it is also carried out, as far as that needs no
 * service. */
static gboolean
cancel (InbStore *store, const char *id, GError **error)
{
  g_autoptr (InbLock) lock = NULL;
  g_autoptr (InbRow) row = inb_store_get (store, id, error);

  if (row == NULL || !may_cancel (row, error) || !inb_store_wish_cancel (store, id, error))
    return FALSE;
  if (!is_unsent (inb_job_get_state (row->job)) && row->remote.n_attempts > 0)
    return TRUE;
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
    case INB_CHANGE_LOST:
      return inb_store_wish (store, input->id, "lost", error);
    case INB_CHANGE_RESEND:
      return inb_store_wish (store, input->id, "resend", error);
    case INB_CHANGE_LOOK:
      return inb_store_wish (store, input->id, "look", error);
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
