/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "net-tools.h"
#include "net/inb-redirect.h"

/* The session that carries no key. */

static void
test_bare_session_refuses_keys (void)
{
  static const char *const names[] = { "Authorization", "authorization", "Cookie",
                                       "X-API-Key",     "x-api-key",     "api-key" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_UPLOAD, "PUT", "/u");
      g_auto (Outcome) outcome = { 0 };

      message->bare = TRUE;
      inb_message_add_header (message, names[i], "canary");
      net_send (http, message, NULL, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_BAD_INPUT);
      net_finish (&http, server);
      g_assert_cmpuint (raw_server_get_n_connections (server), ==, 0);
    }
}

/* Cookies and connections of one session are not those of the other. */
static void
test_bare_session_shares_nothing (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/a");
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < 4; i++)
    raw_server_answer (server, RAW_KEEP,
                       "HTTP/1.1 200 OK\r\nSet-Cookie: canary=1; Path=/\r\n"
                       "Content-Length: 2\r\n\r\n{}",
                       -1);
  inb_message_add_header (message, "X-API-Key", "canary");
  net_send (http, message, NULL, NULL, &outcome);
  g_ptr_array_set_size (message->headers, 0);
  net_send (http, message, NULL, NULL, &outcome);
  message->bare = TRUE;
  net_send (http, message, NULL, NULL, &outcome);
  net_send (http, message, NULL, NULL, &outcome);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 4);
  g_assert_cmpuint (raw_server_get_n_connections (server), ==, 2);
  for (guint i = 1; i < 4; i++)
    g_assert_null (strstr (raw_server_get_request (server, i), "canary"));
}

/* A file is put where it was said, and nowhere else. */
static void
test_bare_put_is_not_led_on (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_UPLOAD, "PUT", "/u");
  g_auto (Outcome) outcome = { 0 };

  message->bare = TRUE;
  net_message_set_body (message, "photo");
  inb_message_add_header (message, "Content-Type", "image/jpeg");
  raw_server_answer (server, RAW_KEEP,
                     "HTTP/1.1 307 Moved\r\nLocation: /v\r\nContent-Length: 0\r\n\r\n", -1);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.reply->status, ==, 307);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 1);
  /* the header that was given counts, and there is one */
  g_assert_nonnull (
      strstr (raw_server_get_request (server, 0), "\r\nContent-Type: image/jpeg\r\n"));
  g_assert_null (strstr (raw_server_get_request (server, 0), "application/json"));
}

static void
test_bare_get_is_led_on_without_its_headers (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/a/b");
  g_auto (Outcome) outcome = { 0 };

  message->bare = TRUE;
  inb_message_add_header (message, "X-Own", "canary");
  inb_message_add_header (message, "Accept", "image/png");
  raw_server_answer (server, RAW_KEEP,
                     "HTTP/1.1 302 Found\r\nLocation: ../c?d=e\r\nContent-Length: 7\r\n\r\nignored",
                     -1);
  raw_server_answer (server, RAW_KEEP, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", -1);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (g_bytes_get_size (outcome.reply->body), ==, 2);
  net_finish (&http, server);
  g_assert_true (g_str_has_prefix (raw_server_get_request (server, 1), "GET /c?d=e HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (raw_server_get_request (server, 0), "canary"));
  g_assert_null (strstr (raw_server_get_request (server, 1), "canary"));
  g_assert_nonnull (strstr (raw_server_get_request (server, 1), "Accept: image/png"));
}

static void
test_bare_get_is_led_on_five_times (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/a");
  g_auto (Outcome) outcome = { 0 };

  message->bare = TRUE;
  for (guint i = 0; i < 9; i++)
    raw_server_answer (server, RAW_KEEP,
                       "HTTP/1.1 301 Moved\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n", -1);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 6);
}

/* The right to this computer is that of who was sent there by the person, not of who comes from
 * the Internet. */
static void
test_bare_way_back_to_this_computer_is_closed (void)
{
  g_autoptr (InbMessage) message =
      inb_message_new (INB_MESSAGE_LOOK, "GET", "http://127.0.0.1:8080/a");
  g_autoptr (GError) error = NULL;
  guint n_hops = 0;

  message->home = g_strdup ("http://127.0.0.1:8080");
  g_assert_true (inb_redirect_follow (message, &n_hops, "http://127.0.0.1:8080/b", NULL));
  g_assert_true (inb_redirect_follow (message, &n_hops, "https://cdn.example.com/c", NULL));
  g_assert_cmpstr (message->url, ==, "https://cdn.example.com/c");
  g_assert_false (inb_redirect_follow (message, &n_hops, "http://127.0.0.1:8080/d", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_cmpuint (n_hops, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  inb_http_init ();
  g_test_add_func ("/bare/session-refuses-keys", test_bare_session_refuses_keys);
  g_test_add_func ("/bare/session-shares-nothing", test_bare_session_shares_nothing);
  g_test_add_func ("/bare/put-is-not-led-on", test_bare_put_is_not_led_on);
  g_test_add_func ("/bare/get-is-led-on-without-its-headers",
                   test_bare_get_is_led_on_without_its_headers);
  g_test_add_func ("/bare/get-is-led-on-five-times", test_bare_get_is_led_on_five_times);
  g_test_add_func ("/bare/way-back-to-this-computer-is-closed",
                   test_bare_way_back_to_this_computer_is_closed);
  return g_test_run ();
}
