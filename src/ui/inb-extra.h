/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_EXTRA (inb_extra_get_type ())
G_DECLARE_FINAL_TYPE (InbExtra, inb_extra, INB, EXTRA, AdwBin)

GtkWidget *inb_extra_new (void);
void inb_extra_set_draft (InbExtra *self, InbDraft *draft, InbFeature feature);
void inb_extra_set_value (InbExtra *self, const char *value);

G_END_DECLS
