/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_PROVIDER_PICKER (inb_provider_picker_get_type ())
G_DECLARE_FINAL_TYPE (InbProviderPicker, inb_provider_picker, INB, PROVIDER_PICKER, AdwBin)

GtkWidget *inb_provider_picker_new (void);
void inb_provider_picker_set_draft (InbProviderPicker *self, InbDraft *draft);

G_END_DECLS
