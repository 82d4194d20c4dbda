/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-keys.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <string.h>

#include "core/inb-error.h"
#include "store/inb-keyring.h"

/* What an HTTP header takes without doubt: visible ASCII. libsoup drops a header with a line break
 * (measured), and the request would go out without its key. The bounds are chosen: no service has a
 * shorter key. A signed token (three parts of base64 with dots between, as RFC 7519 has it) is
 * longer: its RSA signature alone takes 342 characters. */
#define MIN_CHARS 8
#define MAX_CHARS 512
#define MAX_TOKEN_CHARS 4096

/* Keys that live as long as this process, where there is no keyring: name → key. */
static GMutex session_lock;
static GHashTable *session;

static char *
make_session_name (const InbKeyName *name)
{
  return g_strjoin ("\n", name->provider, name->origin, name->credential, NULL);
}

static char *
find_in_session (const InbKeyName *name)
{
  g_autofree char *place = make_session_name (name);
  const char *key;
  char *copy;

  g_mutex_lock (&session_lock);
  key = session != NULL ? g_hash_table_lookup (session, place) : NULL;
  copy = key != NULL ? inb_keys_copy (key) : NULL;
  g_mutex_unlock (&session_lock);
  return copy;
}

/* key: NULL forgets the one that is there. */
static void
set_in_session (const InbKeyName *name, const char *key)
{
  g_autofree char *place = make_session_name (name);

  g_mutex_lock (&session_lock);
  if (session == NULL)
    session =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_keys_free);
  if (key != NULL)
    g_hash_table_replace (session, g_steal_pointer (&place), inb_keys_copy (key));
  else
    g_hash_table_remove (session, place);
  g_mutex_unlock (&session_lock);
}

/* Lends the first that is set to something. */
static const char *
find_in_environment (const InbKeyName *name, const char **variable)
{
  for (gsize i = 0; name->env != NULL && name->env[i] != NULL; i++)
    {
      const char *key = g_getenv (name->env[i]);

      *variable = name->env[i];
      if (key != NULL && *key != '\0')
        return key;
    }
  return NULL;
}

static gboolean
is_token (const char *key)
{
  const char *dot = strchr (key, '.');

  return g_str_has_prefix (key, "eyJ") && dot != NULL && strchr (dot + 1, '.') != NULL;
}

static gboolean
is_good (const char *key)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < length; i++)
    if (key[i] < 0x21 || key[i] > 0x7e)
      return FALSE;
  return length >= MIN_CHARS && length <= (is_token (key) ? MAX_TOKEN_CHARS : MAX_CHARS);
}

/**
 * inb_keys_check:
 * @key: what somebody gave as a key
 * @error: %INB_ERROR_BAD_INPUT, with words that do not hold the key
 *
 * Returns: %TRUE if it is 8 to 512 visible characters of ASCII, or a signed token of at most 4096
 */
gboolean
inb_keys_check (const char *key, GError **error)
{
  if (is_good (key))
    return TRUE;
  return inb_error_refuse (error,
                           _ ("That cannot be a key. A key is %d to %d letters, digits and signs, "
                              "without spaces, line breaks and accents. Copy it again from the "
                              "service's page."),
                           MIN_CHARS, MAX_CHARS);
}

static void
say_none (const InbKeyName *name, GError **error)
{
  const char *variable = name->env != NULL ? name->env[0] : NULL;

  if (variable != NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_KEY,
                 /* Translators: a provider's id twice, kind of key, an environment variable. */
                 _ ("There is no key for “%s”. Nothing was sent and nothing is charged. Give it to "
                    "“inbetween-cli keys set %s --credential %s”, or set %s."),
                 name->provider, name->provider, name->credential, variable);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_KEY,
                 /* Translators: a provider's id twice, kind of key. */
                 _ ("There is no key for “%s”. Nothing was sent and nothing is charged. Give it to "
                    "“inbetween-cli keys set %s --credential %s”."),
                 name->provider, name->provider, name->credential);
}

/**
 * inb_keys_find:
 * @name: which key
 * @source: (out) (optional): where it is from; %INB_KEY_NONE with an error
 * @error: %INB_ERROR_KEY if there is none; %INB_ERROR_BAD_INPUT if the environment holds something
 * that cannot be one
 *
 * The person's keyring first, else the environment, else this process's memory. Waits: for the
 * keyring up to 10 s, for a person who is asked to unlock it up to 2 minutes; so not on the main
 * thread. A keyring that cannot be used counts as one without the key.
 *
 * Returns: (transfer full) (nullable): the key, freed by inb_keys_free()
 */
char *
inb_keys_find (const InbKeyName *name, InbKeySource *source, GError **error)
{
  g_autofree InbKeySource *unused = source == NULL ? g_new0 (InbKeySource, 1) : NULL;
  InbKeySource *found = source != NULL ? source : unused;
  const char *variable = NULL;
  const char *set;
  char *key = inb_keyring_get (name);

  *found = INB_KEY_SECRET_SERVICE;
  if (key != NULL && is_good (key))
    return key;
  g_clear_pointer (&key, inb_keys_free);

  set = find_in_environment (name, &variable);
  *found = set != NULL ? INB_KEY_ENVIRONMENT : INB_KEY_SESSION;
  if (set != NULL && is_good (set))
    return inb_keys_copy (set);
  key = set == NULL ? find_in_session (name) : NULL;
  if (key != NULL)
    return key;

  *found = INB_KEY_NONE;
  if (set != NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 /* Translators: an environment variable, its bounds. */
                 _ ("What %s is set to cannot be a key: that is %d to %d letters, digits and "
                    "signs, without spaces and line breaks. Nothing was sent and nothing is "
                    "charged."),
                 variable, MIN_CHARS, MAX_CHARS);
  else
    say_none (name, error);
  return NULL;
}

/**
 * inb_keys_ask_keyring:
 * @error: %INB_ERROR_NO_ACCESS, with why none answers and what there is instead
 *
 * Waits up to 10 s, so not on the main thread of a window. Reads no key and changes nothing.
 *
 * Returns: whether the person has a keyring that answers
 */
gboolean
inb_keys_ask_keyring (GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (inb_keyring_ask (&problem))
    return TRUE;
  if (problem != NULL && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_dbus_error_strip_remote_error (problem);
  else
    g_clear_error (&problem);
  g_set_error (error, INB_ERROR, INB_ERROR_NO_ACCESS,
               /* Translators: %s is what the system said. */
               _ ("No keyring answers (%s). Keys can come from the variables of the services, or "
                  "last as long as the window."),
               problem != NULL ? problem->message : _ ("it was silent for too long"));
  return FALSE;
}

/**
 * inb_keys_look:
 * @name: which key
 * @locked: (out) (optional): whether a password must be typed before it can be used
 *
 * As inb_keys_find(), without reading the key and without asking anybody for a password. Waits up
 * to 10 s.
 *
 * Returns: where inb_keys_find() would take it from
 */
InbKeySource
inb_keys_look (const InbKeyName *name, gboolean *locked)
{
  InbKeyringState state = inb_keyring_look (name);
  const char *variable = NULL;
  char *key;

  if (locked != NULL)
    *locked = state == INB_KEYRING_LOCKED;
  if (state != INB_KEYRING_NONE)
    return INB_KEY_SECRET_SERVICE;
  if (find_in_environment (name, &variable) != NULL)
    return INB_KEY_ENVIRONMENT;
  key = find_in_session (name);
  if (key == NULL)
    return INB_KEY_NONE;
  inb_keys_free (key);
  return INB_KEY_SESSION;
}

/**
 * inb_keys_keep:
 * @name: which key
 * @key: the key
 * @where: (out) (optional): where it is now: the keyring, or, where there is none or the person
 * does not unlock it, this process's memory
 * @error: %INB_ERROR_BAD_INPUT as inb_keys_check(); nothing changed then
 *
 * Waits as inb_keys_find() does.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
inb_keys_keep (const InbKeyName *name, const char *key, InbKeySource *where, GError **error)
{
  gboolean kept;

  if (!inb_keys_check (key, error))
    return FALSE;
  kept = inb_keyring_put (name, key);
  set_in_session (name, kept ? NULL : key);
  if (where != NULL)
    *where = kept ? INB_KEY_SECRET_SERVICE : INB_KEY_SESSION;
  return TRUE;
}

/**
 * inb_keys_clear:
 * @name: which key
 * @error: %INB_ERROR_NO_ACCESS if the keyring did not let go of it
 *
 * Forgets it, in the keyring and in this process's memory; one that is not there counts as
 * forgotten. What the environment says is not ours to change. Waits as inb_keys_find() does.
 *
 * Returns: %TRUE if it is gone
 */
gboolean
inb_keys_clear (const InbKeyName *name, GError **error)
{
  set_in_session (name, NULL);
  if (inb_keyring_remove (name))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_NO_ACCESS,
               /* Translators: a provider's id. */
               _ ("The keyring did not give up the key of “%s”; it is still there. Unlock the "
                  "keyring and try again."),
               name->provider);
  return FALSE;
}

/**
 * inb_keys_copy:
 * @key: a key
 *
 * Returns: (transfer full): the same, in memory that is not swapped out, where the system allows
 * it; freed by inb_keys_free()
 */
char *
inb_keys_copy (const char *key)
{
  return secret_value_unref_to_password (secret_value_new (key, -1, "text/plain"), NULL);
}

/**
 * inb_keys_free:
 * @key: (transfer full) (nullable): a key
 *
 * Wipes it, then frees it.
 */
void
inb_keys_free (char *key)
{
  secret_password_free (key);
}

/**
 * inb_key_source_to_string:
 * @source: where a key is from
 *
 * Returns: (transfer none): "none", "keyring", "environment" or "session", as JSON and the database
 * have it
 */
const char *
inb_key_source_to_string (InbKeySource source)
{
  static const char *const names[] = { "none", "keyring", "environment", "session" };

  return names[source];
}
