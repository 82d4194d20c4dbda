/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json.h"
#include "providers/inb-provider-file.h"

/* files/acme.json is a good file of a person's own; files/broken.json says what is done to it, one
 * fault at a time, and which place must be named. Its other reader is check-schema.py. */

/* Parsed once: two hundred times cost 10 s with sanitizers */
static JsonNode *acme;

static char *
dup_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("INB_TEST_PROVIDER_FILES"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static JsonNode *
parse (const char *name)
{
  g_autofree char *text = dup_file (name);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static InbProvider *
read_text (const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return inb_provider_file_read_own (bytes, "acme.json", error);
}

/* Deep: json_node_copy() shares what is inside objects. */
static JsonNode *
copy (JsonNode *node)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonArray) array = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      object = json_object_new ();
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (object, name, copy (member));
      return json_node_init_object (json_node_alloc (), object);
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  array = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    json_array_add_element (array, copy (json_array_get_element (json_node_get_array (node), i)));
  return json_node_init_array (json_node_alloc (), array);
}

/* The value at "a.b[0].c": its parent is where a member can be set. */
static JsonNode *
get_child (JsonNode *node, const char *step)
{
  g_auto (GStrv) parts = g_strsplit (step, "[", 2);
  JsonNode *child = json_object_get_member (json_node_get_object (node), parts[0]);

  if (parts[1] == NULL)
    return child;
  return json_array_get_element (json_node_get_array (child), (guint) atoi (parts[1]));
}

static void
change_member (JsonNode *parent, const char *step, JsonNode *value)
{
  JsonObject *object = json_node_get_object (parent);

  if (value != NULL)
    json_object_set_member (object, step, json_node_copy (value));
  else
    {
      g_assert_true (json_object_has_member (object, step));
      json_object_remove_member (object, step);
    }
}

static char *
break_acme (JsonObject *change)
{
  g_autoptr (JsonNode) root = copy (acme);
  const char *at = json_object_get_string_member (change, "at");
  g_auto (GStrv) steps = g_strsplit (at, ".", -1);
  JsonNode *parent = root;
  guint last = g_strv_length (steps) - 1;

  for (guint i = 0; i < last; i++)
    parent = get_child (parent, steps[i]);
  change_member (parent, steps[last], json_object_get_member (change, "set"));
  return json_to_string (root, FALSE);
}

static void
test_a_fault_is_named (gconstpointer data)
{
  JsonObject *change = (JsonObject *) data;
  g_autofree char *text = break_acme (change);
  g_autofree char *place =
      g_strdup_printf ("“acme.json”, %s", json_object_get_string_member (change, "path"));
  const char *says = inb_json_get_string (change, "says");
  g_autoptr (GError) error = NULL;
  g_autoptr (InbProvider) provider = read_text (text, strlen (text), &error);

  g_assert_null (provider);
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, place));
  g_assert_true (says == NULL || strstr (error->message, says) != NULL);
  g_assert_cmpuint (strlen (error->message), <, 2000);
  for (const char *p = error->message; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
}

static void
test_the_good_file_is_read_whole (void)
{
  g_autofree char *text = dup_file ("acme.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (InbProvider) provider = read_text (text, strlen (text), &error);
  const InbService *service;
  const InbErrorRule *rule;

  g_assert_no_error (error);
  g_assert_true (provider->own);
  g_assert_cmpint (provider->kind, ==, INB_PROVIDER_HOSTED);
  service = provider->service;
  g_assert_cmpstr (g_hash_table_lookup (service->hosts, "api"), ==,
                   "https:"
                   "//api.acme.example:8443");
  g_assert_cmpuint (service->credentials->len, ==, 3);
  g_assert_cmpuint (service->sign_ins->len, ==, 2);
  g_assert_cmpint (((InbSignIn *) g_ptr_array_index (service->sign_ins, 1))->kind, ==,
                   INB_SIGN_IN_KLING_JWT);
  g_assert_cmpuint (service->creates_per_minute, ==, 60);
  g_assert_cmpuint (service->at_once, ==, 4);
  g_assert_cmpint (service->upload->kind, ==, INB_UPLOAD_PRESIGN_PUT);
  g_assert_cmpstr (service->upload->put_headers, ==, "put.headers");
  g_assert_null (service->upload->put_method);
  g_assert_cmpstr (service->ok_path, ==, "code");
  g_assert_cmpstr (service->ok_is, ==, "0");
  g_assert_cmpint (service->idempotency, ==, INB_IDEMPOTENCY_LOOKUP);
  g_assert_cmpuint (service->accept->len, ==, 2);
  g_assert_cmpuint (service->poll_accept->len, ==, 1);
  g_assert_cmpuint (g_array_index (service->poll_accept, guint, 0), ==, 200);
  g_assert_cmpstr (service->words[INB_WORD_QUEUED][0], ==, "waiting");
  g_assert_cmpstr (service->words[INB_WORD_RUNNING][1], ==, "rendering");
  g_assert_cmpstr (service->status_paths[1], ==, "status");
  g_assert_cmpstr (service->cost_path, ==, "data.cost");
  g_assert_cmpstr (service->charged_failed, ==, "no");
  g_assert_cmpstr (service->result_expires_path, ==, "data.expires");
  g_assert_cmpstr (service->cancel->method, ==, "DELETE");
  g_assert_cmpstr (service->lookup_id, ==, "data.id");
  g_assert_cmpstr (service->request_ids[1], ==, "header:X-Request-Id");
  g_assert_cmpuint (service->rules->len, ==, 4);
  rule = g_ptr_array_index (service->rules, 0);
  g_assert_cmpint (rule->code, ==, INB_ERROR_MONEY);
  g_assert_cmpint (rule->sent, ==, 0);
  g_assert_cmpstr (rule->is[0], ==, "7");
  g_assert_cmpstr (rule->is[1], ==, "broke");
  rule = g_ptr_array_index (service->rules, 1);
  g_assert_cmpint (rule->sent, ==, -1);
  g_assert_cmpstr (rule->contains, ==, "policy");
  rule = g_ptr_array_index (service->rules, 2);
  g_assert_cmpint (rule->sent, ==, 1);
  g_assert_cmpuint (g_array_index (rule->statuses, guint, 0), ==, 409);
  g_assert_cmpstr (g_hash_table_lookup (
                       ((InbModel *) g_ptr_array_index (provider->models, 0))->variables, "tier"),
                   ==, "pro");
}

/* Texts that are no JSON of this kind at all: replaced in the good file, or put before it. */
static const struct
{
  const char *name;
  const char *from;
  const char *to;
  const char *says;
} texts[] = {
  { "a member twice", "\"format\": 1,", "\"format\": 1, \"format\": 1,", "the same name twice" },
  { "a member twice deep inside", "\"id\": \"data.id\",", "\"id\": \"a\", \"id\": \"b\",",
    "the same name twice" },
  { "a zero byte in a text", "\"Acme Video\"", "\"Acme\\u0000Video\"", "Not a JSON object" },
  { "half a letter", "\"Acme Video\"", "\"\\ud800\"", "Not a JSON object" },
  { "a comment", "\"format\": 1,", "\"format\": 1, // one", "Not a JSON object" },
  { "a comma too much", "\"format\": 1,", "\"format\": 1,,", "Not a JSON object" },
  { "a number beyond numbers", "\"typical_s\": 90", "\"typical_s\": 1e999", "Not a JSON object" },
  { "a number beyond 64 bits", "\"typical_s\": 90", "\"typical_s\": 99999999999999999999",
    "Not a JSON object" },
  { "not a number", "\"typical_s\": 90", "\"typical_s\": NaN", "Not a JSON object" },
  { "a single quote", "\"Acme Video\"", "'Acme Video'", "Not a JSON object" },
};

static void
test_what_is_no_json_is_refused (gconstpointer data)
{
  const typeof (texts[0]) *fault = data;
  g_autofree char *good = dup_file ("acme.json");
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_string_replace (text, fault->from, fault->to, 1), ==, 1);
  g_assert_null (read_text (text->str, text->len, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "acme.json"));
  g_assert_nonnull (strstr (error->message, fault->says));
}

static void
assert_refused (GString *text, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (text->str, text->len, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_test_message ("%.300s", error->message);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_cmpuint (strlen (error->message), <, 2000);
}

static void
test_what_is_too_much_is_refused (void)
{
  g_autofree char *good = dup_file ("acme.json");
  g_autoptr (GString) mark = g_string_new ("\xef\xbb\xbf");
  g_autoptr (GString) zero = g_string_new (good);
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (GString) wide = g_string_new ("{\"a\":[");
  g_autoptr (GString) large = g_string_new (good);
  g_autoptr (GString) long_name = g_string_new ("{\"");

  g_string_append (mark, good);
  assert_refused (mark, "Not a JSON object");
  g_string_append_c (zero, '\0');
  assert_refused (zero, "the whole of it");
  for (guint i = 0; i < 20000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep, "Not a JSON object");
  for (guint i = 0; i < 30000; i++)
    g_string_append (wide, "1,");
  g_string_append (wide, "1]}");
  assert_refused (wide, "Not a JSON object");
  g_string_set_size (large, 10 * 1024 * 1024);
  memset (large->str, ' ', large->len);
  assert_refused (large, "64 KiB");
  for (guint i = 0; i < 60000; i++)
    g_string_append_c (long_name, i % 2 == 0 ? '\x1b' : 'a');
  g_string_insert (long_name, -1, "\":1}");
  assert_refused (long_name, "acme.json");
}

/* A member's name comes from a stranger too. */
static void
test_a_name_is_told_without_moving_the_cursor (void)
{
  g_autofree char *good = dup_file ("acme.json");
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (GString) long_text = g_string_new (good);
  g_autofree char *many = g_strnfill (5000, 'a');
  g_autofree char *member = g_strdup_printf ("\"format\": 1, \"%s\": 1,", many);

  g_assert_cmpuint (
      g_string_replace (text, "\"format\": 1,", "\"format\": 1, \"\\u001b[2J\\u009b\": 1,", 1), ==,
      1);
  assert_refused (text, "?[2J??: is not known");
  g_assert_cmpuint (g_string_replace (long_text, "\"format\": 1,", member, 1), ==, 1);
  assert_refused (long_text, "aaaa: is not known");
}

/* Only what a program's own file may say */
static void
test_the_programs_own_files_may_name_the_environment (void)
{
  g_autofree char *good = dup_file ("acme.json");
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbProvider) provider = NULL;

  g_string_replace (text, "\"env\": []", "\"env\": [ \"ACME_KEY\" ]", 1);
  bytes = g_bytes_new (text->str, text->len);
  provider = inb_provider_file_read (bytes, "acme.json", &error);
  g_assert_no_error (error);
  g_assert_false (provider->own);
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonNode) broken = NULL;
  JsonArray *cases;
  int status;

  g_test_init (&argc, &argv, NULL);
  acme = parse ("acme.json");
  broken = parse ("broken.json");
  cases = json_node_get_array (broken);
  g_assert_cmpuint (json_array_get_length (cases), >=, 50);
  g_test_add_func ("/broken/the-good-file-is-read-whole", test_the_good_file_is_read_whole);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *change = json_array_get_object_element (cases, i);
      g_autofree char *path = g_strdup_printf ("/broken/a-fault-is-named/%s",
                                               json_object_get_string_member (change, "name"));

      g_test_add_data_func (path, change, test_a_fault_is_named);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strconcat ("/broken/what-is-no-json/", texts[i].name, NULL);

      g_test_add_data_func (path, &texts[i], test_what_is_no_json_is_refused);
    }
  g_test_add_func ("/broken/what-is-too-much-is-refused", test_what_is_too_much_is_refused);
  g_test_add_func ("/broken/a-name-is-told-without-moving-the-cursor",
                   test_a_name_is_told_without_moving_the_cursor);
  g_test_add_func ("/broken/the-programs-own-files-may-name-the-environment",
                   test_the_programs_own_files_may_name_the_environment);
  status = g_test_run ();
  json_node_unref (acme);
  return status;
}
