/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-provider-facts.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-money.h"
#include "providers/inb-words.h"

/* What the table of providers says, in words: what a service does not publish reads "Not stated",
 * never nothing. Time and success are this person's own; a service's figure stands in until there
 * are any. */

#define HOUR_S 3600
#define DAY_S 86400

/**
 * inb_provider_facts_get_title:
 * @fact: a column
 *
 * Returns: (transfer none): its head
 */
const char *
inb_provider_facts_get_title (InbFact fact)
{
  static const char *const titles[] = {
    N_ ("Provider"),         N_ ("5 s"),       N_ ("10 s"),
    N_ ("Typical\ntime"),    N_ ("Succeeded"), N_ ("Last\nframe"),
    N_ ("Negative\nprompt"), N_ ("Guidance"),  N_ ("Zero data\nretention"),
    N_ ("No\ntraining"),     N_ ("Released"),  N_ ("Clip kept\nthere"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (titles) == INB_N_FACTS);
  return _ (titles[fact]);
}

static gboolean
is_local (const InbProviderFacts *self)
{
  return self->provider->kind == INB_PROVIDER_LOCAL;
}

static gboolean
has_duration (const InbModel *model, guint duration_s)
{
  for (guint i = 0; i < model->durations_s->len; i++)
    if (g_array_index (model->durations_s, guint, i) == duration_s)
      return TRUE;
  return FALSE;
}

static char *
dup_price (const InbProviderFacts *self, guint duration_s)
{
  gint64 micros = inb_model_get_price (self->model, duration_s);

  if (!has_duration (self->model, duration_s))
    return g_strdup (_ ("Not offered"));
  if (micros < 0)
    return g_strdup (_ ("Not stated"));
  return micros == 0 ? g_strdup (_ ("Free")) : inb_money_format (micros);
}

static char *
dup_seconds (gint64 seconds)
{
  if (seconds < 60)
    /* Translators: seconds. */
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  /* Translators: minutes and seconds. */
  return g_strdup_printf (_ ("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60));
}

static char *
dup_time (const InbProviderFacts *self)
{
  if (self->median_us >= 0)
    return dup_seconds ((self->median_us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
  if (self->model->typical_s > 0)
    /* Translators: seconds that a service itself states. */
    return g_strdup_printf (_ ("%u s stated"), self->model->typical_s);
  return g_strdup (_ ("No jobs yet"));
}

static char *
dup_succeeded (const InbProviderFacts *self)
{
  guint n_jobs = self->n_done + self->n_failed;

  if (n_jobs == 0)
    return g_strdup (_ ("No jobs yet"));
  /* Translators: a share in percent, a number of jobs. */
  return g_strdup_printf (_ ("%u %% of %u"), (self->n_done * 100 + n_jobs / 2) / n_jobs, n_jobs);
}

static const char *
get_capability (const InbProviderFacts *self, InbFeature feature)
{
  InbCapability capability = self->model->can[feature];

  return is_local (self) && capability == INB_CAPABILITY_NO ? _ ("Does not apply")
                                                            : inb_capability_get_words (capability);
}

static const char *
get_promise (const InbProviderFacts *self, int promise)
{
  if (is_local (self))
    /* Translators: the photos stay on this computer. */
    return _ ("Stays here");
  return promise < 0 ? _ ("Not stated") : promise > 0 ? _ ("Yes") : _ ("No");
}

static char *
dup_kept (const InbProviderFacts *self)
{
  gint64 kept_s = self->provider->service != NULL ? self->provider->service->result_lifetime_s : 0;

  if (is_local (self))
    return g_strdup (_ ("Stays here"));
  if (kept_s == 0)
    return g_strdup (_ ("Not stated"));
  if (kept_s < 2 * DAY_S)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) (kept_s / HOUR_S)),
                            (int) (kept_s / HOUR_S));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (kept_s / DAY_S)),
                          (int) (kept_s / DAY_S));
}

/**
 * inb_provider_facts_dup_text:
 * @self: a row
 * @fact: a column
 *
 * Returns: (transfer full): what stands in the cell; never empty
 */
char *
inb_provider_facts_dup_text (const InbProviderFacts *self, InbFact fact)
{
  switch (fact)
    {
    case INB_FACT_PRICE_5:
      return dup_price (self, 5);
    case INB_FACT_PRICE_10:
      return dup_price (self, 10);
    case INB_FACT_TIME:
      return dup_time (self);
    case INB_FACT_SUCCEEDED:
      return dup_succeeded (self);
    case INB_FACT_LAST_FRAME:
      return g_strdup (get_capability (self, INB_FEATURE_LAST_FRAME));
    case INB_FACT_NEGATIVE:
      return g_strdup (get_capability (self, INB_FEATURE_NEGATIVE));
    case INB_FACT_GUIDANCE:
      return g_strdup (get_capability (self, INB_FEATURE_GUIDANCE));
    case INB_FACT_RETENTION:
      return g_strdup (get_promise (self, self->provider->zero_data_retention));
    case INB_FACT_TRAINING:
      return g_strdup (get_promise (self, self->provider->no_training));
    case INB_FACT_RELEASED:
      if (is_local (self))
        return g_strdup (_ ("With the app"));
      return g_strdup (self->model->released != NULL ? self->model->released : _ ("Not stated"));
    case INB_FACT_KEPT:
      return dup_kept (self);
    case INB_FACT_PROVIDER:
    default:
      return g_strdup (inb_provider_get_name (self->provider));
    }
}

static char *
dup_reason (const InbProviderFacts *self, InbFeature feature)
{
  return g_strdup (inb_words_translate (self->model->reasons[feature]));
}

/**
 * inb_provider_facts_dup_details:
 * @self: a row
 * @fact: a column
 *
 * Returns: (transfer full) (nullable): where a price is from, or why something is not so
 */
char *
inb_provider_facts_dup_details (const InbProviderFacts *self, InbFact fact)
{
  switch (fact)
    {
    case INB_FACT_PRICE_5:
    case INB_FACT_PRICE_10:
      if (self->model->price_source == NULL)
        return g_strdup (_ ("The service publishes no price for its interface."));
      if (is_local (self))
        return NULL;
      /* Translators: who says what a clip costs. */
      return g_strdup_printf (_ ("Price as on %s, read in November 2026"),
                              inb_words_translate (self->model->price_source));
    case INB_FACT_TIME:
      return g_strdup (self->median_us >= 0 ? _ ("The median of your newest clips")
                                            : _ ("You have made no clips there yet."));
    case INB_FACT_LAST_FRAME:
      return dup_reason (self, INB_FEATURE_LAST_FRAME);
    case INB_FACT_NEGATIVE:
      return dup_reason (self, INB_FEATURE_NEGATIVE);
    case INB_FACT_GUIDANCE:
      return dup_reason (self, INB_FEATURE_GUIDANCE);
    case INB_FACT_PROVIDER:
    case INB_FACT_SUCCEEDED:
    case INB_FACT_RETENTION:
    case INB_FACT_TRAINING:
    case INB_FACT_RELEASED:
    case INB_FACT_KEPT:
    default:
      return NULL;
    }
}

/* NaN: nothing is known, which is neither little nor much. */
static double
get_number (const InbProviderFacts *self, InbFact fact)
{
  guint n_jobs = self->n_done + self->n_failed;
  gint64 micros = inb_model_get_price (self->model, fact == INB_FACT_PRICE_10 ? 10 : 5);

  switch (fact)
    {
    case INB_FACT_PRICE_5:
    case INB_FACT_PRICE_10:
      return micros < 0 ? NAN : (double) micros;
    case INB_FACT_TIME:
      if (self->median_us >= 0)
        return (double) self->median_us / (double) G_USEC_PER_SEC;
      return self->model->typical_s > 0 ? self->model->typical_s : NAN;
    case INB_FACT_SUCCEEDED:
      return n_jobs > 0 ? (double) self->n_done / n_jobs : NAN;
    case INB_FACT_LAST_FRAME:
      return self->model->can[INB_FEATURE_LAST_FRAME];
    case INB_FACT_NEGATIVE:
      return self->model->can[INB_FEATURE_NEGATIVE];
    case INB_FACT_GUIDANCE:
      return self->model->can[INB_FEATURE_GUIDANCE];
    case INB_FACT_RETENTION:
      return self->provider->zero_data_retention < 0 ? NAN : self->provider->zero_data_retention;
    case INB_FACT_TRAINING:
      return self->provider->no_training < 0 ? NAN : self->provider->no_training;
    case INB_FACT_KEPT:
      return self->provider->service == NULL ? INFINITY
             : self->provider->service->result_lifetime_s == 0
                 ? NAN
                 : (double) self->provider->service->result_lifetime_s;
    case INB_FACT_PROVIDER:
    case INB_FACT_RELEASED:
    default:
      return 0.0;
    }
}

static int
compare_texts (const InbProviderFacts *a, const InbProviderFacts *b, InbFact fact)
{
  if (fact == INB_FACT_RELEASED)
    return g_strcmp0 (a->model->released, b->model->released);
  return fact == INB_FACT_PROVIDER ? g_utf8_collate (inb_provider_get_name (a->provider),
                                                     inb_provider_get_name (b->provider))
                                   : 0;
}

/**
 * inb_provider_facts_compare:
 * @a: a row
 * @b: another
 * @fact: the column they are sorted by
 * @descending: whether the greatest comes first
 *
 * What is not known comes last, whichever way the rest is sorted. Rows that are alike are sorted by
 * name.
 *
 * Returns: < 0 if @a comes first, > 0 if @b does
 */
int
inb_provider_facts_compare (const InbProviderFacts *a, const InbProviderFacts *b, InbFact fact,
                            gboolean descending)
{
  double left = get_number (a, fact), right = get_number (b, fact);
  gboolean unknown_left = isnan (left) || (fact == INB_FACT_RELEASED && a->model->released == NULL);
  gboolean unknown_right =
      isnan (right) || (fact == INB_FACT_RELEASED && b->model->released == NULL);
  int order;

  if (unknown_left != unknown_right)
    return unknown_left ? 1 : -1;
  order = unknown_left ? 0 : (left > right) - (left < right);
  if (order == 0)
    order = compare_texts (a, b, fact);
  if (order != 0)
    return descending ? -order : order;
  return g_utf8_collate (inb_provider_get_name (a->provider), inb_provider_get_name (b->provider));
}
