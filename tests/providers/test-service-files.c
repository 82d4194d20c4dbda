/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "providers/inb-catalogue.h"

/* What the services' own documents say, written out here a second time: a slip of the pen in a
 * provider file costs somebody money. */

#define YES INB_CAPABILITY_YES
#define NO INB_CAPABILITY_NO
#define UNPROVEN INB_CAPABILITY_UNPROVEN
#define NOT_PUBLISHED INB_MICROS_UNKNOWN

/* One row a model; 0 where a number is not stated */
static const struct
{
  const char *provider;
  const char *model;
  const char *resolution;
  InbCapability last_frame, guidance, negative;
  gint64 price_5, price_10;
} models[] = {
  { "vercel-gateway", "kling-v2.5-turbo-i2v", "1080p", YES, UNPROVEN, YES, NOT_PUBLISHED,
    NOT_PUBLISHED },
  { "wavespeed", "kling-v2.5-turbo-pro", "1080p", YES, UNPROVEN, YES, 350000, 700000 },
  { "wavespeed", "kling-v2.5-turbo-std", "720p", NO, UNPROVEN, YES, NOT_PUBLISHED, NOT_PUBLISHED },
  { "eachlabs", "kling-v2-5-turbo-pro", "1080p", YES, UNPROVEN, YES, 350000, 700000 },
  { "novita", "kling-2.5-turbo", "1080p", NO, UNPROVEN, YES, NOT_PUBLISHED, NOT_PUBLISHED },
  { "highway", "kling-2.5-turbo", "1080p", NO, UNPROVEN, YES, NOT_PUBLISHED, NOT_PUBLISHED },
  { "kling", "kling-v2-5-turbo-pro", "1080p", YES, NO, YES, 350000, 700000 },
  { "kling", "kling-v2-5-turbo-std", "720p", NO, NO, YES, 210000, 420000 },
  { "fal", "kling-v2.5-turbo-pro", "1080p", YES, UNPROVEN, YES, 350000, 700000 },
  { "fal", "kling-v2.5-turbo-standard", "720p", NO, UNPROVEN, YES, NOT_PUBLISHED, NOT_PUBLISHED },
  { "replicate", "kling-v2.5-turbo-pro", "1080p", YES, NO, YES, NOT_PUBLISHED, NOT_PUBLISHED },
};

static const struct
{
  const char *id;
  const char *origin;
  const char *env;
  guint prompt_chars, negative_chars, creates_per_minute, at_once;
  InbImageSend send;
  const char *submit, *id_path;
  const char *poll_method, *poll;
  const char *succeeded;
  const char *result;
  gint64 kept_s;
  InbIdempotency idempotency;
  gboolean cancel, history, balance, check;
} services[] = {
  { "vercel-gateway",
    "ai-gateway.vercel.sh",
    "AI_GATEWAY_API_KEY",
    0,
    0,
    0,
    0,
    INB_IMAGE_BASE64,
    "{host.api}/v4/ai/video-model/start",
    "operation",
    "POST",
    "{host.api}/v4/ai/video-model/status",
    "completed",
    "videos[*]",
    0,
    INB_IDEMPOTENCY_HEADER,
    FALSE,
    FALSE,
    TRUE,
    TRUE },
  { "wavespeed",
    "api.wavespeed.ai",
    "WAVESPEED_API_KEY",
    2500,
    0,
    0,
    0,
    INB_IMAGE_UPLOAD,
    "{host.api}/api/v3/{model.path}",
    "data.id",
    "GET",
    "{host.api}/api/v3/predictions/{id}/result",
    "completed",
    "data.outputs[*]",
    7 * 86400,
    INB_IDEMPOTENCY_NONE,
    FALSE,
    TRUE,
    TRUE,
    TRUE },
  { "eachlabs",
    "api.eachlabs.ai",
    "EACHLABS_API_KEY",
    0,
    0,
    100,
    10,
    INB_IMAGE_UPLOAD,
    "{host.api}/v1/prediction/",
    "predictionID",
    "GET",
    "{host.api}/v1/prediction/{id}",
    "success",
    "output",
    86400,
    INB_IDEMPOTENCY_NONE,
    TRUE,
    TRUE,
    FALSE,
    TRUE },
  { "novita",
    "api.novita.ai",
    "NOVITA_API_KEY",
    2500,
    2500,
    0,
    0,
    INB_IMAGE_BASE64,
    "{host.api}/v3/async/kling-2.5-turbo-i2v",
    "task_id",
    "GET",
    "{host.api}/v3/async/task-result?task_id={id}",
    "TASK_STATUS_SUCCEED",
    "videos[0].video_url",
    3600,
    INB_IDEMPOTENCY_NONE,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "highway",
    "api.highwayapi.ai",
    "HIGHWAY_API_KEY",
    2500,
    2500,
    0,
    0,
    INB_IMAGE_DATA_URI,
    "{host.api}/v3/async/kling-2.5-turbo-i2v",
    "task_id",
    "GET",
    "{host.api}/v3/async/task-result?task_id={id}",
    "TASK_STATUS_SUCCEED",
    "videos[0].video_url",
    3600,
    INB_IDEMPOTENCY_NONE,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "kling",
    "api-singapore.klingai.com",
    "KLINGAI_API_KEY",
    2500,
    2500,
    0,
    0,
    INB_IMAGE_BASE64,
    "{host.api}/v1/videos/image2video",
    "data.task_id",
    "GET",
    "{host.api}/v1/videos/image2video/{id}",
    "succeed",
    "data.task_result.videos[0].url",
    30 * 86400,
    INB_IDEMPOTENCY_LOOKUP,
    FALSE,
    TRUE,
    FALSE,
    TRUE },
  { "fal",
    "queue.fal.run",
    "FAL_KEY",
    0,
    0,
    0,
    0,
    INB_IMAGE_UPLOAD,
    "{host.api}/{model.path}",
    "request_id",
    "GET",
    "{kept.status}",
    "COMPLETED",
    "video.url",
    0,
    INB_IDEMPOTENCY_NONE,
    TRUE,
    FALSE,
    FALSE,
    FALSE },
  { "replicate",
    "api.replicate.com",
    "REPLICATE_API_TOKEN",
    0,
    0,
    600,
    0,
    INB_IMAGE_UPLOAD,
    "{host.api}/v1/models/{model.path}/predictions",
    "id",
    "GET",
    "{host.api}/v1/predictions/{id}",
    "succeeded",
    "output",
    3600,
    INB_IDEMPOTENCY_NONE,
    TRUE,
    TRUE,
    FALSE,
    TRUE },
};

static const InbProvider *
find (const char *id)
{
  g_autoptr (GError) error = NULL;
  const InbProvider *provider = inb_catalogue_find (id, &error);

  g_assert_no_error (error);
  return provider;
}

static void
test_a_model_is_what_the_documents_say (gconstpointer data)
{
  const typeof (models[0]) *row = data;
  const InbModel *model = inb_provider_get_model (find (row->provider), row->model, NULL);

  g_assert_nonnull (model);
  g_assert_cmpstr (model->resolution, ==, row->resolution);
  g_assert_cmpint (model->can[INB_FEATURE_LAST_FRAME], ==, row->last_frame);
  g_assert_cmpint (model->can[INB_FEATURE_GUIDANCE], ==, row->guidance);
  g_assert_cmpint (model->can[INB_FEATURE_NEGATIVE], ==, row->negative);
  g_assert_cmpint (model->can[INB_FEATURE_ASPECT], ==, INB_CAPABILITY_IGNORED);
  g_assert_cmpint (model->can[INB_FEATURE_AUDIO], ==, INB_CAPABILITY_NO);
  g_assert_cmpint (inb_model_get_price (model, 5), ==, row->price_5);
  g_assert_cmpint (inb_model_get_price (model, 10), ==, row->price_10);
  g_assert_cmpuint (model->durations_s->len, ==, 2);
  g_assert_cmpuint (model->takes_per_submit, ==, 1);
  g_assert_true ((row->price_5 == NOT_PUBLISHED) == (model->price_source == NULL));
  for (guint i = 0; i < INB_N_FEATURES; i++)
    g_assert_true (model->can[i] == YES || model->reasons[i] != NULL);
}

static void
test_a_service_is_what_the_documents_say (gconstpointer data)
{
  const typeof (services[0]) *row = data;
  const InbProvider *provider = find (row->id);
  const InbService *service = provider->service;
  const InbCredential *credential = g_ptr_array_index (service->credentials, 0);
  const char *origin = g_hash_table_lookup (service->hosts, "api");

  g_assert_cmpint (provider->kind, ==, INB_PROVIDER_HOSTED);
  g_assert_false (provider->own);
  g_assert_true (g_str_has_prefix (origin, "https:"));
  g_assert_cmpstr (origin + strlen ("https:") + 2, ==, row->origin);
  g_assert_cmpstr (credential->env[0], ==, row->env);
  g_assert_cmpuint (provider->prompt_chars, ==, row->prompt_chars);
  g_assert_cmpuint (provider->negative_chars, ==, row->negative_chars);
  g_assert_cmpuint (service->creates_per_minute, ==, row->creates_per_minute);
  g_assert_cmpuint (service->at_once, ==, row->at_once);
  g_assert_cmpint (service->send, ==, row->send);
  g_assert_true ((service->upload != NULL) == (row->send == INB_IMAGE_UPLOAD));
  g_assert_cmpstr (service->submit.method, ==, "POST");
  g_assert_cmpstr (service->submit.url, ==, row->submit);
  g_assert_cmpstr (service->id_path, ==, row->id_path);
  g_assert_cmpstr (service->poll.method, ==, row->poll_method);
  g_assert_cmpstr (service->poll.url, ==, row->poll);
  g_assert_cmpuint (service->poll_first_s, ==, 10);
  g_assert_cmpuint (service->poll_every_s, ==, 5);
  g_assert_cmpstr (service->words[INB_WORD_SUCCEEDED][0], ==, row->succeeded);
  g_assert_cmpstr (service->result_paths[0], ==, row->result);
  g_assert_cmpint (service->result_lifetime_s, ==, row->kept_s);
  g_assert_cmpint (service->idempotency, ==, row->idempotency);
  g_assert_cmpint (service->cancel != NULL, ==, row->cancel);
  g_assert_cmpint (service->history != NULL, ==, row->history);
  g_assert_cmpint (service->balance != NULL, ==, row->balance);
  g_assert_cmpint (service->check != NULL, ==, row->check);
}

/* The strictest rule of the model that stands behind them all */
static void
test_every_service_takes_the_same_pictures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      const InbLimits *limits = &find (services[i].id)->limits;

      g_assert_cmpint (limits->formats, ==, INB_IMAGE_JPEG | INB_IMAGE_PNG);
      g_assert_cmpint (limits->max_bytes, ==, 10000000);
      g_assert_cmpuint (limits->min_side, ==, 300);
      g_assert_cmpuint (limits->max_side, ==, 0);
      g_assert_cmpfloat (limits->min_ratio, ==, 0.4);
      g_assert_cmpfloat (limits->max_ratio, ==, 2.5);
      g_assert_false (limits->alpha);
    }
}

static void
test_nothing_is_there_that_is_not_in_the_tables (void)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  guint n_models = 0;

  g_assert_cmpuint (providers->len, ==, G_N_ELEMENTS (services) + 1);
  g_assert_cmpstr (((InbProvider *) g_ptr_array_index (providers, 0))->id, ==, "local");
  for (guint i = 1; i < providers->len; i++)
    n_models += ((InbProvider *) g_ptr_array_index (providers, i))->models->len;
  g_assert_cmpuint (n_models, ==, G_N_ELEMENTS (models));
  g_assert_cmpuint (inb_catalogue_get_faults ()->len, ==, 0);
}

/* What the body of a submit is, as text without blanks */
static const char *const bodies[][2] = {
  { "wavespeed", "{\"image\":\"{start}\",\"last_image\":\"{last?}\",\"prompt\":\"{prompt}\","
                 "\"negative_prompt\":\"{negative?}\",\"guidance_scale\":\"{guidance:number?}\","
                 "\"duration\":\"{duration:integer}\"}" },
  { "eachlabs",
    "{\"model\":\"{model.slug}\",\"version\":\"0.0.1\",\"input\":{\"prompt\":\"{prompt}\","
    "\"image_url\":\"{start}\",\"tail_image_url\":\"{last?}\",\"duration\":\"{duration:string}\","
    "\"negative_prompt\":\"{negative?}\",\"cfg_scale\":\"{guidance:number?}\"}}" },
  { "novita",
    "{\"image\":\"{start}\",\"prompt\":\"{prompt}\",\"negative_prompt\":\"{negative?}\","
    "\"cfg_scale\":\"{guidance:number?}\",\"duration\":\"{duration:string}\",\"mode\":\"pro\"}" },
  { "kling",
    "{\"model_name\":\"{model.name}\",\"image\":\"{start}\",\"image_tail\":\"{last?}\","
    "\"prompt\":\"{prompt}\",\"negative_prompt\":\"{negative?}\",\"mode\":\"{model.mode}\","
    "\"duration\":\"{duration:string}\",\"external_task_id\":\"{job}\","
    "\"watermark_info\":{\"enabled\":false}}" },
  { "fal", "{\"prompt\":\"{prompt}\",\"image_url\":\"{start}\",\"tail_image_url\":\"{last?}\","
           "\"duration\":\"{duration:string}\",\"negative_prompt\":\"{negative?}\","
           "\"cfg_scale\":\"{guidance:number?}\"}" },
  { "replicate",
    "{\"input\":{\"prompt\":\"{prompt}\",\"start_image\":\"{start}\",\"end_image\":\"{last?}\","
    "\"duration\":\"{duration:integer}\",\"negative_prompt\":\"{negative?}\"}}" },
  { "vercel-gateway",
    "{\"prompt\":\"{prompt}\",\"n\":1,\"duration\":\"{duration:integer}\",\"providerOptions\":"
    "{\"klingai\":{\"mode\":\"pro\",\"negativePrompt\":\"{negative?}\",\"cfgScale\":"
    "\"{guidance:number?}\",\"imageTail\":\"{last?}\"}},\"image\":{\"type\":\"file\","
    "\"mediaType\":\"{start_media}\",\"data\":\"{start}\"}}" },
};

static void
test_a_paid_body_has_the_service_s_names_and_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const InbService *service = find (bodies[i][0])->service;
      g_autofree char *body = json_to_string (service->submit.body, FALSE);

      g_assert_cmpstr (body, ==, bodies[i][1]);
    }
}

/* Which rule an answer meets is the reader's work; here: that the rule is there, and what it says
 * of money. */
static void
assert_rule (const char *id, guint status, const char *value, int code, int sent)
{
  const GPtrArray *rules = find (id)->service->rules;

  for (guint i = 0; i < rules->len; i++)
    {
      const InbErrorRule *rule = g_ptr_array_index (rules, i);
      gboolean fits = FALSE;

      for (guint j = 0; j < rule->statuses->len; j++)
        fits = fits || g_array_index (rule->statuses, guint, j) == status;
      if (value != NULL)
        fits = g_strv_contains ((const char *const *) rule->is, value);
      if (!fits)
        continue;
      g_assert_cmpint (rule->code, ==, code);
      g_assert_cmpint (rule->sent, ==, sent);
      return;
    }
  g_error ("%s has no rule for %u %s", id, status, value);
}

static void
test_refusals_mean_what_the_services_mean (void)
{
  assert_rule ("kling", 0, "1101", INB_ERROR_MONEY, 0);
  assert_rule ("kling", 0, "1102", INB_ERROR_MONEY, 0);
  assert_rule ("kling", 0, "1303", INB_ERROR_RATE, 0);
  assert_rule ("kling", 0, "1002", INB_ERROR_KEY, 0);
  assert_rule ("kling", 0, "1301", INB_ERROR_CONTENT, 0);
  assert_rule ("kling", 0, "5001", INB_ERROR_UNAVAILABLE, -1);
  assert_rule ("novita", 0, "NOT_ENOUGH_BALANCE", INB_ERROR_MONEY, 0);
  assert_rule ("novita", 0, "INVALID_API_KEY", INB_ERROR_KEY, 0);
  assert_rule ("highway", 429, NULL, INB_ERROR_RATE, 0);
  assert_rule ("wavespeed", 0, "1200", INB_ERROR_CONTENT, -1);
  assert_rule ("wavespeed", 402, NULL, INB_ERROR_MONEY, 0);
  assert_rule ("vercel-gateway", 403, NULL, INB_ERROR_PLAN, 0);
  assert_rule ("vercel-gateway", 402, NULL, INB_ERROR_MONEY, 0);
  assert_rule ("eachlabs", 429, NULL, INB_ERROR_RATE, 0);
  assert_rule ("replicate", 402, NULL, INB_ERROR_MONEY, 0);
  assert_rule ("fal", 422, NULL, INB_ERROR_BAD_INPUT, 0);
  g_assert_cmpstr (find ("kling")->service->ok_path, ==, "code");
  g_assert_cmpstr (find ("kling")->service->ok_is, ==, "0");
  g_assert_cmpstr (find ("wavespeed")->service->charged_failed, ==, "no");
  g_assert_cmpstr (find ("replicate")->service->charged_failed, ==, "maybe");
}

/* What a service cannot do is refused in words before anything is sent. */
static void
test_a_last_frame_is_refused_where_there_is_none (void)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  g_autoptr (GError) error = NULL;

  request->start = g_strdup ("x");
  request->last = g_strdup ("y");
  request->prompt = g_strdup ("push");
  g_assert_true (inb_provider_check (find ("kling"), request, NULL));
  g_assert_false (inb_provider_check (find ("novita"), request, &error));
  g_assert_nonnull (strstr (error->message, "no field for a last frame"));
  g_clear_error (&error);
  request->model = g_strdup ("kling-v2-5-turbo-std");
  g_assert_false (inb_provider_check (find ("kling"), request, &error));
  g_assert_nonnull (strstr (error->message, "Choose the Pro model"));
  g_clear_error (&error);
  g_clear_pointer (&request->last, g_free);
  request->guidance = 0.5;
  g_assert_false (inb_provider_check (find ("kling"), request, &error));
  g_assert_nonnull (strstr (error->message, "--guidance"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *path = g_strdup_printf ("/services/a-model-is-what-the-documents-say/%s/%s",
                                               models[i].provider, models[i].model);

      g_test_add_data_func (path, &models[i], test_a_model_is_what_the_documents_say);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/services/a-service-is-what-the-documents-say/%s", services[i].id);

      g_test_add_data_func (path, &services[i], test_a_service_is_what_the_documents_say);
    }
  g_test_add_func ("/services/every-service-takes-the-same-pictures",
                   test_every_service_takes_the_same_pictures);
  g_test_add_func ("/services/nothing-is-there-that-is-not-in-the-tables",
                   test_nothing_is_there_that_is_not_in_the_tables);
  g_test_add_func ("/services/a-paid-body-has-the-service-s-names-and-types",
                   test_a_paid_body_has_the_service_s_names_and_types);
  g_test_add_func ("/services/refusals-mean-what-the-services-mean",
                   test_refusals_mean_what_the_services_mean);
  g_test_add_func ("/services/a-last-frame-is-refused-where-there-is-none",
                   test_a_last_frame_is_refused_where_there_is_none);
  return g_test_run ();
}
