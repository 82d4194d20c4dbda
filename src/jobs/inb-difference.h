/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

GPtrArray *inb_difference_list (const InbRequest *before, const InbRequest *after);
char *inb_difference_describe (const InbRequest *before, const InbRequest *after);

G_END_DECLS
