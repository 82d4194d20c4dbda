/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

gboolean inb_home_find (const InbProvider *provider, char **home, GError **error);

G_END_DECLS
