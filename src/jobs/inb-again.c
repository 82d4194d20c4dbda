/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-again.h"

#include "providers/inb-catalogue.h"

/* Whether a person asks for what they have asked for already. */

/* A form may leave the model to the provider; a job's row names it. */
static const char *
get_model (const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);

  if (request->model != NULL || provider == NULL)
    return request->model;
  return ((const InbModel *) g_ptr_array_index (provider->models, 0))->id;
}

static gboolean
is_same_framing (const InbFraming *one, const InbFraming *other)
{
  return one->ratio == other->ratio && one->fit == other->fit && one->focus_x == other->focus_x &&
         one->focus_y == other->focus_y;
}

/**
 * inb_again_is_same:
 * @one: a request
 * @other: a request
 *
 * Returns: %TRUE if both ask for the same clip: all but seed, number of takes, names of files and
 * providers to try after the first are equal
 */
gboolean
inb_again_is_same (const InbRequest *one, const InbRequest *other)
{
  return g_strcmp0 (one->start, other->start) == 0 && g_strcmp0 (one->last, other->last) == 0 &&
         g_strcmp0 (one->matte, other->matte) == 0 && g_strcmp0 (one->prompt, other->prompt) == 0 &&
         g_strcmp0 (one->negative, other->negative) == 0 && one->guidance == other->guidance &&
         one->duration_s == other->duration_s && is_same_framing (&one->framing, &other->framing) &&
         g_strcmp0 (one->resolution, other->resolution) == 0 &&
         g_strcmp0 (one->provider, other->provider) == 0 &&
         g_strcmp0 (get_model (one), get_model (other)) == 0;
}

static gboolean
is_candidate (InbJob *job, const InbRequest *request, gint64 now_us)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  return inb_job_get_created (job) > now_us - INB_AGAIN_S * G_USEC_PER_SEC &&
         !inb_job_state_is_failure (facts->state) && !inb_job_state_is_cancelled (facts->state) &&
         inb_again_is_same (inb_job_get_request (job), request);
}

/**
 * inb_again_find:
 * @jobs: list of #InbJob
 * @request: what a person asks for now
 * @now_us: wall clock, µs since 1970
 *
 * Returns: (transfer full) (nullable): the first job of the last ten minutes that is or becomes the
 * same clip; one that failed or was cancelled is none
 */
InbJob *
inb_again_find (GListModel *jobs, const InbRequest *request, gint64 now_us)
{
  g_autoptr (InbJob) first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (jobs, i);

      if (is_candidate (job, request, now_us) &&
          (first == NULL || inb_job_get_created (job) < inb_job_get_created (first) ||
           (inb_job_get_created (job) == inb_job_get_created (first) &&
            inb_job_get_take (job) < inb_job_get_take (first))))
        g_set_object (&first, job);
    }
  return g_steal_pointer (&first);
}
