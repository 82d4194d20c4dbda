/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *inb_toast_new (const char *text);
void inb_toast_add (AdwToastOverlay *overlay, AdwToast *toast);
void inb_toast_show_in (GtkWidget *widget, const char *text);
void inb_toast_dismiss (AdwToast *toast);

G_END_DECLS
