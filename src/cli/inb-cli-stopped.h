/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int inb_cli_stopped (const char *root, GPtrArray *jobs, GError *error, gboolean json);

G_END_DECLS
