/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-secret-name.h"

#include <glib/gi18n.h>

#include "jobs/inb-home.h"

/**
 * inb_secret_name_find_credential:
 * @provider: a hosted provider
 * @name: such as "api_key"
 *
 * Returns: (transfer none) (nullable): the credential
 */
const InbCredential *
inb_secret_name_find_credential (const InbProvider *provider, const char *name)
{
  const GPtrArray *credentials = provider->service->credentials;

  for (guint i = 0; i < credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (credentials, i);

      if (g_str_equal (credential->name, name))
        return credential;
    }
  return NULL;
}

/**
 * inb_secret_name_new:
 * @provider: a hosted provider; lives as long as the name
 * @credential: one of its credentials
 * @error: as inb_home_find()
 *
 * A key is bound to the provider's id and to the origin its requests go to: that of the service,
 * or the one a person set instead, which so never gets a key that was kept for the service. What
 * the environment holds goes to either: both are the same person's, in the same place.
 *
 * Returns: (transfer full) (nullable): the name
 */
InbSecretName *
inb_secret_name_new (const InbProvider *provider, const InbCredential *credential, GError **error)
{
  g_autoptr (InbSecretName) self = g_new0 (InbSecretName, 1);

  if (!inb_home_find (provider, &self->home, error))
    return NULL;
  /* Translators: what a keyring shows: the program, a provider, a kind of key. */
  self->label = g_strdup_printf (_ ("Inbetween: %s, %s"), provider->name, credential->label);
  self->key.provider = provider->id;
  self->key.origin =
      self->home != NULL ? self->home : g_hash_table_lookup (provider->service->hosts, "api");
  self->key.credential = credential->name;
  self->key.label = self->label;
  self->key.env = (const char *const *) credential->env;
  return g_steal_pointer (&self);
}

/**
 * inb_secret_name_free:
 * @self: (transfer full): a name
 */
void
inb_secret_name_free (InbSecretName *self)
{
  g_free (self->home);
  g_free (self->label);
  g_free (self);
}

static gboolean
is_kept (const InbProvider *provider, const char *name)
{
  const InbCredential *credential = inb_secret_name_find_credential (provider, name);
  g_autoptr (InbSecretName) key = inb_secret_name_new (provider, credential, NULL);

  return key != NULL && inb_keys_look (&key->key, NULL) != INB_KEY_NONE;
}

/**
 * inb_secret_name_find_sign_in:
 * @provider: any
 *
 * As inb_secrets_load() would choose, without reading a key or asking anybody for a password. Waits
 * for the keyring up to 10 s for each credential.
 *
 * Returns: (transfer none) (nullable): the first way to sign in of which all keys are there; else
 * the first; %NULL where none is needed
 */
const InbSignIn *
inb_secret_name_find_sign_in (const InbProvider *provider)
{
  const GPtrArray *ways = provider->service != NULL ? provider->service->sign_ins : NULL;

  for (guint i = 0; ways != NULL && i < ways->len; i++)
    {
      const InbSignIn *way = g_ptr_array_index (ways, i);
      gboolean whole = TRUE;

      for (guint j = 0; whole && way->with[j] != NULL; j++)
        whole = is_kept (provider, way->with[j]);
      if (whole)
        return way;
    }
  return ways != NULL && ways->len > 0 ? g_ptr_array_index (ways, 0) : NULL;
}
