/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

gboolean inb_route_may_go_on (const InbRow *row, const GError *refusal);
gboolean inb_route_go_on (InbStore *store, const InbRow *row, GError **error);
char *inb_route_plan (const InbRequest *request, const char *const *order, GHashTable *keys);
gboolean inb_route_check (const InbRequest *request, gint64 *reserve_micros, GError **error);

G_END_DECLS
