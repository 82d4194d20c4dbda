/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/inb-keys.h"

#include <string.h>

#include "core/inb-error.h"
#include "keyring-tools.h"
#include "store/inb-keyring.h"

#define CANARY KEYRING_TOOLS_CANARY

static const char *const env[] = { "INB_TEST_FIRST_KEY", "INB_TEST_SECOND_KEY", NULL };

static const InbKeyName name = {
  .provider = "wavespeed",
  .origin = "https://api.example.org",
  .credential = "api_key",
  .label = "Inbetween: Example, API key",
  .env = env,
};

static void
begin (void (*world) (void))
{
  g_unsetenv ("INB_TEST_FIRST_KEY");
  g_unsetenv ("INB_TEST_SECOND_KEY");
  inb_keyring_set_patience (0, 0);
  world ();
}

static void
end (void)
{
  g_assert_true (inb_keys_clear (&name, NULL));
  keyring_tools_end ();
}

static void
expect_key (const InbKeyName *which, const char *key, InbKeySource source)
{
  g_autoptr (GError) error = NULL;
  InbKeySource found = INB_KEY_NONE;
  char *got = inb_keys_find (which, &found, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, key);
  g_assert_cmpint (found, ==, source);
  g_assert_cmpint (inb_keys_look (which, NULL), ==, source);
  inb_keys_free (got);
}

static void
expect_none (const InbKeyName *which)
{
  g_autoptr (GError) error = NULL;
  InbKeySource found = INB_KEY_SESSION;

  g_assert_null (inb_keys_find (which, &found, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, which->provider));
  g_assert_cmpint (found, ==, INB_KEY_NONE);
  g_assert_cmpint (inb_keys_look (which, NULL), ==, INB_KEY_NONE);
}

static void
keep (const char *key, InbKeySource expected)
{
  g_autoptr (GError) error = NULL;
  InbKeySource where = INB_KEY_NONE;

  g_assert_true (inb_keys_keep (&name, key, &where, &error));
  g_assert_no_error (error);
  g_assert_cmpint (where, ==, expected);
}

static void
test_a_key_is_visible_ascii (void)
{
  static const char *const bad[] = { "",
                                     "seven77",
                                     "has space",
                                     "line\nbreak",
                                     "ends with return\r",
                                     "tab\tinside",
                                     "k\xc3\xa9y-with-accent",
                                     "bell\x07inside",
                                     "del\x7finside" };
  g_autofree char *longest = g_strnfill (512, 'k');
  g_autofree char *too_long = g_strnfill (513, 'k');
  g_autofree char *part = g_strnfill (1000, 'x');
  g_autofree char *token = g_strdup_printf ("eyJ0.%s.sig", part);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (inb_keys_check (bad[i], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
      g_assert_true (*bad[i] == '\0' || strstr (error->message, bad[i]) == NULL);
    }
  g_assert_false (inb_keys_check (too_long, NULL));
  g_assert_true (inb_keys_check (longest, NULL));
  g_assert_true (inb_keys_check ("!~345678", NULL));
  g_assert_true (inb_keys_check (token, NULL));
}

static void
test_a_refused_key_changes_nothing (void)
{
  g_autoptr (GError) error = NULL;
  InbKeySource where = INB_KEY_NONE;

  begin (keyring_tools_begin_without_bus);
  keep (CANARY, INB_KEY_SESSION);
  g_assert_false (inb_keys_keep (&name, "two\nlines here", &where, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  expect_key (&name, CANARY, INB_KEY_SESSION);
  end ();
}

static void
test_without_a_bus_the_environment_then_the_session_serve (void)
{
  begin (keyring_tools_begin_without_bus);
  expect_none (&name);
  keep (CANARY, INB_KEY_SESSION);
  expect_key (&name, CANARY, INB_KEY_SESSION);
  g_setenv ("INB_TEST_SECOND_KEY", "from-second-variable", TRUE);
  expect_key (&name, "from-second-variable", INB_KEY_ENVIRONMENT);
  g_setenv ("INB_TEST_FIRST_KEY", "", TRUE); /* set to nothing is not set */
  expect_key (&name, "from-second-variable", INB_KEY_ENVIRONMENT);
  g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
  expect_key (&name, "from-first-variable", INB_KEY_ENVIRONMENT);
  g_assert_true (inb_keys_clear (&name, NULL));
  expect_key (&name, "from-first-variable", INB_KEY_ENVIRONMENT);
  end ();
}

static void
test_an_impossible_key_in_the_environment_is_told (void)
{
  g_autoptr (GError) error = NULL;

  begin (keyring_tools_begin_without_bus);
  g_setenv ("INB_TEST_FIRST_KEY", CANARY "\nX-Other: 1", TRUE);
  g_assert_null (inb_keys_find (&name, NULL, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "INB_TEST_FIRST_KEY"));
  g_assert_null (strstr (error->message, "canary"));
  end ();
}

static void
test_an_address_where_no_bus_is_counts_as_none (void)
{
  begin (keyring_tools_begin_without_bus);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
  expect_key (&name, "from-first-variable", INB_KEY_ENVIRONMENT);
  keep (CANARY, INB_KEY_SESSION);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  end ();
}

static void
test_a_bus_without_a_keyring_falls_through (void)
{
  begin (keyring_tools_begin_bus);
  expect_none (&name);
  keep (CANARY, INB_KEY_SESSION);
  expect_key (&name, CANARY, INB_KEY_SESSION);
  end ();
}

static gboolean
begin_with_daemon (void)
{
  if (!keyring_tools_has_daemon ())
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return FALSE;
    }
  begin (keyring_tools_begin_bus);
  keyring_tools_start_daemon ();
  return TRUE;
}

static void
test_the_keyring_comes_first (void)
{
  if (!begin_with_daemon ())
    return;
  expect_none (&name);
  g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
  expect_key (&name, "from-first-variable", INB_KEY_ENVIRONMENT);
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  expect_key (&name, CANARY, INB_KEY_SECRET_SERVICE);
  keep ("another-key-in-its-place", INB_KEY_SECRET_SERVICE);
  expect_key (&name, "another-key-in-its-place", INB_KEY_SECRET_SERVICE);
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 1);
  g_assert_true (inb_keys_clear (&name, NULL));
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 0);
  expect_key (&name, "from-first-variable", INB_KEY_ENVIRONMENT);
  end ();
}

static void
test_a_key_is_bound_to_provider_origin_and_credential (void)
{
  InbKeyName other_origin = name, other_provider = name, other_credential = name;

  other_origin.origin = "https://evil.example.org";
  other_provider.provider = "mine";
  other_credential.credential = "secret_key";
  if (!begin_with_daemon ())
    return;
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  expect_none (&other_origin);
  expect_none (&other_provider);
  expect_none (&other_credential);
  g_assert_true (inb_keys_clear (&other_origin, NULL));
  expect_key (&name, CANARY, INB_KEY_SECRET_SERVICE);
  end ();
}

static void
test_a_locked_keyring_nobody_opens_falls_through (void)
{
  g_autoptr (GError) error = NULL;
  gboolean locked = FALSE;
  char *key;
  InbKeySource source;

  if (!begin_with_daemon ())
    return;
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  keyring_tools_lock ();
  g_assert_cmpint (inb_keys_look (&name, &locked), ==, INB_KEY_SECRET_SERVICE);
  g_assert_true (locked);
  g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
  key = inb_keys_find (&name, &source, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "from-first-variable");
  g_assert_cmpint (source, ==, INB_KEY_ENVIRONMENT);
  inb_keys_free (key);
  g_assert_false (inb_keys_clear (&name, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
  g_assert_cmpuint (keyring_tools_count_items ("wavespeed"), ==, 1);
  keyring_tools_end ();
}

static void
test_a_keyring_that_was_started_again_is_found (void)
{
  if (!begin_with_daemon ())
    return;
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  keyring_tools_stop_daemon ();
  expect_none (&name);
  keyring_tools_start_daemon ();
  expect_key (&name, CANARY, INB_KEY_SECRET_SERVICE);
  end ();
}

static void
test_a_keyring_that_hangs_is_waited_for_once (void)
{
  gint64 begun_us;
  guint n_calls;

  begin (keyring_tools_begin_bus);
  inb_keyring_set_patience (1000, 1000);
  keyring_tools_start_fake (NULL);
  g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
  begun_us = g_get_monotonic_time ();
  expect_key (&name, "from-first-variable", INB_KEY_ENVIRONMENT);
  g_assert_cmpint (g_get_monotonic_time () - begun_us, <, 9 * G_USEC_PER_SEC);
  n_calls = keyring_tools_count_calls ();
  g_assert_cmpuint (n_calls, >, 0);
  keep (CANARY, INB_KEY_SESSION);
  g_assert_cmpuint (keyring_tools_count_calls (), ==, n_calls);
  end ();
}

/* clang-format off */
#define SESSION "OpenSession", "(vo)", "(<''>, objectpath '/org/freedesktop/secrets/session/s1')", NULL
#define FOUND "SearchItems", "(aoao)", "([objectpath '/org/freedesktop/secrets/collection/login/1'], @ao [])", NULL
#define FACTS(attributes) "GetAll", "(a{sv})", \
  "({'Locked': <false>, 'Label': <'x'>, 'Created': <uint64 1>, 'Modified': <uint64 1>, 'Attributes': <" attributes ">},)", NULL
#define OUR_FACTS FACTS ("{'provider': 'wavespeed', 'origin': 'https://api.example.org', 'credential': 'api_key'}")
#define SECRET(session, key) "GetSecret", "((oayays))", \
  "((objectpath '/org/freedesktop/secrets/session/" session "', @ay [], @ay SECRET, 'text/plain'),)", key
#define LAST { NULL, NULL, NULL, NULL }
#define MAX_LIES 8

/* The first one tells the truth: it shows that the fake can be believed at all. */
static const KeyringLie plays[][MAX_LIES] = {
  { { SESSION }, { FOUND }, { OUR_FACTS }, { SECRET ("s1", CANARY) }, LAST },
  { { "OpenSession", "(s)", "('x',)", NULL }, { FOUND }, { OUR_FACTS }, LAST },
  { { "OpenSession", "(vo)", "(<42>, objectpath '/')", NULL }, { FOUND }, { OUR_FACTS }, LAST },
  { { SESSION }, { "SearchItems", "(s)", "('x',)", NULL }, LAST },
  { { SESSION }, { "SearchItems", "(aoao)", "([objectpath '/'], @ao [])", NULL }, { OUR_FACTS }, LAST },
  { { SESSION }, { FOUND }, { "GetAll", "(s)", "('x',)", NULL }, { SECRET ("s1", CANARY) }, LAST },
  { { SESSION }, { FOUND }, { FACTS ("{'provider': 'wavespeed', 'origin': 'https://other.org', 'credential': 'api_key'}") }, { SECRET ("s1", CANARY) }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { "GetSecret", "(s)", "('canary',)", NULL }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { "GetSecret", "((sayays))", "(('x', @ay [], @ay SECRET, 'text/plain'),)", CANARY }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { SECRET ("s1", CANARY "\nX-Evil: 1") }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { SECRET ("s1", "canary-with-caf\xc3\xa9") }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { SECRET ("s1", "canary-\xff\xfe-bytes") }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { SECRET ("s1", "") }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { "GetSecret", "((oayays))", "((objectpath '/org/freedesktop/secrets/session/s1', @ay [], b'canary-and-nothing', 'text/plain'),)", NULL }, LAST },
  { { SESSION }, { FOUND }, { OUR_FACTS }, { SECRET ("another", CANARY) }, LAST },
};

/* Locked, and the person is asked by a window that nobody ever closes */
static const KeyringLie endless_prompt[] = {
  { SESSION },
  { "SearchItems", "(aoao)", "(@ao [], [objectpath '/org/freedesktop/secrets/collection/login/1'])", NULL },
  { "GetAll", "(a{sv})", "({'Locked': <true>, 'Label': <'x'>, 'Created': <uint64 1>, 'Modified': <uint64 1>, 'Attributes': <{'provider': 'wavespeed', 'origin': 'https://api.example.org', 'credential': 'api_key'}>},)", NULL },
  { "Unlock", "(aoo)", "(@ao [], objectpath '/org/freedesktop/secrets/prompts/p1')", NULL },
  { "Prompt", "()", "()", NULL },
  LAST,
};
/* clang-format on */

static void
test_a_question_nobody_answers_is_left_behind (void)
{
  char *key;
  InbKeySource source = INB_KEY_NONE;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  begin (keyring_tools_begin_bus);
  inb_keyring_set_patience (5000, 500);
  keyring_tools_start_fake (endless_prompt);
  g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
  key = inb_keys_find (&name, &source, NULL);
  g_assert_cmpstr (key, ==, "from-first-variable");
  g_assert_cmpint (source, ==, INB_KEY_ENVIRONMENT);
  inb_keys_free (key);
  g_assert_cmpuint (keyring_tools_count_calls (), >=, 5);
  keyring_tools_end_unanswered ();
}

/* libsecret warns of answers it cannot read: nobody sees it, and it ends no program but a test. */
static gboolean
is_fatal_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return g_strcmp0 (domain, "libsecret") != 0;
}

static void
test_a_keyring_that_lies_falls_through (void)
{
  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (plays); i++)
    {
      begin (keyring_tools_begin_bus);
      inb_keyring_set_patience (5000, 5000);
      keyring_tools_start_fake (plays[i]);
      g_setenv ("INB_TEST_FIRST_KEY", "from-first-variable", TRUE);
      g_test_message ("play %u", (guint) i);
      if (i == 0)
        expect_key (&name, CANARY, INB_KEY_SECRET_SERVICE);
      else
        {
          InbKeySource source;
          char *key = inb_keys_find (&name, &source, NULL);

          g_assert_cmpstr (key, ==, "from-first-variable");
          g_assert_cmpint (source, ==, INB_KEY_ENVIRONMENT);
          inb_keys_free (key);
          keep (CANARY, INB_KEY_SESSION);
        }
      inb_keys_clear (&name, NULL);
      keyring_tools_end ();
    }
}

static gpointer
find_cb (gpointer data)
{
  for (guint i = 0; i < 5; i++)
    expect_key (&name, CANARY, INB_KEY_SECRET_SERVICE);
  return NULL;
}

static void
test_many_threads_may_ask (void)
{
  GThread *threads[4];

  if (!begin_with_daemon ())
    return;
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("find", find_cb, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  end ();
}

static void
test_the_end_of_the_bus_does_not_end_the_program (void)
{
  if (!begin_with_daemon ())
    return;
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  keyring_tools_stop_bus ();
  expect_none (&name);
  keep (CANARY, INB_KEY_SESSION);
  end ();
}

static void
test_no_file_but_the_keyrings_holds_a_key (void)
{
  g_auto (GStrv) hits = NULL;

  if (!begin_with_daemon ())
    return;
  keep (CANARY, INB_KEY_SECRET_SERVICE);
  expect_key (&name, CANARY, INB_KEY_SECRET_SERVICE);
  hits = keyring_tools_find_files_with (keyring_tools_get_home (), CANARY);
  for (char **path = hits; *path != NULL; path++)
    g_assert_nonnull (strstr (*path, "/keyrings/"));
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/visible-ascii", test_a_key_is_visible_ascii);
  g_test_add_func ("/keys/refused-changes-nothing", test_a_refused_key_changes_nothing);
  g_test_add_func ("/keys/no-bus", test_without_a_bus_the_environment_then_the_session_serve);
  g_test_add_func ("/keys/impossible-in-environment",
                   test_an_impossible_key_in_the_environment_is_told);
  g_test_add_func ("/keys/dead-address", test_an_address_where_no_bus_is_counts_as_none);
  g_test_add_func ("/keys/no-keyring", test_a_bus_without_a_keyring_falls_through);
  g_test_add_func ("/keys/keyring-first", test_the_keyring_comes_first);
  g_test_add_func ("/keys/bound", test_a_key_is_bound_to_provider_origin_and_credential);
  g_test_add_func ("/keys/locked", test_a_locked_keyring_nobody_opens_falls_through);
  g_test_add_func ("/keys/started-again", test_a_keyring_that_was_started_again_is_found);
  g_test_add_func ("/keys/hangs", test_a_keyring_that_hangs_is_waited_for_once);
  g_test_add_func ("/keys/lies", test_a_keyring_that_lies_falls_through);
  g_test_add_func ("/keys/endless-prompt", test_a_question_nobody_answers_is_left_behind);
  g_test_add_func ("/keys/threads", test_many_threads_may_ask);
  g_test_add_func ("/keys/bus-ends", test_the_end_of_the_bus_does_not_end_the_program);
  g_test_add_func ("/keys/files", test_no_file_but_the_keyrings_holds_a_key);
  return g_test_run ();
}
