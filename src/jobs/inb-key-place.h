/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"
#include "store/inb-keys.h"

G_BEGIN_DECLS

/**
 * InbKeyPlace:
 * @source: where the key would be taken from
 * @locked: whether a keyring has to be unlocked first
 * @variable: (nullable): with %INB_KEY_ENVIRONMENT: which; the credential's
 *
 * Where one of a service's keys is.
 */
typedef struct
{
  InbKeySource source;
  gboolean locked;
  const char *variable;
} InbKeyPlace;

/* Each waits for the keyring in a thread; no key is read for any of them. */
void inb_key_place_look_async (const InbProvider *provider, const InbCredential *credential,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
void inb_key_place_keep_async (const InbProvider *provider, const InbCredential *credential,
                               const char *key, GAsyncReadyCallback callback, gpointer user_data);
void inb_key_place_clear_async (const InbProvider *provider, const InbCredential *credential,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_key_place_finish (GAsyncResult *result, InbKeyPlace *place, GError **error);
char *inb_key_place_dup_words (const InbKeyPlace *place);

G_END_DECLS
