/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_UNDERSTOOD (inb_understood_get_type ())
G_DECLARE_FINAL_TYPE (InbUnderstood, inb_understood, INB, UNDERSTOOD, AdwBin)

GtkWidget *inb_understood_new (void);
void inb_understood_set_draft (InbUnderstood *self, InbDraft *draft);
const char *inb_understood_get_text (InbUnderstood *self);

G_END_DECLS
