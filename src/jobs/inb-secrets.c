/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-secrets.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-home.h"
#include "jobs/inb-secret-name.h"

/* Enough to tell a person's keys apart */
#define MARK_CHARS 16

/**
 * inb_secrets_free:
 * @self: (transfer full): keys, wiped
 */
void
inb_secrets_free (InbSecrets *self)
{
  g_hash_table_unref (self->values);
  g_free (self->home);
  g_free (self->mark);
  g_free (self);
}

static char *
find_key (InbSecrets *self, const InbProvider *provider, const char *name, GError **error)
{
  const InbCredential *credential = inb_secret_name_find_credential (provider, name);
  g_autoptr (InbSecretName) key = NULL;

  g_return_val_if_fail (credential != NULL, NULL); /* the loader has looked */
  key = inb_secret_name_new (provider, credential, error);
  return key != NULL ? inb_keys_find (&key->key, &self->source, error) : NULL;
}

/* All keys of one way to sign in, or none */
static gboolean
load_sign_in (InbSecrets *self, const InbProvider *provider, const InbSignIn *sign_in,
              GError **error)
{
  g_hash_table_remove_all (self->values);
  for (guint i = 0; sign_in->with[i] != NULL; i++)
    {
      char *key = find_key (self, provider, sign_in->with[i], error);

      if (key == NULL)
        return FALSE;
      g_hash_table_insert (self->values, g_strdup (sign_in->with[i]), key);
    }
  return TRUE;
}

static char *
make_mark (const InbSecrets *self, const InbProvider *provider, const char *origin)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GList) names = g_hash_table_get_keys (self->values);

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  g_checksum_update (checksum, (const guchar *) provider->id, -1);
  g_checksum_update (checksum, (const guchar *) origin, -1);
  for (GList *name = names; name != NULL; name = name->next)
    g_checksum_update (checksum, g_hash_table_lookup (self->values, name->data), -1);
  return g_strndup (g_checksum_get_string (checksum), MARK_CHARS);
}

static gboolean
refuse (const InbProvider *provider, GError **error)
{
  const InbCredential *first = g_ptr_array_index (provider->service->credentials, 0);

  if (first->env != NULL && first->env[0] != NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_KEY,
                 _ ("There is no key for %s, so nothing was sent or charged. Set one with "
                    "“inbetween-cli keys set %s”, or in the variable %s."),
                 inb_provider_get_name (provider), provider->id, first->env[0]);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_KEY,
                 _ ("There is no key for %s, so nothing was sent or charged. Set one with "
                    "“inbetween-cli keys set %s”."),
                 inb_provider_get_name (provider), provider->id);
  return FALSE;
}

/**
 * inb_secrets_load:
 * @provider: a hosted provider
 * @error: %INB_ERROR_KEY if no way to sign in is whole, and as inb_home_find() and inb_keys_find()
 *
 * Finds the keys for the first way to sign in that is whole. Blocks for as long as the keyring
 * does: never in a thread that has something else to do.
 *
 * Returns: (transfer full) (nullable): the keys
 */
InbSecrets *
inb_secrets_load (const InbProvider *provider, GError **error)
{
  const InbService *service = provider->service;
  g_autoptr (InbSecrets) self = g_new0 (InbSecrets, 1);
  g_autoptr (GError) missing = NULL; /* from a way to sign in that is there in part */
  const char *origin;

  self->values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_keys_free);
  if (!inb_home_find (provider, &self->home, error))
    return NULL;
  origin = self->home != NULL ? self->home : g_hash_table_lookup (service->hosts, "api");
  for (guint i = 0; i < service->sign_ins->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (load_sign_in (self, provider, g_ptr_array_index (service->sign_ins, i), &problem))
        {
          self->mark = make_mark (self, provider, origin);
          return g_steal_pointer (&self);
        }
      if (!g_error_matches (problem, INB_ERROR, INB_ERROR_KEY))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (missing == NULL && g_hash_table_size (self->values) > 0)
        missing = g_steal_pointer (&problem);
    }
  if (missing != NULL)
    g_propagate_error (error, g_steal_pointer (&missing));
  else
    refuse (provider, error);
  return NULL;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  InbSecrets *self = inb_secrets_load (task_data, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) inb_secrets_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_secrets_load_async:
 * @provider: a hosted provider; lives as long as the program
 * @cancellable: (nullable): not to be told any more
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 */
void
inb_secrets_load_async (const InbProvider *provider, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_secrets_load_async);
  g_task_set_task_data (task, (gpointer) provider, NULL);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * inb_secrets_load_finish:
 * @result: of inb_secrets_load_async()
 * @error: as inb_secrets_load()
 *
 * Returns: (transfer full) (nullable): the keys
 */
InbSecrets *
inb_secrets_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
