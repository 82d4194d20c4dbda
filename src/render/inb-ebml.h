/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_EBML_MAX_ELEMENTS 10000

gboolean inb_ebml_walk (int fd, const char *name, GError **error);

G_END_DECLS
