/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"
#include "store/inb-keys.h"

G_BEGIN_DECLS

/**
 * InbSecretName:
 * @key: what the keys' store is asked for; borrows from the provider and from the rest
 * @home: (nullable): the origin a person set instead of the service's; the key is bound to it
 * @label: "Inbetween: Kling AI, Access key"
 *
 * Which key one credential of a provider is.
 */
typedef struct
{
  InbKeyName key;
  char *home;
  char *label;
} InbSecretName;

const InbCredential *inb_secret_name_find_credential (const InbProvider *provider,
                                                      const char *name);
const InbSignIn *inb_secret_name_find_sign_in (const InbProvider *provider);
InbSecretName *inb_secret_name_new (const InbProvider *provider, const InbCredential *credential,
                                    GError **error);
void inb_secret_name_free (InbSecretName *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSecretName, inb_secret_name_free)

G_END_DECLS
