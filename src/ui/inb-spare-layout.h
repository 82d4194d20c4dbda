/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_SPARE_LAYOUT (inb_spare_layout_get_type ())
G_DECLARE_FINAL_TYPE (InbSpareLayout, inb_spare_layout, INB, SPARE_LAYOUT, GtkLayoutManager)

GtkLayoutManager *inb_spare_layout_new (void);

G_END_DECLS
