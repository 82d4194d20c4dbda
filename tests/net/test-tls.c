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

/* The proxy of this computer, as a person sets it. */
#define TEST_TYPE_PROXIES (test_proxies_get_type ())
G_DECLARE_FINAL_TYPE (TestProxies, test_proxies, TEST, PROXIES, GObject)

struct _TestProxies
{
  GObject parent_instance;
};

static char *proxy = NULL;

static gboolean
test_proxies_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
test_proxies_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  const char *proxies[] = { proxy != NULL ? proxy : "direct://", NULL };

  g_task_return_pointer (task, g_strdupv ((char **) proxies), (GDestroyNotify) g_strfreev);
}

static char **
test_proxies_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_proxies_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = test_proxies_is_supported;
  iface->lookup_async = test_proxies_lookup_async;
  iface->lookup_finish = test_proxies_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProxies, test_proxies, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      test_proxies_iface_init))

static void
test_proxies_class_init (TestProxiesClass *klass)
{
}

static void
test_proxies_init (TestProxies *self)
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
  g_autoptr (InbHttp) http = inb_http_new ();
  InbHttpDeadlines deadlines;
  g_autofree char *home = g_strdup_printf ("https://localhost:%u", raw_server_get_port (server));
  g_autoptr (InbMessage) message = inb_message_new (INB_MESSAGE_UPLOAD, "PUT", home);
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };

  message->home = g_strdup (home);
  inb_http_get_deadlines (http, &deadlines);
  deadlines.connect_ms = 60;
  inb_http_set_deadlines (http, &deadlines);
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

static RawServer *
new_proxy (void)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ("good.pem");
  RawServer *server = raw_server_new_proxy (certificate);

  proxy = g_strdup_printf ("http://127.0.0.1:%u", raw_server_get_port (server));
  return server;
}

/* Through a proxy the proxy finds the way; it sees the name and nothing else. */
static void
test_tls_proxy_sees_only_the_name (void)
{
  g_autoptr (RawServer) server = new_proxy ();
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message =
      inb_message_new (INB_MESSAGE_SUBMIT, "POST", "https://proxy.example.com/x");
  g_auto (Outcome) outcome = { 0 };
  Gate gate = { 0 };

  net_message_set_body (message, "{}");
  inb_message_add_header (message, "Authorization", "Bearer canary");
  raw_server_answer (server, RAW_TUNNEL, "HTTP/1.1 200 Established\r\n\r\n", -1);
  raw_server_answer (server, RAW_CLOSE, ANSWER, -1);
  net_send (http, message, &gate, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.sent);
  g_assert_cmpuint (gate.n_called, ==, 1);
  net_finish (&http, server);
  g_clear_pointer (&proxy, g_free);
  g_assert_cmpuint (raw_server_get_n_requests (server), ==, 2);
  g_assert_true (g_str_has_prefix (raw_server_get_request (server, 0),
                                   "CONNECT proxy.example.com:443 HTTP/1.1\r\n"));
  g_assert_null (strstr (raw_server_get_request (server, 0), "canary"));
  g_assert_nonnull (strstr (raw_server_get_request (server, 1), "canary"));
}

static void
test_tls_proxy_that_refuses_means_not_sent (void)
{
  static const char *const answers[] = {
    "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno",
    ("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=x\r\n"
     "Content-Length: 2\r\n\r\nno"),
    "HTTP/1.1 502 Bad\r\nContent-Length: 2\r\n\r\nno", ""
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (RawServer) server = new_proxy ();
      g_autoptr (InbHttp) http = inb_http_new ();
      g_autoptr (InbMessage) message =
          inb_message_new (INB_MESSAGE_SUBMIT, "POST", "https://proxy.example.com/x");
      g_auto (Outcome) outcome = { 0 };
      Gate gate = { 0 };

      g_test_message ("%.12s", answers[i]);
      net_message_set_body (message, "{}");
      raw_server_answer (server, RAW_CLOSE, answers[i], -1);
      net_send (http, message, &gate, NULL, &outcome);
      g_assert_error (outcome.error, INB_ERROR, INB_ERROR_NETWORK);
      g_test_message ("%s", outcome.error->message);
      g_assert_nonnull (strstr (outcome.error->message, "nothing is charged"));
      g_assert_false (outcome.sent);
      g_assert_cmpuint (gate.n_called, ==, 0);
      net_finish (&http, server);
      g_clear_pointer (&proxy, g_free);
    }
}

/* Not even asked for this computer. */
static void
test_tls_proxy_does_not_see_this_computer (void)
{
  g_autoptr (RawServer) seen = new_proxy ();
  g_autoptr (RawServer) server = new_server ("good.pem");
  g_autoptr (InbHttp) http = inb_http_new ();
  g_autoptr (InbMessage) message = net_message (server, INB_MESSAGE_LOOK, "GET", "/x");
  g_auto (Outcome) outcome = { 0 };

  raw_server_answer (server, RAW_CLOSE, ANSWER, -1);
  net_send (http, message, NULL, NULL, &outcome);
  g_assert_no_error (outcome.error);
  net_finish (&http, server);
  raw_server_stop (seen);
  g_clear_pointer (&proxy, g_free);
  g_assert_cmpuint (raw_server_get_n_connections (seen), ==, 0);
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

  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  inb_http_init ();
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME); /* before GIO needs it */
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_PROXIES, "test",
                                  1000);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  trust ();
  g_test_add_func ("/tls/good-certificate-passes", test_tls_good_certificate_passes);
  g_test_add_func ("/tls/bad-certificate-gets-nothing", test_tls_bad_certificate_gets_nothing);
  g_test_add_func ("/tls/handshake-has-a-deadline", test_tls_handshake_has_a_deadline);
  g_test_add_func ("/tls/name-that-leads-here-gets-nothing",
                   test_tls_name_that_leads_here_gets_nothing);
  g_test_add_func ("/tls/proxy-sees-only-the-name", test_tls_proxy_sees_only_the_name);
  g_test_add_func ("/tls/proxy-that-refuses-means-not-sent",
                   test_tls_proxy_that_refuses_means_not_sent);
  g_test_add_func ("/tls/proxy-does-not-see-this-computer",
                   test_tls_proxy_does_not_see_this_computer);
  return g_test_run ();
}
