/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-remedy.h"

#include "core/inb-money.h"
#include "providers/inb-catalogue.h"

static gboolean
is_local (InbJob *job)
{
  return g_strcmp0 (inb_job_get_request (job)->provider, "local") == 0;
}

static InbRemedy
find_at_rest (InbJob *job, InbJobState state)
{
  if (state == INB_JOB_DONE)
    return INB_REMEDY_DELETE;
  if (state == INB_JOB_FAILED_LOCAL)
    return INB_REMEDY_RETRY | INB_REMEDY_DELETE;
  return INB_REMEDY_ORDER | INB_REMEDY_DELETE;
}

/* A service that has made the clip cannot take it back any more; the engine here can at any time.
 */
static gboolean
is_past_cancelling (InbJob *job, InbJobState state)
{
  return state == INB_JOB_CANCELLING ||
         (!is_local (job) && (state == INB_JOB_SUBMITTING || state == INB_JOB_RECONCILING ||
                              state == INB_JOB_RESULT_READY || state == INB_JOB_DOWNLOADING ||
                              state == INB_JOB_VERIFYING));
}

/**
 * inb_remedy_find:
 * @job: a take
 * @now_us: wall clock, µs since 1970
 *
 * Returns: all that a person can do about it now
 */
InbRemedy
inb_remedy_find (InbJob *job, gint64 now_us)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  if (facts->deleted) /* what is in the Trash comes back from there */
    return facts->gone ? INB_REMEDY_NONE : INB_REMEDY_RESTORE;
  if (inb_job_state_is_final (facts->state))
    return find_at_rest (job, facts->state);
  if (facts->state == INB_JOB_UNKNOWN)
    return INB_REMEDY_ASK | INB_REMEDY_GIVE_UP | INB_REMEDY_RESEND;
  if (is_past_cancelling (job, facts->state))
    return INB_REMEDY_NONE;
  if (facts->paused)
    return INB_REMEDY_RESUME | INB_REMEDY_CANCEL;
  if (facts->hold_us > now_us)
    return INB_REMEDY_UNDO;
  return INB_REMEDY_CANCEL;
}

/**
 * inb_remedy_get_cost:
 * @job: a take
 *
 * What making it costs, once more or for the first time: by the price list of today, and where its
 * provider is not there any more by what was quoted then.
 *
 * Returns: micro-dollars; 0 free, −1 where no price is published
 */
gint64
inb_remedy_get_cost (InbJob *job)
{
  const InbRequest *request = inb_job_get_request (job);
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, request->model, NULL) : NULL;

  if (is_local (job))
    return 0;
  return model != NULL ? inb_model_get_price (model, request->duration_s)
                       : inb_job_get_estimate (job);
}

/**
 * inb_remedy_may_be_charged:
 * @job: a take that goes on
 *
 * Returns: %TRUE if a service has it, so that ending it may cost all the same
 */
gboolean
inb_remedy_may_be_charged (InbJob *job)
{
  InbJobState state = inb_job_get_state (job);

  return !is_local (job) && (state == INB_JOB_QUEUED || state == INB_JOB_RUNNING ||
                             state == INB_JOB_STALLED || state == INB_JOB_UNKNOWN);
}
