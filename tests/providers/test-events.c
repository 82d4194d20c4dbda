/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-events.h"

#include <string.h>

#include "providers/inb-long-texts.h"

static void
assert_data (const char *stream, const char *wanted)
{
  g_autofree char *data = inb_events_dup_first_data (stream, strlen (stream));

  g_assert_cmpstr (data, ==, wanted);
}

static void
test_first_event_is_taken (void)
{
  assert_data ("data: a\n\ndata: b\n\n", "a");
  assert_data (": heartbeat\n\n: heartbeat\n\ndata: a\n\n", "a");
  assert_data ("event: x\nid: 7\nretry: 5\n\ndata: a\n\n", "a");
}

static void
test_lines_end_in_three_ways (void)
{
  assert_data ("data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", "a\nb");
  assert_data ("data: a\rdata: b\r\rdata: c\r\r", "a\nb");
  assert_data (": x\r\n\r\ndata:a\ndata:\n\n", "a\n");
}

static void
test_only_one_blank_is_taken_off (void)
{
  assert_data ("data:  a\n\n", " a");
  assert_data ("data\n\n", "");
  assert_data ("data:\n\n", "");
}

static void
test_what_is_no_data (void)
{
  assert_data ("", NULL);
  assert_data ("\n\n", NULL);
  assert_data ("datax: a\n\n", NULL);
  assert_data (" data: a\n\n", NULL);
  assert_data ("dat", NULL);
}

static void
test_mark_of_order_and_a_cut_end (void)
{
  assert_data ("\xef\xbb\xbf"
               "data: a\n\n",
               "a");
  assert_data ("data: a", "a");
}

static char *
cut (const char *json, GPtrArray *pieces)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GBytes) rest = inb_long_texts_cut (bytes, pieces);

  return g_strndup (g_bytes_get_data (rest, NULL), g_bytes_get_size (rest));
}

static GPtrArray *
new_pieces (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static void
test_long_base64_is_cut_and_decoded (void)
{
  g_autoptr (GPtrArray) pieces = new_pieces ();
  const gsize length = 100001;
  g_autofree guchar *bytes = g_malloc (length);
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GBytes) decoded = NULL;
  g_auto (GStrv) parts = NULL;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guchar) (i * 31 % 251);
  text = g_base64_encode (bytes, length);
  parts = g_strsplit (text, "/", -1);
  g_free (text);
  text = g_strjoinv ("\\/", parts); /* as some writers of JSON do */
  json = g_strdup_printf ("{\"a\":\"x\\\"y\",\"data\":\"%s\",\"b\":[\"data:image/png;base64,%s\"]}",
                          text, text);
  rest = cut (json, pieces);
  g_assert_cmpstr (rest, ==,
                   "{\"a\":\"x\\\"y\",\"data\":\"inbetween-cut:0\",\"b\":[\"inbetween-cut:1\"]}");
  decoded = inb_long_texts_decode (pieces, "inbetween-cut:0");
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), bytes, length);
}

static void
test_other_texts_stay (void)
{
  g_autoptr (GPtrArray) pieces = new_pieces ();
  g_autofree char *words = g_strnfill (40000, '.');
  g_autofree char *with_words = g_strdup_printf ("{\"log\":\"%s\"}", words);
  g_autofree char *open = g_strdup_printf ("{\"log\":\"%s", words);
  g_autofree char *a = cut (with_words, pieces);
  g_autofree char *b = cut (open, pieces);
  g_autofree char *c = cut ("{\"data\":\"QUJD\"}", pieces);

  g_assert_cmpstr (a, ==, with_words);
  g_assert_cmpstr (b, ==, open);
  g_assert_cmpstr (c, ==, "{\"data\":\"QUJD\"}");
  g_assert_cmpuint (pieces->len, ==, 0);
}

static void
test_marks_that_are_none (void)
{
  g_autoptr (GPtrArray) pieces = new_pieces ();
  g_autoptr (GBytes) small = inb_long_texts_decode (pieces, "QUJD");

  g_assert_cmpmem (g_bytes_get_data (small, NULL), g_bytes_get_size (small), "ABC", 3);
  g_assert_null (inb_long_texts_decode (pieces, "inbetween-cut:0"));
  g_assert_null (inb_long_texts_decode (pieces, "inbetween-cut:-1"));
  g_assert_null (inb_long_texts_decode (pieces, "inbetween-cut:99999999999999999999"));
  g_assert_null (inb_long_texts_decode (pieces, ""));
  g_assert_null (inb_long_texts_decode (pieces, "\\"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/first", test_first_event_is_taken);
  g_test_add_func ("/events/line-ends", test_lines_end_in_three_ways);
  g_test_add_func ("/events/blank", test_only_one_blank_is_taken_off);
  g_test_add_func ("/events/none", test_what_is_no_data);
  g_test_add_func ("/events/ends", test_mark_of_order_and_a_cut_end);
  g_test_add_func ("/long-texts/cut", test_long_base64_is_cut_and_decoded);
  g_test_add_func ("/long-texts/others", test_other_texts_stay);
  g_test_add_func ("/long-texts/marks", test_marks_that_are_none);
  return g_test_run ();
}
