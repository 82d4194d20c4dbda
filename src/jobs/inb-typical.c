/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-typical.h"

#include "providers/inb-catalogue.h"
#include "store/inb-figures.h"

static gint64
find (InbStore *store, const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, request->model, NULL) : NULL;
  InbFigures figures;

  if (model != NULL &&
      inb_figures_read (store, request->provider, model->id, request->duration_s, &figures) &&
      figures.n_done > 0 && figures.median_us > 0)
    return figures.median_us;
  return model != NULL && model->typical_s > 0 ? (gint64) model->typical_s * G_USEC_PER_SEC : -1;
}

/**
 * inb_typical_teach:
 * @store: the ledger
 * @job: one of its jobs
 *
 * Tells @job how long a clip like it takes: the median of the person's own, and until there are any
 * what the provider's page says. What has ended needs no telling.
 */
void
inb_typical_teach (InbStore *store, InbJob *job)
{
  if (!inb_job_state_is_final (inb_job_get_state (job)))
    inb_job_set_typical (job, find (store, inb_job_get_request (job)));
}
