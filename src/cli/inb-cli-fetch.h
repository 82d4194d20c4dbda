/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean inb_cli_fetch_is_address (const char *photo);
char *inb_cli_fetch (const char *root, const char *url, const char *home, GError **error);
char *inb_cli_fetch_dup_name (const char *url);

G_END_DECLS
