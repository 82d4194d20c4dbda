/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *inb_paths_dup_default_root (void);
gboolean inb_paths_make (const char *root, GError **error);
char *inb_paths_dup_database (const char *root);
char *inb_paths_dup_log (const char *root);
char *inb_paths_dup_ballast (const char *root);
char *inb_paths_dup_lock (const char *root);
char *inb_paths_dup_photo (const char *root, const char *sha256);
char *inb_paths_dup_frame (const char *root, const char *sha256, const char *extension);
char *inb_paths_dup_clip (const char *root, gint64 created_us, const char *job_id,
                          const char *extension);
char *inb_paths_dup_proxy (const char *root, const char *job_id, const char *extension);
char *inb_paths_dup_poster (const char *root, const char *job_id);
char *inb_paths_dup_providers (const char *root);
char *inb_paths_dup_temporary (const char *root, const char *name);
char *inb_paths_dup_relative (const char *root, const char *path);
char *inb_paths_dup_absolute (const char *root, const char *relative);

G_END_DECLS
