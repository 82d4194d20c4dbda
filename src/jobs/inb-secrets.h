/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"
#include "store/inb-keys.h"

G_BEGIN_DECLS

/**
 * InbSecrets:
 * @values: (element-type utf8 utf8): credential's name → key; at least one way to sign in is whole
 * @source: where they come from
 * @home: (nullable): the origin they go to instead of the service's
 * @mark: tells keys apart without telling them
 *
 * What a process can show a service.
 */
typedef struct
{
  GHashTable *values;
  InbKeySource source;
  char *home;
  char *mark;
} InbSecrets;

InbSecrets *inb_secrets_load (const InbProvider *provider, GError **error);
void inb_secrets_load_async (const InbProvider *provider, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
InbSecrets *inb_secrets_load_finish (GAsyncResult *result, GError **error);
void inb_secrets_free (InbSecrets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSecrets, inb_secrets_free)

G_END_DECLS
