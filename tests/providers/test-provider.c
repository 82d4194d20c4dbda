/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-provider-file.h"

static char *
dup_local (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (
      "/io/github/inbetween/Inbetween/providers/local.json", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static InbProvider *
read_text (const char *text, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return inb_provider_file_read (bytes, "test.json", error);
}

static void
test_the_local_engine_is_as_it_is_described (void)
{
  g_autoptr (GError) error = NULL;
  const InbProvider *local = inb_catalogue_find ("local", &error);
  const InbModel *model;
  InbLimits limits;

  g_assert_no_error (error);
  g_assert_cmpint (local->kind, ==, INB_PROVIDER_LOCAL);
  g_assert_cmpuint (local->prompt_chars, ==, INB_MAX_PROMPT_CHARS);
  model = inb_provider_get_model (local, NULL, &error);
  g_assert_cmpint (inb_model_get_price (model, 5), ==, 0);
  g_assert_cmpint (inb_model_get_price (model, 10), ==, 0);
  g_assert_cmpint (inb_model_get_price (model, 7), ==, INB_MICROS_UNKNOWN);
  g_assert_cmpint (model->can[INB_FEATURE_LAST_FRAME], ==, INB_CAPABILITY_YES);
  g_assert_cmpint (model->can[INB_FEATURE_GUIDANCE], ==, INB_CAPABILITY_NO);
  g_assert_nonnull (model->reasons[INB_FEATURE_GUIDANCE]);
  g_assert_true (inb_catalogue_get_limits ("local", &limits, &error));
  g_assert_cmpuint (limits.min_side, ==, 64);
  g_assert_cmpfloat (limits.min_ratio, ==, 0.25);
  g_assert_cmpfloat (limits.max_ratio, ==, 4.0);
  g_assert_true (limits.alpha);
  g_assert_cmpint (limits.max_bytes, ==, 0);
}

static void
test_an_unknown_one_is_refused_with_those_there_are (void)
{
  g_autoptr (GError) error = NULL;
  InbLimits limits;

  g_assert_null (inb_catalogue_find ("nosuch", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "nosuch"));
  g_assert_nonnull (strstr (error->message, "local"));
  g_assert_false (inb_catalogue_get_limits ("nosuch", &limits, NULL));
}

/* what is replaced by what, the place and the reason that must be named */
static const struct
{
  const char *name;
  const char *from;
  const char *to;
  const char *path;
  const char *reason;
} faults[] = {
  { "format", "\"format\": 1", "\"format\": 2", "format", "whole number" },
  { "id", "\"id\": \"local\"", "\"id\": \"../local\"", "id", "lower case" },
  { "kind", "\"kind\": \"local\"", "\"kind\": \"magic\"", "kind", "magic" },
  { "name", "\"name\": \"Local engine\"", "\"name\": \"\"", "name", "must be a text" },
  { "site", "\"site\": null", "\"site\": \"http://x\"", "site", "https" },
  { "unknown member", "\"site\": null", "\"site\": null, \"extra\": 1", "extra", "is not known" },
  { "unknown limit", "\"prompt_chars\"", "\"prompt_char\"", "limits.prompt_char", "is not known" },
  { "limit of text", "\"prompt_chars\": 2500", "\"prompt_chars\": \"2500\"", "limits.prompt_chars",
    "whole number" },
  { "formats", "\"png\", \"jpeg\", \"webp\"", "\"bmp\"", "limits.image.formats", "jpeg, png" },
  { "no formats", "\"png\", \"jpeg\", \"webp\"", "", "limits.image.formats", "not empty" },
  { "format of another type", "\"png\", \"jpeg\", \"webp\"", "{}", "limits.image.formats",
    "jpeg, png" },
  { "ratio", "0.25, 4.0", "4.0, 0.25", "limits.image.ratio", "the smaller first" },
  { "ratio of one", "0.25, 4.0", "0.25", "limits.image.ratio", "two numbers" },
  { "alpha", "\"alpha\": true", "\"alpha\": 1", "limits.image.alpha", "true or false" },
  { "models", "\"models\": [", "\"models\": [], \"x\": [", "models", "not empty" },
  { "model of another type", "\"models\": [", "\"models\": [ 1, ", "models[0]", "an object" },
  { "resolution", "\"1080p\"", "\"4k\"", "models[0].resolution", "1080p, 720p" },
  { "durations", "[ 5, 10 ]", "[ 5, \"10\" ]", "models[0].durations_s", "whole seconds" },
  { "takes", "\"takes_per_submit\": 1", "\"takes_per_submit\": 0", "models[0].takes_per_submit",
    "from 1 to 4" },
  { "capability", "\"last_frame\": \"yes\"", "\"last_frame\": \"maybe\"", "models[0].last_frame",
    "maybe" },
  { "capability left out", "\"last_frame\": \"yes\",", "", "models[0].last_frame", "a text" },
  { "reason", "\"audio\": { \"en\"", "\"audio\": { \"xx\"", "models[0].reasons.audio.en",
    "a text" },
  { "currency", "\"USD\"", "\"EUR\"", "models[0].price.currency", "USD" },
  { "price", "\"10\": 0", "\"10\": -1", "models[0].price.clip_micros.10", "whole number" },
  { "price left out", ", \"10\": 0", "", "models[0].price.clip_micros.10", "whole number" },
  { "price of nothing", "\"10\": 0", "\"10\": 0, \"15\": 0", "models[0].price.clip_micros.15",
    "is not known" },
  { "privacy", "\"no_training\": true", "\"no_training\": \"yes\"", "privacy.no_training",
    "true or false" },
  { "notes", "\"notes\": { \"en\"", "\"notes\": { \"de\"", "notes.en", "a text" },
};

static void
test_a_fault_is_named_by_file_place_and_reason (gconstpointer data)
{
  const typeof (faults[0]) *fault = data;
  g_autofree char *local = dup_local ();
  g_autoptr (GString) text = g_string_new (local);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_string_replace (text, fault->from, fault->to, 1), ==, 1);
  g_assert_null (read_text (text->str, -1, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "test.json"));
  g_assert_nonnull (strstr (error->message, fault->path));
  g_assert_nonnull (strstr (error->message, fault->reason));
}

static void
test_what_is_no_json_is_refused (void)
{
  static const char *const texts[] = { "", " ", "[]", "1", "null", "{", "\xff\xfe{}" };
  g_autofree char *large = g_strnfill (INB_PROVIDER_MAX_BYTES + 1, ' ');
  g_autofree char *local = dup_local ();
  g_autoptr (InbProvider) good = read_text (local, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (good);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (read_text (texts[i], -1, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
      g_clear_error (&error);
    }
  g_assert_null (read_text (large, -1, &error));
  g_assert_nonnull (strstr (error->message, "64 KiB"));
}

static void
test_every_beginning_of_a_file_is_refused (void)
{
  g_autofree char *local = dup_local ();
  gsize length = strlen (local);

  while (g_ascii_isspace (local[length - 1]))
    length--;
  for (gsize i = 0; i < length; i += 7)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (local, (gssize) i, &error));
      g_assert_nonnull (error);
    }
}

static InbRequest *
make_request (void)
{
  InbRequest *request = inb_request_new ();

  request->start = g_strdup ("x");
  request->prompt = g_strdup ("push");
  return request;
}

static void
assert_refused (const InbRequest *request, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_provider_check (inb_catalogue_find ("local", NULL), request, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_nothing_asked_for_is_dropped_in_silence (void)
{
  g_autoptr (InbRequest) request = make_request ();
  const InbProvider *local = inb_catalogue_find ("local", NULL);
  g_autoptr (GError) error = NULL;

  request->last = g_strdup ("y");
  request->resolution = g_strdup ("1080p");
  g_assert_true (inb_provider_check (local, request, &error));
  g_assert_no_error (error);
  request->negative = g_strdup ("blur");
  assert_refused (request, "--negative");
  g_clear_pointer (&request->negative, g_free);
  request->guidance = 0.5;
  assert_refused (request, "--guidance");
  request->guidance = -1.0;
  g_free (request->resolution);
  request->resolution = g_strdup ("720p");
  assert_refused (request, "720p");
  g_clear_pointer (&request->resolution, g_free);
  request->model = g_strdup ("nosuch");
  assert_refused (request, "camera");
  g_clear_pointer (&request->model, g_free);
  request->duration_s = 7;
  assert_refused (request, "7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/provider/the-local-engine-is-as-it-is-described",
                   test_the_local_engine_is_as_it_is_described);
  g_test_add_func ("/provider/an-unknown-one-is-refused-with-those-there-are",
                   test_an_unknown_one_is_refused_with_those_there_are);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf (
          "/provider/a-fault-is-named-by-file-place-and-reason/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_a_fault_is_named_by_file_place_and_reason);
    }
  g_test_add_func ("/provider/what-is-no-json-is-refused", test_what_is_no_json_is_refused);
  g_test_add_func ("/provider/every-beginning-of-a-file-is-refused",
                   test_every_beginning_of_a_file_is_refused);
  g_test_add_func ("/provider/nothing-asked-for-is-dropped-in-silence",
                   test_nothing_asked_for_is_dropped_in_silence);
  return g_test_run ();
}
