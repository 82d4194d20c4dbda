/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void inb_stage_keys_add (GtkWidget *stage);

G_END_DECLS
