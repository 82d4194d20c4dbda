/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES_PROVIDERS (inb_preferences_providers_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferencesProviders, inb_preferences_providers, INB,
                      PREFERENCES_PROVIDERS, AdwPreferencesGroup)

void inb_preferences_providers_fill (InbPreferencesProviders *self, GtkWindow *parent);

G_END_DECLS
