/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/inb-request.h"

G_BEGIN_DECLS

#define INB_TYPE_CODE_WINDOW (inb_code_window_get_type ())
G_DECLARE_FINAL_TYPE (InbCodeWindow, inb_code_window, INB, CODE_WINDOW, AdwWindow)

GtkWidget *inb_code_window_new (const InbRequest *request, const char *root);
void inb_code_window_present (GtkWindow *parent, const InbRequest *request, const char *root);

G_END_DECLS
