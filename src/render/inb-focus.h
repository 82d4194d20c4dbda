/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-effect.h"

G_BEGIN_DECLS

gboolean inb_focus_is_asked (const InbPrompt *prompt);
double inb_focus_get_blur (const InbEffectSetup *setup, guint frame, gboolean back);

G_END_DECLS
