/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_MARKS_WINDOW (inb_marks_window_get_type ())
G_DECLARE_FINAL_TYPE (InbMarksWindow, inb_marks_window, INB, MARKS_WINDOW, AdwWindow)

GtkWidget *inb_marks_window_new (InbDraft *draft);
void inb_marks_window_present (GtkWindow *parent, InbDraft *draft);

G_END_DECLS
