/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "wire-tools.h"

/* What a poll comes to: only the service's own word ends a job. */
typedef struct
{
  const char *name;
  const char *provider;
  guint status;
  const char *body; /* NULL: a page */
  InbRemoteState state;
  int code;         /* 0: none */
  const char *text; /* address of the clip, or words that the sentence must have */
} Case;

#define URL "https://cdn.example.com/1.mp4"

static const Case cases[] = {
  { "wavespeed-created", "wavespeed", 200, "{\"data\":{\"status\":\"created\"}}", INB_REMOTE_QUEUED,
    0, NULL },
  { "wavespeed-processing", "wavespeed", 200,
    "{\"code\":200,\"data\":{\"status\":\"processing\",\"code\":5004}}", INB_REMOTE_RUNNING, 0,
    NULL },
  { "wavespeed-list", "wavespeed", 200,
    "{\"data\":{\"status\":\"completed\",\"outputs\":[\"" URL "\"],\"has_nsfw_contents\":[false]}}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "wavespeed-text", "wavespeed", 200,
    "{\"data\":{\"status\":\"completed\",\"outputs\":\"" URL "\"}}", INB_REMOTE_SUCCEEDED, 0, URL },
  { "wavespeed-delivered-although-flagged", "wavespeed", 200,
    "{\"data\":{\"status\":\"completed\",\"outputs\":[\"" URL "\"],\"has_nsfw_contents\":[true]}}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "wavespeed-failed-inside-200", "wavespeed", 200,
    "{\"code\":200,\"message\":\"success\",\"data\":{\"status\":\"failed\",\"error\":\"GPU "
    "gone\"}}",
    INB_REMOTE_FAILED, INB_ERROR_FAILED, "GPU gone" },
  { "wavespeed-content-by-code", "wavespeed", 200,
    "{\"data\":{\"status\":\"failed\",\"error\":\"blocked\",\"code\":1200}}", INB_REMOTE_FAILED,
    INB_ERROR_CONTENT, "blocked" },
  { "wavespeed-content-by-flag", "wavespeed", 200,
    "{\"data\":{\"status\":\"failed\",\"error\":\"\",\"has_nsfw_contents\":[false,true]}}",
    INB_REMOTE_FAILED, INB_ERROR_CONTENT, NULL },
  { "wavespeed-time-out-is-a-failure", "wavespeed", 200, "{\"data\":{\"status\":\"timeout\"}}",
    INB_REMOTE_FAILED, INB_ERROR_FAILED, NULL },
  { "wavespeed-cancelled", "wavespeed", 200, "{\"data\":{\"status\":\"cancelled\"}}",
    INB_REMOTE_CANCELLED, 0, NULL },
  { "wavespeed-word-nobody-knows", "wavespeed", 200, "{\"data\":{\"status\":\"warming-up\"}}",
    INB_REMOTE_RUNNING, 0, NULL },
  { "wavespeed-other-case-is-another-word", "wavespeed", 200, "{\"data\":{\"status\":\"FAILED\"}}",
    INB_REMOTE_RUNNING, 0, NULL },
  { "eachlabs-success", "eachlabs", 200, "{\"status\":\"success\",\"output\":\"" URL "\"}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "eachlabs-object", "eachlabs", 200,
    "{\"status\":\"success\",\"output\":{\"n\":1,\"video\":[{\"name\":\"a\",\"url\":\"" URL
    "\"}]}}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "eachlabs-error-of-old", "eachlabs", 200,
    "{\"status\":\"error\",\"message\":\"out of memory\",\"details\":\"x\"}", INB_REMOTE_FAILED,
    INB_ERROR_FAILED, "out of memory" },
  { "eachlabs-error-of-new", "eachlabs", 200,
    "{\"status\":\"failed\",\"output\":{\"error\":\"E\",\"error_message\":\"bad frame\"}}",
    INB_REMOTE_FAILED, INB_ERROR_FAILED, "bad frame" },
  { "novita-queued", "novita", 200, "{\"task\":{\"status\":\"TASK_STATUS_QUEUED\"}}",
    INB_REMOTE_QUEUED, 0, NULL },
  { "novita-unknown-goes-on", "novita", 200, "{\"task\":{\"status\":\"TASK_STATUS_UNKNOWN\"}}",
    INB_REMOTE_RUNNING, 0, NULL },
  { "novita-succeed", "novita", 200,
    "{\"task\":{\"status\":\"TASK_STATUS_SUCCEED\"},\"videos\":[{\"video_url\":\"" URL "\"}]}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "novita-failed", "novita", 200,
    "{\"task\":{\"status\":\"TASK_STATUS_FAILED\",\"reason\":\"too dark\"}}", INB_REMOTE_FAILED,
    INB_ERROR_FAILED, "too dark" },
  { "kling-submitted", "kling", 200, "{\"code\":0,\"data\":{\"task_status\":\"submitted\"}}",
    INB_REMOTE_QUEUED, 0, NULL },
  { "kling-succeed", "kling", 200,
    "{\"code\":0,\"data\":{\"task_status\":\"succeed\",\"task_result\":{\"videos\":[{\"url\":\"" URL
    "\",\"watermark_url\":\"https://x.example.com/w\",\"duration\":\"5.041\"}]}}}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "kling-word-of-the-next-generation", "kling", 200,
    "{\"code\":0,\"data\":{\"task_status\":\"succeeded\"}}", INB_REMOTE_RUNNING, 0, NULL },
  { "kling-risk-control", "kling", 200,
    "{\"code\":0,\"data\":{\"task_status\":\"failed\",\"task_status_msg\":\"Failure to pass the "
    "risk control system\"}}",
    INB_REMOTE_FAILED, INB_ERROR_CONTENT, "risk control" },
  { "kling-code-is-no-verdict", "kling", 200,
    "{\"code\":5000,\"message\":\"oops\",\"data\":{\"task_status\":\"failed\"}}", INB_REMOTE_SILENT,
    INB_ERROR_UNAVAILABLE, "oops" },
  { "kling-no-such-job", "kling", 404, "{\"code\":1203,\"message\":\"task not found\"}",
    INB_REMOTE_GONE, INB_ERROR_EXPIRED, "task not found" },
  { "fal-queued-202", "fal", 202, "{\"status\":\"IN_QUEUE\",\"queue_position\":3}",
    INB_REMOTE_QUEUED, 0, NULL },
  { "fal-progress-202", "fal", 202, "{\"status\":\"IN_PROGRESS\"}", INB_REMOTE_RUNNING, 0, NULL },
  { "fal-completed", "fal", 200, "{\"status\":\"COMPLETED\"}", INB_REMOTE_SUCCEEDED, 0, NULL },
  { "fal-completed-with-an-error", "fal", 200,
    "{\"status\":\"COMPLETED\",\"error\":\"crashed\",\"error_type\":\"x\"}", INB_REMOTE_FAILED,
    INB_ERROR_FAILED, "crashed" },
  { "replicate-aborted", "replicate", 200, "{\"status\":\"aborted\"}", INB_REMOTE_CANCELLED, 0,
    NULL },
  { "replicate-canceled", "replicate", 200, "{\"status\":\"canceled\"}", INB_REMOTE_CANCELLED, 0,
    NULL },
  { "replicate-succeeded", "replicate", 200, "{\"status\":\"succeeded\",\"output\":\"" URL "\"}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "replicate-list", "replicate", 200, "{\"status\":\"succeeded\",\"output\":[\"" URL "\"]}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "replicate-failed", "replicate", 200, "{\"status\":\"failed\",\"error\":\"E001\"}",
    INB_REMOTE_FAILED, INB_ERROR_FAILED, "E001" },
  { "gateway-pending", "vercel-gateway", 200, "{\"status\":\"pending\"}", INB_REMOTE_RUNNING, 0,
    NULL },
  { "gateway-url", "vercel-gateway", 200,
    "{\"status\":\"completed\",\"videos\":[{\"type\":\"url\",\"url\":\"" URL "\"}]}",
    INB_REMOTE_SUCCEEDED, 0, URL },
  { "gateway-uploaded-is-not-known", "vercel-gateway", 200,
    "{\"status\":\"completed\",\"videos\":[{\"type\":\"uploaded\",\"mediaType\":\"video/mp4\"}]}",
    INB_REMOTE_SUCCEEDED, INB_ERROR_FAILED, "account" },
  { "gateway-error", "vercel-gateway", 200, "{\"status\":\"error\",\"error\":\"refused\"}",
    INB_REMOTE_FAILED, INB_ERROR_FAILED, "refused" },
  { "gateway-cancelled", "vercel-gateway", 200, "{\"status\":\"cancelled\"}", INB_REMOTE_CANCELLED,
    0, NULL },

  /* done, but where is the clip */
  { "no-url", "novita", 200, "{\"task\":{\"status\":\"TASK_STATUS_SUCCEED\"},\"videos\":[]}",
    INB_REMOTE_SUCCEEDED, INB_ERROR_FAILED, "not where it is" },
  { "null-url", "replicate", 200, "{\"status\":\"succeeded\",\"output\":null}",
    INB_REMOTE_SUCCEEDED, INB_ERROR_FAILED, "not where it is" },
  { "plain-http-url", "replicate", 200,
    "{\"status\":\"succeeded\",\"output\":\"http://cdn.example.com/1.mp4\"}", INB_REMOTE_SUCCEEDED,
    INB_ERROR_NETWORK, "may not be asked" },
  { "private-url", "novita", 200,
    "{\"task\":{\"status\":\"TASK_STATUS_SUCCEED\"},\"videos\":[{\"video_url\":"
    "\"https://127.0.0.1/1.mp4\"}]}",
    INB_REMOTE_SUCCEEDED, INB_ERROR_NETWORK, "may not be asked" },
  { "file-url", "novita", 200,
    "{\"task\":{\"status\":\"TASK_STATUS_SUCCEED\"},\"videos\":[{\"video_url\":"
    "\"file:///etc/passwd\"}]}",
    INB_REMOTE_SUCCEEDED, INB_ERROR_NETWORK, "may not be asked" },

  /* a poll that fails is no verdict */
  { "404", "wavespeed", 404, "{\"code\":404,\"message\":\"no such id\"}", INB_REMOTE_GONE,
    INB_ERROR_EXPIRED, "no such id" },
  { "404-words", "replicate", 404, "Not Found", INB_REMOTE_GONE, INB_ERROR_EXPIRED, NULL },
  { "404-page", "wavespeed", 404, NULL, INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "410", "wavespeed", 410, "{\"message\":\"gone\"}", INB_REMOTE_GONE, INB_ERROR_EXPIRED, NULL },
  { "401", "wavespeed", 401, "{\"message\":\"bad key\"}", INB_REMOTE_SILENT, INB_ERROR_KEY,
    "bad key" },
  { "403", "replicate", 403, "{\"detail\":\"no\"}", INB_REMOTE_SILENT, INB_ERROR_KEY, NULL },
  { "403-is-money", "wavespeed", 403, "{\"message\":\"top up\"}", INB_REMOTE_SILENT,
    INB_ERROR_MONEY, NULL },
  { "429", "wavespeed", 429, "{\"message\":\"slow down\"}", INB_REMOTE_SILENT, INB_ERROR_RATE,
    "later" },
  { "500", "wavespeed", 500, "{\"message\":\"oops\"}", INB_REMOTE_SILENT, INB_ERROR_UNAVAILABLE,
    "later" },
  { "502-page", "wavespeed", 502, NULL, INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "200-page", "wavespeed", 200, NULL, INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "301", "wavespeed", 301, "", INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "empty", "wavespeed", 200, "", INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "null", "wavespeed", 200, "null", INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "cut", "wavespeed", 200, "{\"data\":{\"status\":\"failed\"", INB_REMOTE_SILENT,
    INB_ERROR_NETWORK, NULL },
  { "no-word", "wavespeed", 200, "{\"data\":{}}", INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
  { "word-is-an-object", "wavespeed", 200, "{\"data\":{\"status\":{\"failed\":1}}}",
    INB_REMOTE_SILENT, INB_ERROR_NETWORK, NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (Wire) wire = wire_new (expected->provider, NULL);
  g_autoptr (InbReply) reply = expected->body != NULL
                                   ? wire_reply (expected->status, expected->body)
                                   : wire_page (expected->status);
  g_autoptr (InbReport) report = inb_answers_read_poll (&wire->values, reply, NULL);

  g_assert_cmpint (report->state, ==, expected->state);
  if (expected->code != 0)
    {
      g_assert_error (report->error, INB_ERROR, expected->code);
      g_assert_nonnull (strstr (report->error->message, wire->values.provider->name));
      if (expected->text != NULL)
        g_assert_nonnull (strstr (report->error->message, expected->text));
      return;
    }
  g_assert_no_error (report->error);
  g_assert_nonnull (report->word);
  if (expected->text == NULL)
    return;
  g_assert_cmpstr (report->urls[0], ==, expected->text);
  g_assert_null (report->urls[1]);
}

static void
test_unknown_word_is_shown (void)
{
  g_autoptr (Wire) wire = wire_new ("fal", NULL);
  g_autoptr (InbReport) report = wire_poll (wire, 200, "{\"status\":\"WARMING_UP\"}");

  g_assert_cmpint (report->state, ==, INB_REMOTE_RUNNING);
  g_assert_cmpstr (report->word, ==, "WARMING_UP");
}

static void
test_failure_says_what_is_charged (void)
{
  g_autoptr (Wire) wavespeed = wire_new ("wavespeed", NULL);
  g_autoptr (Wire) novita = wire_new ("novita", NULL);
  g_autoptr (InbReport) free_one =
      wire_poll (wavespeed, 200, "{\"data\":{\"status\":\"failed\",\"error\":\"x\"}}");
  g_autoptr (InbReport) other =
      wire_poll (novita, 200, "{\"task\":{\"status\":\"TASK_STATUS_FAILED\",\"reason\":\"x\"}}");

  g_assert_nonnull (strstr (free_one->error->message, "Nothing was charged."));
  g_assert_nonnull (strstr (other->error->message, "It may have been charged."));
}

static gint64
read_expiry (const char *provider, const char *body)
{
  g_autoptr (Wire) wire = wire_new (provider, NULL);
  g_autoptr (InbReply) reply = wire_reply (200, body);
  g_autoptr (InbReport) report = NULL;

  reply->date_us = G_GINT64_CONSTANT (1795247100) * G_USEC_PER_SEC;
  report = inb_answers_read_poll (&wire->values, reply, NULL);
  g_assert_cmpint (report->state, ==, INB_REMOTE_SUCCEEDED);
  return report->expires_us > 0 ? report->expires_us / G_USEC_PER_SEC - 1795247100 : -1;
}

#define NOVITA(ttl)                                                                                \
  "{\"task\":{\"status\":\"TASK_STATUS_SUCCEED\"},\"videos\":[{\"video_url\":\"" URL "\"" ttl "}]" \
  "}"
#define GATEWAY(when)                                                              \
  "{\"status\":\"completed\",\"videos\":[{\"type\":\"url\",\"url\":\"" URL "\"}]," \
  "\"providerMetadata\":{\"gateway\":{\"asyncJob\":{\"result\":{\"expiresAt\":" when "}}}}}"

static void
test_expiry (void)
{
  g_assert_cmpint (read_expiry ("novita", NOVITA (",\"video_url_ttl\":\"1800\"")), ==, 1800);
  g_assert_cmpint (read_expiry ("novita", NOVITA (",\"video_url_ttl\":1800")), ==, 1800);
  g_assert_cmpint (read_expiry ("novita", NOVITA (",\"video_url_ttl\":\"0\"")), ==, 3600);
  g_assert_cmpint (read_expiry ("novita", NOVITA (",\"video_url_ttl\":\"-1\"")), ==, 3600);
  g_assert_cmpint (read_expiry ("novita", NOVITA (",\"video_url_ttl\":\"inf\"")), ==, 3600);
  g_assert_cmpint (read_expiry ("novita", NOVITA (",\"video_url_ttl\":1e300")), ==, 3600);
  g_assert_cmpint (read_expiry ("novita", NOVITA ("")), ==, 3600);
  g_assert_cmpint (read_expiry ("vercel-gateway", GATEWAY ("1795247160000")), ==, 60);
  g_assert_cmpint (read_expiry ("vercel-gateway", GATEWAY ("\"1795247160000\"")), ==, 60);
  g_assert_cmpint (read_expiry ("vercel-gateway", GATEWAY ("1795247160")), ==, -1);
  g_assert_cmpint (read_expiry ("vercel-gateway", GATEWAY ("9e18")), ==, -1);
  g_assert_cmpint (read_expiry ("replicate", "{\"status\":\"succeeded\",\"output\":\"" URL "\"}"),
                   ==, 3600);
}

static gint64
read_cost (const char *cost)
{
  g_autoptr (Wire) wire = wire_new ("eachlabs", NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"status\":\"success\",\"output\":\"" URL "\",\"metrics\":{\"cost\":%s}}", cost);
  g_autoptr (InbReport) report = wire_poll (wire, 200, body);

  g_assert_cmpint (report->state, ==, INB_REMOTE_SUCCEEDED);
  return report->actual_micros;
}

static void
test_cost (void)
{
  g_assert_cmpint (read_cost ("0.35"), ==, 350000);
  g_assert_cmpint (read_cost ("\"0.35\""), ==, 350000);
  g_assert_cmpint (read_cost ("0"), ==, 0);
  g_assert_cmpint (read_cost ("-0.35"), ==, -1);
  g_assert_cmpint (read_cost ("1e12"), ==, -1);
  g_assert_cmpint (read_cost ("\"0.35 USD\""), ==, -1);
  g_assert_cmpint (read_cost ("true"), ==, -1);
  g_assert_cmpint (read_cost ("null"), ==, -1);
  g_assert_cmpint (read_cost ("[0.35]"), ==, -1);
}

static double
read_progress (const char *percent)
{
  g_autoptr (Wire) wire = wire_new ("novita", NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"task\":{\"status\":\"TASK_STATUS_PROCESSING\",\"progress_percent\":%s}}", percent);
  g_autoptr (InbReport) report = wire_poll (wire, 200, body);

  g_assert_cmpint (report->state, ==, INB_REMOTE_RUNNING);
  return report->progress;
}

static void
test_progress (void)
{
  g_assert_cmpfloat_with_epsilon (read_progress ("40"), 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (read_progress ("\"100\""), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (read_progress ("101"), -1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (read_progress ("-3"), -1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (read_progress ("\"nan\""), -1.0, 1e-9);
}

static void
test_clip_inside_the_answer (void)
{
  g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
  const gsize length = 3 * 1024 * 1024 + 1;
  g_autofree guchar *bytes = g_malloc (length);
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;
  g_autoptr (InbReport) report = NULL;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guchar) (i * 2654435761u >> 13);
  text = g_base64_encode (bytes, length);
  body = g_strdup_printf ("{\"status\":\"completed\",\"videos\":[{\"type\":\"base64\",\"data\":"
                          "\"%s\",\"mediaType\":\"video/mp4\"}]}",
                          text);
  report = wire_poll (wire, 200, body);
  g_assert_cmpint (report->state, ==, INB_REMOTE_SUCCEEDED);
  g_assert_no_error (report->error);
  g_assert_cmpmem (g_bytes_get_data (report->clip, NULL), g_bytes_get_size (report->clip), bytes,
                   length);
}

static void
test_silence (void)
{
  g_autoptr (Wire) wire = wire_new ("fal", NULL);
  g_autoptr (InbReply) reply = wire_reply (503, "{\"detail\":\"busy\"}");
  g_autoptr (GError) failure = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "timed out");
  g_autoptr (InbReport) busy = NULL;
  g_autoptr (InbReport) none = inb_answers_read_poll (&wire->values, NULL, failure);

  wire_set_header (reply, "x-fal-request-id", "req-1");
  reply->retry_after_s = 17;
  busy = inb_answers_read_poll (&wire->values, reply, NULL);
  g_assert_cmpint (busy->state, ==, INB_REMOTE_SILENT);
  g_assert_cmpint (busy->wait_s, ==, 17);
  g_assert_cmpstr (busy->request_id, ==, "req-1");
  g_assert_cmpint (none->state, ==, INB_REMOTE_SILENT);
  g_assert_cmpint (none->wait_s, ==, -1);
  g_assert_error (none->error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_nonnull (strstr (none->error->message, "timed out"));
}

static void
test_second (void)
{
  static const struct
  {
    guint status;
    const char *body;
    InbRemoteState state;
    int code;
  } seconds[] = {
    { 200, "{\"video\":{\"url\":\"" URL "\"}}", INB_REMOTE_SUCCEEDED, 0 },
    { 200, "{\"video\":null}", INB_REMOTE_SUCCEEDED, INB_ERROR_FAILED },
    { 400, "{\"detail\":\"Request is still in progress\"}", INB_REMOTE_RUNNING, 0 },
    { 202, "{\"status\":\"IN_PROGRESS\"}", INB_REMOTE_RUNNING, 0 },
    { 400, "{\"detail\":\"Generation failed\"}", INB_REMOTE_FAILED, INB_ERROR_FAILED },
    { 422, "{\"detail\":[{\"msg\":\"blocked\",\"type\":\"content_policy_violation\"}]}",
      INB_REMOTE_FAILED, INB_ERROR_CONTENT },
    { 401, "{\"detail\":\"no\"}", INB_REMOTE_SILENT, INB_ERROR_KEY },
    { 429, "{\"detail\":\"no\"}", INB_REMOTE_SILENT, INB_ERROR_RATE },
    { 404, "{\"detail\":\"no\"}", INB_REMOTE_GONE, INB_ERROR_EXPIRED },
    { 422, NULL, INB_REMOTE_SILENT, INB_ERROR_NETWORK },
    { 500, "{\"detail\":\"no\"}", INB_REMOTE_SILENT, INB_ERROR_UNAVAILABLE },
    { 200, "", INB_REMOTE_SILENT, INB_ERROR_NETWORK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      g_autoptr (Wire) wire = wire_new ("fal", NULL);
      g_autoptr (InbReply) reply = seconds[i].body != NULL
                                       ? wire_reply (seconds[i].status, seconds[i].body)
                                       : wire_page (seconds[i].status);
      g_autoptr (InbReport) report = inb_answers_read_second (&wire->values, reply, NULL);

      g_test_message ("second %u", i);
      g_assert_cmpint (report->state, ==, seconds[i].state);
      if (seconds[i].code != 0)
        g_assert_error (report->error, INB_ERROR, seconds[i].code);
      else
        g_assert_no_error (report->error);
    }
}

static void
test_clip_at_home (void)
{
  g_autoptr (Wire) wire = wire_new ("replicate", NULL);
  g_autoptr (InbReport) home = NULL;
  g_autoptr (InbReport) other = NULL;

  wire->values.home = "http://127.0.0.1:8080";
  home = wire_poll (wire, 200,
                    "{\"status\":\"succeeded\",\"output\":\"http://127.0.0.1:8080/clip.mp4\"}");
  g_assert_no_error (home->error);
  g_assert_cmpstr (home->urls[0], ==, "http://127.0.0.1:8080/clip.mp4");
  other = wire_poll (wire, 200,
                     "{\"status\":\"succeeded\",\"output\":\"http://127.0.0.1:8081/clip.mp4\"}");
  g_assert_error (other->error, INB_ERROR, INB_ERROR_NETWORK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/reports/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/reports/unknown-word", test_unknown_word_is_shown);
  g_test_add_func ("/reports/charge", test_failure_says_what_is_charged);
  g_test_add_func ("/reports/expiry", test_expiry);
  g_test_add_func ("/reports/cost", test_cost);
  g_test_add_func ("/reports/progress", test_progress);
  g_test_add_func ("/reports/clip-inside", test_clip_inside_the_answer);
  g_test_add_func ("/reports/silence", test_silence);
  g_test_add_func ("/reports/second", test_second);
  g_test_add_func ("/reports/home", test_clip_at_home);
  return g_test_run ();
}
