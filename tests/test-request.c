/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-request.h"

#include "core/inb-error.h"

static InbRequest *
make_request (const char *prompt)
{
  InbRequest *request = inb_request_new ();

  request->start = g_strnfill (64, 'a');
  request->start_name = g_strdup ("mug.jpg");
  request->prompt = g_strdup (prompt);
  return request;
}

static void
assert_refused (InbRequest *request, const char *word)
{
  g_autoptr (InbRequest) taken = request;
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_request_validate (taken, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_request_prompt_has_1_to_2500_characters (void)
{
  g_autofree char *longest = g_strnfill (INB_MAX_PROMPT_CHARS, 'x');
  g_autofree char *too_long = g_strnfill (INB_MAX_PROMPT_CHARS + 1, 'x');
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (InbRequest) request = make_request (longest);
  g_autoptr (InbRequest) wide_request = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_request_validate (request, &error));
  for (guint i = 0; i < INB_MAX_PROMPT_CHARS; i++) /* characters are counted, not bytes */
    g_string_append (wide, "é");
  wide_request = make_request (wide->str);
  g_assert_true (inb_request_validate (wide_request, &error));
  assert_refused (make_request (too_long), "2501");
  assert_refused (make_request (""), "empty");
  assert_refused (make_request (" \t\n"), "empty");
  assert_refused (make_request ("a\xff"), "UTF-8");
  assert_refused (make_request (NULL), "empty");
}

static void
test_request_bounds_are_named (void)
{
  InbRequest *request = make_request ("push in");

  request->duration_s = 7;
  assert_refused (request, "not 7");
  request = make_request ("push in");
  request->takes = 0;
  assert_refused (request, "not 0");
  request = make_request ("push in");
  request->takes = 5;
  assert_refused (request, "not 5");
  request = make_request ("push in");
  request->guidance = 1.5;
  assert_refused (request, "Guidance");
  request = make_request ("push in");
  g_clear_pointer (&request->start, g_free);
  assert_refused (request, "start photo");
}

static void
test_request_copy_is_equal_and_independent (void)
{
  g_autoptr (InbRequest) request = make_request ("push in");
  g_autoptr (InbRequest) copy = NULL;

  request->seed = 7;
  request->framing.ratio = INB_RATIO_9_16;
  copy = inb_request_copy (request);
  g_assert_cmpstr (copy->prompt, ==, "push in");
  g_assert_true (copy->prompt != request->prompt);
  g_assert_cmpuint (copy->seed, ==, 7);
  g_assert_cmpuint (copy->framing.ratio, ==, INB_RATIO_9_16);
  g_assert_true (inb_request_validate (copy, NULL));
}

static void
assert_name (const char *file, const char *expected)
{
  g_autofree char *name = inb_request_dup_product_name (file);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_request_product_is_named_after_the_photo (void)
{
  g_autofree char *huge = g_strnfill (4000, 'n');
  g_autofree char *name = inb_request_dup_product_name (huge);
  g_autofree char *broken = inb_request_dup_product_name ("a\xff.png");

  assert_name ("mug.front.jpg", "mug.front");
  assert_name (".hidden", ".hidden");
  assert_name (" .jpg", "Untitled product");
  assert_name (NULL, "Untitled product");
  g_assert_cmpuint (strlen (name), <=, INB_MAX_NAME_BYTES);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/prompt", test_request_prompt_has_1_to_2500_characters);
  g_test_add_func ("/request/bounds", test_request_bounds_are_named);
  g_test_add_func ("/request/copy", test_request_copy_is_equal_and_independent);
  g_test_add_func ("/request/product-name", test_request_product_is_named_after_the_photo);
  return g_test_run ();
}
