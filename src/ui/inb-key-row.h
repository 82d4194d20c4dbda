/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-key-place.h"

G_BEGIN_DECLS

/**
 * InbKeyRowTold:
 * @place: (nullable): where the key is now; %NULL if nothing changed
 * @error: (nullable): why nothing changed
 * @user_data: as given
 */
typedef void (*InbKeyRowTold) (const InbKeyPlace *place, const GError *error, gpointer user_data);

GtkWidget *inb_key_row_new (const InbProvider *provider, const InbCredential *credential,
                            InbKeyRowTold told, gpointer user_data);

G_END_DECLS
