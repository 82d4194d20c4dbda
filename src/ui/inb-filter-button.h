/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FILTER_BUTTON (inb_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (InbFilterButton, inb_filter_button, INB, FILTER_BUTTON, AdwBin)

GtkWidget *inb_filter_button_new (void);
void inb_filter_button_set_name (InbFilterButton *self, const char *name);
void inb_filter_button_add (InbFilterButton *self, const char *word, const char *label);
void inb_filter_button_add_action (InbFilterButton *self, const char *label, const char *action);
void inb_filter_button_set_selected (InbFilterButton *self, const char *word);
const char *inb_filter_button_get_selected (InbFilterButton *self);

G_END_DECLS
