/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs/inb-secrets.h"

#include <string.h>

#include "core/inb-error.h"
#include "jobs/inb-home.h"
#include "jobs/inb-key-book.h"
#include "jobs/inb-secret-name.h"
#include "keyring-tools.h"
#include "providers/inb-catalogue.h"

static const char *const variables[] = {
  "AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN",  "KLINGAI_API_KEY",
  "KLINGAI_ACCESS_KEY", "KLINGAI_SECRET_KEY", "INBETWEEN_BASE_URL_VERCEL_GATEWAY"
};

static const InbProvider *
begin (const char *id)
{
  const InbProvider *provider;

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  keyring_tools_begin_without_bus ();
  provider = inb_catalogue_find (id, NULL);
  g_assert_nonnull (provider);
  return provider;
}

static InbSecrets *
load (const InbProvider *provider)
{
  g_autoptr (GError) error = NULL;
  InbSecrets *secrets = inb_secrets_load (provider, &error);

  g_assert_no_error (error);
  return secrets;
}

static void
test_the_first_whole_way_to_sign_in_is_taken (void)
{
  const InbProvider *provider = begin ("vercel-gateway");
  g_autoptr (InbSecrets) token = NULL;
  g_autoptr (InbSecrets) key = NULL;

  g_setenv ("VERCEL_OIDC_TOKEN", "eyJ0.eyJ1.signature", TRUE);
  token = load (provider);
  g_assert_cmpuint (g_hash_table_size (token->values), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (token->values, "oidc_token"), ==, "eyJ0.eyJ1.signature");
  g_assert_cmpint (token->source, ==, INB_KEY_ENVIRONMENT);
  g_setenv ("AI_GATEWAY_API_KEY", KEYRING_TOOLS_CANARY, TRUE);
  key = load (provider);
  g_assert_cmpuint (g_hash_table_size (key->values), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (key->values, "api_key"), ==, KEYRING_TOOLS_CANARY);
  keyring_tools_end ();
}

static void
test_a_way_of_two_keys_wants_both (void)
{
  const InbProvider *provider = begin ("kling");
  g_autoptr (InbSecrets) secrets = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("KLINGAI_ACCESS_KEY", "access-key-1", TRUE);
  g_assert_null (inb_secrets_load (provider, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, "KLINGAI_SECRET_KEY")); /* the one that is missing */
  g_assert_null (strstr (error->message, "access-key-1"));
  g_setenv ("KLINGAI_SECRET_KEY", "secret-key-1", TRUE);
  secrets = load (provider);
  g_assert_cmpuint (g_hash_table_size (secrets->values), ==, 2);
  keyring_tools_end ();
}

static void
test_no_key_at_all_is_told (void)
{
  const InbProvider *provider = begin ("kling");
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_secrets_load (provider, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, provider->name));
  keyring_tools_end ();
}

static void
test_marks_tell_keys_apart_and_nothing_else (void)
{
  const InbProvider *provider = begin ("vercel-gateway");
  g_autoptr (InbSecrets) one = NULL;
  g_autoptr (InbSecrets) same = NULL;
  g_autoptr (InbSecrets) other = NULL;

  g_setenv ("AI_GATEWAY_API_KEY", KEYRING_TOOLS_CANARY, TRUE);
  one = load (provider);
  same = load (provider);
  g_setenv ("AI_GATEWAY_API_KEY", "another-key", TRUE);
  other = load (provider);
  g_assert_cmpuint (strlen (one->mark), ==, 16);
  g_assert_cmpstr (one->mark, ==, same->mark);
  g_assert_cmpstr (one->mark, !=, other->mark);
  g_assert_null (strstr (KEYRING_TOOLS_CANARY, one->mark));
  keyring_tools_end ();
}

static void
test_a_kept_key_stays_with_its_origin (void)
{
  const InbProvider *provider = begin ("vercel-gateway");
  const InbCredential *credential = inb_secret_name_find_credential (provider, "api_key");
  g_autoptr (InbSecretName) name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSecrets) at_home = NULL;
  g_autoptr (InbSecrets) away = NULL;

  name = inb_secret_name_new (provider, credential, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name->label, ==, "Inbetween: Vercel AI Gateway, API key");
  g_assert_true (inb_keys_keep (&name->key, KEYRING_TOOLS_CANARY, NULL, &error));
  at_home = load (provider);
  g_assert_null (at_home->home);
  g_assert_cmpint (at_home->source, ==, INB_KEY_SESSION);

  g_setenv ("INBETWEEN_BASE_URL_VERCEL_GATEWAY", "http://127.0.0.1:8080", TRUE);
  g_assert_null (inb_secrets_load (provider, &error)); /* what was kept for the service stays */
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_setenv ("AI_GATEWAY_API_KEY", "from-the-environment", TRUE);
  away = load (provider);
  g_assert_cmpstr (away->home, ==, "http://127.0.0.1:8080");
  g_assert_cmpstr (g_hash_table_lookup (away->values, "api_key"), ==, "from-the-environment");
  g_assert_cmpstr (away->mark, !=, at_home->mark);
  g_assert_true (inb_keys_clear (&name->key, NULL));
  keyring_tools_end ();
}

static void
test_a_home_is_an_origin_and_plain_only_here (void)
{
  static const char *const good[] = { "https://gateway.example.org",
                                      "https://gateway.example.org/",
                                      "https://example.org:8443",
                                      "http://127.0.0.1:9",
                                      "http://[::1]:9",
                                      "http://localhost:9" };
  static const char *const bad[] = { "http://example.org",
                                     "http://192.168.1.2:80",
                                     "http://localhost.example.org",
                                     "http://127.0.0.1.example.org",
                                     "https://example.org/path",
                                     "https://example.org?q=1",
                                     "https://example.org#f",
                                     "https://user@example.org",
                                     "https://user:pass@example.org",
                                     "ftp://127.0.0.1",
                                     "file:///etc/passwd",
                                     "//example.org",
                                     "example.org",
                                     "https://",
                                     "https://a b",
                                     "https://a%2eexample.org",
                                     "http://127.0.0.1\\@example.org" };
  const InbProvider *provider = begin ("vercel-gateway");

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *home = NULL;

      g_setenv ("INBETWEEN_BASE_URL_VERCEL_GATEWAY", good[i], TRUE);
      g_assert_true (inb_home_find (provider, &home, NULL));
      g_assert_nonnull (home);
      g_assert_false (g_str_has_suffix (home, "/"));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *home = NULL;
      g_autoptr (GError) error = NULL;

      g_setenv ("INBETWEEN_BASE_URL_VERCEL_GATEWAY", bad[i], TRUE);
      g_test_message ("%s", bad[i]);
      g_assert_false (inb_home_find (provider, &home, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
      g_assert_null (home);
    }
  g_unsetenv ("INBETWEEN_BASE_URL_VERCEL_GATEWAY");
  keyring_tools_end ();
}

static void
take_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_loading_need_not_block (void)
{
  const InbProvider *provider = begin ("vercel-gateway");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbSecrets) secrets = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("AI_GATEWAY_API_KEY", KEYRING_TOOLS_CANARY, TRUE);
  inb_secrets_load_async (provider, NULL, take_cb, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  secrets = inb_secrets_load_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (secrets->values, "api_key"), ==, KEYRING_TOOLS_CANARY);
  keyring_tools_end ();
}

static void
set_true_cb (InbKeyBook *book, gboolean *changed)
{
  *changed = TRUE;
}

static void
look (InbKeyBook *book)
{
  gboolean changed = FALSE;
  gulong id = g_signal_connect (book, "changed", G_CALLBACK (set_true_cb), &changed);

  inb_key_book_look (book);
  inb_key_book_look (book); /* while it looks: it looks once more */
  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  changed = FALSE;
  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (book, id);
}

static void
test_the_book_says_who_has_a_key (void)
{
  g_autoptr (InbKeyBook) book = inb_key_book_new ();

  begin ("kling");
  g_assert_cmpint (inb_key_book_get (book, "kling"), ==, INB_KEY_UNSEEN);
  g_setenv ("KLINGAI_ACCESS_KEY", KEYRING_TOOLS_CANARY, TRUE); /* half of a way to sign in */
  g_setenv ("VERCEL_OIDC_TOKEN", "eyJ0.eyJ1.signature", TRUE);
  look (book);
  g_assert_cmpint (inb_key_book_get (book, "local"), ==, INB_KEY_THERE);
  g_assert_cmpint (inb_key_book_get (book, "kling"), ==, INB_KEY_ABSENT);
  g_assert_cmpint (inb_key_book_get (book, "vercel-gateway"), ==, INB_KEY_THERE);
  g_setenv ("KLINGAI_SECRET_KEY", KEYRING_TOOLS_CANARY, TRUE);
  look (book);
  g_assert_cmpint (inb_key_book_get (book, "kling"), ==, INB_KEY_THERE);
  keyring_tools_end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/first-whole-way", test_the_first_whole_way_to_sign_in_is_taken);
  g_test_add_func ("/secrets/two-keys", test_a_way_of_two_keys_wants_both);
  g_test_add_func ("/secrets/none", test_no_key_at_all_is_told);
  g_test_add_func ("/secrets/marks", test_marks_tell_keys_apart_and_nothing_else);
  g_test_add_func ("/secrets/origin", test_a_kept_key_stays_with_its_origin);
  g_test_add_func ("/secrets/home", test_a_home_is_an_origin_and_plain_only_here);
  g_test_add_func ("/secrets/async", test_loading_need_not_block);
  g_test_add_func ("/secrets/book", test_the_book_says_who_has_a_key);
  return g_test_run ();
}
