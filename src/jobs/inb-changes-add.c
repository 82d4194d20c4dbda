/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-changes.h"

#include "core/inb-error.h"
#include "core/inb-task.h"
#include "jobs/inb-route.h"
#include "jobs/inb-secrets.h"
#include "providers/inb-catalogue.h"
#include "store/inb-store.h"

/* New jobs: in a thread, since a keyring may have to be asked, and through a connection that lives
 * only so long. */
typedef struct
{
  char *root;
  InbRequest *request;
  char *product_id;
  char *product_name;
  guint hold_s;
} Input;

static void
input_free (Input *self)
{
  g_free (self->root);
  inb_request_free (self->request);
  g_free (self->product_id);
  g_free (self->product_name);
  g_free (self);
}

/* Where a key is wanted there must be one before a job exists; the job remembers from where. */
static gboolean
find_keys (const InbProvider *provider, InbSecrets **secrets, InbTerms *terms, GError **error)
{
  if (provider->service == NULL)
    {
      terms->hold_s = 0; /* nothing is paid, so nothing is held back */
      return TRUE;
    }
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
  InbTerms terms = { .estimate_micros = -1, .hold_s = input->hold_s };
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
 * @hold_s: the paid requests do not leave before so many seconds
 * @source: source object of the result
 * @cancellable: (nullable): before anything is written
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 */
void
inb_changes_add_async (const char *root, const InbRequest *request, const char *product_id,
                       const char *product_name, guint hold_s, GObject *source,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = inb_task_new (source, cancellable, callback, user_data);
  Input *input = g_new0 (Input, 1);

  input->root = g_strdup (root);
  input->request = inb_request_copy (request);
  input->product_id = g_strdup (product_id);
  input->product_name = product_name != NULL ? g_strdup (product_name)
                                             : inb_request_dup_product_name (request->start_name);
  input->hold_s = hold_s;
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
