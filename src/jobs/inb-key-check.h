/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"
#include "store/inb-keys.h"

G_BEGIN_DECLS

/**
 * InbKeyReport:
 * @source: where the key is from
 * @checked: whether the service was asked; %FALSE where it has no free way to try a key
 * @knows_balance: whether it told what is left
 * @balance_micros: micro-dollars that are left
 *
 * What a service says to the key that is there.
 */
typedef struct
{
  InbKeySource source;
  gboolean checked;
  gboolean knows_balance;
  gint64 balance_micros;
} InbKeyReport;

void inb_key_check_async (const InbProvider *provider, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_key_check_finish (GAsyncResult *result, InbKeyReport *report, GError **error);
char *inb_key_check_dup_words (const InbProvider *provider, const InbKeyReport *report);

G_END_DECLS
