/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES (inb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferences, inb_preferences, INB, PREFERENCES, AdwPreferencesWindow)

void inb_preferences_show (GtkWindow *parent, InbQueue *queue);

G_END_DECLS
