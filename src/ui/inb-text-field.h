/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TEXT_FIELD (inb_text_field_get_type ())
G_DECLARE_FINAL_TYPE (InbTextField, inb_text_field, INB, TEXT_FIELD, AdwBin)

GtkWidget *inb_text_field_new (void);
void inb_text_field_set_text (InbTextField *self, const char *text);
const char *inb_text_field_get_text (InbTextField *self);

G_END_DECLS
