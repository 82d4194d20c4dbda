/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_PRODUCTS_PAGE (inb_products_page_get_type ())
G_DECLARE_FINAL_TYPE (InbProductsPage, inb_products_page, INB, PRODUCTS_PAGE, AdwBin)

GtkWidget *inb_products_page_new (InbQueue *queue);

G_END_DECLS
