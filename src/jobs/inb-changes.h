/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

typedef enum
{
  INB_CHANGE_CANCEL,
  INB_CHANGE_RESUME,
  INB_CHANGE_LOST,
  INB_CHANGE_RESEND,
  INB_CHANGE_LOOK,
  INB_CHANGE_RENAME_PRODUCT,
} InbChange;

void inb_changes_add_async (const char *root, const InbRequest *request, const char *product_id,
                            const char *product_name, GObject *source, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *inb_changes_add_finish (GAsyncResult *result, GError **error);
void inb_changes_async (const char *root, InbChange what, const char *id, const char *name,
                        GObject *source, GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_changes_finish (GAsyncResult *result, GError **error);

G_END_DECLS
