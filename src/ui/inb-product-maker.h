/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

/**
 * InbMade:
 * @products: (element-type InbProduct): those that are there now, in the order of the photos
 * @n_refused: photos of which none was made
 * @refusal: (nullable): why, of the first of them, a sentence for the person
 */
typedef struct
{
  GPtrArray *products;
  guint n_refused;
  char *refusal;
} InbMade;

typedef void (*InbMakerProgress) (guint n_done, guint n_photos, gpointer user_data);

void inb_product_maker_run_async (InbQueue *queue, GPtrArray *photos, InbMakerProgress progress,
                                  gpointer progress_data, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
InbMade *inb_product_maker_run_finish (GAsyncResult *result, GError **error);
void inb_made_free (InbMade *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMade, inb_made_free)

G_END_DECLS
