/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int inb_cli_cap (const char *root, const char *day, const char *request, gboolean json);

G_END_DECLS
