/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-keyring.h"

#include <libsecret/secret.h>
#include <string.h>

/* A keyring answers in a few milliseconds; one that says nothing for so long never will. Chosen. */
#define MACHINE_MS 10000
/* A person types the password of a keyring, or walks away. Chosen. */
#define PERSON_MS 120000
/* What was cancelled must come back; a keyring that has died inside its own question does not. */
#define GRACE_MS 2000
/* A keyring that hung is left alone for so long, so that ten keys do not wait ten times. */
#define REST_US (60 * G_USEC_PER_SEC)

/* So often one name is removed before it counts as not to be got rid of. Chosen. */
#define MAX_TWINS 8

static const SecretSchema schema = {
  APP_ID ".Key",
  SECRET_SCHEMA_NONE,
  {
      { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "credential", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* One at a time: a person is asked for one password at once, and libsecret's one connection to the
 * keyring is never shared between threads. */
static GMutex lock;
static gint64 rests_until_us;
static guint machine_ms = MACHINE_MS;
static guint person_ms = PERSON_MS;

typedef struct
{
  GAsyncResult *result;
} Answer;

/* One conversation with the keyring, in this thread, on a context of its own. */
typedef struct
{
  GMainContext *context;
  GCancellable *cancellable;
  GSource *timer;
  Answer *answer;
  gboolean given_up;
} Talk;

static void
clear_answer (gpointer data)
{
  Answer *answer = data;

  g_clear_object (&answer->result);
}

static void
answer_unref (Answer *answer)
{
  g_rc_box_release_full (answer, clear_answer);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data; /* a reference travelled with the call */

  g_set_object (&answer->result, result);
  answer_unref (answer);
}

static void
set_patience (Talk *talk, guint ms)
{
  g_source_set_ready_time (talk->timer, g_get_monotonic_time () + ms * (gint64) 1000);
}

/* First what runs is cancelled; if even that is not answered, it is left behind. */
static gboolean
out_of_patience_cb (gpointer user_data)
{
  Talk *talk = user_data;

  talk->given_up = g_cancellable_is_cancelled (talk->cancellable);
  g_cancellable_cancel (talk->cancellable);
  set_patience (talk, MIN (GRACE_MS, machine_ms));
  return G_SOURCE_CONTINUE;
}

/* What comes from the keyring is told by what is found there; the library's own warnings of
 * answers it cannot read would reach the person's terminal. */
static void
swallow_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

static void
be_quiet (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  g_log_set_handler ("libsecret",
                     G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_MESSAGE |
                         G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                     swallow_cb, NULL);
  g_once_init_leave (&once, 1);
}

/* The data for the next call's answered_cb. */
static gpointer
expect_answer (Talk *talk)
{
  g_clear_pointer (&talk->answer, answer_unref);
  talk->answer = g_rc_box_new0 (Answer);
  return g_rc_box_acquire (talk->answer);
}

/* Lends the result, NULL if there will be none. */
static GAsyncResult *
wait_for_answer (Talk *talk)
{
  while (talk->answer->result == NULL && !talk->given_up)
    g_main_context_iteration (talk->context, TRUE);
  return talk->answer->result;
}

/* Without a bus libsecret need not be asked. And the end of a session's bus must not end this
 * process, as GLib would have it: a paid request may be on its way. */
static gboolean
find_bus (Talk *talk, GError **error)
{
  g_autoptr (GDBusConnection) bus = NULL;
  GAsyncResult *result;

  g_bus_get (G_BUS_TYPE_SESSION, talk->cancellable, answered_cb, expect_answer (talk));
  result = wait_for_answer (talk);
  bus = result != NULL ? g_bus_get_finish (result, error) : NULL;
  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE);
  return bus != NULL;
}

static gboolean
begin (Talk *talk, GError **error)
{
  g_mutex_lock (&lock);
  be_quiet ();
  talk->context = g_main_context_new ();
  g_main_context_push_thread_default (talk->context);
  talk->cancellable = g_cancellable_new ();
  talk->timer = g_timeout_source_new (machine_ms);
  g_source_set_callback (talk->timer, out_of_patience_cb, talk, NULL);
  g_source_attach (talk->timer, talk->context);
  return g_get_monotonic_time () >= rests_until_us && find_bus (talk, error);
}

/* Each question begins anew: libsecret 0.20 loses a reference to its connection whenever one is
 * used again, and these proxies listen on a context that ends with the conversation, so that they
 * would never hear of a keyring that was started again. What was found before must be let go first.
 */
static void
forget_connection (void)
{
  secret_service_disconnect ();
}

static void
end (Talk *talk)
{
  if (g_cancellable_is_cancelled (talk->cancellable))
    rests_until_us = g_get_monotonic_time () + REST_US;
  g_clear_pointer (&talk->answer, answer_unref);
  g_source_destroy (talk->timer);
  g_source_unref (talk->timer);
  forget_connection ();
  while (g_main_context_iteration (talk->context, FALSE))
    ;
  g_main_context_pop_thread_default (talk->context);
  g_main_context_unref (talk->context);
  g_object_unref (talk->cancellable);
  g_mutex_unlock (&lock);
}

static GHashTable *
make_attributes (const InbKeyName *name)
{
  return secret_attributes_build (&schema, "provider", name->provider, "origin", name->origin,
                                  "credential", name->credential, NULL);
}

/* A keyring that is loose about what it finds must not send a key to another service. */
static gboolean
is_meant (SecretRetrievable *item, const InbKeyName *name)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item);

  return attributes != NULL &&
         g_strcmp0 (g_hash_table_lookup (attributes, "provider"), name->provider) == 0 &&
         g_strcmp0 (g_hash_table_lookup (attributes, "origin"), name->origin) == 0 &&
         g_strcmp0 (g_hash_table_lookup (attributes, "credential"), name->credential) == 0;
}

static SecretRetrievable *
find_item (Talk *talk, const InbKeyName *name, SecretSearchFlags flags)
{
  g_autoptr (GHashTable) attributes = make_attributes (name);
  g_autolist (SecretRetrievable) found = NULL;
  GAsyncResult *result;

  forget_connection ();
  secret_password_searchv (&schema, attributes, flags, talk->cancellable, answered_cb,
                           expect_answer (talk));
  result = wait_for_answer (talk);
  if (result != NULL)
    found = secret_password_search_finish (result, NULL);
  return found != NULL && is_meant (found->data, name) ? g_object_ref (found->data) : NULL;
}

static gboolean
is_locked (SecretRetrievable *item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item));
}

/* Into memory that is not swapped out, where the system allows it, and wiped when freed. */
static char *
copy_text (SecretValue *value)
{
  gsize length = 0;
  const char *text = secret_value_get (value, &length);

  if (text == NULL || length == 0 || memchr (text, '\0', length) != NULL)
    return NULL;
  return secret_value_unref_to_password (secret_value_new (text, (gssize) length, "text/plain"),
                                         NULL);
}

static char *
read_item (Talk *talk, SecretRetrievable *item)
{
  g_autoptr (SecretValue) value = NULL;
  GAsyncResult *result;

  secret_retrievable_retrieve_secret (item, talk->cancellable, answered_cb, expect_answer (talk));
  result = wait_for_answer (talk);
  if (result != NULL)
    value = secret_retrievable_retrieve_secret_finish (item, result, NULL);
  return value != NULL ? copy_text (value) : NULL;
}

/**
 * inb_keyring_look:
 * @name: which key
 *
 * Asks nobody for a password and reads no key.
 *
 * Returns: whether the keyring holds it
 */
InbKeyringState
inb_keyring_look (const InbKeyName *name)
{
  g_autoptr (SecretRetrievable) item = NULL;
  InbKeyringState state = INB_KEYRING_NONE;
  Talk talk = { 0 };

  if (begin (&talk, NULL))
    item = find_item (&talk, name, SECRET_SEARCH_NONE);
  if (item != NULL)
    state = is_locked (item) ? INB_KEYRING_LOCKED : INB_KEYRING_OPEN;
  g_clear_object (&item);
  end (&talk);
  return state;
}

/**
 * inb_keyring_get:
 * @name: which key
 *
 * Asks the person to unlock the keyring if the key is there and locked; 10 s are waited for the
 * machine, 2 minutes for the person.
 *
 * Returns: (transfer full) (nullable): the key, any text; %NULL if there is none to be had, for
 * whatever reason. inb_keys_free() frees it
 */
char *
inb_keyring_get (const InbKeyName *name)
{
  g_autoptr (SecretRetrievable) item = NULL;
  char *key = NULL;
  Talk talk = { 0 };

  if (begin (&talk, NULL))
    item = find_item (&talk, name, SECRET_SEARCH_NONE);
  if (item != NULL && is_locked (item))
    {
      g_clear_object (&item);
      set_patience (&talk, person_ms);
      item = find_item (&talk, name, SECRET_SEARCH_UNLOCK);
    }
  if (item != NULL && !is_locked (item))
    key = read_item (&talk, item);
  g_clear_object (&item);
  end (&talk);
  return key;
}

/**
 * inb_keyring_ask:
 * @error: what the bus or the keyring said, in its own domain and words; not set if neither said
 * anything
 *
 * Looks for a key that nobody has. Asks nobody for a password, reads no key and writes none.
 *
 * Returns: whether a keyring answers
 */
gboolean
inb_keyring_ask (GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (&(InbKeyName){ "none", "none", "none" });
  g_autoptr (GError) problem = NULL;
  GAsyncResult *result = NULL;
  Talk talk = { 0 };

  if (begin (&talk, &problem))
    {
      forget_connection ();
      secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE, talk.cancellable,
                               answered_cb, expect_answer (&talk));
      result = wait_for_answer (&talk);
    }
  if (result != NULL)
    g_list_free_full (secret_password_search_finish (result, &problem), g_object_unref);
  end (&talk);
  if (result != NULL && problem == NULL)
    return TRUE;
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * inb_keyring_put:
 * @name: which key
 * @key: the key
 *
 * Puts it into the default collection, in the place of an older one. The person may be asked for a
 * password.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
inb_keyring_put (const InbKeyName *name, const char *key)
{
  g_autoptr (GHashTable) attributes = make_attributes (name);
  g_autoptr (SecretRetrievable) item = NULL;
  GAsyncResult *result = NULL;
  gboolean kept = FALSE;
  Talk talk = { 0 };

  if (begin (&talk, NULL))
    {
      /* a question that needs no person comes first, so that a keyring that hangs is found out */
      item = find_item (&talk, name, SECRET_SEARCH_NONE);
      g_clear_object (&item);
      if (!g_cancellable_is_cancelled (talk.cancellable))
        {
          set_patience (&talk, person_ms);
          forget_connection ();
          secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, name->label, key,
                                  talk.cancellable, answered_cb, expect_answer (&talk));
          result = wait_for_answer (&talk);
        }
      kept = result != NULL && secret_password_store_finish (result, NULL);
    }
  end (&talk);
  return kept;
}

/* An item is deleted by itself: the call that deletes what matches answers twice when the keyring
 * refuses (libsecret 0.20), which GLib tells on the terminal. The store of a Flatpak has only that
 * call, and cannot refuse. */
static gboolean
delete_item (Talk *talk, const InbKeyName *name, SecretRetrievable *item)
{
  g_autoptr (GHashTable) attributes = make_attributes (name);
  GAsyncResult *result;

  if (SECRET_IS_ITEM (item))
    {
      secret_item_delete (SECRET_ITEM (item), talk->cancellable, answered_cb, expect_answer (talk));
      result = wait_for_answer (talk);
      return result != NULL && secret_item_delete_finish (SECRET_ITEM (item), result, NULL);
    }
  secret_password_clearv (&schema, attributes, talk->cancellable, answered_cb,
                          expect_answer (talk));
  result = wait_for_answer (talk);
  return result != NULL && secret_password_clear_finish (result, NULL);
}

/* Returns: whether one was found and is gone now; gone: whether none is there any more */
static gboolean
remove_one (Talk *talk, const InbKeyName *name, gboolean *gone)
{
  g_autoptr (SecretRetrievable) item = find_item (talk, name, SECRET_SEARCH_NONE);

  *gone = item == NULL;
  if (item == NULL)
    return FALSE;
  set_patience (talk, person_ms);
  if (is_locked (item))
    {
      g_clear_object (&item);
      item = find_item (talk, name, SECRET_SEARCH_UNLOCK);
    }
  return item != NULL && !is_locked (item) && delete_item (talk, name, item);
}

/**
 * inb_keyring_remove:
 * @name: which key
 *
 * Removes all of that name. The person may be asked for a password.
 *
 * Returns: %TRUE if the keyring holds no such key (any more), or there is no keyring
 */
gboolean
inb_keyring_remove (const InbKeyName *name)
{
  gboolean gone = TRUE;
  Talk talk = { 0 };

  if (begin (&talk, NULL))
    for (guint i = 0; i < MAX_TWINS && remove_one (&talk, name, &gone); i++)
      ;
  end (&talk);
  return gone;
}

/**
 * inb_keyring_set_patience:
 * @for_machine_ms: ms an answer may take that needs no person; 0: 10 s
 * @for_person_ms: ms an answer may take that may need one; 0: 2 minutes
 *
 * For tests. A keyring that has hung is asked again.
 */
void
inb_keyring_set_patience (guint for_machine_ms, guint for_person_ms)
{
  g_mutex_lock (&lock);
  machine_ms = for_machine_ms > 0 ? for_machine_ms : MACHINE_MS;
  person_ms = for_person_ms > 0 ? for_person_ms : PERSON_MS;
  rests_until_us = 0;
  g_mutex_unlock (&lock);
}
