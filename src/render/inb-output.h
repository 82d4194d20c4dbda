/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int inb_output_create (const char *path, GError **error);
int inb_output_create_scratch (const char *beside, GError **error);
gboolean inb_output_write (int fd, gconstpointer data, gsize length, const char *path,
                           GError **error);
gboolean inb_output_sync (int fd, const char *path, GError **error);
gboolean inb_output_commit (const char *part, const char *path, GError **error);

G_END_DECLS
