/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-key-input.h"
#include "core/inb-error.h"
#include "jobs/inb-secret-name.h"
#include "providers/inb-catalogue.h"

static const InbProvider *
find_provider (const char *id, GError **error)
{
  const InbProvider *provider = inb_catalogue_find (id, error);

  if (provider == NULL || provider->service != NULL)
    return provider;
  inb_error_refuse (error, _ ("“%s” works on this computer and needs no key."), id);
  return NULL;
}

/* Without a name the first: the one the service prefers. */
static const InbCredential *
find_credential (const InbProvider *provider, const char *name, GError **error)
{
  const GPtrArray *all = provider->service->credentials;
  const InbCredential *credential;
  g_autoptr (GString) known = NULL;

  if (name == NULL)
    return g_ptr_array_index (all, 0);
  credential = inb_secret_name_find_credential (provider, name);
  if (credential != NULL)
    return credential;
  known = g_string_new (NULL);
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            ((const InbCredential *) g_ptr_array_index (all, i))->name);
  inb_cli_refuse (error, "--credential", name, known->str);
  return NULL;
}

static void
print_where (const InbSecretName *name, InbKeySource source)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", name->key.provider);
  inb_json_add_string (builder, "credential", name->key.credential);
  inb_json_add_string (builder, "source", inb_key_source_to_string (source));
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

/* This process ends with the command, and its memory with it. */
static void
say_not_kept (const InbSecretName *name)
{
  const char *const *env = name->key.env;

  if (env != NULL && env[0] != NULL)
    inb_cli_say (_ ("There is no keyring here that takes it: the key is not kept. Set %s in the "
                    "environment instead."),
                 env[0]);
  else
    inb_cli_say (_ ("There is no keyring here that takes it: the key is not kept. Start or unlock "
                    "a keyring (a Secret Service) and try again."));
}

static int
set (const InbProvider *provider, const InbCredential *credential, gboolean json, GError **error)
{
  g_autoptr (InbSecretName) name = inb_secret_name_new (provider, credential, error);
  InbKeySource where = INB_KEY_NONE;
  char *key = name != NULL ? inb_cli_key_input_read (name->label, error) : NULL;
  gboolean kept = key != NULL && inb_keys_keep (&name->key, key, &where, error);

  inb_keys_free (key);
  if (!kept)
    return -1;
  if (where == INB_KEY_SESSION)
    where = INB_KEY_NONE;
  if (json)
    print_where (name, where);
  else if (where == INB_KEY_SECRET_SERVICE)
    g_print (_ ("The key is in the keyring, as “%s”.\n"), name->label);
  if (where == INB_KEY_SECRET_SERVICE)
    return 0;
  say_not_kept (name);
  return 1;
}

static int
clear_one (const InbProvider *provider, const InbCredential *credential, gboolean json,
           GError **error)
{
  g_autoptr (InbSecretName) name = inb_secret_name_new (provider, credential, error);
  InbKeySource left;

  if (name == NULL || !inb_keys_clear (&name->key, error))
    return -1;
  left = inb_keys_look (&name->key, NULL);
  if (json)
    return 0;
  /* Translators: a provider and a kind of key. */
  g_print (_ ("%s: no key is kept.\n"), name->label);
  if (left == INB_KEY_ENVIRONMENT)
    inb_cli_say (_ ("A variable of the environment still holds one: %s."), name->key.env[0]);
  return 0;
}

/* name: NULL clears all that the service has. */
static int
clear (const InbProvider *provider, const char *only, gboolean json, GError **error)
{
  const GPtrArray *all = provider->service->credentials;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (all, i);

      if ((only == NULL || g_str_equal (only, credential->name)) &&
          clear_one (provider, credential, json, error) < 0)
        return -1;
    }
  if (!json)
    return 0;
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_string (builder, "credential", only);
  inb_json_add_boolean (builder, "cleared", TRUE);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
  return 0;
}

static void
print_status (const InbSecretName *name, InbKeySource source, gboolean locked)
{
  const char *words[] = { _ ("no key"), _ ("in the keyring"), _ ("in the environment"),
                          _ ("in memory") };

  g_print ("%-16s  %-12s  %s\n", name->key.provider, name->key.credential,
           locked ? _ ("in the keyring, which is locked") : words[source]);
}

static gboolean
add_status (JsonBuilder *builder, const InbProvider *provider, const InbCredential *credential,
            gboolean json, GError **error)
{
  g_autoptr (InbSecretName) name = inb_secret_name_new (provider, credential, error);
  gboolean locked = FALSE;
  InbKeySource source;

  if (name == NULL)
    return FALSE;
  source = inb_keys_look (&name->key, &locked);
  if (!json)
    print_status (name, source, locked);
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_string (builder, "credential", credential->name);
  inb_json_add_string (builder, "label", credential->label);
  inb_json_add_string (builder, "origin", name->key.origin);
  inb_json_add_string (builder, "source", inb_key_source_to_string (source));
  inb_json_add_boolean (builder, "locked", locked);
  json_builder_set_member_name (builder, "environment");
  json_builder_begin_array (builder);
  for (gsize i = 0; name->key.env != NULL && name->key.env[i] != NULL; i++)
    json_builder_add_string_value (builder, name->key.env[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return TRUE;
}

static int
print_all (gboolean json, GError **error)
{
  const GPtrArray *providers = inb_catalogue_get_providers (error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (providers == NULL)
    return -1;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "keys");
  json_builder_begin_array (builder);
  for (guint i = 0; i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);
      const InbService *service = provider->service;

      for (guint j = 0; service != NULL && j < service->credentials->len; j++)
        if (!add_status (builder, provider, g_ptr_array_index (service->credentials, j), json,
                         error))
          return -1;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (json)
    inb_cli_print_json (builder);
  return 0;
}

static int
run (char **words, const char *only, gboolean json, GError **error)
{
  guint n_words = words != NULL ? g_strv_length (words) : 0;
  const char *name = n_words > 0 ? words[0] : "status";
  const InbProvider *provider;
  const InbCredential *credential;

  if (g_str_equal (name, "status") && n_words < 2 && only == NULL)
    return print_all (json, error);
  if (n_words != 2 || (!g_str_equal (name, "set") && !g_str_equal (name, "clear")))
    {
      inb_error_refuse (error, _ ("Give one of: status, set ID, clear ID. “inbetween-cli keys "
                                  "--help” explains them."));
      return -1;
    }
  provider = find_provider (words[1], error);
  credential = provider != NULL ? find_credential (provider, only, error) : NULL;
  if (credential == NULL)
    return -1;
  return g_str_equal (name, "set") ? set (provider, credential, json, error)
                                   : clear (provider, only, json, error);
}

/**
 * inb_cli_keys:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0; 1 if a key could not be kept or cleared; 2 for a wrong usage or what cannot be a key
 */
int
inb_cli_keys (int argc, char **argv)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *only = NULL;
  gboolean json = FALSE;
  gboolean wants_json = inb_cli_wants_json (argc, argv);
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("[status | set ID | clear ID]"));
  GOptionEntry entries[] = {
    { "credential", 0, 0, G_OPTION_ARG_STRING, &only, N_ ("Which of the service's keys"),
      N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON document"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  GError *error = NULL;
  int status = -1;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context, _ ("Keeps the keys of the services in the keyring. They are never shown.\n\n"
                  "  status   where each key would come from (also without a word)\n"
                  "  set      reads a key from standard input: keys set ID < file\n"
                  "  clear    forgets the keys of a service, or the one that is named\n\n"
                  "The keyring comes first, then the variables that “keys status --json” lists."));
  if (inb_cli_parse (context, &argc, &argv, &error))
    status = run (words, only, json, &error);
  return status >= 0 ? status : inb_cli_fail (error, wants_json);
}
