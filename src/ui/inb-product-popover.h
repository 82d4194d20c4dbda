/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/inb-queue.h"
#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_PRODUCT_POPOVER (inb_product_popover_get_type ())
G_DECLARE_FINAL_TYPE (InbProductPopover, inb_product_popover, INB, PRODUCT_POPOVER, GtkPopover)

GtkWidget *inb_product_popover_new (void);
void inb_product_popover_set_draft (InbProductPopover *self, InbDraft *draft);
void inb_product_popover_set_queue (InbProductPopover *self, InbQueue *queue);

G_END_DECLS
