/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-download.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "inb-test-wait.h"
#include "net-tools.h"

#define SIZE 300000
#define WHOLE(etag) \
  "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 300000\r\nETag: " etag "\r\n\r\n"

typedef struct
{
  RawServer *server;
  InbHttp *http;
  char *folder;
  char *part;
  char *url;
  char *etag; /* as was told last */
  guint n_etags;
  gint64 n_bytes; /* of the last progress */
  gint64 total;
  gint64 retry_after_s;
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = raw_server_new ();
  self->http = inb_http_new ();
  self->folder = g_dir_make_tmp ("inb-download-XXXXXX", NULL);
  self->part = g_build_filename (self->folder, "clip.part", NULL);
  self->url = raw_server_url (self->server, "/clip.mp4?signature=s");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  net_finish (&self->http, self->server);
  raw_server_free (self->server);
  g_unlink (self->part);
  g_assert_no_errno (g_rmdir (self->folder));
  g_free (self->folder);
  g_free (self->part);
  g_free (self->url);
  g_free (self->etag);
  g_clear_error (&self->error);
}

static void
etag_cb (const char *etag, gpointer user_data)
{
  Fixture *self = user_data;
  struct stat found;

  /* never a new validator beside old bytes */
  g_assert_no_errno (stat (self->part, &found));
  g_assert_cmpint (found.st_size, ==, 0);
  g_free (self->etag);
  self->etag = g_strdup (etag);
  self->n_etags++;
}

static void
progress_cb (gint64 n_bytes, gint64 total, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpint (n_bytes, >=, 0);
  self->n_bytes = n_bytes;
  self->total = total;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
fetch_with (Fixture *self, const InbDownload *download, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  g_clear_error (&self->error);
  inb_http_download_async (self->http, download, etag_cb, progress_cb, self, cancellable, result_cb,
                           &result);
  wait_until (result != NULL);
  done = inb_http_download_finish (result, &self->retry_after_s, &self->error);
  g_assert_true (done == (self->error == NULL));
  return done;
}

static gboolean
fetch (Fixture *self)
{
  g_autofree char *etag = g_strdup (self->etag);
  InbDownload download = { .url = self->url,
                           .home = raw_server_get_home (self->server),
                           .part = self->part,
                           .etag = etag,
                           .max_bytes = 1000 * 1000 };

  return fetch_with (self, &download, NULL);
}

static void
assert_fails (Fixture *self, InbError code)
{
  g_assert_false (fetch (self));
  g_assert_error (self->error, INB_ERROR, (int) code);
}

static void
assert_part (Fixture *self, gint64 size)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->part, &bytes, &length, NULL));
  g_assert_cmpint ((gint64) length, ==, size);
  for (gsize i = 0; i < length; i++)
    if (bytes[i] != raw_server_byte ((gint64) i))
      g_error ("byte %" G_GSIZE_FORMAT " is wrong", i);
}

/* What a download leaves that was cut after @n bytes. */
static void
begin (Fixture *self, const char *etag, gint64 n)
{
  g_autofree char *head = g_strdup_printf (WHOLE ("%s"), etag);

  raw_server_answer_pattern (self->server, RAW_CLOSE, head, 0, n - 1);
  assert_fails (self, INB_ERROR_NETWORK);
  assert_part (self, n);
}

static void
test_download_comes_whole (Fixture *self, gconstpointer data)
{
  struct stat found;
  const char *request;

  raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e1\""), 0, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  g_assert_cmpstr (self->etag, ==, "\"e1\"");
  g_assert_cmpint (self->n_bytes, ==, SIZE);
  g_assert_cmpint (self->total, ==, SIZE);
  g_assert_cmpint (self->retry_after_s, ==, -1);
  g_assert_no_errno (stat (self->part, &found));
  g_assert_cmpuint (found.st_mode & 07777, ==, 0600);
  net_finish (&self->http, self->server);
  request = raw_server_get_request (self->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /clip.mp4?signature=s HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAccept-Encoding: identity\r\n"));
  g_assert_null (strstr (request, "Range"));
}

static void
test_download_goes_on_where_it_was_cut (Fixture *self, gconstpointer data)
{
  begin (self, "\"e1\"", 100000);
  raw_server_answer_pattern (self->server, RAW_KEEP,
                             "HTTP/1.1 206 Partial\r\nContent-Range: bytes 100000-299999/300000\r\n"
                             "Content-Length: 200000\r\nETag: \"e1\"\r\n\r\n",
                             100000, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  g_assert_cmpuint (self->n_etags, ==, 1);
  g_assert_cmpint (self->total, ==, SIZE);
  net_finish (&self->http, self->server);
  g_assert_nonnull (
      strstr (raw_server_get_request (self->server, 1), "\r\nRange: bytes=100000-\r\n"));
  g_assert_nonnull (strstr (raw_server_get_request (self->server, 1), "\r\nIf-Range: \"e1\"\r\n"));
}

static void
test_download_cut_at_many_places_is_the_same (Fixture *self, gconstpointer data)
{
  gint64 have = 1;

  begin (self, "\"e1\"", have);
  for (gint64 step = 1; have < SIZE; step = step * 3 + 1)
    {
      gint64 next = MIN (have + step, SIZE);
      g_autofree char *head = g_strdup_printf (
          "HTTP/1.1 206 Partial\r\nContent-Range: bytes %" G_GINT64_FORMAT "-299999/300000\r\n"
          "Content-Length: %" G_GINT64_FORMAT "\r\n\r\n",
          have, SIZE - have);
      struct stat found;

      raw_server_answer_pattern (self->server, step % 2 && next < SIZE ? RAW_RESET : RAW_CLOSE,
                                 head, have, next - 1);
      g_assert_true (fetch (self) == (next == SIZE));
      g_assert_no_errno (stat (self->part, &found));
      g_assert_cmpint (found.st_size, >=, have); /* a reset may take bytes with it */
      have = found.st_size;
      assert_part (self, have);
    }
  g_assert_cmpuint (self->n_etags, ==, 1);
}

static void
test_download_of_a_changed_clip_begins_anew (Fixture *self, gconstpointer data)
{
  begin (self, "\"e1\"", 100000);
  raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e2\""), 0, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  g_assert_cmpstr (self->etag, ==, "\"e2\"");
}

static void
test_download_without_strong_etag_begins_anew (Fixture *self, gconstpointer data)
{
  static const char *const etags[] = { "W/\"e1\"", "e1", "\"\"", "\"a\"b\"" };

  for (guint i = 0; i < G_N_ELEMENTS (etags); i++)
    {
      begin (self, etags[i], 1000);
      g_assert_null (self->etag);
    }
  raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e2\""), 0, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  net_finish (&self->http, self->server);
  for (guint i = 0; i < raw_server_get_n_requests (self->server); i++)
    g_assert_null (strstr (raw_server_get_request (self->server, i), "Range"));
}

static void
test_download_that_is_complete_is_known_by_416 (Fixture *self, gconstpointer data)
{
  raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e1\""), 0, SIZE - 1);
  g_assert_true (fetch (self));
  raw_server_answer (self->server, RAW_KEEP,
                     "HTTP/1.1 416 No\r\nContent-Range: bytes */300000\r\n"
                     "Content-Type: text/html\r\nContent-Length: 3\r\n\r\nno!",
                     -1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  g_assert_cmpuint (self->n_etags, ==, 1);
}

static void
test_download_that_does_not_fit_is_asked_anew_once (Fixture *self, gconstpointer data)
{
  static const char *const heads[] = {
    "HTTP/1.1 416 No\r\nContent-Range: bytes */200000\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 206 P\r\nContent-Range: bytes 0-299999/300000\r\nContent-Length: 300000\r\n\r\n",
    "HTTP/1.1 206 P\r\nContent-Range: bytes 99999-299999/300000\r\nContent-Length: 200001\r\n\r\n",
    "HTTP/1.1 206 P\r\nContent-Range: bytes 100000-299999/300000\r\nContent-Length: 7\r\n\r\n",
    ("HTTP/1.1 206 P\r\nContent-Range: bytes 100000-299999/300000\r\nETag: \"e9\"\r\n"
     "Content-Length: 200000\r\n\r\n"),
    "HTTP/1.1 206 P\r\nContent-Length: 200000\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_test_message ("%u", i);
      begin (self, "\"e1\"", 100000);
      raw_server_answer (self->server, RAW_CLOSE, heads[i], -1);
      raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e1\""), 0, SIZE - 1);
      g_assert_true (fetch (self));
      assert_part (self, SIZE);
      g_unlink (self->part);
      g_clear_pointer (&self->etag, g_free);
    }
}

static void
test_download_that_never_fits_ends (Fixture *self, gconstpointer data)
{
  begin (self, "\"e1\"", 1000);
  for (guint i = 0; i < 5; i++)
    raw_server_answer (self->server, RAW_KEEP,
                       "HTTP/1.1 416 No\r\nContent-Range: bytes */7\r\nContent-Length: 0\r\n\r\n",
                       -1);
  assert_fails (self, INB_ERROR_NETWORK);
  net_finish (&self->http, self->server);
  g_assert_cmpuint (raw_server_get_n_requests (self->server), ==, 3);
}

/* Nothing of what is no clip gets into the file; what is there stays. */
static void
test_download_statuses_say_what_to_do (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *head;
    InbError code;
    gint64 retry_after_s;
  } cases[] = {
    { "403 Forbidden\r\nContent-Type: application/xml", INB_ERROR_EXPIRED, -1 },
    { "404 Not Found\r\nContent-Type: text/html", INB_ERROR_EXPIRED, -1 },
    { "410 Gone", INB_ERROR_EXPIRED, -1 },
    { "401 Unauthorized\r\nWWW-Authenticate: Basic realm=x", INB_ERROR_EXPIRED, -1 },
    { "429 Too Many\r\nRetry-After: 17", INB_ERROR_UNAVAILABLE, 17 },
    { "500 Oops", INB_ERROR_UNAVAILABLE, -1 },
    { "502 Bad\r\nContent-Type: text/html", INB_ERROR_UNAVAILABLE, -1 },
    { "503 Later\r\nRetry-After: 999999", INB_ERROR_UNAVAILABLE, 3600 },
    { "418 Teapot", INB_ERROR_NETWORK, -1 },
    { "204 Nothing", INB_ERROR_NETWORK, -1 },
    { "304 Same", INB_ERROR_NETWORK, -1 },
    { "300 Many", INB_ERROR_NETWORK, -1 },
    { "200 OK\r\nContent-Type: text/html; charset=utf-8", INB_ERROR_NETWORK, -1 },
    { "200 OK\r\nContent-Type: video/mp4\r\nContent-Encoding: gzip", INB_ERROR_NETWORK, -1 },
    { "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 1000001", INB_ERROR_TOO_LARGE, -1 },
    { "206 P\r\nContent-Range: bytes 1000-2000000/2000001", INB_ERROR_TOO_LARGE, -1 },
  };

  begin (self, "\"e1\"", 1000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer =
          g_strdup_printf ("HTTP/1.1 %s\r\n\r\nno clip at all", cases[i].head);

      g_test_message ("%s", cases[i].head);
      raw_server_answer (self->server, RAW_CLOSE, answer, -1);
      assert_fails (self, cases[i].code);
      g_assert_cmpint (self->retry_after_s, ==, cases[i].retry_after_s);
      assert_part (self, 1000);
    }
}

static void
test_download_without_length_has_a_bound (Fixture *self, gconstpointer data)
{
  struct stat found;

  raw_server_answer_pattern (self->server, RAW_CLOSE, "HTTP/1.1 200 OK\r\n\r\n", 0, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  raw_server_answer_pattern (self->server, RAW_REPEAT,
                             "HTTP/1.1 200 OK\r\nETag: \"e\"\r\n\r\nxxxxxxxx", 0, 70000);
  assert_fails (self, INB_ERROR_TOO_LARGE);
  g_assert_no_errno (stat (self->part, &found));
  g_assert_cmpint (found.st_size, ==, 0);
}

static void
test_download_that_stalls_is_ended_and_kept (Fixture *self, gconstpointer data)
{
  static const RawEnd ends[] = { RAW_HANG, RAW_DRIP };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *etag = NULL;
      struct stat found;

      inb_http_free (self->http);
      self->http = net_impatient_http ();
      raw_server_answer_pattern (self->server, ends[i], WHOLE ("\"e1\""), 0, 4999);
      g_clear_pointer (&self->etag, g_free);
      assert_fails (self, INB_ERROR_NETWORK);
      g_assert_no_errno (stat (self->part, &found));
      g_assert_cmpint (found.st_size, >=, 5000);
      g_assert_cmpstr (self->etag, ==, "\"e1\"");
    }
}

static gboolean
pull_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_download_cancelled_keeps_what_came (Fixture *self, gconstpointer data)
{
  InbDownload download = { .url = self->url,
                           .home = raw_server_get_home (self->server),
                           .part = self->part,
                           .max_bytes = SIZE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  raw_server_answer_pattern (self->server, RAW_HANG, WHOLE ("\"e1\""), 0, 4999);
  g_timeout_add (50, pull_cb, cancellable);
  g_assert_false (fetch_with (self, &download, cancellable));
  g_assert_error (self->error, INB_ERROR, INB_ERROR_CANCELLED);
  g_assert_true (g_file_test (self->part, G_FILE_TEST_EXISTS));
}

static void
test_download_follows_no_link (Fixture *self, gconstpointer data)
{
  g_autofree char *target = g_build_filename (self->folder, "precious", NULL);

  g_assert_true (g_file_set_contents (target, "precious", -1, NULL));
  g_assert_no_errno (symlink (target, self->part));
  g_assert_false (fetch (self));
  net_finish (&self->http, self->server);
  g_assert_cmpuint (raw_server_get_n_connections (self->server), ==, 0);
  g_unlink (target);
  g_unlink (self->part);
  g_assert_no_errno (g_mkdir (self->part, 0700));
  self->http = inb_http_new ();
  g_assert_false (fetch (self));
  g_assert_no_errno (g_rmdir (self->part));
}

/* Stands before the C library's: a disk with so many bytes left; −1 for the real one. */
static gint64 disk_left = -1;

ssize_t
write (int fd, const void *buffer, size_t count)
{
  struct stat found;

  if (disk_left < 0 || fstat (fd, &found) != 0 || !S_ISREG (found.st_mode))
    return syscall (SYS_write, fd, buffer, count);
  if (disk_left == 0)
    {
      errno = ENOSPC;
      return -1;
    }
  count = MIN (count, (size_t) disk_left);
  disk_left -= (gint64) count;
  return syscall (SYS_write, fd, buffer, count);
}

static void
test_download_goes_on_when_there_is_room_again (Fixture *self, gconstpointer data)
{
  raw_server_answer_pattern (self->server, RAW_CLOSE, WHOLE ("\"e1\""), 0, SIZE - 1);
  disk_left = 70001;
  assert_fails (self, INB_ERROR_NO_SPACE);
  disk_left = -1;
  assert_part (self, 70001);
  g_assert_cmpstr (self->etag, ==, "\"e1\"");
  raw_server_answer_pattern (self->server, RAW_KEEP,
                             "HTTP/1.1 206 Partial\r\nContent-Range: bytes 70001-299999/300000\r\n"
                             "Content-Length: 229999\r\n\r\n",
                             70001, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
}

static void
test_download_redirects_are_led_by_us (Fixture *self, gconstpointer data)
{
  static const char hop[] = "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n";

  for (guint i = 0; i < 5; i++)
    raw_server_answer (self->server, RAW_KEEP, hop, -1);
  raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e1\""), 0, SIZE - 1);
  g_assert_true (fetch (self));
  assert_part (self, SIZE);
  g_clear_pointer (&self->etag, g_free);
  for (guint i = 0; i < 6; i++)
    raw_server_answer (self->server, RAW_KEEP, hop, -1);
  assert_fails (self, INB_ERROR_NETWORK);
  net_finish (&self->http, self->server);
  g_assert_cmpuint (raw_server_get_n_requests (self->server), ==, 12);
  g_assert_true (g_str_has_prefix (raw_server_get_request (self->server, 5), "GET /next "));
}

static void
test_download_redirects_lead_nowhere_bad (Fixture *self, gconstpointer data)
{
  static const char *const targets[] = {
    "file:///etc/passwd",
    "ftp://cdn.example.com/x",
    "data:video/mp4;base64,AAAA",
    "http://cdn.example.com/x",
    "http://127.0.0.1:9/x",
    "http://localhost:9/x",
    "https://127.0.0.1/x",
    "https://[::ffff:10.0.0.1]/",
    "https://user:pw@cdn.example.com/",
    "//127.1/x",
    "https://192.168.0.1/x",
    "https://cdn.example.com:8443/x",
    "https://169.254.169.254/x",
    "javascript:alert(1)",
    "resource:///x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *answer = g_strdup_printf (
          "HTTP/1.1 307 Temporary\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", targets[i]);

      g_test_message ("%s", targets[i]);
      raw_server_answer (self->server, RAW_KEEP, answer, -1);
      assert_fails (self, INB_ERROR_BAD_INPUT);
    }
}

static void
test_download_hosts_are_held (Fixture *self, gconstpointer data)
{
  static const char *const hosts[] = { "cdn.example.com", NULL };
  InbDownload download = { .url = "https://cdn.example.net/x",
                           .home = raw_server_get_home (self->server),
                           .hosts = hosts,
                           .part = self->part,
                           .max_bytes = SIZE };

  g_assert_false (fetch_with (self, &download, NULL));
  g_assert_error (self->error, INB_ERROR, INB_ERROR_BAD_INPUT);
  download.url = self->url; /* at home */
  raw_server_answer (self->server, RAW_KEEP,
                     "HTTP/1.1 302 F\r\nLocation: https://cdn.example.net/y\r\n"
                     "Content-Length: 0\r\n\r\n",
                     -1);
  g_assert_false (fetch_with (self, &download, NULL));
  g_assert_error (self->error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (self->error->message, "cdn.example.net"));
}

/* 64 MiB must not be seen in memory. */
static void
test_download_of_any_size_needs_no_memory (Fixture *self, gconstpointer data)
{
  InbDownload download = { .url = self->url,
                           .home = raw_server_get_home (self->server),
                           .part = self->part,
                           .max_bytes = G_MAXINT64 };
  gint64 before_kb;

  raw_server_answer_pattern (self->server, RAW_KEEP, WHOLE ("\"e1\""), 0, SIZE - 1);
  g_assert_true (fetch_with (self, &download, NULL)); /* warm */
  raw_server_answer_pattern (self->server, RAW_KEEP,
                             "HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n", 0,
                             67108864 - 1);
  net_reset_peak ();
  before_kb = net_get_peak_kb ();
  g_assert_true (fetch_with (self, &download, NULL));
  g_test_message ("%d KiB over base", (int) (net_get_peak_kb () - before_kb));
  g_assert_cmpint (net_get_peak_kb () - before_kb, <=, NET_MEMORY_KB);
  g_assert_cmpint (self->n_bytes, ==, 67108864);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  inb_http_init ();
  ADD ("/download/comes-whole", test_download_comes_whole);
  ADD ("/download/goes-on-where-it-was-cut", test_download_goes_on_where_it_was_cut);
  ADD ("/download/cut-at-many-places-is-the-same", test_download_cut_at_many_places_is_the_same);
  ADD ("/download/of-a-changed-clip-begins-anew", test_download_of_a_changed_clip_begins_anew);
  ADD ("/download/without-strong-etag-begins-anew", test_download_without_strong_etag_begins_anew);
  ADD ("/download/that-is-complete-is-known-by-416",
       test_download_that_is_complete_is_known_by_416);
  ADD ("/download/that-does-not-fit-is-asked-anew-once",
       test_download_that_does_not_fit_is_asked_anew_once);
  ADD ("/download/that-never-fits-ends", test_download_that_never_fits_ends);
  ADD ("/download/statuses-say-what-to-do", test_download_statuses_say_what_to_do);
  ADD ("/download/without-length-has-a-bound", test_download_without_length_has_a_bound);
  ADD ("/download/that-stalls-is-ended-and-kept", test_download_that_stalls_is_ended_and_kept);
  ADD ("/download/cancelled-keeps-what-came", test_download_cancelled_keeps_what_came);
  ADD ("/download/follows-no-link", test_download_follows_no_link);
  ADD ("/download/goes-on-when-there-is-room-again",
       test_download_goes_on_when_there_is_room_again);
  ADD ("/download/redirects-are-led-by-us", test_download_redirects_are_led_by_us);
  ADD ("/download/redirects-lead-nowhere-bad", test_download_redirects_lead_nowhere_bad);
  ADD ("/download/hosts-are-held", test_download_hosts_are_held);
  ADD ("/download/of-any-size-needs-no-memory", test_download_of_any_size_needs_no_memory);
  return g_test_run ();
}
