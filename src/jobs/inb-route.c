/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-route.h"

#include <string.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "jobs/inb-home.h"
#include "jobs/inb-key-book.h"
#include "jobs/inb-quote.h"
#include "providers/inb-catalogue.h"

/* Another service may do what this one would not for reasons of its own: a key, an account, a rate,
 * an outage. What lies in photo or prompt, the same model would refuse everywhere. */
static const int passing[] = { INB_ERROR_KEY,  INB_ERROR_MONEY,       INB_ERROR_PLAN,
                               INB_ERROR_RATE, INB_ERROR_UNAVAILABLE, INB_ERROR_NETWORK };

/**
 * inb_route_may_go_on:
 * @row: a job of which nothing was accepted
 * @refusal: why
 *
 * Returns: %TRUE if a person named another provider and it may do better
 */
gboolean
inb_route_may_go_on (const InbRow *row, const GError *refusal)
{
  if (row->remote.route == NULL || refusal == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_error_matches (refusal, INB_ERROR, passing[i]))
      return TRUE;
  return FALSE;
}

/**
 * inb_route_go_on:
 * @store: open for writing
 * @row: a job that is not sent, or of which nothing was accepted, with a route
 * @error: as inb_store_reroute()
 *
 * Returns: %TRUE if it begins again at the next provider of its route
 */
gboolean
inb_route_go_on (InbStore *store, const InbRow *row, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (row->remote.route, ",", 2);
  const InbProvider *provider = inb_catalogue_find (ids[0], error);
  const InbModel *model = provider != NULL ? inb_provider_get_model (provider, NULL, error) : NULL;
  guint duration_s = inb_job_get_request (row->job)->duration_s;
  g_autofree char *home = NULL;
  InbReroute reroute = { .route = ids[1] };

  if (model == NULL || !inb_home_find (provider, &home, error))
    return FALSE;
  reroute.provider = provider->id;
  reroute.model = model->id;
  reroute.home = home;
  reroute.estimate_micros = inb_model_get_price (model, duration_s);
  return inb_store_reroute (store, inb_job_get_id (row->job), &reroute, error);
}

/* Whether that provider could serve the request as it stands; @reserve_micros as a cap holds it */
static gboolean
can_serve (const InbProvider *provider, const InbRequest *request, gint64 *reserve_micros,
           GError **error)
{
  g_autoptr (InbRequest) asked = inb_request_copy (request);
  const InbModel *model;

  if (g_strcmp0 (provider->id, request->provider) != 0)
    g_clear_pointer (&asked->model, g_free); /* a model is of one provider */
  if (!inb_provider_check (provider, asked, error))
    return FALSE;
  model = inb_provider_get_model (provider, asked->model, NULL);
  *reserve_micros = inb_quote_get_reserve (model, asked->duration_s);
  return TRUE;
}

/**
 * inb_route_check:
 * @request: a valid request
 * @reserve_micros: (out): what a cap holds for one take: the dearest of them
 * @error: %INB_ERROR_BAD_INPUT if one of them cannot serve the request as it stands
 *
 * Returns: %TRUE if each of them can
 */
gboolean
inb_route_check (const InbRequest *request, gint64 *reserve_micros, GError **error)
{
  g_auto (GStrv) ids = inb_request_dup_route (request);

  *reserve_micros = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const InbProvider *provider = inb_catalogue_find (ids[i], error);
      gint64 reserve;

      if (provider == NULL || !can_serve (provider, request, &reserve, error))
        return FALSE;
      *reserve_micros = MAX (*reserve_micros, reserve);
    }
  return TRUE;
}

static gboolean
may_follow (const char *id, const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (id, NULL);
  gint64 reserve;

  return provider != NULL && provider->service != NULL && !g_str_equal (id, request->provider) &&
         can_serve (provider, request, &reserve, NULL);
}

/**
 * inb_route_plan:
 * @request: what is asked for of a service
 * @order: (array zero-terminated=1): ids of providers, in the order a person wants them tried
 * @keys: (element-type utf8 InbKeyPresence): id of a provider → whether there is a key
 *
 * Those that come after the request's own provider: where that is in @order, only what stands
 * behind it there. Those without a key and those that cannot serve the request are left out. So are
 * all where the request names one of the dearer or cheaper models of its provider: the others have
 * only one.
 *
 * Returns: (transfer full) (nullable): ids for #InbRequest's route; %NULL if none comes after it
 */
char *
inb_route_plan (const InbRequest *request, const char *const *order, GHashTable *keys)
{
  const InbProvider *own = inb_catalogue_find (request->provider, NULL);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  guint from = 0;

  if (own == NULL || own->service == NULL || request->model != NULL)
    return NULL;
  for (guint i = 0; order[i] != NULL; i++)
    if (g_str_equal (order[i], own->id))
      from = i + 1;
  for (guint i = from; order[i] != NULL; i++)
    if (GPOINTER_TO_INT (g_hash_table_lookup (keys, order[i])) >= INB_KEY_LOCKED &&
        may_follow (order[i], request))
      g_strv_builder_add (found, order[i]);
  ids = g_strv_builder_end (found);
  return *ids != NULL ? g_strjoinv (",", ids) : NULL;
}
