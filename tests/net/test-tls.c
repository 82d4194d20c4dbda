/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "net-tools.h"

/* Names of these tests all lead to this computer, as an evil name server would have it. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
address_list_free (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
test_resolver_lookup_async (GResolver *resolver, const char *hostname,
                            GResolverNameLookupFlags flags, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
  else
    g_task_return_pointer (task, g_list_append (NULL, g_inet_address_new_from_string ("127.0.0.1")),
                           address_list_free);
}

static GList *
test_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_lookup_plain_async (GResolver *resolver, const char *hostname,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  test_resolver_lookup_async (resolver, hostname, 0, cancellable, callback, user_data);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = test_resolver_lookup_plain_async;
  resolver_class->lookup_by_name_finish = test_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static GTlsCertificate *
load_certificate (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tls", name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

static RawServer *
new_server (const char *certificate_name)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate (certificate_name);

  return raw_server_new_tls (certificate);
}

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

static void
test_tls_good_certificate_passes (void)
{
  g_autoptr (RawServer) server = new_server ("good.pem");
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/x");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };

  net_message_set_body (message, "{}");
  raw_server_answer (server, RAW_CLOSE, ANSWER, -1);
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 1);
  net_finish (&http, server);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 1);
}

static void
test_tls_bad_certificate_gets_nothing (void)
{
  static const char *const names[] = { "self-signed.pem", "wrong-host.pem", "expired.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RawServer) server = new_server (names[i]);
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_SUBMIT, "POST", "/x");
      g_auto (Outcome) outcome = { 0 };
      Gate gate = { 0 };

      g_test_message ("%s", names[i]);
      inb_message_add_header (message, "Authorization", "Bearer canary");
      raw_server_answer (server, RAW_CLOSE, ANSWER, -1);
      net_send (http, message, &gate, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      g_assert_nonnull (strstr (outcome.error->message, "No safe connection"));
      g_assert_nonnull (strstr (outcome.error->message, "nothing is charged"));
      g_assert_false (outcome.sent);
      g_assert_cmpuint (gate.n_called, ==, 0);
      net_finish (&http, server);
      g_assert_cmpuint (raw_server_get_n_bytes (server), ==, 0); /* nothing but the handshake */
    }
}

/* A server that takes the connection and never shakes hands. */
static void
test_tls_handshake_has_a_deadline (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (InbHttp) http = net_impatient_http ();
  g_autofree char *home = g_strdup_printf ("https://localhost:%u", raw_server_get_port (server));
  g_autoptr (InbMessage) message = inb_message_new (INB_MESSAGE_UPLOAD, "PUT", home);
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };

  message->home = g_strdup (home);
  raw_server_answer (server, RAW_HANG, "", 0);
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
  g_assert_nonnull (strstr (outcome.error->message, "in time"));
  g_assert_false (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 0);
  net_finish (&http, server);
}

/* The name is fine, the certificate is fine, and it leads into this computer. */
static void
test_tls_name_that_leads_here_gets_nothing (void)
{
  for (guint bare = 0; bare < 2; bare++)
    {
      g_autoptr (RawServer) server = new_server ("good.pem");
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autofree char *home =
          g_strdup_printf ("https://proxy.example.com:%u", raw_server_get_port (server));
      g_autofree char *url = g_strconcat (home, "/x", NULL);
      g_autoptr (InbMessage) message = inb_message_new (INB_MESSAGE_SUBMIT, "POST", url);
      g_auto (Outcome) outcome = { 0 };
      Gate gate = { 0 };

      message->home = g_strdup (home);
      message->bare = bare == 1;
      net_message_set_body (message, "{}");
      raw_server_answer (server, RAW_CLOSE, ANSWER, -1);
      net_send (http, message, &gate, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      g_assert_nonnull (strstr (outcome.error->message, "127.0.0.1"));
      g_assert_false (outcome.sent);
      g_assert_cmpuint (gate.n_called, ==, 0);
      net_finish (&http, server);
      g_assert_cmpuint (raw_server_get_n_connections (server), ==, 1);
      g_assert_cmpuint (raw_server_get_n_bytes (server), ==, 0);
    }
}

static void
trust (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tls", "ca.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

int
main (int argc, char **argv)
{
  g_autoptr (GResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);
  inb_http_init ();
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  trust ();
  g_test_add_func ("/tls/good-certificate-passes", test_tls_good_certificate_passes);
  g_test_add_func ("/tls/bad-certificate-gets-nothing", test_tls_bad_certificate_gets_nothing);
  g_test_add_func ("/tls/handshake-has-a-deadline", test_tls_handshake_has_a_deadline);
  g_test_add_func ("/tls/name-that-leads-here-gets-nothing",
                   test_tls_name_that_leads_here_gets_nothing);
  return g_test_run ();
}
