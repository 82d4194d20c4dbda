/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-typical.h"

#include "providers/inb-catalogue.h"

/**
 * inb_typical_find:
 * @queue: (nullable): the jobs
 * @request: what is asked for
 *
 * How long a clip like that takes: the median of the person's own, and until there are any what the
 * provider's page says.
 *
 * Returns: µs; −1 where nobody knows
 */
gint64
inb_typical_find (InbQueue *queue, const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, request->model, NULL) : NULL;
  InbFigures figures;

  if (queue != NULL && model != NULL &&
      inb_queue_get_figures (queue, request->provider, model->id, request->duration_s, &figures) &&
      figures.n_done > 0 && figures.median_us > 0)
    return figures.median_us;
  return model != NULL && model->typical_s > 0 ? (gint64) model->typical_s * G_USEC_PER_SEC : -1;
}
