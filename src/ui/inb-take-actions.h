/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

void inb_take_actions_install (GtkWidgetClass *widget_class);
void inb_take_actions_update (GtkWidget *widget, InbJob *job);
GMenuModel *inb_take_actions_get_menu (void);
void inb_take_actions_add_menu (GtkWidget *widget);
void inb_take_actions_drop_menu (GtkWidget *widget);

G_END_DECLS
