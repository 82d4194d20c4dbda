/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *inb_cli_fetch (const char *root, const char *url, const char *home, GError **error);

G_END_DECLS
