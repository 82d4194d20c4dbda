/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "net-tools.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static void
test_http_answer_comes_whole (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x?y=z");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };
  const char *request;

  net_message_set_body (message, "{\"prompt\":\"x\"}");
  inb_message_add_header (message, "Authorization", "Bearer canary");
  raw_server_answer (server, RAW_KEEP,
                     "HTTP/1.1 201 Created\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
                     "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 7\r\nX-A: 1\r\nX-A: 2\r\n"
                     "Set-Cookie: a=b\r\nContent-Length: 8\r\n\r\n{\"a\":1}\n",
                     -1);
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 1);
  g_assert_cmpuint (outcome.reply->status, ==, 201);
  g_assert_cmpstr (outcome.reply->content_type, ==, "application/json");
  g_assert_cmpint (outcome.reply->retry_after_s, ==, 7);
  g_assert_cmpint (outcome.reply->date_us, ==, G_GINT64_CONSTANT (784111777000000));
  g_assert_cmpstr (inb_reply_get_header (outcome.reply, "X-a"), ==, "2");
  g_assert_cmpmem (g_bytes_get_data (outcome.reply->body, NULL),
                   g_bytes_get_size (outcome.reply->body), "{\"a\":1}\n", 8);
  g_clear_pointer (&http, inb_http_free);
  raw_server_stop (server);
  request = raw_server_get_request (server, 0);
  g_assert_true (g_str_has_prefix (request, "POST /v1/x?y=z HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer canary\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/json\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Length: 14\r\n"));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: Inbetween/"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n{\"prompt\":\"x\"}"));
}

/* What breaks, and whether bytes of the order may have left. */
static const struct
{
  const char *name;
  RawEnd end;
  gboolean early;
  const char *bytes;
} broken[] = {
  { "hang", RAW_HANG, FALSE, "" },
  { "hang in the head", RAW_HANG, FALSE, "HTTP/1.1 200 OK\r\n" },
  { "hang in the body", RAW_HANG, FALSE, OK_HEAD "Content-Length: 9\r\n\r\n{" },
  { "hang before the body is there", RAW_HANG, TRUE, "" },
  { "drip of the head", RAW_DRIP, FALSE, OK_HEAD "X-Slow: " },
  { "drip of the body", RAW_DRIP, FALSE, OK_HEAD "Content-Length: 9000\r\n\r\n" },
  { "closed", RAW_CLOSE, FALSE, "" },
  { "reset", RAW_RESET, FALSE, "" },
  { "reset before the body is there", RAW_RESET, TRUE, "" },
  { "reset in the head", RAW_RESET, FALSE, "HTTP/1.1 200 OK\r\nContent-" },
  { "reset in the body", RAW_RESET, FALSE, OK_HEAD "Content-Length: 9\r\n\r\n{" },
  { "half a status line", RAW_CLOSE, FALSE, "HTTP/1.1 20" },
  { "no HTTP", RAW_CLOSE, FALSE, "220 mail.example ESMTP\r\n\r\n" },
  { "short length", RAW_CLOSE, FALSE, OK_HEAD "Content-Length: 9\r\n\r\n{}" },
  { "endless body", RAW_REPEAT, FALSE, OK_HEAD "\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
  { "head without end", RAW_REPEAT, FALSE, OK_HEAD "X-Long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
  { "announced too long", RAW_HANG, FALSE, OK_HEAD "Content-Length: 99999999\r\n\r\n" },
};

static void
test_http_broken_answer_of_an_order_is_unclear (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = net_impatient_http ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
      g_auto (Outcome) outcome = { 0 };
      Gate gate = { 0 };

      g_test_message ("%s", broken[i].name);
      net_message_set_body (message, "{}");
      if (broken[i].early)
        raw_server_answer_early (server, broken[i].end, broken[i].bytes);
      else
        raw_server_answer (server, broken[i].end, broken[i].bytes, -1);
      net_send (http, message, &gate, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      g_assert_nonnull (strstr (outcome.error->message, "may have been accepted"));
      g_assert_true (outcome.sent);
      g_assert_cmpuint (gate.n_called, ==, 1);
      g_clear_pointer (&http, inb_http_free);
      raw_server_stop (server);
      g_assert_cmpuint (raw_server_get_n_requests (server), ==, 1);
    }
}

static void
test_http_refused_at_the_start_sends_nothing (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { .refuse = TRUE };

  net_message_set_body (message, "{}");
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_STORE);
  g_assert_false (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 1);
  g_clear_pointer (&http, inb_http_free);
  raw_server_stop (server);
  g_assert_cmpuint (raw_server_get_n_connections (server), ==, 1);
  g_assert_cmpuint (raw_server_get_n_bytes (server), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  inb_http_init ();
  g_test_add_func ("/http/answer-comes-whole", test_http_answer_comes_whole);
  g_test_add_func ("/http/broken-answer-of-an-order-is-unclear",
                   test_http_broken_answer_of_an_order_is_unclear);
  g_test_add_func ("/http/refused-at-the-start-sends-nothing",
                   test_http_refused_at_the_start_sends_nothing);
  return g_test_run ();
}
