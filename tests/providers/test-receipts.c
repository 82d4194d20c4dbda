/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "wire-tools.h"

/* What a submit comes to: only what proves that nothing was accepted may be called so. */
typedef struct
{
  const char *name;
  const char *provider;
  guint status;
  const char *body; /* NULL: a page */
  InbOutcome outcome;
  int code;
  const char *id; /* or words that the sentence must have */
} Case;

#define OK 0

static const Case cases[] = {
  { "wavespeed-accepted", "wavespeed", 200,
    "{\"code\":200,\"message\":\"success\",\"data\":{\"id\":\"45b3\",\"outputs\":[],\"status\":"
    "\"created\",\"urls\":{\"get\":\"https://api.wavespeed.ai/x\"}}}",
    INB_OUTCOME_ACCEPTED, OK, "45b3" },
  { "wavespeed-task-goes-on-5004", "wavespeed", 200,
    "{\"code\":200,\"data\":{\"id\":\"45b3\",\"status\":\"processing\",\"code\":5004}}",
    INB_OUTCOME_ACCEPTED, OK, "45b3" },
  { "wavespeed-key", "wavespeed", 401, "{\"code\":401,\"message\":\"bad key\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_KEY, "bad key" },
  { "wavespeed-money", "wavespeed", 403, "{\"code\":403,\"message\":\"Insufficient credits\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_MONEY, "Insufficient credits" },
  { "eachlabs-success-means-accepted", "eachlabs", 200,
    "{\"status\":\"success\",\"message\":\"Prediction created successfully\",\"predictionID\":"
    "\"p-1\"}",
    INB_OUTCOME_ACCEPTED, OK, "p-1" },
  { "eachlabs-rate", "eachlabs", 429, "{\"status\":\"error\",\"message\":\"Too many\"}",
    INB_OUTCOME_LATER, INB_ERROR_RATE, "Too many" },
  { "eachlabs-other-shape", "eachlabs", 400, "{\"status\":400,\"error\":\"image_url\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_BAD_INPUT, "image_url" },
  { "novita-accepted", "novita", 200, "{\"task_id\":\"ca2e-1\"}", INB_OUTCOME_ACCEPTED, OK,
    "ca2e-1" },
  { "novita-403-is-the-key", "novita", 403,
    "{\"code\":403,\"reason\":\"INVALID_API_KEY\",\"message\":\"no\",\"metadata\":{\"trace_id\":"
    "\"t-9\"}}",
    INB_OUTCOME_REJECTED, INB_ERROR_KEY, "Request id: t-9." },
  { "novita-403-is-money", "novita", 403,
    "{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"no\"}", INB_OUTCOME_REJECTED,
    INB_ERROR_MONEY, "Nothing was charged." },
  { "novita-403-is-the-plan", "novita", 403,
    "{\"code\":403,\"reason\":\"model_access_denied\",\"message\":\"no\"}", INB_OUTCOME_REJECTED,
    INB_ERROR_PLAN, "Nothing was charged." },
  { "novita-400", "novita", 400,
    "{\"code\":400,\"reason\":\"INVALID_REQUEST_BODY\",\"message\":\"bad body\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_BAD_INPUT, "bad body" },
  { "highway-accepted", "highway", 200, "{\"task_id\":\"t1\"}", INB_OUTCOME_ACCEPTED, OK, "t1" },
  { "number-for-an-id-where-the-service-can-be-asked", "kling", 200,
    "{\"code\":0,\"message\":\"SUCCEED\",\"request_id\":\"r\",\"data\":{\"task_id\":"
    "872284262215585819}}",
    INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, "It may have been charged." },
  { "number-for-an-id-where-nobody-can-be-asked", "novita", 200, "{\"task_id\":872284262215585819}",
    INB_OUTCOME_ACCEPTED, OK, "872284262215585819" },
  { "kling-error-inside-200", "kling", 200,
    "{\"code\":1201,\"message\":\"duration\",\"request_id\":\"r\"}", INB_OUTCOME_REJECTED,
    INB_ERROR_BAD_INPUT, "duration" },
  { "kling-fault-inside-200", "kling", 200, "{\"code\":5000,\"message\":\"oops\"}",
    INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, "It may have been charged." },
  { "kling-unknown-code-inside-200", "kling", 200, "{\"code\":77,\"message\":\"?\"}",
    INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, "It may have been charged." },
  { "kling-no-code-inside-200", "kling", 200, "{\"data\":{\"task_id\":\"1\"}}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "kling-429-is-money", "kling", 429, "{\"code\":1102,\"message\":\"pack used up\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_MONEY, "pack used up" },
  { "kling-429-is-rate", "kling", 429, "{\"code\":1303,\"message\":\"parallel\"}",
    INB_OUTCOME_LATER, INB_ERROR_RATE, "Nothing was charged." },
  { "kling-content", "kling", 400, "{\"code\":1301,\"message\":\"risk\"}", INB_OUTCOME_REJECTED,
    INB_ERROR_CONTENT, "risk" },
  { "kling-clock", "kling", 401, "{\"code\":1003,\"message\":\"not yet valid\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_KEY, "not yet valid" },
  { "fal-accepted", "fal", 200,
    "{\"status\":\"IN_QUEUE\",\"request_id\":\"764c\",\"status_url\":\"https://queue.fal.run/s\"}",
    INB_OUTCOME_ACCEPTED, OK, "764c" },
  { "fal-input", "fal", 422,
    "{\"detail\":[{\"loc\":[\"body\",\"image_url\"],\"msg\":\"Field required\",\"type\":"
    "\"missing\"}]}",
    INB_OUTCOME_REJECTED, INB_ERROR_BAD_INPUT, "Field required" },
  { "fal-503", "fal", 503, "{\"detail\":\"busy\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    "busy" },
  { "replicate-201", "replicate", 201, "{\"id\":\"q4v2\",\"status\":\"starting\",\"output\":null}",
    INB_OUTCOME_ACCEPTED, OK, "q4v2" },
  { "replicate-202", "replicate", 202, "{\"id\":\"q4v2\",\"status\":\"starting\"}",
    INB_OUTCOME_ACCEPTED, OK, "q4v2" },
  { "replicate-money", "replicate", 402,
    "{\"title\":\"Insufficient credit\",\"detail\":\"Buy more\",\"status\":402}",
    INB_OUTCOME_REJECTED, INB_ERROR_MONEY, "Buy more" },
  { "gateway-operation-is-kept-whole", "vercel-gateway", 200,
    "{\"operation\":{\"gatewayJobId\":\"job_123\",\"x\":[1,null]},\"warnings\":[]}",
    INB_OUTCOME_ACCEPTED, OK, "{\"gatewayJobId\":\"job_123\",\"x\":[1,null]}" },
  { "gateway-empty-operation", "vercel-gateway", 200, "{\"operation\":{}}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "gateway-forbidden", "vercel-gateway", 403,
    "{\"error\":{\"message\":\"Video is beta\",\"type\":\"forbidden\"},\"generationId\":\"g-1\"}",
    INB_OUTCOME_REJECTED, INB_ERROR_PLAN, "Video is beta" },
  { "gateway-no-start-here", "vercel-gateway", 404, "{\"error\":{\"message\":\"Not Found\"}}",
    INB_OUTCOME_NO_WAY, INB_ERROR_UNAVAILABLE, NULL },
  { "gateway-no-start-page", "vercel-gateway", 404, NULL, INB_OUTCOME_NO_WAY, INB_ERROR_UNAVAILABLE,
    NULL },
  { "gateway-no-such-model", "vercel-gateway", 404,
    "{\"error\":{\"message\":\"Model not found\",\"type\":\"model_not_found\",\"param\":{"
    "\"modelId\":\"x\"}}}",
    INB_OUTCOME_REJECTED, INB_ERROR_PLAN, "Model not found" },
  { "gateway-503", "vercel-gateway", 503, "{\"error\":{\"message\":\"busy\"}}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },

  /* what any service may answer */
  { "no-id", "novita", 200, "{\"task\":\"1\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "null-id", "novita", 200, "{\"task_id\":null}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "empty-id", "novita", 200, "{\"task_id\":\"\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "id-with-control", "novita", 200, "{\"task_id\":\"a\\nb\"}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "id-is-folder", "novita", 200, "{\"task_id\":\"..\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    NULL },
  { "id-is-list", "novita", 200, "{\"task_id\":[1]}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    NULL },
  { "id-is-fraction", "novita", 200, "{\"task_id\":1.5}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    NULL },
  { "number-overflows", "novita", 200, "{\"task_id\":99999999999999999999}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "1e999", "novita", 200, "{\"task_id\":\"x\",\"n\":1e999}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "nul", "novita", 200, "{\"task_id\":\"x\\u0000y\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    NULL },
  { "twice", "novita", 200, "{\"task_id\":\"x\",\"task_id\":\"y\"}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "bom", "novita", 200, "\xef\xbb\xbf{\"task_id\":\"x\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    NULL },
  { "empty", "novita", 200, "", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "null", "novita", 200, "null", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "list", "novita", 200, "[\"x\"]", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "cut", "novita", 200, "{\"task_id\":\"x\"", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "page-200", "novita", 200, NULL, INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "page-401", "novita", 401, NULL, INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "page-403", "novita", 403, NULL, INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "page-429", "novita", 429, NULL, INB_OUTCOME_LATER, INB_ERROR_RATE, NULL },
  { "page-502", "novita", 502, NULL, INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "page-404", "novita", 404, NULL, INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "words-400", "novita", 400, "Bad Request", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "empty-object-400", "novita", 400, "{}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "404", "novita", 404, "{\"code\":404,\"reason\":\"PATH_NOT_FOUND\"}", INB_OUTCOME_REJECTED,
    INB_ERROR_UNAVAILABLE, NULL },
  { "408", "novita", 408, "{\"code\":408}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "409", "novita", 409, "{\"code\":409}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "418", "novita", 418, "{\"code\":418}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "500", "novita", 500, "{\"code\":500,\"reason\":\"TASK_FAILED\"}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "301", "novita", 301, "", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN, NULL },
  { "307-with-a-refusal", "kling", 307, "{\"code\":1201,\"message\":\"x\"}", INB_OUTCOME_UNCLEAR,
    INB_ERROR_UNKNOWN, NULL },
  { "307-with-an-id", "novita", 307, "{\"task_id\":\"x\"}", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN,
    NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (Wire) wire = wire_new (expected->provider, NULL);
  g_autoptr (InbReply) reply = expected->body != NULL
                                   ? wire_reply (expected->status, expected->body)
                                   : wire_page (expected->status);
  g_autoptr (InbReceipt) receipt =
      inb_answers_read_submit (&wire->values, INB_STEP_SUBMIT, reply, TRUE, NULL);

  g_assert_cmpint (receipt->outcome, ==, expected->outcome);
  if (expected->outcome == INB_OUTCOME_ACCEPTED)
    {
      g_assert_no_error (receipt->error);
      g_assert_cmpstr (receipt->remote_id, ==, expected->id);
      return;
    }
  g_assert_null (receipt->remote_id);
  g_assert_error (receipt->error, INB_ERROR, expected->code);
  g_assert_nonnull (strstr (receipt->error->message, wire->values.provider->name));
  g_assert_nonnull (strstr (receipt->error->message, expected->outcome == INB_OUTCOME_UNCLEAR
                                                         ? "It may have been charged."
                                                         : "Nothing was charged."));
  if (expected->id != NULL)
    g_assert_nonnull (strstr (receipt->error->message, expected->id));
}

static void
test_what_else_is_kept (void)
{
  g_autoptr (Wire) wire = wire_new ("fal", NULL);
  g_autoptr (InbReceipt) receipt =
      wire_submit (wire, 200,
                   "{\"request_id\":\"764c\",\"status_url\":\"https://queue.fal.run/s\","
                   "\"response_url\":\"https://queue.fal.run/r\",\"cancel_url\":null}");

  wire_assert_json (receipt->kept, "{\"status\":\"https://queue.fal.run/s\",\"response\":"
                                   "\"https://queue.fal.run/r\"}");
}

static void
test_rate_tells_how_long (void)
{
  g_autoptr (Wire) wire = wire_new ("replicate", NULL);
  g_autoptr (InbReply) reply = wire_reply (429, "{\"detail\":\"throttled\"}");
  g_autoptr (InbReceipt) receipt = NULL;

  reply->retry_after_s = 30;
  receipt = inb_answers_read_submit (&wire->values, INB_STEP_SUBMIT, reply, TRUE, NULL);
  g_assert_cmpint (receipt->outcome, ==, INB_OUTCOME_LATER);
  g_assert_cmpint (receipt->wait_s, ==, 30);
}

static void
test_no_answer (void)
{
  g_autoptr (Wire) wire = wire_new ("novita", NULL);
  g_autoptr (GError) failure = g_error_new (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "refused");
  g_autoptr (GError) disk = g_error_new (INB_ERROR, INB_ERROR_STORE, "the database is gone");
  g_autoptr (InbReceipt) before =
      inb_answers_read_submit (&wire->values, INB_STEP_SUBMIT, NULL, FALSE, failure);
  g_autoptr (InbReceipt) after =
      inb_answers_read_submit (&wire->values, INB_STEP_SUBMIT, NULL, TRUE, failure);
  g_autoptr (InbReceipt) stopped =
      inb_answers_read_submit (&wire->values, INB_STEP_SUBMIT, NULL, FALSE, disk);

  g_assert_cmpint (before->outcome, ==, INB_OUTCOME_NOT_SENT);
  g_assert_error (before->error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_nonnull (strstr (before->error->message, "Nothing was charged."));
  g_assert_cmpint (after->outcome, ==, INB_OUTCOME_UNCLEAR);
  g_assert_error (after->error, INB_ERROR, INB_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (after->error->message, "refused"));
  g_assert_cmpint (stopped->outcome, ==, INB_OUTCOME_NOT_SENT);
  g_assert_error (stopped->error, INB_ERROR, INB_ERROR_STORE);
}

static void
test_words_are_bounded_and_hold_no_key (void)
{
  g_autoptr (Wire) wire = wire_new ("novita", NULL);
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf (
      "{\"code\":401,\"message\":\"bad\\n\\ttest-key-0123456789\\u001b[31m \\u202e%s\"}",
      long_text);
  g_autoptr (InbReceipt) receipt = wire_submit (wire, 401, body);

  g_assert_cmpint (receipt->outcome, ==, INB_OUTCOME_REJECTED);
  g_assert_null (strstr (receipt->error->message, "test-key"));
  g_assert_null (strchr (receipt->error->message, '\n'));
  g_assert_null (strchr (receipt->error->message, '\033'));
  g_assert_null (strstr (receipt->error->message, "\u202e"));
  g_assert_nonnull (strstr (receipt->error->message, "bad •••"));
  g_assert_cmpint (g_utf8_strlen (receipt->error->message, -1), <, 500);
}

static InbReceipt *
read_events (Wire *wire, guint status, const char *type, const char *text)
{
  g_autoptr (InbReply) reply = inb_reply_new (status, type, text, -1);

  return inb_answers_read_submit (&wire->values, INB_STEP_FALLBACK, reply, TRUE, NULL);
}

static void
test_events_hold_the_clip (void)
{
  g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
  g_autoptr (InbReceipt) receipt = read_events (
      wire, 200, "text/event-stream",
      ": heartbeat\n\n: heartbeat\n\ndata: {\"type\":\"result\",\"videos\":[{\"type\":\"base64\","
      "\"data\":\"AAAAGGZ0eXBpc29t\",\"mediaType\":\"video/mp4\"}],\"warnings\":[]}\n\n");

  g_assert_cmpint (receipt->outcome, ==, INB_OUTCOME_ACCEPTED);
  g_assert_null (receipt->remote_id);
  g_assert_cmpint (receipt->report->state, ==, INB_REMOTE_SUCCEEDED);
  g_assert_no_error (receipt->report->error);
  g_assert_cmpuint (g_bytes_get_size (receipt->report->clip), ==, 12);
}

static void
test_events_that_are_none_are_unclear (void)
{
  static const char *const texts[] = { "",
                                       ": heartbeat\n\n",
                                       "data: [DONE]\n\n",
                                       "data: {\"type\":\"result\"",
                                       "data: {\"type\":\"other\"}\n\n",
                                       "data: {\"type\":\"error\",\"message\":\"x\"}\n\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
      g_autoptr (InbReceipt) receipt = read_events (wire, 200, "text/event-stream", texts[i]);

      g_assert_cmpint (receipt->outcome, ==, INB_OUTCOME_UNCLEAR);
      g_assert_error (receipt->error, INB_ERROR, INB_ERROR_UNKNOWN);
    }
}

static void
test_events_hold_errors (void)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *text;
    InbOutcome outcome;
    int code;
  } errors[] = {
    { 200, "text/event-stream",
      "data: {\"type\":\"error\",\"message\":\"no funds\",\"errorType\":\"insufficient_funds\","
      "\"statusCode\":402,\"param\":null}\n\n",
      INB_OUTCOME_REJECTED, INB_ERROR_MONEY },
    { 200, "text/event-stream",
      "data: {\"type\":\"error\",\"message\":\"slow\",\"errorType\":\"timeout_error\","
      "\"statusCode\":504}\n\n",
      INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN },
    { 200, "text/event-stream",
      "data: {\"type\":\"error\",\"message\":\"wait\",\"errorType\":\"rate_limit_exceeded\","
      "\"statusCode\":429}\n\n",
      INB_OUTCOME_LATER, INB_ERROR_RATE },
    { 401, "application/json",
      "{\"error\":{\"message\":\"bad key\",\"type\":\"authentication_error\"}}",
      INB_OUTCOME_REJECTED, INB_ERROR_KEY },
    { 404, "application/json", "{\"error\":{\"message\":\"nothing here\"}}", INB_OUTCOME_REJECTED,
      INB_ERROR_UNAVAILABLE },
    { 502, "text/html", "<html>", INB_OUTCOME_UNCLEAR, INB_ERROR_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
      g_autoptr (InbReceipt) receipt =
          read_events (wire, errors[i].status, errors[i].type, errors[i].text);

      g_assert_cmpint (receipt->outcome, ==, errors[i].outcome);
      g_assert_error (receipt->error, INB_ERROR, errors[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/receipts/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/receipts/kept", test_what_else_is_kept);
  g_test_add_func ("/receipts/rate", test_rate_tells_how_long);
  g_test_add_func ("/receipts/no-answer", test_no_answer);
  g_test_add_func ("/receipts/words", test_words_are_bounded_and_hold_no_key);
  g_test_add_func ("/receipts/events-clip", test_events_hold_the_clip);
  g_test_add_func ("/receipts/events-none", test_events_that_are_none_are_unclear);
  g_test_add_func ("/receipts/events-errors", test_events_hold_errors);
  return g_test_run ();
}
