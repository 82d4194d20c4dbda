/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  INB_KEY_NONE,
  INB_KEY_SECRET_SERVICE,
  INB_KEY_ENVIRONMENT,
  INB_KEY_SESSION,
} InbKeySource;

/**
 * InbKeyName:
 * @provider: id of a provider
 * @origin: the https origin the key may go to; a key is bound to both
 * @credential: "api_key"
 * @label: (nullable): what the person's keyring shows
 * @env: (nullable) (array zero-terminated): environment variables that may hold it, in order
 *
 * Which key is meant. Borrowed for a call.
 */
typedef struct
{
  const char *provider;
  const char *origin;
  const char *credential;
  const char *label;
  const char *const *env;
} InbKeyName;

gboolean inb_keys_check (const char *key, GError **error);
gboolean inb_keys_ask_keyring (GError **error);
char *inb_keys_find (const InbKeyName *name, InbKeySource *source, GError **error);
InbKeySource inb_keys_look (const InbKeyName *name, gboolean *locked);
gboolean inb_keys_keep (const InbKeyName *name, const char *key, InbKeySource *where,
                        GError **error);
gboolean inb_keys_clear (const InbKeyName *name, GError **error);
char *inb_keys_copy (const char *key);
void inb_keys_free (char *key);
const char *inb_key_source_to_string (InbKeySource source);

G_END_DECLS
