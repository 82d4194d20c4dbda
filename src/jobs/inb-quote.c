/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-quote.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "providers/inb-catalogue.h"

/* The price of an order before it is given, and what the caps say to it: the same numbers that are
 * written into its rows a moment later. */

/* What a cap holds where a service publishes no price: the highest that any does. */
static gint64
get_highest_price (guint duration_s)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  gint64 highest = 0;

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      for (guint j = 0; j < provider->models->len; j++)
        highest = MAX (highest,
                       inb_model_get_price (g_ptr_array_index (provider->models, j), duration_s));
    }
  return highest;
}

/**
 * inb_quote_get_reserve:
 * @model: a model
 * @duration_s: seconds of a clip
 *
 * Returns: micro-dollars that a cap holds for one take: the price, or, where none is published,
 * the highest published one of any model
 */
gint64
inb_quote_get_reserve (const InbModel *model, guint duration_s)
{
  gint64 price = inb_model_get_price (model, duration_s);

  return price == INB_MICROS_UNKNOWN ? get_highest_price (duration_s) : price;
}

static InbQuoteVerdict
judge (const InbQuote *self, const InbBudget *budget)
{
  if (self->order_micros == 0)
    return INB_QUOTE_FREE;
  if (!inb_money_fits (self->reserve_micros, 0, budget->order_cap_micros))
    return INB_QUOTE_OVER_ORDER;
  if (!inb_money_fits (self->reserve_micros, budget->spent_micros, budget->day_cap_micros))
    return INB_QUOTE_OVER_DAY;
  return self->order_micros == INB_MICROS_UNKNOWN ? INB_QUOTE_UNPUBLISHED : INB_QUOTE_PRICED;
}

/* One provider of a route: the dearest decides, and one without a price makes the order one. */
static gboolean
add_provider (InbQuote *self, const char *id, const char *model_id, guint duration_s,
              GError **error)
{
  const InbProvider *provider = inb_catalogue_find (id, error);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, model_id, error) : NULL;
  gboolean is_first = self->take_micros == G_MININT64;
  gint64 price;

  if (model == NULL)
    return FALSE;
  price = inb_model_get_price (model, duration_s);
  self->varies |= !is_first && price != self->take_micros;
  self->reserve_micros = MAX (self->reserve_micros, inb_quote_get_reserve (model, duration_s));
  if (is_first)
    self->take_micros = price;
  else if (price == INB_MICROS_UNKNOWN || self->take_micros == INB_MICROS_UNKNOWN)
    self->take_micros = INB_MICROS_UNKNOWN;
  else
    self->take_micros = MAX (self->take_micros, price);
  return TRUE;
}

/**
 * inb_quote_init:
 * @self: (out caller-allocates): the quote
 * @request: what is asked for; need not be complete
 * @budget: what is allowed
 * @error: %INB_ERROR_BAD_INPUT for a provider or model that is not there
 *
 * Returns: %TRUE if there is one
 */
gboolean
inb_quote_init (InbQuote *self, const InbRequest *request, const InbBudget *budget, GError **error)
{
  g_auto (GStrv) ids = inb_request_dup_route (request);

  *self =
      (InbQuote){ .takes = CLAMP (request->takes, 1, INB_MAX_TAKES), .take_micros = G_MININT64 };
  for (guint i = 0; ids[i] != NULL; i++)
    if (!add_provider (self, ids[i], i == 0 ? request->model : NULL, request->duration_s, error))
      return FALSE;
  self->order_micros = self->take_micros == INB_MICROS_UNKNOWN
                           ? INB_MICROS_UNKNOWN
                           : self->take_micros * (gint64) self->takes;
  self->reserve_micros *= (gint64) self->takes;
  self->varies &= self->order_micros != INB_MICROS_UNKNOWN;
  self->verdict = judge (self, budget);
  return TRUE;
}

/**
 * inb_quote_is_over:
 * @self: a quote
 *
 * Returns: %TRUE if a cap refuses it
 */
gboolean
inb_quote_is_over (const InbQuote *self)
{
  return self->verdict == INB_QUOTE_OVER_DAY || self->verdict == INB_QUOTE_OVER_ORDER;
}

/**
 * inb_quote_may_cost:
 * @self: a quote
 *
 * Returns: %TRUE unless it is certain that nothing will be charged
 */
gboolean
inb_quote_may_cost (const InbQuote *self)
{
  return self->verdict != INB_QUOTE_FREE;
}

/**
 * inb_quote_dup_price:
 * @self: a quote
 *
 * Returns: (transfer full): the whole order's: "free", "$1.05", "at most $1.05" or "price not
 * published"
 */
char *
inb_quote_dup_price (const InbQuote *self)
{
  g_autofree char *price = inb_money_format (self->order_micros);

  /* Translators: a sum of money */
  return self->varies ? g_strdup_printf (_ ("at most %s"), price) : g_steal_pointer (&price);
}

/**
 * inb_quote_dup_label:
 * @self: a quote
 *
 * Returns: (transfer full): what Generate reads
 */
char *
inb_quote_dup_label (const InbQuote *self)
{
  g_autofree char *price = inb_quote_dup_price (self);

  if (self->verdict == INB_QUOTE_OVER_DAY)
    return g_strdup (_ ("Over today's cap…"));
  if (self->verdict == INB_QUOTE_OVER_ORDER)
    return g_strdup (_ ("Over the cap of one order…"));
  if (self->takes == 1)
    /* Translators: the button that asks for a clip; %s is the price: “$0.35”, “free”, “price not
     * published” */
    return g_strdup_printf (_ ("Generate · %s"), price);
  /* Translators: the same for several clips; %s is the price of all of them */
  return g_strdup_printf (ngettext ("Generate %u clip · %s", "Generate %u clips · %s", self->takes),
                          self->takes, price);
}

/**
 * inb_quote_dup_refusal:
 * @self: a quote that a cap refuses
 * @budget: as it was made with
 *
 * Returns: (transfer full): one sentence with the numbers
 */
char *
inb_quote_dup_refusal (const InbQuote *self, const InbBudget *budget)
{
  g_autofree char *cost = inb_money_format_sum (self->reserve_micros);
  g_autofree char *order = inb_money_format_sum (budget->order_cap_micros);
  g_autofree char *day = inb_money_format_sum (budget->day_cap_micros);
  g_autofree char *spent = inb_money_format_sum (budget->spent_micros);

  if (self->verdict == INB_QUOTE_OVER_ORDER)
    /* Translators: two sums of money */
    return g_strdup_printf (_ ("This may cost %s. The cap of one order is %s."), cost, order);
  /* Translators: three sums of money */
  return g_strdup_printf (
      _ ("This may cost %s. Today's cap is %s, of which %s are spent or reserved."), cost, day,
      spent);
}

/**
 * inb_quote_get_affordable_takes:
 * @self: a quote
 * @budget: as it was made with
 *
 * Returns: how many takes both caps allow, at most those asked for; 0: not even one
 */
guint
inb_quote_get_affordable_takes (const InbQuote *self, const InbBudget *budget)
{
  gint64 each = self->reserve_micros / (gint64) self->takes;

  for (guint takes = self->takes; takes > 0; takes--)
    if (inb_money_fits (each * (gint64) takes, 0, budget->order_cap_micros) &&
        inb_money_fits (each * (gint64) takes, budget->spent_micros, budget->day_cap_micros))
      return takes;
  return 0;
}

/**
 * inb_quote_dup_day:
 * @provider: whom the form is set to
 * @budget: what is spent and allowed
 *
 * Returns: (transfer full): "WaveSpeedAI · $1.40 of $10.00 today"; "Local engine · free"
 */
char *
inb_quote_dup_day (const InbProvider *provider, const InbBudget *budget)
{
  g_autofree char *spent = inb_money_format_sum (budget->spent_micros);
  g_autofree char *cap = inb_money_format_sum (budget->day_cap_micros);

  if (provider->kind == INB_PROVIDER_LOCAL)
    /* Translators: a provider; “free” is the price */
    return g_strdup_printf (_ ("%s · free"), inb_provider_get_name (provider));
  if (budget->day_cap_micros < 0)
    /* Translators: a provider; what was spent today */
    return g_strdup_printf (_ ("%s · %s today"), inb_provider_get_name (provider), spent);
  /* Translators: a provider; what was spent today; the most that may be */
  return g_strdup_printf (_ ("%s · %s of %s today"), inb_provider_get_name (provider), spent, cap);
}
