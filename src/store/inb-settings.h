/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-store.h"

G_BEGIN_DECLS

/* The settings that have a meaning below the screen. */
#define INB_SETTING_DAY_CAP "day-cap-micros"
#define INB_SETTING_MAX_COST "max-cost-micros"
#define INB_SETTING_ROUTE "route"

char *inb_settings_get_text (InbStore *store, const char *name);
gboolean inb_settings_set_text (InbStore *store, const char *name, const char *value,
                                GError **error);
gint64 inb_settings_get_max_cost (InbStore *store);
gboolean inb_settings_set_max_cost (InbStore *store, gint64 micros, GError **error);
gint64 inb_settings_get_day_cap (InbStore *store);
gboolean inb_settings_set_day_cap (InbStore *store, gint64 micros, GError **error);
char **inb_settings_get_route (InbStore *store);
gboolean inb_settings_set_route (InbStore *store, const char *const *route, GError **error);

G_END_DECLS
