/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

int inb_cli_check (const InbProvider *provider, gboolean json);

G_END_DECLS
