/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/inb-draft.h"

G_BEGIN_DECLS

#define INB_TYPE_GUIDANCE (inb_guidance_get_type ())
G_DECLARE_FINAL_TYPE (InbGuidance, inb_guidance, INB, GUIDANCE, AdwBin)

GtkWidget *inb_guidance_new (void);
void inb_guidance_set_draft (InbGuidance *self, InbDraft *draft);

G_END_DECLS
