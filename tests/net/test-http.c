/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/inb-error.h"
#include "inb-test-wait.h"
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
  net_finish (&http, server);
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
      net_finish (&http, server);
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
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_connections (server), ==, 1);
  g_assert_cmpuint (raw_server_get_n_bytes (server), ==, 0);
}

/* More than the buffers of a connection hold */
#define LARGE_BODY (16 * 1000 * 1000)

static void
set_large_body (InbMessage *message, gsize size)
{
  g_autofree char *text = g_strnfill (size, 'x');

  net_message_set_body (message, text);
}

static void
test_http_refused_at_the_end_is_no_order (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { .refuse_last = TRUE };

  set_large_body (message, 100000);
  raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_STORE);
  g_assert_false (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 1);
  g_assert_cmpuint (gate.n_last, ==, 1);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_bytes (server), >, 0);
  g_assert_cmpuint (raw_server_get_n_bytes (server), <, 100000);
}

static void
test_http_asked_once_before_the_last_bytes_leave (void)
{
  static const gsize sizes[] = { 1, 8191, 8192, 8193, 16384, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
      g_auto (Outcome) outcome = { 0 };
      Gate gate = { 0 };

      set_large_body (message, sizes[i]);
      raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
      net_send (http, message, &gate, NULL, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_true (outcome.sent);
      g_assert_cmpuint (gate.n_called, ==, 1);
      g_assert_cmpuint (gate.n_last, ==, 1);
      net_finish (&http, server);
    }
}

static void
test_http_broken_before_its_end_is_no_order (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };

  set_large_body (message, LARGE_BODY);
  raw_server_answer_early (server, RAW_RESET, "");
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_null (strstr (outcome.error->message, "may have been accepted"));
  g_assert_false (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 1);
  g_assert_cmpuint (gate.n_last, ==, 0);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_bytes (server), <, LARGE_BODY);
}

/* All but an order may be asked again: the words say nothing of money. */
static void
test_http_broken_answer_of_a_look_is_an_error (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = net_impatient_http ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "POST", "/v1/x");
      g_auto (Outcome) outcome = { 0 };

      g_test_message ("%s", broken[i].name);
      net_message_set_body (message, "{}");
      if (broken[i].early)
        raw_server_answer_early (server, broken[i].end, broken[i].bytes);
      else
        raw_server_answer (server, broken[i].end, broken[i].bytes, -1);
      net_send (http, message, NULL, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      g_assert_null (strstr (outcome.error->message, "charged"));
      net_finish (&http, server);
    }
}

/* Every byte in time and the whole not: only the total ends it. */
static void
test_http_slow_answer_has_a_total (void)
{
  for (guint kind = INB_MESSAGE_LOOK; kind <= INB_MESSAGE_SUBMIT; kind++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message = net_message (server, kind, "POST", "/v1/x");
      g_auto (Outcome) outcome = { 0 };
      InbHttpDeadlines deadlines;

      inb_http_get_deadlines (http, &deadlines);
      deadlines.look_ms = kind == INB_MESSAGE_LOOK ? 60 : 60000;
      deadlines.submit_ms = kind == INB_MESSAGE_SUBMIT ? 60 : 60000;
      inb_http_set_deadlines (http, &deadlines);
      raw_server_answer (server, RAW_DRIP, OK_HEAD "\r\n", -1);
      net_send (http, message, NULL, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      net_finish (&http, server);
    }
}

/* An upload has no total, but must move. */
static void
test_http_upload_that_stands_still_is_ended (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = net_impatient_http ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_UPLOAD, "PUT", "/u");
  g_autofree char *text = g_strnfill (20000000, 'x');
  g_auto (Outcome) outcome = { 0 };

  net_message_set_body (message, text);
  raw_server_answer_early (server, RAW_DEAF, "");
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_nonnull (strstr (outcome.error->message, "standstill"));
  net_finish (&http, server);
}

static void
test_http_unreachable_is_not_sent (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };

  net_message_set_body (message, "{}");
  raw_server_stop (server);
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_nonnull (strstr (outcome.error->message, "nothing is charged"));
  g_assert_false (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 0);
}

typedef struct
{
  RawServer *server;
  GCancellable *cancellable;
} Pull;

/* As soon as the request is there. */
static gboolean
pull_cb (gpointer data)
{
  Pull *self = data;

  if (raw_server_get_n_requests (self->server) == 0)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_http_cancelled_tells_whether_it_left (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };
  Pull pull = { .server = server, .cancellable = cancellable };
  Gate gate = { 0 };

  net_message_set_body (message, "{}");
  g_cancellable_cancel (cancellable);
  net_send (http, message, &gate, cancellable, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_CANCELLED);
  g_assert_false (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 0);
  g_cancellable_reset (cancellable);
  raw_server_answer (server, RAW_HANG, "HTTP/1.1 200 OK\r\n", -1);
  g_timeout_add (5, pull_cb, &pull);
  net_send (http, message, &gate, cancellable, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_CANCELLED);
  g_assert_true (outcome.sent);
  g_assert_nonnull (strstr (outcome.error->message, "may have been accepted"));
  g_assert_cmpuint (gate.n_called, ==, 1);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 1);
}

/* With keys aboard no redirect is followed, whatever it is and wherever it leads. */
static void
test_http_redirect_is_an_answer (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  static const char *const targets[] = { "/elsewhere", "http://127.0.0.1:9/x", "//evil.example/x",
                                         "https://user:pw@evil.example/", "file:///etc/passwd" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses) * G_N_ELEMENTS (targets) * 2; i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = inb_http_new ();
      guint status = statuses[i / 2 % G_N_ELEMENTS (statuses)];
      const char *target = targets[i / 2 / G_N_ELEMENTS (statuses)];
      g_autoptr (InbMessage) message = net_message (
          server, i % 2 ? INB_MESSAGE_LOOK : INB_MESSAGE_SUBMIT, i % 2 ? "GET" : "POST", "/v1/x");
      g_autofree char *answer = g_strdup_printf (
          "HTTP/1.1 %u Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status, target);
      g_auto (Outcome) outcome = { 0 };

      inb_message_add_header (message, "X-API-Key", "canary");
      raw_server_answer (server, RAW_KEEP, answer, -1);
      raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
      net_send (http, message, NULL, NULL, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.reply->status, ==, status);
      g_assert_cmpstr (inb_reply_get_header (outcome.reply, "location"), ==, target);
      net_finish (&http, server);
      g_assert_cmpuint (raw_server_get_n_requests (server), ==, 1);
    }
}

/* Sends one message that opens a connection, and one that meets its death. */
static guint
count_sends (InbMessageKind kind, const char *method, gboolean with_body, Outcome *outcome)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) first = net_message (server, INB_MESSAGE_LOOK, "GET", "/first");
  g_autoptr (InbMessage) second = net_message (server, kind, method, "/second");
  Gate gate = { 0 };

  if (with_body)
    net_message_set_body (second, "{\"all\":1}");
  raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  raw_server_answer (server, RAW_CLOSE, "", -1);
  raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  net_send (http, first, NULL, NULL, outcome);
  g_assert_no_error (outcome->error);
  net_send (http, second, &gate, NULL, outcome);
  net_finish (&http, server);
  g_assert_cmpuint (gate.n_called, ==, raw_server_get_n_requests (server) - 1);
  for (guint i = 1; with_body && i < raw_server_get_n_requests (server); i++)
    g_assert_true (g_str_has_suffix (raw_server_get_request (server, i), "\r\n\r\n{\"all\":1}"));
  return raw_server_get_n_requests (server) - 1;
}

/* On a connection that is used again the library sends by itself what is not a POST. */
static void
test_http_order_is_never_sent_twice (void)
{
  static const char *const methods[] = { "POST", "PUT", "GET" };
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      gboolean with_body = strcmp (methods[i], "GET") != 0;

      g_test_message ("%s", methods[i]);
      g_assert_cmpuint (count_sends (INB_MESSAGE_SUBMIT, methods[i], with_body, &outcome), ==, 1);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      g_assert_true (outcome.sent);
    }
}

static void
test_http_upload_sent_again_is_whole (void)
{
  g_auto (Outcome) outcome = { 0 };

  g_assert_cmpuint (count_sends (INB_MESSAGE_UPLOAD, "PUT", TRUE, &outcome), ==, 2);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (count_sends (INB_MESSAGE_LOOK, "GET", FALSE, &outcome), ==, 2);
  g_assert_no_error (outcome.error);
}

/* A head and @text, compressed. */
static GBytes *
make_gzip_answer (const char *text, gsize length)
{
  g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (zip));
  g_autoptr (GBytes) body = NULL;
  GString *answer = g_string_new (NULL);

  g_assert_true (g_output_stream_write_all (stream, text, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  body = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  g_string_append_printf (
      answer, OK_HEAD "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      g_bytes_get_size (body));
  g_string_append_len (answer, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  return g_string_free_to_bytes (answer);
}

static void
send_gzip (GBytes *answer, Outcome *outcome)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/z");

  raw_server_answer (server, RAW_KEEP, g_bytes_get_data (answer, NULL),
                     (gssize) g_bytes_get_size (answer));
  net_send (http, message, NULL, NULL, outcome);
  net_finish (&http, server);
}

/* Counted after decoding: a megabyte can hold a gigabyte. */
static void
test_http_packed_answer_is_bounded (void)
{
  g_autofree char *text = g_strnfill (100000000, ' ');
  g_autoptr (GBytes) bomb = make_gzip_answer (text, 100000000);
  g_autoptr (GBytes) good = make_gzip_answer ("{\"a\":1}", 7);
  g_auto (Outcome) outcome = { 0 };
  gint64 before_kb;

  g_clear_pointer (&text, g_free);
  send_gzip (good, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (g_bytes_get_size (outcome.reply->body), ==, 7);
  net_reset_peak ();
  before_kb = net_get_peak_kb ();
  send_gzip (bomb, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_cmpint (net_get_peak_kb () - before_kb, <=, MAX (16 * 1024, NET_MEMORY_KB));
}

static void
test_http_answer_may_be_as_long_as_was_said (void)
{
  static const struct
  {
    gsize max;
    gsize length;
    gboolean whole;
  } cases[] = {
    { 0, 1024 * 1024, TRUE }, { 0, 1024 * 1024 + 1, FALSE }, { 10, 10, TRUE },
    { 10, 11, FALSE },        { 3000000, 3000000, TRUE },    { 3000000, 3000001, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      gsize length = cases[i / 2].length;
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/x");
      g_autofree char *body = g_strnfill (length, 'x');
      g_autofree char *answer =
          i % 2 ? g_strconcat (OK_HEAD "\r\n", body, NULL)
                : g_strdup_printf (OK_HEAD "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", length,
                                   body);
      g_auto (Outcome) outcome = { 0 };

      message->max_answer = cases[i / 2].max;
      raw_server_answer (server, RAW_CLOSE, answer, -1);
      net_send (http, message, NULL, NULL, &outcome);
      g_assert_true ((outcome.reply != NULL) == cases[i / 2].whole);
      if (outcome.reply != NULL)
        g_assert_cmpuint (g_bytes_get_size (outcome.reply->body), ==, length);
      net_finish (&http, server);
    }
}

static void
test_http_bad_header_keeps_the_message_here (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/v1/x");
  g_auto (Outcome) outcome = { 0 };

  inb_message_add_header (message, "Authorization", "Bearer canary\r\nX-Evil: 1");
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_null (strstr (outcome.error->message, "canary"));
  g_assert_false (outcome.sent);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_connections (server), ==, 0);
}

static void
line_cb (const char *line, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (line));
}

static void
test_http_trace_is_one_line_a_message (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "POST", "/v1/x?k=canary");
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *want = g_strdup_printf ("POST %s/v1/x 200 ", raw_server_get_home (server));

  inb_http_set_trace (http, line_cb, lines);
  inb_message_add_header (message, "Authorization", "Bearer canary");
  net_message_set_body (message, "{\"canary\":1}");
  raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 8\r\n\r\n\"canary\"", -1);
  raw_server_answer (server, RAW_CLOSE, "", -1);
  net_send (http, message, NULL, NULL, &outcome);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (lines, 0), want));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (lines, 0), " ms, 12 bytes out, 8 in"));
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 1), "/v1/x network "));
  for (guint i = 0; i < lines->len; i++)
    g_assert_null (strstr (g_ptr_array_index (lines, i), "canary"));
  net_finish (&http, server);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
drop_starting (InbHttpMoment moment, gpointer data, GError **error)
{
  inb_http_drop_connections (data);
  return TRUE;
}

static void
test_http_dropped_connections_are_not_used_again (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/x");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbReply) reply = NULL;
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < 4; i++)
    raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  net_send (http, message, NULL, NULL, &outcome);
  net_send (http, message, NULL, NULL, &outcome); /* the same connection */
  inb_http_drop_connections (http);
  net_send (http, message, NULL, NULL, &outcome); /* the second */
  g_assert_no_error (outcome.error);
  /* what is under way goes on; it uses the second, too */
  inb_http_send_async (http, message, drop_starting, http, NULL, result_cb, &result);
  wait_until (result != NULL);
  reply = inb_http_send_finish (result, NULL, NULL);
  g_assert_nonnull (reply);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_connections (server), ==, 2);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 4);
}

/* Of two connections that are kept one dies under a message; what the library makes of it then has
 * taken programs down. */
static void
test_http_dying_connection_beside_another_does_no_harm (void)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/x");
      g_autoptr (GAsyncResult) first = NULL;
      g_autoptr (GAsyncResult) second = NULL;
      g_autoptr (InbReply) one = NULL;
      g_autoptr (InbReply) other = NULL;
      g_auto (Outcome) outcome = { 0 };

      for (guint j = 0; j < 2; j++)
        raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
      raw_server_answer (server, i % 2 ? RAW_RESET : RAW_CLOSE, "", -1);
      raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
      inb_http_send_async (http, message, NULL, NULL, NULL, result_cb, &first);
      inb_http_send_async (http, message, NULL, NULL, NULL, result_cb, &second);
      wait_until (first != NULL && second != NULL);
      one = inb_http_send_finish (first, NULL, NULL);
      other = inb_http_send_finish (second, NULL, NULL);
      g_assert_true (one != NULL && other != NULL);
      g_clear_object (&first); /* they keep the connections */
      g_clear_object (&second);
      net_send (http, message, NULL, NULL, &outcome);
      g_assert_no_error (outcome.error);
      net_finish (&http, server);
      g_assert_cmpuint (raw_server_get_n_requests (server), ==, 4);
      g_assert_cmpuint (raw_server_get_n_connections (server), ==, 3);
    }
}

/* An origin on this computer is not waited for as one on the Internet is. */
static void
test_http_silent_neighbour_is_soon_given_up (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/x");
  g_auto (Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();
  InbHttpDeadlines deadlines;

  inb_http_get_deadlines (http, &deadlines);
  raw_server_answer (server, RAW_HANG, "", -1);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <,
                   (gint64) deadlines.first_byte_ms * G_TIME_SPAN_MILLISECOND / 4);
  net_finish (&http, server);
}

/* Freed while a message is under way: the message goes on. */
static void
test_http_freed_does_not_break_what_is_under_way (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  InbHttp *http = inb_http_new ();
  InbMessage *message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/x");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbReply) reply = NULL;

  net_message_set_body (message, "{}");
  raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  inb_http_send_async (http, message, NULL, NULL, NULL, result_cb, &result);
  inb_message_free (message);
  inb_http_free (http);
  wait_until (result != NULL);
  reply = inb_http_send_finish (result, NULL, NULL);
  g_assert_nonnull (reply);
  g_clear_object (&result);
}

/* A proxy of the environment is for the Internet, not for this computer. */
static void
test_http_proxy_does_not_see_this_computer (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/x");
  g_auto (Outcome) outcome = { 0 };

  raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_no_error (outcome.error); /* main() set a proxy that is not there */
  net_finish (&http, server);
  g_assert_true (g_str_has_prefix (raw_server_get_request (server, 0), "GET /x "));
}

static void
test_http_upload_of_a_large_photo_needs_no_memory (void)
{
  g_autofree char *folder = g_dir_make_tmp ("inb-http-XXXXXX", NULL);
  g_autofree char *path = net_make_file (folder, "photo", 10000000);
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/x");
  g_auto (Outcome) outcome = { 0 };
  gint64 before_kb;

  raw_server_set_forgetful (server);
  for (guint i = 0; i < 2; i++)
    raw_server_answer (server, RAW_KEEP, OK_HEAD "Content-Length: 2\r\n\r\n{}", -1);
  net_send (http, message, NULL, NULL, &outcome); /* warm */
  message->body = inb_body_new ("application/json");
  g_assert_true (inb_body_add_file (message->body, path, INB_BODY_BASE64, NULL));
  net_reset_peak ();
  before_kb = net_get_peak_kb ();
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_test_message ("%d KiB over base", (int) (net_get_peak_kb () - before_kb));
  g_assert_cmpint (net_get_peak_kb () - before_kb, <=, NET_MEMORY_KB);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_bytes (server), >, 13333336);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_setenv ("http_proxy", "http://127.0.0.1:9", TRUE);
  g_setenv ("https_proxy", "http://127.0.0.1:9", TRUE);
  g_test_init (&argc, &argv, NULL);
  inb_http_init ();
  g_test_add_func ("/http/answer-comes-whole", test_http_answer_comes_whole);
  g_test_add_func ("/http/broken-answer-of-an-order-is-unclear",
                   test_http_broken_answer_of_an_order_is_unclear);
  g_test_add_func ("/http/refused-at-the-start-sends-nothing",
                   test_http_refused_at_the_start_sends_nothing);
  g_test_add_func ("/http/broken-answer-of-a-look-is-an-error",
                   test_http_broken_answer_of_a_look_is_an_error);
  g_test_add_func ("/http/slow-answer-has-a-total", test_http_slow_answer_has_a_total);
  g_test_add_func ("/http/upload-that-stands-still-is-ended",
                   test_http_upload_that_stands_still_is_ended);
  g_test_add_func ("/http/refused-at-the-end-is-no-order",
                   test_http_refused_at_the_end_is_no_order);
  g_test_add_func ("/http/asked-once-before-the-last-bytes-leave",
                   test_http_asked_once_before_the_last_bytes_leave);
  g_test_add_func ("/http/broken-before-its-end-is-no-order",
                   test_http_broken_before_its_end_is_no_order);
  g_test_add_func ("/http/unreachable-is-not-sent", test_http_unreachable_is_not_sent);
  g_test_add_func ("/http/cancelled-tells-whether-it-left",
                   test_http_cancelled_tells_whether_it_left);
  g_test_add_func ("/http/redirect-is-an-answer", test_http_redirect_is_an_answer);
  g_test_add_func ("/http/order-is-never-sent-twice", test_http_order_is_never_sent_twice);
  g_test_add_func ("/http/upload-sent-again-is-whole", test_http_upload_sent_again_is_whole);
  g_test_add_func ("/http/packed-answer-is-bounded", test_http_packed_answer_is_bounded);
  g_test_add_func ("/http/answer-may-be-as-long-as-was-said",
                   test_http_answer_may_be_as_long_as_was_said);
  g_test_add_func ("/http/bad-header-keeps-the-message-here",
                   test_http_bad_header_keeps_the_message_here);
  g_test_add_func ("/http/trace-is-one-line-a-message", test_http_trace_is_one_line_a_message);
  g_test_add_func ("/http/dropped-connections-are-not-used-again",
                   test_http_dropped_connections_are_not_used_again);
  g_test_add_func ("/http/dying-connection-beside-another-does-no-harm",
                   test_http_dying_connection_beside_another_does_no_harm);
  g_test_add_func ("/http/silent-neighbour-is-soon-given-up",
                   test_http_silent_neighbour_is_soon_given_up);
  g_test_add_func ("/http/freed-does-not-break-what-is-under-way",
                   test_http_freed_does_not_break_what_is_under_way);
  g_test_add_func ("/http/proxy-does-not-see-this-computer",
                   test_http_proxy_does_not_see_this_computer);
  g_test_add_func ("/http/upload-of-a-large-photo-needs-no-memory",
                   test_http_upload_of_a_large_photo_needs_no_memory);
  return g_test_run ();
}
