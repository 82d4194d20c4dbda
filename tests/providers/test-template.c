/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-template.h"

#include <string.h>

#include "core/inb-error.h"

static void
put (GHashTable *values, const char *name, const char *json)
{
  JsonNode *node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  g_hash_table_insert (values, g_strdup (name), node);
}

static GHashTable *
make_values (void)
{
  GHashTable *values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);

  put (values, "prompt", "\"push \\\"in\\\", {prompt}\"");
  put (values, "duration", "10");
  put (values, "guidance", "0.5");
  put (values, "start", "\"https://a.example/p.png\"");
  put (values, "key:api_key", "\"sk-1\"");
  put (values, "key:bad", "\"sk\\r\\nHost: b\"");
  put (values, "host.api", "\"https://api.example\"");
  put (values, "model.path", "\"kling/pro\"");
  put (values, "id", "\"a/b?c\"");
  put (values, "kept.operation", "\"{\\\"x\\\":[1]}\"");
  return values;
}

static gboolean
knows_cb (const char *name, gpointer user_data)
{
  return g_hash_table_contains (user_data, name) || strcmp (name, "last") == 0;
}

/* The template with its values as text, or the message of what is wrong. */
static char *
fill (const char *text)
{
  g_autoptr (GHashTable) values = make_values ();
  g_autoptr (JsonNode) template = json_from_string (text, NULL);
  g_autoptr (JsonNode) filled = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (template);
  if (inb_template_check (template, knows_cb, values, &error))
    filled = inb_template_fill (template, values, &error);
  if (filled != NULL)
    return json_to_string (filled, FALSE);
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  return g_strdup (error->message);
}

static void
test_template_puts_values_in_with_the_type_asked_for (void)
{
  static const char *const cases[][2] = {
    { "{\"a\":1,\"b\":[true,null,\"x\"]}", "{\"a\":1,\"b\":[true,null,\"x\"]}" },
    { "{\"d\":\"{duration}\"}", "{\"d\":10}" },
    { "{\"d\":\"{duration:string}\"}", "{\"d\":\"10\"}" },
    { "{\"d\":\"{duration:number}\"}", "{\"d\":10.0}" },
    { "{\"d\":\"{duration:integer}\"}", "{\"d\":10}" },
    { "{\"g\":\"{guidance:number?}\"}", "{\"g\":0.5}" },
    { "{\"g\":\"{guidance:string}\"}", "{\"g\":\"0.5\"}" },
    { "{\"o\":\"{kept.operation:json}\"}", "{\"o\":{\"x\":[1]}}" },
    { "{\"o\":\"{kept.operation}\"}", "{\"o\":\"{\\\"x\\\":[1]}\"}" },
    { "{\"u\":\"{host.api}/{model.path}\"}", "{\"u\":\"https://api.example/kling/pro\"}" },
    { "{\"z\":\"{start}\",\"a\":{\"l\":\"{last?}\",\"d\":\"{duration}\"}}",
      "{\"z\":\"https://a.example/p.png\",\"a\":{\"d\":10}}" },
    { "[\"{start}\",\"{last?}\"]", "[\"https://a.example/p.png\"]" },
    { "{\"in\":{\"l\":\"{last:string?}\"}}", "{\"in\":{}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *filled = fill (cases[i][0]);

      g_assert_cmpstr (filled, ==, cases[i][1]);
    }
}

/* What a person types is never read as a template, and cannot leave its text. */
static void
test_template_does_not_read_values (void)
{
  g_autofree char *whole = fill ("{\"p\":\"{prompt}\"}");
  g_autofree char *inside = fill ("{\"p\":\"say {prompt}\"}");

  g_assert_cmpstr (whole, ==, "{\"p\":\"push \\\"in\\\", {prompt}\"}");
  g_assert_cmpstr (inside, ==, "{\"p\":\"say push \\\"in\\\", {prompt}\"}");
}

static void
test_template_names_its_faults (void)
{
  static const char *const cases[][2] = {
    { "{\"a\":\"{nothing}\"}", "there is no value “nothing”" },
    { "{\"a\":[{\"b\":\"x {nothing}\"}]}", "there is no value “nothing”" },
    { "{\"a\":\"{start\"}", "not closed" },
    { "{\"a\":\"start}\"}", "not opened" },
    { "{\"a\":\"{start:text}\"}", "“text” is no type" },
    { "{\"a\":\"{}\"}", "no name" },
    { "{\"a\":\"{Start}\"}", "no name" },
    { "{\"a\":\"{sta rt}\"}", "no name" },
    { "{\"a\":\"x{last?}\"}", "whole text" },
    { "{\"a\":\"{start:string}{id}\"}", "whole text" },
    { "{\"a\":\"{last}\"}", "“last” is missing" },
    { "{\"a\":\"x{last}\"}", "“last” is missing" },
    { "{\"a\":\"{prompt:integer}\"}", "“prompt” does not have the type" },
    { "{\"a\":\"{guidance:integer}\"}", "“guidance” does not have the type" },
    { "{\"a\":\"{start:json}\"}", "“start” does not have the type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = fill (cases[i][0]);

      if (strstr (message, cases[i][1]) == NULL)
        g_error ("“%s” gave “%s”, not “%s”", cases[i][0], message, cases[i][1]);
      g_assert_null (strstr (message, "push")); /* what a person typed is not told */
    }
}

static void
test_template_addresses_escape_what_is_no_place (void)
{
  g_autoptr (GHashTable) values = make_values ();
  g_autofree char *address = inb_template_fill_text ("{host.api}/v1/{model.path}/{id}?p={start}",
                                                     INB_TEMPLATE_ADDRESS, values, NULL);

  g_assert_cmpstr (address, ==,
                   "https://api.example/v1/kling/pro/a%2Fb%3Fc?p=https%3A%2F%2Fa.example%2Fp.png");
}

static void
test_template_headers_refuse_line_breaks (void)
{
  g_autoptr (GHashTable) values = make_values ();
  g_autoptr (GError) error = NULL;
  g_autofree char *header =
      inb_template_fill_text ("Bearer {key:api_key}", INB_TEMPLATE_HEADER, values, NULL);

  g_assert_cmpstr (header, ==, "Bearer sk-1");
  g_assert_null (inb_template_fill_text ("Bearer {key:bad}", INB_TEMPLATE_HEADER, values, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "key:bad"));
  g_assert_null (strstr (error->message, "sk"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/puts-values-in-with-the-type-asked-for",
                   test_template_puts_values_in_with_the_type_asked_for);
  g_test_add_func ("/template/does-not-read-values", test_template_does_not_read_values);
  g_test_add_func ("/template/names-its-faults", test_template_names_its_faults);
  g_test_add_func ("/template/addresses-escape-what-is-no-place",
                   test_template_addresses_escape_what_is_no_place);
  g_test_add_func ("/template/headers-refuse-line-breaks",
                   test_template_headers_refuse_line_breaks);
  return g_test_run ();
}
