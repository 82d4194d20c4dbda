/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "wire-tools.h"

#define SECOND G_USEC_PER_SEC
/* 2026-11-21T14:05:00Z */
#define NOW (G_GINT64_CONSTANT (1795269900) * SECOND)
#define MODEL "\"model\":\"kwaivgi/kling-v2.5-turbo-pro/image-to-video\""

static GPtrArray *
read_history (Wire *wire, guint status, const char *body, gint64 *oldest_us, GError **error)
{
  g_autoptr (InbReply) reply = body != NULL ? wire_reply (status, body) : wire_page (status);

  wire->values.since_us = NOW - 300 * SECOND;
  wire->values.until_us = NOW + 300 * SECOND;
  return inb_answers_read_history (&wire->values, reply, oldest_us, error);
}

static void
assert_found (GPtrArray *found, const char *const *ids)
{
  g_assert_nonnull (found);
  for (guint i = 0; i < found->len && ids[i] != NULL; i++)
    g_assert_cmpstr (((InbFound *) g_ptr_array_index (found, i))->remote_id, ==, ids[i]);
  g_assert_cmpuint (found->len, ==, g_strv_length ((char **) ids));
}

static void
test_window_and_model (void)
{
  g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
  gint64 oldest_us = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = read_history (
      wire, 200,
      "{\"code\":200,\"data\":{\"items\":["
      "{\"id\":\"late\",\"created_at\":\"2026-11-21T14:10:01Z\"," MODEL "},"
      "{\"id\":\"older\",\"created_at\":\"2026-11-21T14:00:01.5Z\"," MODEL "},"
      "{\"id\":\"newer\",\"created_at\":\"2026-11-21T16:04:00+02:00\"," MODEL "},"
      "{\"id\":\"other-model\",\"created_at\":\"2026-11-21T14:04:00Z\",\"model\":\"x\"},"
      "{\"id\":\"untold\"},"
      "{\"id\":\"\",\"created_at\":\"2026-11-21T14:04:00Z\"},"
      "{\"id\":\"early\",\"created_at\":\"2026-11-21T13:59:59Z\"," MODEL "},"
      "17,null,\"x\"]}}",
      &oldest_us, &error);

  g_assert_no_error (error);
  assert_found (found, (const char *[]){ "newer", "older", "untold", NULL });
  g_assert_cmpint (oldest_us, ==, NOW - 301 * SECOND);
  g_assert_cmpint (((InbFound *) g_ptr_array_index (found, 1))->created_us, ==,
                   NOW - 299 * SECOND + SECOND / 2);
}

static void
test_kling_list_by_our_reference (void)
{
  g_autoptr (Wire) wire = wire_new ("kling", NULL);
  gint64 oldest_us = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = read_history (
      wire, 200,
      "{\"code\":0,\"data\":["
      "{\"task_id\":\"1\",\"created_at\":1795269900000,\"task_info\":{\"external_task_id\":"
      "\"0a1b2c3d-0000-4000-8000-000000000001\"}},"
      "{\"task_id\":\"2\",\"created_at\":1795269901000,\"task_info\":{\"external_task_id\":\"y\"}}"
      "]}",
      &oldest_us, &error);

  g_assert_no_error (error);
  assert_found (found, (const char *[]){ "1", NULL });
  g_assert_cmpint (((InbFound *) g_ptr_array_index (found, 0))->created_us, ==, NOW);
}

/* "It is not there" may lead to a second payment. */
static void
test_only_a_list_can_be_empty (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code; /* 0: an empty list */
  } answers[] = {
    { 200, "{\"data\":{\"items\":[]}}", 0 },
    { 200, "{\"data\":{}}", INB_ERROR_NETWORK },
    { 200, "{\"data\":{\"items\":null}}", INB_ERROR_NETWORK },
    { 200, "{\"data\":{\"items\":{}}}", INB_ERROR_NETWORK },
    { 200, "{\"data\":[]}", INB_ERROR_NETWORK },
    { 200, "{}", INB_ERROR_NETWORK },
    { 200, "", INB_ERROR_NETWORK },
    { 200, NULL, INB_ERROR_NETWORK },
    { 401, "{\"message\":\"bad key\"}", INB_ERROR_KEY },
    { 404, "{\"message\":\"?\"}", INB_ERROR_UNAVAILABLE },
    { 500, "{\"message\":\"?\"}", INB_ERROR_UNAVAILABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
      gint64 oldest_us = -1;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found =
          read_history (wire, answers[i].status, answers[i].body, &oldest_us, &error);

      g_assert_cmpint (oldest_us, ==, 0);
      if (answers[i].code == 0)
        assert_found (found, (const char *[]){ NULL });
      else
        g_assert_error (error, INB_ERROR, answers[i].code);
    }
}

static void
test_times_of_any_kind (void)
{
  static const struct
  {
    const char *created;
    gint64 created_us;
  } times[] = {
    { "1795269900", NOW },
    { "1795269900.25", NOW + SECOND / 4 },
    { "1795269900000", NOW },
    { "1795269900000000", NOW },
    { "\"1795269900000\"", NOW },
    { "\"2026-11-21T14:05:00\"", NOW },
    { "\"2026-11-21T14:05:00.000Z\"", NOW },
    { "\"yesterday\"", 0 },
    { "\"nan\"", 0 },
    { "1e300", 0 },
    { "-1", 0 },
    { "true", 0 },
    { "{}", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
      g_autofree char *body = g_strdup_printf (
          "{\"data\":{\"items\":[{\"id\":\"x\",\"created_at\":%s}]}}", times[i].created);
      gint64 oldest_us = 0;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = read_history (wire, 200, body, &oldest_us, &error);

      g_assert_no_error (error);
      assert_found (found, (const char *[]){ "x", NULL });
      g_assert_cmpint (((InbFound *) g_ptr_array_index (found, 0))->created_us, ==,
                       times[i].created_us);
    }
}

static void
test_lookup (void)
{
  static const struct
  {
    guint status;
    const char *body;
    gboolean told;
    const char *id;
  } answers[] = {
    { 200, "{\"code\":0,\"data\":{\"task_id\":\"8722\"}}", TRUE, "8722" },
    { 200, "{\"code\":0,\"data\":{}}", TRUE, NULL },
    { 200, "{\"code\":0,\"data\":null}", TRUE, NULL },
    { 200, "{\"code\":0,\"data\":[]}", TRUE, NULL },
    { 200, "{\"code\":0,\"message\":\"SUCCEED\"}", TRUE, NULL },
    { 200, "{\"code\":1203,\"message\":\"resource not found\"}", TRUE, NULL },
    { 404, "{\"code\":1203,\"message\":\"resource not found\"}", TRUE, NULL },
    { 404, "{\"message\":\"not found\"}", TRUE, NULL },
    { 404, "{\"code\":1202,\"message\":\"no such method\"}", FALSE, NULL },
    { 404, NULL, FALSE, NULL },
    { 404, "", FALSE, NULL },
    { 200, "{\"code\":0,\"data\":{\"id\":\"other shape\"}}", FALSE, NULL },
    { 200, "{\"code\":5000,\"data\":null}", FALSE, NULL },
    { 200, "{\"data\":null}", FALSE, NULL },
    { 200, "{}", FALSE, NULL },
    { 200, NULL, FALSE, NULL },
    { 401, "{\"code\":1002,\"message\":\"key\"}", FALSE, NULL },
    { 429, "{\"code\":1302,\"message\":\"rate\"}", FALSE, NULL },
    { 500, "{\"code\":5000,\"message\":\"?\"}", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Wire) wire = wire_new ("kling", NULL);
      g_autoptr (InbReply) reply = answers[i].body != NULL
                                       ? wire_reply (answers[i].status, answers[i].body)
                                       : wire_page (answers[i].status);
      g_autofree char *id = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("lookup %u", i);
      g_assert_cmpint (inb_answers_read_lookup (&wire->values, reply, &id, &error), ==,
                       answers[i].told);
      g_assert_cmpstr (id, ==, answers[i].id);
      g_assert_cmpint (error == NULL, ==, answers[i].told);
    }
}

static gint64
read_balance (const char *provider, guint status, const char *body, GError **error)
{
  g_autoptr (Wire) wire = wire_new (provider, NULL);
  g_autoptr (InbReply) reply = wire_reply (status, body);

  return inb_answers_read_balance (&wire->values, reply, error);
}

static void
test_balance (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (read_balance ("wavespeed", 200, "{\"data\":{\"balance\":12.5}}", &error), ==,
                   12500000);
  g_assert_cmpint (read_balance ("vercel-gateway", 200,
                                 "{\"balance\":\"4.65\",\"total_used\":\"0.35\"}", &error),
                   ==, 4650000);
  g_assert_no_error (error);
  g_assert_cmpint (read_balance ("wavespeed", 200, "{\"data\":{\"balance\":1e300}}", &error), ==,
                   -1);
  g_assert_error (error, INB_ERROR, INB_ERROR_NETWORK);
  g_clear_error (&error);
  g_assert_cmpint (read_balance ("wavespeed", 401, "{\"message\":\"x\"}", &error), ==, -1);
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_assert_null (strstr (error->message, "charged"));
}

static void
test_check (void)
{
  g_autoptr (Wire) wire = wire_new ("kling", NULL);
  g_autoptr (InbReply) good = wire_reply (200, "{\"code\":0,\"data\":[]}");
  g_autoptr (InbReply) bad = wire_reply (401, "{\"code\":1002,\"message\":\"key not found\"}");
  g_autoptr (InbReply) inside = wire_reply (200, "{\"code\":1002,\"message\":\"key not found\"}");
  g_autoptr (InbReply) page = wire_page (200);
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_answers_read_check (&wire->values, good, &error));
  g_assert_no_error (error);
  g_assert_false (inb_answers_read_check (&wire->values, bad, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, "key not found"));
  g_clear_error (&error);
  g_assert_false (inb_answers_read_check (&wire->values, inside, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (inb_answers_read_check (&wire->values, page, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NETWORK);
}

static void
test_ticket (void)
{
  g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
  g_autoptr (InbReply) good =
      wire_reply (200, "{\"data\":{\"download_url\":\"https://a.example/b\"}}");
  g_autoptr (InbReply) bad = wire_reply (403, "{\"message\":\"top up\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) ticket = inb_answers_read_ticket (&wire->values, good, &error);

  g_assert_no_error (error);
  g_assert_nonnull (ticket);
  g_assert_null (inb_answers_read_ticket (&wire->values, bad, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_MONEY);
  /* said once, by the job that gives up */
  g_assert_null (strstr (error->message, "charged"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/window", test_window_and_model);
  g_test_add_func ("/history/reference", test_kling_list_by_our_reference);
  g_test_add_func ("/history/empty", test_only_a_list_can_be_empty);
  g_test_add_func ("/history/times", test_times_of_any_kind);
  g_test_add_func ("/history/lookup", test_lookup);
  g_test_add_func ("/answers/balance", test_balance);
  g_test_add_func ("/answers/check", test_check);
  g_test_add_func ("/answers/ticket", test_ticket);
  return g_test_run ();
}
