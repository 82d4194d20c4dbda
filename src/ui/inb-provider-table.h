/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-provider-facts.h"

G_BEGIN_DECLS

#define INB_TYPE_PROVIDER_TABLE (inb_provider_table_get_type ())
G_DECLARE_FINAL_TYPE (InbProviderTable, inb_provider_table, INB, PROVIDER_TABLE, AdwBin)

GtkWidget *inb_provider_table_new (void);
void inb_provider_table_set_rows (InbProviderTable *self, const GPtrArray *rows);
void inb_provider_table_sort (InbProviderTable *self, InbFact fact, gboolean descending);

G_END_DECLS
