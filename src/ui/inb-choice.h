/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CHOICE (inb_choice_get_type ())
G_DECLARE_FINAL_TYPE (InbChoice, inb_choice, INB, CHOICE, AdwBin)

GtkWidget *inb_choice_new (void);
void inb_choice_add (InbChoice *self, const char *label, const char *spoken);
void inb_choice_set_possible (InbChoice *self, guint index, gboolean possible);
void inb_choice_set_selected (InbChoice *self, guint selected);
guint inb_choice_get_selected (InbChoice *self);

G_END_DECLS
