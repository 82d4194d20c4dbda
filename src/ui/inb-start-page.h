/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_START_PAGE (inb_start_page_get_type ())
G_DECLARE_FINAL_TYPE (InbStartPage, inb_start_page, INB, START_PAGE, AdwBin)

GtkWidget *inb_start_page_new (void);
void inb_start_page_offer_sample (InbStartPage *self);

G_END_DECLS
