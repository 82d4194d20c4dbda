/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_SPLIT (inb_split_get_type ())
G_DECLARE_FINAL_TYPE (InbSplit, inb_split, INB, SPLIT, GtkWidget)

GtkWidget *inb_split_new (void);
void inb_split_set_content (InbSplit *self, GtkWidget *content);
void inb_split_set_side (InbSplit *self, GtkWidget *side);
void inb_split_set_has_side (InbSplit *self, gboolean has_side);
void inb_split_show_side (InbSplit *self, gboolean show);
gboolean inb_split_is_folded (InbSplit *self);

G_END_DECLS
