/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

typedef enum
{
  INB_CHANGE_CANCEL,
  INB_CHANGE_RESUME,
  INB_CHANGE_LOST,
  INB_CHANGE_RESEND,
  INB_CHANGE_LOOK,
  INB_CHANGE_RENAME_PRODUCT,
  INB_CHANGE_DROP_PRODUCT,
  INB_CHANGE_DELETE,
  INB_CHANGE_UNDELETE,
  INB_CHANGE_TRASH,
  INB_CHANGE_MARK,
  INB_CHANGE_NAME,
  INB_CHANGE_DRAFT,
  INB_CHANGE_SETTING,
  INB_CHANGE_CLEAN,
} InbChangeKind;

/**
 * InbChange:
 * @kind: what to change
 * @id: (nullable): UUID of a job or of a product, or the name of a setting
 * @text: (nullable): the product's name, the take's (%NULL: none), or the setting's value (%NULL:
 * none)
 * @draft: (nullable): the product's form, text
 * @number: a mark, a time, or an #InbStorageKind
 *
 * One thing a person changes. Borrowed for the call.
 */
typedef struct
{
  InbChangeKind kind;
  const char *id;
  const char *text;
  const char *draft;
  gint64 number;
} InbChange;

void inb_changes_add_async (const char *root, const InbRequest *request, const char *product_id,
                            const char *product_name, guint hold_s, GObject *source,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *inb_changes_add_finish (GAsyncResult *result, GError **error);
void inb_changes_async (const char *root, const InbChange *change, GObject *source,
                        GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_changes_finish (GAsyncResult *result, GError **error);
void inb_changes_flush (void);

G_END_DECLS
