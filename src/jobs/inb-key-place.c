/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-key-place.h"

#include <glib/gi18n.h>

#include "jobs/inb-secret-name.h"

typedef enum
{
  WISH_LOOK,
  WISH_KEEP,
  WISH_CLEAR,
} Wish;

typedef struct
{
  const InbProvider *provider; /* lives as long as the program, and its credential with it */
  const InbCredential *credential;
  Wish wish;
  char *key;
} Order;

static void
order_free (Order *self)
{
  inb_keys_free (self->key);
  g_free (self);
}

/* As inb_keys_find() reads them */
static const char *
find_variable (const InbCredential *credential)
{
  for (guint i = 0; credential->env != NULL && credential->env[i] != NULL; i++)
    {
      const char *value = g_getenv (credential->env[i]);

      if (value != NULL && *value != '\0')
        return credential->env[i];
    }
  return NULL;
}

static void
serve_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Order *self = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSecretName) name = inb_secret_name_new (self->provider, self->credential, &error);
  InbKeyPlace place = { 0 };
  gboolean good = name != NULL;

  if (good && self->wish == WISH_KEEP)
    good = inb_keys_keep (&name->key, self->key, NULL, &error);
  if (good && self->wish == WISH_CLEAR)
    good = inb_keys_clear (&name->key, &error);
  g_clear_pointer (&self->key, inb_keys_free);
  if (!good)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  place.source = inb_keys_look (&name->key, &place.locked);
  if (place.source == INB_KEY_ENVIRONMENT)
    place.variable = find_variable (self->credential);
  g_task_return_pointer (task, g_memdup2 (&place, sizeof place), g_free);
}

static void
serve (const InbProvider *provider, const InbCredential *credential, Wish wish, const char *key,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *self = g_new0 (Order, 1);

  self->provider = provider;
  self->credential = credential;
  self->wish = wish;
  self->key = key != NULL ? inb_keys_copy (key) : NULL;
  g_task_set_source_tag (task, serve);
  g_task_set_task_data (task, self, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, serve_in_thread);
}

/**
 * inb_key_place_look_async:
 * @provider: a hosted provider
 * @credential: one of its credentials
 * @cancellable: (nullable): not to be told any more
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Nobody is asked for a password.
 */
void
inb_key_place_look_async (const InbProvider *provider, const InbCredential *credential,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  serve (provider, credential, WISH_LOOK, NULL, cancellable, callback, user_data);
}

/**
 * inb_key_place_keep_async:
 * @provider: a hosted provider
 * @credential: one of its credentials
 * @key: what a person typed; copied into memory that is wiped
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Keeps it in the keyring, or, where there is none or it stays locked, until the program ends.
 */
void
inb_key_place_keep_async (const InbProvider *provider, const InbCredential *credential,
                          const char *key, GAsyncReadyCallback callback, gpointer user_data)
{
  serve (provider, credential, WISH_KEEP, key, NULL, callback, user_data);
}

/**
 * inb_key_place_clear_async:
 * @provider: a hosted provider
 * @credential: one of its credentials
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Forgets the key. What the environment says stays.
 */
void
inb_key_place_clear_async (const InbProvider *provider, const InbCredential *credential,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  serve (provider, credential, WISH_CLEAR, NULL, NULL, callback, user_data);
}

/**
 * inb_key_place_finish:
 * @result: of one of the above
 * @place: (out caller-allocates): where the key is now
 * @error: as inb_home_find(), inb_keys_keep() and inb_keys_clear(); %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if it was done
 */
gboolean
inb_key_place_finish (GAsyncResult *result, InbKeyPlace *place, GError **error)
{
  g_autofree InbKeyPlace *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found != NULL)
    *place = *found;
  return found != NULL;
}

/**
 * inb_key_place_dup_words:
 * @place: where a key is
 *
 * Returns: (transfer full): the same in words
 */
char *
inb_key_place_dup_words (const InbKeyPlace *place)
{
  switch (place->source)
    {
    case INB_KEY_SECRET_SERVICE:
      return g_strdup (place->locked ? _ ("In the keyring, which is locked")
                                     : _ ("Kept in the keyring"));
    case INB_KEY_ENVIRONMENT:
      /* Translators: name of an environment variable. */
      return g_strdup_printf (_ ("From the variable %s"),
                              place->variable != NULL ? place->variable : "");
    case INB_KEY_SESSION:
      return g_strdup (_ ("Kept until the program ends: no keyring takes it"));
    case INB_KEY_NONE:
    default:
      return g_strdup (_ ("No key yet"));
    }
}
