/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "jobs/inb-key-book.h"
#include "jobs/inb-route.h"

/* Keys for all of them but those named */
static GHashTable *
keys_without (const char *absent)
{
  static const char *const ids[] = { "vercel-gateway", "wavespeed", "eachlabs", "novita",
                                     "highway",        "kling",     "fal",      "replicate" };
  GHashTable *keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_hash_table_insert (
        keys, (gpointer) ids[i],
        GINT_TO_POINTER (strstr (absent, ids[i]) != NULL ? INB_KEY_ABSENT : INB_KEY_THERE));
  g_hash_table_insert (keys, (gpointer) "local", GINT_TO_POINTER (INB_KEY_THERE));
  return keys;
}

static InbRequest *
request_of (const char *provider)
{
  InbRequest *request = inb_request_new ();

  g_free (request->provider);
  g_free (request->prompt);
  request->provider = g_strdup (provider);
  request->prompt = g_strdup ("slow push in");
  request->start = g_strdup ("start");
  return request;
}

static void
assert_plan (const InbRequest *request, const char *order, const char *absent, const char *expected)
{
  g_auto (GStrv) ids = g_strsplit (order, ",", -1);
  g_autoptr (GHashTable) keys = keys_without (absent);
  g_autofree char *plan = inb_route_plan (request, (const char *const *) ids, keys);

  g_assert_cmpstr (plan, ==, expected);
}

static void
test_what_stands_behind_the_provider_follows_it (void)
{
  g_autoptr (InbRequest) request = request_of ("wavespeed");

  assert_plan (request, "", "", NULL);
  assert_plan (request, "wavespeed", "", NULL);
  assert_plan (request, "wavespeed,fal,eachlabs", "", "fal,eachlabs");
  assert_plan (request, "fal,wavespeed,eachlabs", "", "eachlabs");
  assert_plan (request, "fal,eachlabs", "", "fal,eachlabs");
}

static void
test_without_a_key_or_the_last_frame_it_is_passed_over (void)
{
  g_autoptr (InbRequest) request = request_of ("wavespeed");

  assert_plan (request, "fal,eachlabs", "fal", "eachlabs");
  assert_plan (request, "novita,fal", "", "novita,fal");
  request->last = g_strdup ("last"); /* which novita does not take */
  assert_plan (request, "novita,fal", "", "fal");
}

static void
test_the_engine_here_and_other_models_have_no_route (void)
{
  g_autoptr (InbRequest) local = request_of ("local");
  g_autoptr (InbRequest) request = request_of ("wavespeed");

  assert_plan (local, "fal,wavespeed", "", NULL);
  assert_plan (request, "local,gone", "", NULL);
  request->model = g_strdup ("kling-v2.5-turbo-std");
  assert_plan (request, "fal", "", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/what-stands-behind-follows",
                   test_what_stands_behind_the_provider_follows_it);
  g_test_add_func ("/route/passed-over", test_without_a_key_or_the_last_frame_it_is_passed_over);
  g_test_add_func ("/route/none", test_the_engine_here_and_other_models_have_no_route);
  return g_test_run ();
}
