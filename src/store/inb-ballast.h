/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void inb_ballast_keep (const char *root);
void inb_ballast_drop (const char *root);

G_END_DECLS
