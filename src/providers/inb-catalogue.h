/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

void inb_catalogue_set_folder (const char *folder);
const GPtrArray *inb_catalogue_get_faults (void);
const GPtrArray *inb_catalogue_get_providers (GError **error);
const InbProvider *inb_catalogue_find (const char *id, GError **error);
gboolean inb_catalogue_get_limits (const char *id, InbLimits *limits, GError **error);

G_END_DECLS
