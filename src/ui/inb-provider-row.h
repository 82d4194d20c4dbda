/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-provider-facts.h"

G_BEGIN_DECLS

#define INB_TYPE_PROVIDER_ROW (inb_provider_row_get_type ())
G_DECLARE_FINAL_TYPE (InbProviderRow, inb_provider_row, INB, PROVIDER_ROW, AdwExpanderRow)

GtkWidget *inb_provider_row_new (const InbProvider *provider);
void inb_provider_row_set_facts (InbProviderRow *self, GPtrArray *rows);
const InbProvider *inb_provider_row_get_provider (InbProviderRow *self);

G_END_DECLS
