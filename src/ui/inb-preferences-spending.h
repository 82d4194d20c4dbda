/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES_SPENDING (inb_preferences_spending_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferencesSpending, inb_preferences_spending, INB, PREFERENCES_SPENDING,
                      AdwPreferencesGroup)

void inb_preferences_spending_set_queue (InbPreferencesSpending *self, InbQueue *queue);

G_END_DECLS
