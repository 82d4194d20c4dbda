/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-order.h"

G_BEGIN_DECLS

#define INB_TYPE_ORDER_FOOT (inb_order_foot_get_type ())
G_DECLARE_FINAL_TYPE (InbOrderFoot, inb_order_foot, INB, ORDER_FOOT, AdwBin)

/* Action: order.generate, what the button does. */
GtkWidget *inb_order_foot_new (void);
void inb_order_foot_set_order (InbOrderFoot *self, InbOrder *order);
void inb_order_foot_generate (InbOrderFoot *self);
void inb_order_foot_set_busy (InbOrderFoot *self, gboolean busy);

G_END_DECLS
