/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_WRAP_LAYOUT (inb_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (InbWrapLayout, inb_wrap_layout, INB, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *inb_wrap_layout_new (void);

G_END_DECLS
