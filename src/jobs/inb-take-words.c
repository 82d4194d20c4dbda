/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-take-words.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "providers/inb-catalogue.h"

/* What a person reads about a take: where it is, who makes it, what it costs. */

static gboolean
is_local (InbJob *job)
{
  return g_strcmp0 (inb_job_get_request (job)->provider, "local") == 0;
}

static const char *
get_imported (void)
{
  /* Translators: in the place of a provider's name: a clip that was not made by this program */
  return _ ("Imported");
}

/**
 * inb_take_words_get_provider:
 * @job: a take
 *
 * Returns: (transfer none): the name of who makes it; its id where the provider file is gone
 */
const char *
inb_take_words_get_provider (InbJob *job)
{
  const InbRequest *request = inb_job_get_request (job);
  const InbProvider *provider;

  if (g_strcmp0 (request->provider, "import") == 0)
    return get_imported ();
  provider = inb_catalogue_find (request->provider, NULL);
  return provider != NULL ? inb_provider_get_name (provider) : request->provider;
}

/**
 * inb_take_words_list_providers:
 *
 * Returns: (transfer full) (array zero-terminated=1): the id of each provider, followed by what
 * inb_take_words_get_provider() says of its takes
 */
char **
inb_take_words_list_providers (void)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_strv_builder_add_many (names, "import", get_imported (), NULL);
  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      g_strv_builder_add_many (names, provider->id, inb_provider_get_name (provider), NULL);
    }
  return g_strv_builder_end (names);
}

/**
 * inb_take_words_get_model:
 * @job: a take
 *
 * Returns: (transfer none) (nullable): the name of the model it was asked of
 */
const char *
inb_take_words_get_model (InbJob *job)
{
  const InbRequest *request = inb_job_get_request (job);
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, request->model, NULL) : NULL;

  return model != NULL ? inb_model_get_name (model) : request->model;
}

static const char *
get_charged (InbJob *job)
{
  const char *charged = inb_job_get_facts (job)->charged;

  if (g_strcmp0 (charged, "no") == 0)
    /* Translators: after a state, in “Failed at WaveSpeed, not charged” */
    return _ ("not charged");
  if (g_strcmp0 (charged, "yes") == 0)
    /* Translators: after a state, in “Failed at WaveSpeed, charged” */
    return _ ("charged");
  /* Translators: after a state, in “Failed at WaveSpeed, may have been charged” */
  return _ ("may have been charged");
}

/* What is told with the name of the service; %NULL for the other states. */
static char *
dup_state_at (InbJobState state, const char *name)
{
  switch ((int) state)
    {
    case INB_JOB_UPLOADING:
      /* Translators: %s is the name of a service, here and in the next ones */
      return g_strdup_printf (_ ("Uploading to %s"), name);
    case INB_JOB_SUBMITTING:
      return g_strdup_printf (_ ("Sending to %s"), name);
    case INB_JOB_RECONCILING:
      return g_strdup_printf (_ ("Asking %s what became of it"), name);
    case INB_JOB_QUEUED:
      return g_strdup_printf (_ ("Waiting for %s"), name);
    case INB_JOB_RUNNING:
      return g_strdup_printf (_ ("Rendering at %s"), name);
    case INB_JOB_STALLED:
      return g_strdup_printf (_ ("Still waiting for %s"), name);
    case INB_JOB_RESULT_READY:
      return g_strdup_printf (_ ("Ready at %s"), name);
    case INB_JOB_CANCELLING:
      return g_strdup_printf (_ ("Cancelling at %s"), name);
    case INB_JOB_FAILED_REMOTE:
      return g_strdup_printf (_ ("Failed at %s"), name);
    case INB_JOB_EXPIRED:
      return g_strdup_printf (_ ("Gone at %s"), name);
    default:
      return NULL;
    }
}

static char *
dup_hosted_state (InbJob *job, InbJobState state)
{
  g_autofree char *words = dup_state_at (state, inb_take_words_get_provider (job));

  if (state == INB_JOB_UNKNOWN)
    return g_strdup (_ ("Not known whether it was charged"));
  if (state == INB_JOB_READY)
    return g_strdup (_ ("Waiting to be sent"));
  if (words == NULL)
    return g_strdup (inb_job_state_get_words (state));
  if (inb_job_state_is_final (state))
    /* Translators: a state, and what became of the money */
    return g_strdup_printf (_ ("%s, %s"), words, get_charged (job));
  return g_steal_pointer (&words);
}

/**
 * inb_take_words_dup_title:
 * @job: a take
 * @product: (nullable): what its product is called, where that is not plain from the place
 *
 * Returns: (transfer full): what it is called: "Take 3", "Take 3 · hero", "Blue mug · Take 3 ·
 * hero"; names of people are isolated
 */
char *
inb_take_words_dup_title (InbJob *job, const char *product)
{
  const char *name = inb_job_get_facts (job)->name;
  g_autofree char *number =
      product != NULL
          /* Translators: name of a product, number of a take */
          ? g_strdup_printf (_ ("\u2068%s\u2069 · Take %u"), product, inb_job_get_take (job))
          : g_strdup_printf (_ ("Take %u"), inb_job_get_take (job));

  if (name == NULL)
    return g_steal_pointer (&number);
  /* Translators: “Take 3”, and what a person calls it */
  return g_strdup_printf (_ ("%s · \u2068%s\u2069"), number, name);
}

/**
 * inb_take_words_dup_state:
 * @job: a take
 *
 * Returns: (transfer full): where it is: "Rendering at WaveSpeedAI", "Paused", "Failed, not
 * charged"; where it ended without a clip it says what happened to the money
 */
char *
inb_take_words_dup_state (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  if (facts->paused && !inb_job_state_is_final (facts->state) && facts->state != INB_JOB_UNKNOWN)
    return g_strdup (_ ("Paused"));
  if (is_local (job))
    return g_strdup (inb_job_state_get_words (facts->state));
  return dup_hosted_state (job, facts->state);
}

/**
 * inb_take_words_dup_price:
 * @job: a take
 *
 * Returns: (transfer full): one short phrase: "free", "$0.35 estimated" until the service says what
 * it took, then "$0.35", "not charged" where it ended so
 */
char *
inb_take_words_dup_price (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  gint64 estimate = inb_job_get_estimate (job);
  g_autofree char *amount = NULL;

  if (facts->actual_micros >= 0 && (facts->actual_micros > 0 || estimate != 0))
    return facts->actual_micros > 0 ? inb_money_format (facts->actual_micros)
                                    : g_strdup (_ ("not charged"));
  if (estimate > 0 && inb_job_state_is_final (facts->state) &&
      g_strcmp0 (facts->charged, "no") == 0)
    return g_strdup (_ ("not charged"));
  amount = inb_money_format (estimate);
  /* Translators: %s is an amount of money */
  return estimate > 0 ? g_strdup_printf (_ ("%s estimated"), amount) : g_steal_pointer (&amount);
}

/**
 * inb_take_words_dup_money:
 * @job: a take
 *
 * Returns: (transfer full): one sentence on what happened to the money until now
 */
char *
inb_take_words_dup_money (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  g_autofree char *amount = NULL;

  if (inb_job_get_estimate (job) == 0 && facts->actual_micros <= 0)
    return g_strdup (_ ("Free"));
  if (facts->actual_micros > 0)
    {
      amount = inb_money_format (facts->actual_micros);
      return g_strdup_printf (_ ("%s, as the service says"), amount);
    }
  if (g_strcmp0 (facts->charged, "no") == 0)
    return g_strdup (facts->sent_us == 0 && !inb_job_state_is_final (facts->state)
                         ? _ ("Not charged yet")
                         : _ ("Not charged"));
  if (g_strcmp0 (facts->charged, "yes") == 0)
    return g_strdup (_ ("Charged; the service does not say how much"));
  return g_strdup (_ ("May have been charged"));
}

/**
 * inb_take_words_get_mark:
 * @mark: 1, −1, or 0
 *
 * Returns: (transfer none) (nullable): "Accepted", "Rejected"; %NULL for neither
 */
const char *
inb_take_words_get_mark (int mark)
{
  return mark > 0 ? C_ ("take", "Accepted") : mark < 0 ? C_ ("take", "Rejected") : NULL;
}

/**
 * inb_take_words_dup_spoken:
 * @job: a take
 * @more: (nullable): what is said last, such as the time left
 *
 * Returns: (transfer full): what a screen reader says: "Take 3, Accepted, 5 seconds, WaveSpeedAI";
 * with its name after the number, if it has one
 */
char *
inb_take_words_dup_spoken (InbJob *job, const char *more)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  const char *mark = inb_take_words_get_mark (facts->mark);
  guint duration = inb_job_get_request (job)->duration_s;
  g_autofree char *length =
      g_strdup_printf (ngettext ("%u second", "%u seconds", duration), duration);
  g_autofree char *state = facts->state == INB_JOB_DONE && mark != NULL
                               ? g_strdup (mark)
                               : inb_take_words_dup_state (job);
  g_autofree char *called = NULL;

  if (facts->name != NULL)
    {
      /* Translators: spoken by a screen reader: the name of a take, its state */
      called = g_steal_pointer (&state);
      state = g_strdup_printf (_ ("%s, %s"), facts->name, called);
    }
  if (more != NULL)
    /* Translators: spoken by a screen reader:
     * “Take 3, Rendering, 5 seconds, Local engine, About 20 seconds left” */
    return g_strdup_printf (_ ("Take %u, %s, %s, %s, %s"), inb_job_get_take (job), state, length,
                            inb_take_words_get_provider (job), more);
  /* Translators: spoken by a screen reader: “Take 3, Done, 5 seconds, Local engine” */
  return g_strdup_printf (_ ("Take %u, %s, %s, %s"), inb_job_get_take (job), state, length,
                          inb_take_words_get_provider (job));
}
