/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_ROUTE_LIST (inb_route_list_get_type ())
G_DECLARE_FINAL_TYPE (InbRouteList, inb_route_list, INB, ROUTE_LIST, AdwPreferencesGroup)

GtkWidget *inb_route_list_new (void);
void inb_route_list_set_route (InbRouteList *self, const char *const *route);
char **inb_route_list_dup_route (InbRouteList *self);

G_END_DECLS
