/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-body.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "net-tools.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("inb-body-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

/* Reads in pieces of @step bytes; NULL on an error. */
static GByteArray *
read_all (InbBody *body, gsize step, GError **error)
{
  g_autoptr (GInputStream) stream = inb_body_open (body);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (step);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, step, NULL, error)) > 0)
    g_byte_array_append (all, piece, (guint) n);
  return n == 0 ? g_steal_pointer (&all) : NULL;
}

static void
assert_sends (InbBody *body, const char *want)
{
  static const gsize steps[] = { 1, 7, 8192, 100000 };
  g_autofree char *hash = inb_body_hash (body, NULL);
  g_autofree char *want_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, want, -1);

  g_assert_cmpint (inb_body_get_length (body), ==, (gint64) strlen (want));
  g_assert_cmpstr (hash, ==, want_hash);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] > 1 || strlen (want) < 100000)
      {
        g_autoptr (GByteArray) all = read_all (body, steps[i], NULL);

        g_assert_nonnull (all);
        g_assert_cmpmem (all->data, all->len, want, strlen (want));
      }
}

static void
test_body_base64_equals_the_whole_encoded (Fixture *self, gconstpointer data)
{
  static const gsize sizes[] = { 0,  1,     2,     3,     4,     5,     6,     7,      8,       9,
                                 10, 49151, 49152, 49153, 49154, 98304, 98305, 100000, 10000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = net_make_file (self->folder, "photo", sizes[i]);
      g_autofree char *bytes = NULL;
      g_autofree char *encoded = NULL;
      g_autofree char *want = NULL;
      g_autoptr (InbBody) body = inb_body_new ("application/json");

      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      encoded = g_base64_encode ((const guchar *) bytes, sizes[i]);
      want = g_strconcat ("{\"image\":\"", encoded, "\"}", NULL);
      inb_body_add_text (body, "{\"image\":\"", -1);
      g_assert_true (inb_body_add_file (body, path, INB_BODY_BASE64, NULL));
      inb_body_add_text (body, "\"}", 2);
      assert_sends (body, want);
    }
}

static void
test_body_pieces_come_in_order (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "f", NULL);
  g_autoptr (InbBody) body = inb_body_new ("multipart/form-data; boundary=x");
  g_autoptr (InbBody) empty = inb_body_new ("text/plain");

  g_assert_true (g_file_set_contents (path, "file", -1, NULL));
  inb_body_add_text (body, "", -1);
  inb_body_add_text (body, "<abc", 2);
  g_assert_true (inb_body_add_file (body, path, INB_BODY_PLAIN, NULL));
  inb_body_add_text (body, "|", -1);
  g_assert_true (inb_body_add_file (body, path, INB_BODY_BASE64, NULL));
  inb_body_add_text (body, ">", -1);
  assert_sends (body, "<afile|ZmlsZQ==>");
  g_assert_cmpstr (inb_body_get_content_type (body), ==, "multipart/form-data; boundary=x");
  assert_sends (empty, "");
}

static void
test_body_file_that_grew_is_sent_up_to_its_size (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "f", NULL);
  g_autoptr (InbBody) body = inb_body_new ("text/plain");

  g_assert_true (g_file_set_contents (path, "abc", -1, NULL));
  g_assert_true (inb_body_add_file (body, path, INB_BODY_PLAIN, NULL));
  g_assert_true (inb_body_add_file (body, path, INB_BODY_BASE64, NULL));
  g_assert_true (g_file_set_contents (path, "abcdefgh", -1, NULL));
  assert_sends (body, "abcYWJj");
}

static void
test_body_file_that_shrank_is_an_error (Fixture *self, gconstpointer data)
{
  for (guint encoding = INB_BODY_PLAIN; encoding <= INB_BODY_BASE64; encoding++)
    {
      g_autofree char *path = net_make_file (self->folder, "f", 100);
      g_autoptr (InbBody) body = inb_body_new ("text/plain");
      g_autoptr (GError) error = NULL;
      g_autofree char *hash = NULL;

      g_assert_true (inb_body_add_file (body, path, encoding, NULL));
      g_assert_no_errno (truncate (path, 40));
      g_assert_null (read_all (body, 16, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
      g_clear_error (&error);
      hash = inb_body_hash (body, &error);
      g_assert_null (hash);
      g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
      g_clear_error (&error);
      g_unlink (path);
      g_assert_null (read_all (body, 16, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
    }
}

static void
test_body_takes_files_only (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (self->folder, "none", NULL);
  g_autoptr (InbBody) body = inb_body_new ("text/plain");
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_body_add_file (body, missing, INB_BODY_PLAIN, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
  g_clear_error (&error);
  g_assert_false (inb_body_add_file (body, self->folder, INB_BODY_PLAIN, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_cmpint (inb_body_get_length (body), ==, 0);
}

static void
test_body_message_refuses_what_cannot_be_sent (Fixture *self, gconstpointer data)
{
  static const char *const bad[][2] = {
    { "Authorization", "Bearer a\r\nX-Evil: 1" },
    { "Authorization", "Bearer a\n" },
    { "Authorization", "Bearer \xc3\xa4" },
    { "Authorization", "Bearer \x7f" },
    { "Authorization", "Bearer\ta" },
    { "X-A\r\nX-B", "1" },
    { "X A", "1" },
    { "X-A:", "1" },
    { "", "1" },
    { "Host", "evil.example" },
    { "content-length", "0" },
    { "Transfer-Encoding", "chunked" },
    { "Connection", "close" },
    { "Proxy-Authorization", "Basic eA==" },
  };
  g_autofree char *filler = g_strnfill (8193, 'k');

  for (guint i = 0; i <= G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (InbMessage) message = inb_message_new (INB_MESSAGE_LOOK, "GET", "u");
      const char *name = i < G_N_ELEMENTS (bad) ? bad[i][0] : "X-Long";
      const char *value = i < G_N_ELEMENTS (bad) ? bad[i][1] : filler;

      g_test_message ("%u", i);
      g_assert_true (inb_message_add_header (message, "X-Good", "1"));
      g_assert_false (inb_message_add_header (message, name, value));
      g_assert_cmpuint (message->headers->len, ==, 1);
      g_assert_nonnull (message->refused);
    }
}

/* Encoding must not need the photo in memory, let alone its text. */
static void
test_body_hash_of_a_large_photo_needs_no_memory (Fixture *self, gconstpointer data)
{
  g_autofree char *path = net_make_file (self->folder, "photo", 10000000);
  g_autoptr (InbBody) body = inb_body_new ("application/json");
  g_autofree char *hash = NULL;
  gint64 before_kb;

  g_assert_true (inb_body_add_file (body, path, INB_BODY_BASE64, NULL));
  net_reset_peak ();
  before_kb = net_get_peak_kb ();
  hash = inb_body_hash (body, NULL);
  g_assert_nonnull (hash);
  g_test_message ("%d KiB over base", (int) (net_get_peak_kb () - before_kb));
  g_assert_cmpint (net_get_peak_kb () - before_kb, <=, NET_MEMORY_KB);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/body/base64-equals-the-whole-encoded", test_body_base64_equals_the_whole_encoded);
  ADD ("/body/pieces-come-in-order", test_body_pieces_come_in_order);
  ADD ("/body/file-that-grew-is-sent-up-to-its-size",
       test_body_file_that_grew_is_sent_up_to_its_size);
  ADD ("/body/file-that-shrank-is-an-error", test_body_file_that_shrank_is_an_error);
  ADD ("/body/takes-files-only", test_body_takes_files_only);
  ADD ("/body/message-refuses-what-cannot-be-sent", test_body_message_refuses_what_cannot_be_sent);
  ADD ("/body/hash-of-a-large-photo-needs-no-memory",
       test_body_hash_of_a_large_photo_needs_no_memory);
  return g_test_run ();
}
