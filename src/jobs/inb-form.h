/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

char *inb_form_print (const InbRequest *form);
InbRequest *inb_form_parse (const char *text);

G_END_DECLS
