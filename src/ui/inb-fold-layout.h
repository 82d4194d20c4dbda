/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_FOLD_LAYOUT (inb_fold_layout_get_type ())
G_DECLARE_FINAL_TYPE (InbFoldLayout, inb_fold_layout, INB, FOLD_LAYOUT, GtkLayoutManager)

GtkLayoutManager *inb_fold_layout_new (void);

G_END_DECLS
