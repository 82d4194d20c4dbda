/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

/* For the parts of the queue and for the history only. */
InbStore *inb_queue_get_store (InbQueue *self);
gboolean inb_queue_take_over (InbQueue *self, GError **error);
InbJob *inb_queue_take_job (InbQueue *self, const char *id, GError **error);
InbJob *inb_queue_adopt (InbQueue *self, const InbRow *row);

G_END_DECLS
