/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_PROVIDERS_PAGE (inb_providers_page_get_type ())
G_DECLARE_FINAL_TYPE (InbProvidersPage, inb_providers_page, INB, PROVIDERS_PAGE, AdwBin)

GtkWidget *inb_providers_page_new (InbQueue *queue);

G_END_DECLS
