/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

/**
 * InbIncoming:
 * @files: (nullable) (element-type GFile): what was dropped or pasted as files, folders or
 * addresses of the web, ≥ 1
 * @bytes: (nullable): a picture that came as bytes, in any format, not decoded
 * @job: (nullable): a take of this program
 *
 * Exactly one of the three is set.
 */
typedef struct
{
  GPtrArray *files;
  GBytes *bytes;
  InbJob *job;
} InbIncoming;

/**
 * InbIncomingFunc:
 * @incoming: (nullable): what came
 * @error: (nullable): why nothing did, a sentence for the person
 * @user_data: as given
 */
typedef void (*InbIncomingFunc) (const InbIncoming *incoming, const GError *error,
                                 gpointer user_data);

void inb_incoming_free (InbIncoming *self);
void inb_incoming_read_async (GObject *drop_or_clipboard, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
InbIncoming *inb_incoming_read_finish (GAsyncResult *result, GError **error);
void inb_incoming_add_drop_target (GtkWidget *widget, InbIncomingFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIncoming, inb_incoming_free)

G_END_DECLS
