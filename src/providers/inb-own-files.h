/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

void inb_own_files_read (const char *folder, GPtrArray *providers, GPtrArray *faults);

G_END_DECLS
