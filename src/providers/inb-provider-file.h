/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

InbProvider *inb_provider_file_read (GBytes *bytes, const char *file, GError **error);
InbProvider *inb_provider_file_read_own (GBytes *bytes, const char *file, GError **error);

G_END_DECLS
