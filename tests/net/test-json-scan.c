/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-json-scan.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/inb-error.h"

typedef struct
{
  const char *text;
  const char *fault; /* words of the message */
} Case;

static void
assert_refused (const char *text, gsize length, const char *fault)
{
  g_autoptr (GError) error = NULL;

  if (inb_json_scan (text, length, &error))
    g_error ("“%s” was let pass", text);
  g_assert_error (error, INB_ERROR, INB_ERROR_FAILED);
  if (strstr (error->message, fault) == NULL)
    g_error ("“%s” was refused for “%s”, not for “%s”", text, error->message, fault);
}

static void
test_scan_lets_pass_what_the_standard_says (void)
{
  static const char *const good[] = {
    "{}",
    " [ ] ",
    "null",
    "\"\"",
    "-0",
    "-0.5e-7",
    "9223372036854775807",
    "1E+10",
    "{\"a\":{\"a\":[1,{\"a\":null}]},\"b\":[[],{},\"\"]}",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"",
    "\t{ \"a\" : true ,\r\n\"b\":false}\n",
    "[{\"a\":1},{\"a\":2}]",
    "\"\xc3\xa9\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", good[i]);
      inb_json_scan (good[i], strlen (good[i]), &error);
      g_assert_no_error (error);
      json_parser_load_from_data (parser, good[i], -1, &error); /* and the parser agrees */
      g_assert_no_error (error);
    }
}

static void
test_scan_refuses_what_the_parser_would_bend (void)
{
  const Case cases[] = {
    { "", "an end where" },
    { "  \n", "an end where" },
    { "{'a':1}", "without quotation" },
    { "/*c*/{}", "a value that is none" },
    { "var x={};", "a value that is none" },
    { "{\"a\":01}", "neither a comma" },
    { "0x10", "more after" },
    { "{}{}", "more after" },
    { "{} x", "more after" },
    { "{\"a\":1,\"a\":2}", "same name twice" },
    { "{\"a\":1,\"\\u0061\":2}", "same name twice" },
    { "[1,]", "a value that is none" },
    { "{\"a\":1,}", "without quotation" },
    { "{\"a\"}", "without a value" },
    { "[1 2]", "neither a comma" },
    { "[1", "neither a comma" },
    { "{\"a\":", "an end where" },
    { "\"a", "does not end" },
    { "\"a\\", "does not end" },
    { "\"\\x41\"", "an escape" },
    { "\"\\u00g0\"", "an escape" },
    { "\"\\u12", "does not end" },
    { "\"\\u0000\"", "a character that is none" },
    { "\"\\ud83d\"", "half a character" },
    { "\"\\ud83d\\u0041\"", "half a character" },
    { "\"\\ude00\"", "a character that is none" },
    { "\"a\nb\"", "control character" },
    { "1e999", "beyond all bounds" },
    { "99999999999999999999", "beyond all bounds" },
    { "1.", "a number that is none" },
    { ".5", "a value that is none" },
    { "1e", "a number that is none" },
    { "+1", "a value that is none" },
    { "-", "a value that is none" },
    { "NaN", "a value that is none" },
    { "tru", "a value that is none" },
    { "]", "a value that is none" },
    { "{\"a\":1]", "neither a comma" },
    { "\xef\xbb\xbf{}", "a value that is none" },
    { "\"\xff\"", "not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), cases[i].fault);
  assert_refused ("{\"a\":\"b\0c\"}", 11, "not UTF-8");
}

static void
test_scan_bounds_depth_values_and_bytes (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < INB_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < INB_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  g_assert_true (inb_json_scan (text->str, text->len, NULL));
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  assert_refused (text->str, text->len, "too many levels");

  g_string_truncate (text, 0);
  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "[");
  assert_refused (text->str, text->len, "too many levels");

  g_string_assign (text, "[1");
  for (guint i = 2; i < INB_JSON_MAX_TOKENS; i++) /* the array itself is one */
    g_string_append (text, ",1");
  g_string_append_c (text, ']');
  g_assert_true (inb_json_scan (text->str, text->len, NULL));
  g_string_insert (text, 1, "1,");
  assert_refused (text->str, text->len, "too many values");

  g_string_assign (text, "\"");
  while (text->len < INB_JSON_MAX_BYTES - 1)
    g_string_append_c (text, 'x');
  g_string_append_c (text, '"');
  g_assert_true (inb_json_scan (text->str, text->len, NULL));
  g_string_append_c (text, ' ');
  assert_refused (text->str, text->len, "1 MiB");
}

static void
test_scan_tells_the_place_and_nothing_of_the_text (void)
{
  static const char *const text = "{\"key\":\"sk-secret\",\"key\":1}";
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_json_scan (text, strlen (text), &error));
  g_assert_nonnull (strstr (error->message, "24"));
  g_assert_null (strstr (error->message, "secret"));
  g_assert_null (strstr (error->message, "key"));
}

/* Every text that ends too soon is refused, and none is read beyond its end. */
static void
test_scan_refuses_every_beginning (void)
{
  static const char *const text =
      "{\"a\":[1.5e3,true,null,{\"b\":\"\\ud83d\\ude00\\n\"}],\"c\":false}";
  gsize length = strlen (text);

  g_assert_true (inb_json_scan (text, length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *part = g_memdup2 (text, i + (i == 0)); /* the sanitizer watches its end */

      g_assert_false (inb_json_scan (part, i, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-scan/lets-pass-what-the-standard-says",
                   test_scan_lets_pass_what_the_standard_says);
  g_test_add_func ("/json-scan/refuses-what-the-parser-would-bend",
                   test_scan_refuses_what_the_parser_would_bend);
  g_test_add_func ("/json-scan/bounds-depth-values-and-bytes",
                   test_scan_bounds_depth_values_and_bytes);
  g_test_add_func ("/json-scan/tells-the-place-and-nothing-of-the-text",
                   test_scan_tells_the_place_and_nothing_of_the_text);
  g_test_add_func ("/json-scan/refuses-every-beginning", test_scan_refuses_every_beginning);
  return g_test_run ();
}
