/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-jwt.h"
#include "wire-tools.h"

static void
assert_body (const InbMessage *message, const char *wanted)
{
  g_autofree char *body = wire_dup_body (message);

  g_assert_nonnull (body);
  wire_assert_json (body, wanted);
  g_assert_cmpstr (inb_body_get_content_type (message->body), ==, "application/json");
}

static void
assert_message (const InbMessage *message, const char *method, const char *url)
{
  g_assert_cmpstr (message->method, ==, method);
  g_assert_cmpstr (message->url, ==, url);
  g_assert_false (message->bare);
}

static void
test_wavespeed (void)
{
  g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
  g_autoptr (InbMessage) submit = NULL;
  g_autoptr (InbMessage) poll = NULL;

  wire->start.url = g_strdup ("https://files.example/a.png");
  wire->request->guidance = 0.5;
  submit = wire_make (wire, INB_STEP_SUBMIT);
  assert_message (submit, "POST",
                  "https://api.wavespeed.ai/api/v3/kwaivgi/kling-v2.5-turbo-pro/image-to-video");
  g_assert_cmpint (submit->kind, ==, INB_MESSAGE_SUBMIT);
  g_assert_cmpstr (inb_message_get_header (submit, "authorization"), ==,
                   "Bearer test-key-0123456789");
  assert_body (submit,
               "{\"image\":\"https://files.example/a.png\",\"prompt\":\"A mug turns.\\nSlow "
               "“steam”\",\"guidance_scale\":0.5,\"duration\":5}");
  wire->values.remote_id = "45b3/9?2";
  poll = wire_make (wire, INB_STEP_POLL);
  assert_message (poll, "GET", "https://api.wavespeed.ai/api/v3/predictions/45b3%2F9%3F2/result");
  g_assert_cmpint (poll->kind, ==, INB_MESSAGE_LOOK);
  g_assert_null (poll->body);
}

static void
test_novita_sends_raw_base64_and_a_text_for_seconds (void)
{
  g_autoptr (Wire) wire = wire_new ("novita", NULL);
  g_autoptr (InbMessage) submit = wire_make (wire, INB_STEP_SUBMIT);
  g_autoptr (InbMessage) poll = NULL;

  assert_message (submit, "POST", "https://api.novita.ai/v3/async/kling-2.5-turbo-i2v");
  assert_body (submit, "{\"image\":\"" WIRE_START
                       "\",\"prompt\":\"A mug turns.\\nSlow “steam”\",\"duration\":\"5\","
                       "\"mode\":\"pro\"}");
  wire->values.remote_id = "t 1&x=2";
  poll = wire_make (wire, INB_STEP_POLL);
  assert_message (poll, "GET", "https://api.novita.ai/v3/async/task-result?task_id=t%201%26x%3D2");
}

static void
test_highway_sends_data_uri_of_the_true_media_type (void)
{
  g_autoptr (Wire) wire = wire_new ("highway", NULL);
  g_autoptr (InbMessage) submit = NULL;

  g_free (wire->start.media);
  wire->start.media = g_strdup ("image/jpeg");
  wire->request->negative = g_strdup ("blur");
  submit = wire_make (wire, INB_STEP_SUBMIT);
  assert_message (submit, "POST", "https://api.highwayapi.ai/v3/async/kling-2.5-turbo-i2v");
  assert_body (submit, "{\"image\":\"data:image/jpeg;base64," WIRE_START
                       "\",\"prompt\":\"A mug turns.\\nSlow “steam”\",\"duration\":\"5\","
                       "\"negative_prompt\":\"blur\",\"mode\":\"pro\"}");
}

static void
test_eachlabs_signs_both_ways (void)
{
  g_autoptr (Wire) wire = wire_new ("eachlabs", NULL);
  g_autoptr (InbMessage) submit = NULL;

  wire->start.url = g_strdup ("https://files.example/a.png");
  wire->last.url = g_strdup ("https://files.example/b.png");
  wire->values.last = &wire->last;
  wire->request->duration_s = 10;
  submit = wire_make (wire, INB_STEP_SUBMIT);
  assert_message (submit, "POST", "https://api.eachlabs.ai/v1/prediction/");
  g_assert_cmpstr (inb_message_get_header (submit, "X-API-Key"), ==, "test-key-0123456789");
  g_assert_cmpstr (inb_message_get_header (submit, "Authorization"), ==,
                   "Bearer test-key-0123456789");
  assert_body (submit,
               "{\"model\":\"kling-v2-5-turbo-pro-image-to-video\",\"version\":\"0.0.1\",\"input\":"
               "{\"prompt\":\"A mug turns.\\nSlow “steam”\","
               "\"image_url\":\"https://files.example/a.png\","
               "\"tail_image_url\":\"https://files.example/b.png\",\"duration\":\"10\"}}");
}

static void
test_gateway (void)
{
  g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
  g_autoptr (InbMessage) submit = NULL;
  g_autoptr (InbMessage) events = NULL;
  g_autoptr (InbMessage) poll = NULL;

  wire->values.last = &wire->last;
  submit = wire_make (wire, INB_STEP_SUBMIT);
  assert_message (submit, "POST", "https://ai-gateway.vercel.sh/v4/ai/video-model/start");
  g_assert_cmpstr (inb_message_get_header (submit, "idempotency-key"), ==,
                   wire->values.idempotency_key);
  g_assert_cmpstr (inb_message_get_header (submit, "ai-gateway-auth-method"), ==, "api-key");
  g_assert_cmpstr (inb_message_get_header (submit, "ai-model-id"), ==,
                   "klingai/kling-v2.5-turbo-i2v");
  assert_body (
      submit, "{\"prompt\":\"A mug turns.\\nSlow “steam”\",\"n\":1,\"duration\":5,"
              "\"providerOptions\":{\"klingai\":{\"mode\":\"pro\",\"imageTail\":\"" WIRE_LAST
              "\"}},\"image\":{\"type\":\"file\",\"mediaType\":\"image/png\",\"data\":\"" WIRE_START
              "\"}}");
  events = wire_make (wire, INB_STEP_FALLBACK);
  assert_message (events, "POST", "https://ai-gateway.vercel.sh/v4/ai/video-model");
  g_assert_cmpint (events->kind, ==, INB_MESSAGE_SUBMIT);
  g_assert_cmpstr (inb_message_get_header (events, "accept"), ==, "text/event-stream");
  g_assert_null (inb_message_get_header (events, "idempotency-key"));
  wire->values.remote_id = "{\"gatewayJobId\":\"job_1\",\"n\":[1]}";
  poll = wire_make (wire, INB_STEP_POLL);
  assert_message (poll, "POST", "https://ai-gateway.vercel.sh/v4/ai/video-model/status");
  assert_body (poll, "{\"operation\":{\"gatewayJobId\":\"job_1\",\"n\":[1]}}");
  g_assert_null (inb_message_get_header (poll, "idempotency-key"));
  /* a clip may be inside the answer */
  g_assert_cmpuint (poll->max_answer, >, 32 * 1024 * 1024);
}

static void
test_gateway_takes_the_token_where_there_is_no_key (void)
{
  g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
  g_autoptr (InbMessage) message = NULL;

  g_hash_table_remove (wire->secrets, "api_key");
  wire_set_key (wire, "oidc_token", "oidc-0123456789");
  g_assert_cmpstr (inb_messages_get_sign_in_name (wire->values.provider, wire->secrets), ==,
                   "oidc_token");
  message = wire_make (wire, INB_STEP_BALANCE);
  assert_message (message, "GET", "https://ai-gateway.vercel.sh/v1/credits");
  g_assert_cmpstr (inb_message_get_header (message, "authorization"), ==, "Bearer oidc-0123456789");
  g_assert_cmpstr (inb_message_get_header (message, "ai-gateway-auth-method"), ==, "oidc");
  g_assert_null (inb_message_get_header (message, "ai-model-id"));
}

static void
test_kling_signs_with_a_token_and_names_the_job (void)
{
  g_autoptr (Wire) wire = wire_new ("kling", NULL);
  g_autoptr (InbMessage) submit = NULL;
  g_autoptr (InbMessage) lookup = NULL;

  g_hash_table_remove_all (wire->secrets);
  wire_set_key (wire, "access_key", "ak-test");
  g_assert_null (inb_messages_get_sign_in_name (wire->values.provider, wire->secrets));
  wire_set_key (wire, "secret_key", "sk-test");
  wire->values.last = &wire->last;
  wire->request->guidance = 0.5;
  submit = wire_make (wire, INB_STEP_SUBMIT);
  g_assert_true (g_str_has_prefix (inb_message_get_header (submit, "Authorization"),
                                   "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."));
  assert_body (submit, "{\"model_name\":\"kling-v2-5-turbo\",\"image\":\"" WIRE_START
                       "\",\"image_tail\":\"" WIRE_LAST
                       "\",\"prompt\":\"A mug turns.\\nSlow “steam”\",\"mode\":\"pro\","
                       "\"duration\":\"5\",\"external_task_id\":"
                       "\"0a1b2c3d-0000-4000-8000-000000000001\","
                       "\"watermark_info\":{\"enabled\":false}}");
  lookup = wire_make (wire, INB_STEP_LOOKUP);
  assert_message (lookup, "GET",
                  "https://api-singapore.klingai.com/v1/videos/image2video/"
                  "0a1b2c3d-0000-4000-8000-000000000001");
}

/* Header, claims and signature were computed by other means (Python's hmac). */
static void
test_jwt (void)
{
  g_autofree char *token = inb_jwt_new ("ak-test", "sk-test", 1795247100);

  g_assert_cmpstr (token, ==,
                   "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                   "eyJpc3MiOiJhay10ZXN0IiwiZXhwIjoxNzk1MjQ4OTAwLCJuYmYiOjE3OTUyNDcwOTV9."
                   "xh9nfkIrixhyo8pnTPrhLnTmSNe8UMf_-3a-IhhH-4g");
}

static void
test_fal_asks_where_it_was_told (void)
{
  g_autoptr (Wire) wire = wire_new ("fal", NULL);
  g_autoptr (InbMessage) poll = NULL;
  g_autoptr (InbMessage) second = NULL;
  g_autoptr (InbMessage) cancel = NULL;

  wire->values.remote_id = "764c";
  wire->values.kept =
      "{\"status\":\"https://queue.fal.run/fal-ai/kling-video/requests/764c/status\","
      "\"response\":\"https://queue.fal.run/fal-ai/kling-video/requests/764c\","
      "\"cancel\":\"https://queue.fal.run/fal-ai/kling-video/requests/764c/cancel\"}";
  poll = wire_make (wire, INB_STEP_POLL);
  assert_message (poll, "GET", "https://queue.fal.run/fal-ai/kling-video/requests/764c/status");
  second = wire_make (wire, INB_STEP_SECOND);
  assert_message (second, "GET", "https://queue.fal.run/fal-ai/kling-video/requests/764c");
  cancel = wire_make (wire, INB_STEP_CANCEL);
  assert_message (cancel, "PUT", "https://queue.fal.run/fal-ai/kling-video/requests/764c/cancel");
  g_assert_cmpstr (inb_message_get_header (cancel, "Authorization"), ==, "Key test-key-0123456789");
}

static void
test_keys_go_to_the_service_only (void)
{
  static const char *const foreign[] = {
    "https://evil.example/requests/764c/status",
    "http://queue.fal.run/requests/764c/status",
    "https://queue.fal.run@evil.example/",
    "https://queue.fal.run.evil.example/",
    "https://queue.fal.run:444/",
    "https://queue.fal.run\\\\@evil.example/",
    "//queue.fal.run/",
    "file:///etc/passwd",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (Wire) wire = wire_new ("fal", NULL);
      g_autofree char *kept = g_strdup_printf ("{\"status\":\"%s\"}", foreign[i]);
      g_autoptr (GError) error = NULL;

      wire->values.remote_id = "764c";
      wire->values.kept = kept;
      g_assert_null (inb_messages_make (&wire->values, INB_STEP_POLL, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_NETWORK);
      g_assert_null (strstr (error->message, "evil"));
    }
}

static void
test_home_takes_the_place_of_hosts (void)
{
  g_autoptr (Wire) wire = wire_new ("fal", NULL);
  g_autoptr (InbMessage) submit = NULL;
  g_autoptr (InbMessage) ticket = NULL;
  g_autoptr (InbMessage) real = NULL;
  g_autoptr (InbMessage) moved = NULL;
  g_autoptr (GError) error = NULL;

  wire->values.home = "http://127.0.0.1:8080";
  wire->start.url = g_strdup ("https://files.example/a.png");
  submit = wire_make (wire, INB_STEP_SUBMIT);
  assert_message (submit, "POST",
                  "http://127.0.0.1:8080/queue.fal.run/fal-ai/kling-video/v2.5-turbo/pro/"
                  "image-to-video");
  g_assert_cmpstr (submit->home, ==, "http://127.0.0.1:8080");
  ticket = inb_messages_make_ticket (&wire->values, &wire->start, &error);
  g_assert_no_error (error);
  assert_message (ticket, "POST",
                  "http://127.0.0.1:8080/rest.fal.ai/storage/upload/initiate"
                  "?storage_type=fal-cdn-v3");
  wire->values.kept = "{\"status\":\"https://queue.fal.run/r/1/status\","
                      "\"response\":\"http://127.0.0.1:8080/queue.fal.run/r/1\","
                      "\"cancel\":\"http://127.0.0.1:8081/queue.fal.run/r/1/cancel\"}";
  wire->values.remote_id = "1";
  real = wire_make (wire, INB_STEP_POLL);
  assert_message (real, "GET", "http://127.0.0.1:8080/queue.fal.run/r/1/status");
  moved = wire_make (wire, INB_STEP_SECOND);
  assert_message (moved, "GET", "http://127.0.0.1:8080/queue.fal.run/r/1");
  g_assert_null (inb_messages_make (&wire->values, INB_STEP_CANCEL, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NETWORK);
}

static void
test_home_of_one_host_has_no_folder (void)
{
  g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
  g_autoptr (InbMessage) balance = NULL;

  wire->values.home = "http://127.0.0.1:8080/";
  balance = wire_make (wire, INB_STEP_BALANCE);
  assert_message (balance, "GET", "http://127.0.0.1:8080/api/v3/balance");
}

static void
test_history_asks_for_the_window (void)
{
  g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
  g_autoptr (InbMessage) history = NULL;

  wire->values.since_us = G_GINT64_CONSTANT (1795247100) * G_USEC_PER_SEC;
  wire->values.until_us = G_GINT64_CONSTANT (1795247700) * G_USEC_PER_SEC;
  history = wire_make (wire, INB_STEP_HISTORY);
  assert_message (history, "POST", "https://api.wavespeed.ai/api/v3/predictions");
  assert_body (history, "{\"page\":1,\"page_size\":100,\"created_after\":\"2026-11-21T07:45:00Z\","
                        "\"created_before\":\"2026-11-21T07:55:00Z\","
                        "\"model\":\"kwaivgi/kling-v2.5-turbo-pro/image-to-video\"}");
}

static void
test_uploads_by_ticket (void)
{
  g_autoptr (Wire) wire = wire_new ("wavespeed", NULL);
  g_autoptr (JsonNode) answer = wire_parse (
      "{\"data\":{\"download_url\":\"https://files.example/a.png\",\"upload\":{\"method\":\"PUT\","
      "\"url\":\"https://bucket.example/a?sig=1\",\"headers\":{\"Content-Type\":\"image/png\","
      "\"x-amz-acl\":\"public\",\"Host\":\"evil\",\"Authorization\":\"x\",\"X-Bad\":\"a\\r\\nb\"}}}"
      "}");
  g_autoptr (InbMessage) ticket = NULL;
  g_autoptr (InbMessage) put = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *url = NULL;

  ticket = inb_messages_make_ticket (&wire->values, &wire->start, &error);
  g_assert_no_error (error);
  assert_message (ticket, "POST", "https://api.wavespeed.ai/api/v3/media/uploads");
  assert_body (ticket, "{\"filename\":\"frame.png\",\"size\":11,\"content_type\":\"image/png\"}");
  put = inb_messages_make_put (&wire->values, &wire->start, answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (put->method, ==, "PUT");
  g_assert_cmpstr (put->url, ==, "https://bucket.example/a?sig=1");
  g_assert_true (put->bare);
  g_assert_cmpint (put->kind, ==, INB_MESSAGE_UPLOAD);
  g_assert_cmpuint (put->headers->len, ==, 1);
  g_assert_cmpstr (inb_message_get_header (put, "x-amz-acl"), ==, "public");
  g_assert_cmpstr (inb_body_get_content_type (put->body), ==, "image/png");
  bytes = wire_dup_body (put);
  g_assert_cmpstr (bytes, ==, "start-bytes");
  url = inb_answers_read_public_url (&wire->values, answer, &error);
  g_assert_cmpstr (url, ==, "https://files.example/a.png");
}

static void
test_upload_to_private_places_is_refused (void)
{
  static const char *const bad[] = { "http://bucket.example/a", "https://127.0.0.1/a",
                                     "https://[::1]/a", "file:///tmp/a",
                                     "https://169.254.169.254/" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Wire) wire = wire_new ("fal", NULL);
      g_autofree char *text =
          g_strdup_printf ("{\"upload_url\":\"%s\",\"file_url\":\"%s\"}", bad[i], bad[i]);
      g_autoptr (JsonNode) answer = wire_parse (text);
      g_autoptr (GError) error = NULL;

      g_assert_null (inb_messages_make_put (&wire->values, &wire->start, answer, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_NETWORK);
      g_clear_error (&error);
      g_assert_null (inb_answers_read_public_url (&wire->values, answer, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_NETWORK);
    }
}

static void
test_upload_by_form (void)
{
  g_autoptr (Wire) wire = wire_new ("replicate", NULL);
  g_autoptr (InbMessage) form = NULL;
  g_autoptr (JsonNode) answer =
      wire_parse ("{\"urls\":{\"get\":\"https://api.replicate.com/v1/files/x\"}}");
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autofree char *wanted = NULL;
  const char *boundary;

  wire_set_key (wire, "api_token", "r8-0123456789");
  form = inb_messages_make_ticket (&wire->values, &wire->start, &error);
  g_assert_no_error (error);
  assert_message (form, "POST", "https://api.replicate.com/v1/files");
  g_assert_cmpint (form->kind, ==, INB_MESSAGE_UPLOAD);
  g_assert_cmpstr (inb_message_get_header (form, "authorization"), ==, "Bearer r8-0123456789");
  boundary = strstr (inb_body_get_content_type (form->body), "boundary=") + strlen ("boundary=");
  body = wire_dup_body (form);
  wanted = g_strdup_printf (
      "--%s\r\nContent-Disposition: form-data; name=\"content\"; filename=\"frame.png\"\r\n"
      "Content-Type: image/png\r\n\r\nstart-bytes\r\n"
      "--%s\r\nContent-Disposition: form-data; name=\"metadata\"\r\n"
      "Content-Type: application/json\r\n\r\n{}\r\n--%s--\r\n",
      boundary, boundary, boundary);
  g_assert_cmpstr (body, ==, wanted);
  g_assert_null (inb_messages_make_put (&wire->values, &wire->start, answer, &error));
  g_assert_no_error (error);
}

static void
test_the_same_submit_is_the_same_to_the_byte (void)
{
  g_autoptr (Wire) wire = wire_new ("vercel-gateway", NULL);
  g_autoptr (InbMessage) first = wire_make (wire, INB_STEP_SUBMIT);
  g_autoptr (InbMessage) second = wire_make (wire, INB_STEP_SUBMIT);
  g_autofree char *a = inb_body_hash (first->body, NULL);
  g_autofree char *b = inb_body_hash (second->body, NULL);

  g_assert_nonnull (a);
  g_assert_cmpstr (a, ==, b);
}

static void
test_what_is_missing_is_told_before_anything_is_sent (void)
{
  g_autoptr (Wire) wire = wire_new ("eachlabs", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_messages_make (&wire->values, INB_STEP_SUBMIT, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT); /* not uploaded */
  g_clear_error (&error);
  wire->start.url = g_strdup ("https://files.example/a.png");
  g_hash_table_remove_all (wire->secrets);
  g_assert_null (inb_messages_make (&wire->values, INB_STEP_SUBMIT, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_KEY);
  g_clear_error (&error);
  wire_set_key (wire, "api_key", "with\r\nHost: evil");
  g_assert_null (inb_messages_make (&wire->values, INB_STEP_SUBMIT, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_null (strstr (error->message, "evil"));
  g_clear_error (&error);
  g_assert_false (inb_messages_has_step (wire->values.provider, INB_STEP_BALANCE));
  g_assert_null (inb_messages_make (&wire->values, INB_STEP_BALANCE, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOBODY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages/wavespeed", test_wavespeed);
  g_test_add_func ("/messages/novita-raw-base64",
                   test_novita_sends_raw_base64_and_a_text_for_seconds);
  g_test_add_func ("/messages/highway-data-uri",
                   test_highway_sends_data_uri_of_the_true_media_type);
  g_test_add_func ("/messages/eachlabs-both-keys", test_eachlabs_signs_both_ways);
  g_test_add_func ("/messages/gateway", test_gateway);
  g_test_add_func ("/messages/gateway-token", test_gateway_takes_the_token_where_there_is_no_key);
  g_test_add_func ("/messages/kling", test_kling_signs_with_a_token_and_names_the_job);
  g_test_add_func ("/messages/jwt", test_jwt);
  g_test_add_func ("/messages/fal-kept-addresses", test_fal_asks_where_it_was_told);
  g_test_add_func ("/messages/no-key-elsewhere", test_keys_go_to_the_service_only);
  g_test_add_func ("/messages/home-several-hosts", test_home_takes_the_place_of_hosts);
  g_test_add_func ("/messages/home-one-host", test_home_of_one_host_has_no_folder);
  g_test_add_func ("/messages/history-window", test_history_asks_for_the_window);
  g_test_add_func ("/messages/upload-ticket", test_uploads_by_ticket);
  g_test_add_func ("/messages/upload-private", test_upload_to_private_places_is_refused);
  g_test_add_func ("/messages/upload-form", test_upload_by_form);
  g_test_add_func ("/messages/same-bytes", test_the_same_submit_is_the_same_to_the_byte);
  g_test_add_func ("/messages/missing", test_what_is_missing_is_told_before_anything_is_sent);
  return g_test_run ();
}
