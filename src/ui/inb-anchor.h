/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void inb_anchor_hold (GtkListBox *list);
void inb_anchor_show (GtkListBox *list, GtkListBoxRow *row);

G_END_DECLS
