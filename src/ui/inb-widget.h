/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean inb_widget_focus_bin (GtkWidget *bin, GtkDirectionType direction);
void inb_widget_name (GtkWidget *widget, const char *name);
void inb_widget_name_buttons (GtkWidget *widget);
void inb_widget_name_items (GtkPopover *menu);
void inb_widget_speak_once (GtkWidget *widget);
void inb_widget_let_wrap (GtkWidget *widget);
void inb_widget_set_menu (GtkMenuButton *button, GMenuModel *menu);
GMenuModel *inb_widget_get_menu (GtkMenuButton *button);

G_END_DECLS
