/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-prompt.h"

G_BEGIN_DECLS

void inb_prompt_read (const char *text, InbPrompt *prompt);

G_END_DECLS
