/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-reply.h"

#include <string.h>

#include "net/inb-trace.h"

/* Sun, 06 Nov 1994 08:49:37 GMT */
#define NOW_US (G_GINT64_CONSTANT (784111777) * G_USEC_PER_SEC)

static void
test_reply_retry_after_table (void)
{
  static const struct
  {
    const char *value;
    gint64 seconds;
  } cases[] = {
    { "1", 1 },
    { "120", 120 },
    { " 120 ", 120 },
    { "3600", 3600 },
    { "0", 1 },
    { "000", 1 },
    { "3601", 3600 },
    { "999999", 3600 },
    { "1000000", -1 },
    { "99999999999999999999", -1 },
    { "-5", -1 },
    { "+5", -1 },
    { "1.5", -1 },
    { "1e3", -1 },
    { "0x10", -1 },
    { "5 s", -1 },
    { "5, 6", -1 },
    { "abc", -1 },
    { "", -1 },
    { "  ", -1 },
    { "\xff\xfe", -1 },
    { "120\xc2\xa0", -1 },
    { "Sun, 06 Nov 1994 08:49:47 GMT", 10 },
    { "Sunday, 06-Nov-94 08:49:47 GMT", 10 },
    { "Sun Nov  6 08:49:47 1994", 10 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", 1 },
    { "Sun, 06 Nov 1994 08:00:00 GMT", 1 },
    { "Sun, 06 Nov 1994 23:00:00 GMT", 3600 },
    { "Thu, 31 Dec 9998 23:59:59 GMT", 3600 }, /* libsoup 3.6 knows no 9999 */
    { "Sun, 32 Nov 1994 08:49:47 GMT", -1 },
    { "Sun, 06 Nov 1994", -1 },
  };
  g_autofree char *filler = g_strnfill (100000, '1');

  g_assert_cmpint (inb_retry_after_parse (NULL, NOW_US), ==, -1);
  g_assert_cmpint (inb_retry_after_parse (filler, NOW_US), ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i); /* not all of them are UTF-8 */
      g_assert_cmpint (inb_retry_after_parse (cases[i].value, NOW_US), ==, cases[i].seconds);
    }
}

static void
test_reply_made_by_hand_has_what_was_given (void)
{
  g_autoptr (InbReply) reply = inb_reply_new (404, "Text/HTML ; charset=x", "<p>", -1);
  g_autoptr (InbReply) bare = inb_reply_new (204, NULL, NULL, 0);

  g_assert_cmpuint (reply->status, ==, 404);
  g_assert_cmpstr (reply->content_type, ==, "text/html");
  g_assert_cmpstr (inb_reply_get_header (reply, "CONTENT-type"), ==, "Text/HTML ; charset=x");
  g_assert_null (inb_reply_get_header (reply, "date"));
  g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 3);
  g_assert_cmpint (reply->retry_after_s, ==, -1);
  g_assert_cmpint (reply->date_us, ==, 0);
  g_assert_cmpstr (bare->content_type, ==, "");
  g_assert_cmpuint (g_bytes_get_size (bare->body), ==, 0);
}

static void
test_reply_trace_tells_nothing_secret (void)
{
  static const struct
  {
    const char *url;
    gboolean bare;
    const char *shown;
  } cases[] = {
    { "https://api.example.com/v1/predictions/p-1_2?key=canary&x=canary#canary", FALSE,
      "https://api.example.com/v1/predictions/p-1_2" },
    { "http://127.0.0.1:99/queue.fal.run/a~b/", FALSE, "http://127.0.0.1:99/queue.fal.run/a~b/" },
    { "https://api.example.com/v1/canary:generate/x", FALSE, "https://api.example.com/v1/…/x" },
    { "https://api.example.com/v1/canary%2Fa", FALSE, "https://api.example.com/v1/…" },
    { "https://user:canary@api.example.com/v1", FALSE, "https://api.example.com/v1" },
    { "https://cdn.example.com/canary.mp4?X-Amz-Signature=canary", TRUE,
      "https://cdn.example.com/…" },
    { "canary", FALSE, "…" },
    { "https://api.example.com/canarycanarycanarycanarycanarycanarycanarycanarycanarycanarycanary",
      FALSE, "https://api.example.com/…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      InbTraceLine facts = { .method = "POST", .url = cases[i].url, .bare = cases[i].bare };
      g_autofree char *line = NULL;
      g_autofree char *want = NULL;

      facts.status = 200;
      facts.milliseconds = 12;
      facts.n_out = 3;
      facts.n_in = 4;
      line = inb_trace_line_print (&facts);
      want = g_strdup_printf ("POST %s 200 12 ms, 3 bytes out, 4 in", cases[i].shown);
      g_assert_cmpstr (line, ==, want);
    }
}

/* Whatever stands where a secret can stand does not come out. */
static void
test_reply_trace_of_random_addresses_keeps_the_canary (void)
{
  static const char letters[] = "abcXYZ019-._~:/?#[]@!$&'()*+,;=% {}|\"<>\\^`";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 5000; round++)
    {
      GString *url = g_string_new ("https://api.example.com/");
      InbTraceLine facts = { .method = "GET" };
      g_autofree char *line = NULL;
      gint32 n = g_rand_int_range (rand, 0, 40);

      for (gint32 i = 0; i < n; i++)
        g_string_append_c (url, letters[g_rand_int_range (rand, 0, sizeof letters - 1)]);
      g_string_append (url, "?a=CANARY&b=CANARY#CANARY");
      facts.url = url->str;
      facts.bare = g_rand_boolean (rand);
      line = inb_trace_line_print (&facts);
      g_assert_null (strstr (line, "CANARY"));
      g_string_free (url, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply/retry-after-table", test_reply_retry_after_table);
  g_test_add_func ("/reply/made-by-hand-has-what-was-given",
                   test_reply_made_by_hand_has_what_was_given);
  g_test_add_func ("/reply/trace-tells-nothing-secret", test_reply_trace_tells_nothing_secret);
  g_test_add_func ("/reply/trace-of-random-addresses-keeps-the-canary",
                   test_reply_trace_of_random_addresses_keeps_the_canary);
  return g_test_run ();
}
