/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What must be free before a clip is made here, and before one is paid for (promises of the
 * README). A clip of 10 s and its review copy are under 50 MB; the rest is for the database and for
 * whoever else writes to the disk. */
#define INB_ROOM_FOR_LOCAL_BYTES (G_GINT64_CONSTANT (200) * 1000 * 1000)
#define INB_ROOM_FOR_PAID_BYTES (G_GINT64_CONSTANT (500) * 1000 * 1000)

gboolean inb_files_make_folder (const char *path, GError **error);
gboolean inb_files_sync (const char *path, GError **error);
gboolean inb_files_sync_folder_of (const char *path, GError **error);
gboolean inb_files_move (const char *from, const char *to, GError **error);
gboolean inb_files_write (const char *temporary, const char *path, const char *data, gsize length,
                          GError **error);
gboolean inb_files_write_all (int fd, const void *data, gsize length);
gboolean inb_files_copy (const char *from, const char *to, GCancellable *cancellable,
                         GError **error);
char *inb_files_hash (const char *path, GCancellable *cancellable, GError **error);
void inb_files_remove_tree (const char *path, guint depth);
gint64 inb_files_get_free (const char *folder);

G_END_DECLS
