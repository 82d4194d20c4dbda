/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is still arriving. Inside net/ only. */
typedef struct _InbPart InbPart;

InbPart *inb_part_open (const char *path, GError **error);
void inb_part_free (InbPart *self);
gint64 inb_part_get_size (const InbPart *self);
gboolean inb_part_clear (InbPart *self, GError **error);
gboolean inb_part_write (InbPart *self, const void *data, gsize length, GError **error);
void inb_part_sync_async (InbPart *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_part_sync_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPart, inb_part_free)

G_END_DECLS
