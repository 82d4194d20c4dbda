/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean inb_cli_detach (const char *root, GPtrArray *jobs, GError **error);

G_END_DECLS
