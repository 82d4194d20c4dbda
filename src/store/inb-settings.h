/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-store.h"

G_BEGIN_DECLS

gint64 inb_settings_get_day_cap (InbStore *store);
gboolean inb_settings_set_day_cap (InbStore *store, gint64 micros, GError **error);
char **inb_settings_get_route (InbStore *store, GError **error);
gboolean inb_settings_set_route (InbStore *store, const char *const *route, GError **error);

G_END_DECLS
