/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean inb_address_check_url (const char *url, const char *home, GError **error);
gboolean inb_address_is_public (GInetAddress *address);
gboolean inb_address_is_at (const char *url, const char *home);
gboolean inb_address_is_loopback_home (const char *url, const char *home);
char *inb_address_dup_host (const char *url);
gboolean inb_address_has_host (const char *url, const char *const *hosts);

G_END_DECLS
