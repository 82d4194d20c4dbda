/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES_STORAGE (inb_preferences_storage_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferencesStorage, inb_preferences_storage, INB, PREFERENCES_STORAGE,
                      AdwPreferencesGroup)

void inb_preferences_storage_set_queue (InbPreferencesStorage *self, InbQueue *queue);

G_END_DECLS
