/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-key-book.h"

#include "jobs/inb-secret-name.h"
#include "jobs/inb-secrets.h"
#include "providers/inb-catalogue.h"

/* For which services there is a key: looked up in a thread, all at once, and remembered, so that a
 * screen never waits for a keyring. No key is read here. */
struct _InbKeyBook
{
  GObject parent_instance;

  GHashTable *presences; /* id of a provider → InbKeyPresence */
  gboolean is_looking;
  gboolean look_again; /* something changed while it looked */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbKeyBook, inb_key_book, G_TYPE_OBJECT)

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* One way to sign in: as good as the worst of its keys */
static InbKeyPresence
look_at_sign_in (const InbProvider *provider, const InbSignIn *sign_in)
{
  InbKeyPresence worst = INB_KEY_THERE;

  for (guint i = 0; sign_in->with[i] != NULL; i++)
    {
      const InbCredential *credential =
          inb_secret_name_find_credential (provider, sign_in->with[i]);
      g_autoptr (InbSecretName) name = inb_secret_name_new (provider, credential, NULL);
      gboolean locked = FALSE;

      if (name == NULL || inb_keys_look (&name->key, &locked) == INB_KEY_NONE)
        return INB_KEY_ABSENT;
      if (locked)
        worst = INB_KEY_LOCKED;
    }
  return worst;
}

static InbKeyPresence
look_at (const InbProvider *provider)
{
  InbKeyPresence best = INB_KEY_ABSENT;

  if (provider->service == NULL)
    return INB_KEY_THERE;
  for (guint i = 0; i < provider->service->sign_ins->len && best != INB_KEY_THERE; i++)
    best =
        MAX (best, look_at_sign_in (provider, g_ptr_array_index (provider->service->sign_ins, i)));
  return best;
}

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  GHashTable *presences = new_table ();

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      g_hash_table_insert (presences, g_strdup (provider->id),
                           GINT_TO_POINTER (look_at (provider)));
    }
  g_task_return_pointer (task, presences, (GDestroyNotify) g_hash_table_unref);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InbKeyBook *self = INB_KEY_BOOK (source);
  GHashTable *presences = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_looking = FALSE;
  if (presences != NULL)
    {
      g_hash_table_unref (self->presences);
      self->presences = presences;
    }
  if (self->look_again)
    inb_key_book_look (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
inb_key_book_finalize (GObject *object)
{
  g_hash_table_unref (INB_KEY_BOOK (object)->presences);

  G_OBJECT_CLASS (inb_key_book_parent_class)->finalize (object);
}

static void
inb_key_book_class_init (InbKeyBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_key_book_finalize;

  /* InbKeyBook::changed: it has looked; what it knows may be other than before */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", INB_TYPE_KEY_BOOK, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_key_book_init (InbKeyBook *self)
{
  self->presences = new_table ();
}

/**
 * inb_key_book_new:
 *
 * Returns: (transfer full): a book in which nothing is known yet
 */
InbKeyBook *
inb_key_book_new (void)
{
  return g_object_new (INB_TYPE_KEY_BOOK, NULL);
}

/**
 * inb_key_book_look:
 * @self: a book
 *
 * Looks for the keys of all services, in a thread: at first, and whenever one was set or removed.
 * #InbKeyBook::changed follows in the caller's thread. Nobody is asked for a password.
 */
void
inb_key_book_look (InbKeyBook *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (INB_IS_KEY_BOOK (self));

  self->look_again = self->is_looking;
  if (self->is_looking)
    return;
  self->is_looking = TRUE;
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, inb_key_book_look);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * inb_key_book_get:
 * @self: a book
 * @provider: id
 *
 * Returns: what is known of its key; %INB_KEY_UNSEEN before the first look has ended
 */
InbKeyPresence
inb_key_book_get (InbKeyBook *self, const char *provider)
{
  return (InbKeyPresence) GPOINTER_TO_INT (g_hash_table_lookup (self->presences, provider));
}

/**
 * inb_key_book_get_all:
 * @self: a book
 *
 * Returns: (transfer none) (element-type utf8 InbKeyPresence): what is known, by id of a provider;
 * another one after each #InbKeyBook::changed
 */
GHashTable *
inb_key_book_get_all (InbKeyBook *self)
{
  return self->presences;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSecrets) secrets = inb_secrets_load_finish (result, &error);

  inb_key_book_look (g_task_get_source_object (task));
  if (secrets != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_key_book_unlock_async:
 * @self: a book
 * @provider: id of a hosted provider
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Has the keyring ask for its password, by reading the key once and dropping it. Then looks again.
 */
void
inb_key_book_unlock_async (InbKeyBook *self, const char *provider, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  const InbProvider *found = inb_catalogue_find (provider, &error);

  g_task_set_source_tag (task, inb_key_book_unlock_async);
  if (found == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (found->service == NULL)
    g_task_return_boolean (task, TRUE);
  else
    inb_secrets_load_async (found, NULL, unlocked_cb, g_steal_pointer (&task));
}

/**
 * inb_key_book_unlock_finish:
 * @self: a book
 * @result: of inb_key_book_unlock_async()
 * @error: as inb_secrets_load()
 *
 * Returns: %TRUE if the key can be read now
 */
gboolean
inb_key_book_unlock_finish (InbKeyBook *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
