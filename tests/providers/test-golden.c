/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "golden-tools.h"

/* What unmodified public clients sent, and what they were answered (tests/wire/README.md): for the
 * same inputs our messages are compared with theirs by meaning, and their answers are read. A
 * difference that is on purpose is written down here; one that is gone is a fault as well. */

/* Why we differ, by what differs. */
#define LENGTH "+duration: the length is always said, never left to the service"
#define MODE "+mode: Kling's own default is its standard mode"
#define OURS "+external_task_id: our reference, to find the job again"
#define MARK "+watermark_info: no mark, said aloud"
#define KLING_KEY "-header idempotency-key: no document says that it is honoured"
#define GATE_MODE "+providerOptions.klingai: the mode is said, Kling's default is standard"
#define GATE_TAIL "+providerOptions.klingai.imageTail: one of two documented ways for a last frame"
#define GATE_FRAMES "-frameImages: the other way"
#define UPLOADED "~image_url: a picture of this computer is uploaded first"

typedef struct
{
  const char *name;
  const char *provider;
  const char *model;
  const char *results[5]; /* of each exchange; the last one stands for all that follow */
  const char *differences[8];
  const char *none; /* why nothing of it can be compared */
} Recording;

#define FAL_JOB "accepted 764cabcf-b745-4b3e-ae38-1200304cf45b"
#define FAL_CLIP "succeeded https://v3.fal.media/files/b/out/output.mp4"
#define KLING_JOB "accepted 872284262215585819"
#define REPLICATE_JOB "accepted q4v2kgh5wnrme0cte1qa3b6fzr"
#define REPLICATE_CLIP "succeeded https://replicate.delivery/xezq/abc/tmp.mp4"
#define WAVESPEED_JOB "accepted 45b392b22c3b449fa935bd4afe8c1d9e"

static const Recording recordings[] = {
  { "fal-aisdk-bytes-first-last",
    "fal",
    NULL,
    { FAL_JOB, "running", FAL_CLIP },
    { UPLOADED, "~tail_image_url: the same", "-aspect_ratio: not for this model",
      "~duration: \"5\", not \"5s\"",
      "-header idempotency-key: no document says it is honoured" } },
  { "fal-client-error-422",
    "fal",
    NULL,
    { "rejected input" },
    { LENGTH, "-header x-fal-queue-priority: the account's own setting" } },
  { "fal-client-submit-datauri-webhook",
    "fal",
    NULL,
    { FAL_JOB, "queued", FAL_CLIP, "sent" },
    { UPLOADED, "~query: a program on a desk has no address to be called at, and reads no logs",
      "-header x-fal-queue-priority: the account's own setting",
      "-header x-fal-request-timeout: the service's own",
      "-header x-fal-object-lifecycle-preference: the account's own setting" } },
  { "fal-client-submit-retry-503",
    "fal",
    NULL,
    { "unclear unknown", FAL_JOB },
    { LENGTH, "-header x-fal-queue-priority: the account's own setting" } },
  { "gateway-429-retry-after",
    "vercel-gateway",
    NULL,
    { "later rate 1", "delivered 24 bytes" },
    { GATE_MODE } },
  { "gateway-async-start-status",
    "vercel-gateway",
    NULL,
    { "accepted {\"gatewayJobId\":\"job_123\"}", "running", "succeeded 24 bytes" },
    { GATE_TAIL, GATE_FRAMES } },
  { "gateway-credits", "vercel-gateway", NULL, { "balance 4650000" }, { NULL } },
  { "gateway-error-400", "vercel-gateway", NULL, { "rejected input" }, { GATE_MODE } },
  { "gateway-error-401", "vercel-gateway", NULL, { "rejected key" }, { GATE_MODE } },
  { "gateway-error-403", "vercel-gateway", NULL, { "rejected plan" }, { GATE_MODE } },
  { "gateway-error-404-model", "vercel-gateway", NULL, { "rejected plan" }, { GATE_MODE } },
  { "gateway-error-non-json-502", "vercel-gateway", NULL, { "unclear unknown" }, { GATE_MODE } },
  { "gateway-sse-done-only", "vercel-gateway", NULL, { "unclear unknown" }, { GATE_MODE } },
  { "gateway-sse-empty", "vercel-gateway", NULL, { "unclear unknown" }, { GATE_MODE } },
  { "gateway-sse-error-event", "vercel-gateway", NULL, { "rejected input" }, { GATE_MODE } },
  { "gateway-sse-first-frame-bytes",
    "vercel-gateway",
    NULL,
    { "delivered 24 bytes" },
    { GATE_MODE } },
  { "gateway-sse-first-frame-url",
    "vercel-gateway",
    NULL,
    { "delivered 24 bytes" },
    { GATE_MODE, "~image.type: an address is fetched and prepared here, as any photo",
      "-image.url: the same", "+image.data: the same", "+image.mediaType: the same" } },
  { "gateway-sse-frameImages",
    "vercel-gateway",
    NULL,
    { "delivered 24 bytes" },
    { GATE_TAIL, GATE_FRAMES } },
  { "gateway-sse-resolution-seed",
    "vercel-gateway",
    NULL,
    { "delivered 24 bytes" },
    { GATE_MODE, "-resolution: not for this model", "-fps: not for this model",
      "-seed: not for this model", "-generateAudio: not for this model" } },
  { "gateway-start-retry-idempotency",
    "vercel-gateway",
    NULL,
    { "unclear unknown", "accepted {\"gatewayJobId\":\"job_r\"}", "cancelled" },
    { GATE_MODE } },
  { .name = "kling-api-i2v-cfg-refused",
    .provider = "kling",
    .none = "no exchange: that client refuses guidance as we do" },
  { "klingai-double-bill-on-500",
    "kling",
    "kling-v2-5-turbo-std",
    { "unclear unknown", KLING_JOB, "running" },
    { MODE, OURS, MARK, KLING_KEY } },
  { "klingai-error-1002",
    "kling",
    "kling-v2-5-turbo-std",
    { "rejected key" },
    { MODE, OURS, MARK, KLING_KEY } },
  { "klingai-i2v-bytes-jwt",
    "kling",
    NULL,
    { KLING_JOB, "running", "succeeded https://v16-kling-fdl.klingai.com/@" },
    { OURS, MARK, KLING_KEY, "-cfg_scale: Kling's 2.x models do not take it" } },
  { "klingai-i2v-first-last-apikey",
    "kling",
    NULL,
    { KLING_JOB, "running", "succeeded https://v16-kling-fdl.klingai.com/@" },
    { OURS, MARK, KLING_KEY } },
  { "klingai-i2v-n2",
    "kling",
    "kling-v2-5-turbo-std",
    { KLING_JOB, KLING_JOB, "running", "succeeded https://v16-kling-fdl.klingai.com/@" },
    { MODE, OURS, MARK, KLING_KEY } },
  { "klingai-task-failed",
    "kling",
    "kling-v2-5-turbo-std",
    { KLING_JOB, "failed content" },
    { MODE, OURS, MARK, KLING_KEY } },
  { "novita-error-400",
    "novita",
    NULL,
    { "rejected input" },
    { "+image: their body is empty", "+prompt: the same", LENGTH, "+mode: the same" } },
  { "novita-error-429",
    "novita",
    NULL,
    { "later rate" },
    { "+image: their body is empty", "+prompt: the same", LENGTH, "+mode: the same" } },
  { "novita-submit-poll",
    "novita",
    NULL,
    { "accepted ca2e0a3f-1b1f-4ac0-9f1c-9a2b8f1a0c11", "queued", "running", "succeeded @" },
    { NULL } },
  { "replicate-429-no-sleep",
    "replicate",
    NULL,
    { "later rate 5", "later rate 5", "later rate 5", REPLICATE_JOB },
    { "+input.duration: the length is always said" } },
  { "replicate-aisdk-bytes",
    "replicate",
    NULL,
    { REPLICATE_JOB, "running", REPLICATE_CLIP },
    { "~input.start_image: a picture of this computer is uploaded first",
      "~input.end_image: the same", "-input.aspect_ratio: ignored beside a start frame",
      "-header idempotency-key: no document says that it is honoured" } },
  { "replicate-error-402",
    "replicate",
    NULL,
    { "rejected money" },
    { "+input.duration: the length is always said", "+input.start_image: theirs has none" } },
  { "replicate-predictions-datauri-strings",
    "replicate",
    NULL,
    { REPLICATE_JOB, "running", "sent" },
    { "~input.start_image: a picture of this computer is uploaded first",
      "~input.end_image: the same", "-webhook: nobody to be called",
      "-webhook_events_filter: the same" } },
  { "replicate-run-url",
    "replicate",
    NULL,
    { REPLICATE_JOB, "running", REPLICATE_CLIP },
    { "-input.aspect_ratio: ignored beside a start frame" } },
  { "seed-curl-highway",
    "highway",
    NULL,
    { "accepted t1", "succeeded https://x.example/1.mp4" },
    { "~image: theirs is a placeholder", "~duration: theirs is a placeholder",
      "~mode: theirs is a placeholder" } },
  { "seed-curl-wavespeed",
    "wavespeed",
    NULL,
    { "accepted REQ1", "succeeded https://cdn.example/1.mp4" },
    { "+image: required, theirs has none", "+prompt: required, theirs has none" } },
  { "wavespeed-failed", "wavespeed", NULL, { WAVESPEED_JOB, "failed @" }, { LENGTH } },
  { "wavespeed-run-url",
    "wavespeed",
    NULL,
    { WAVESPEED_JOB, "running",
      "succeeded https://d1q70pf5vjeyhc.cloudfront.net/predictions/45b392b2/1.mp4" },
    { NULL } },
  { "wavespeed-submit-503", "wavespeed", NULL, { "unclear unknown" }, { LENGTH } },
  { "wavespeed-sync-mode",
    "wavespeed",
    NULL,
    { WAVESPEED_JOB },
    { LENGTH, "-enable_sync_mode: jobs are asked for, not waited for" } },
};

static const char *folder;
static guint n_compared, n_equal, n_differing, n_not_applicable;
static guint n_messages, n_messages_equal;

static char *
describe_clip (const char *verb, const InbReport *report)
{
  if (report->clip != NULL)
    return g_strdup_printf ("%s %" G_GSIZE_FORMAT " bytes", verb, g_bytes_get_size (report->clip));
  if (report->urls != NULL && report->urls[0] != NULL)
    return g_strdup_printf ("%s %s", verb, report->urls[0]);
  return g_strdup_printf ("%s nothing: %s", verb, report->error->message);
}

static char *
describe_receipt (const InbReceipt *receipt)
{
  static const char *const words[] = { "accepted", "not-sent", "later",
                                       "rejected", "no-way",   "unclear" };
  const char *word = words[receipt->outcome];

  if (receipt->report != NULL)
    return describe_clip ("delivered", receipt->report);
  if (receipt->outcome == INB_OUTCOME_ACCEPTED)
    return g_strdup_printf ("%s %s", word, receipt->remote_id);
  if (receipt->wait_s >= 0)
    return g_strdup_printf ("%s %s %" G_GINT64_FORMAT, word, inb_error_get_name (receipt->error),
                            receipt->wait_s);
  return g_strdup_printf ("%s %s", word, inb_error_get_name (receipt->error));
}

static char *
describe_report (const InbReport *report)
{
  static const char *const words[] = { "queued",    "running", "succeeded", "failed",
                                       "cancelled", "gone",    "silent" };

  if (report->state == INB_REMOTE_SUCCEEDED)
    return describe_clip ("succeeded", report);
  if (report->error != NULL)
    return g_strdup_printf ("%s %s", words[report->state], inb_error_get_name (report->error));
  return g_strdup (words[report->state]);
}

/* Reads the recorded answer, keeps what the next message needs, and says what it came to. */
static char *
read_answer (Wire *wire, InbStep step, const InbReply *reply, char **id, char **kept)
{
  g_autoptr (InbReceipt) receipt = NULL;
  g_autoptr (InbReport) report = NULL;

  if (step == INB_STEP_CANCEL)
    return g_strdup ("sent");
  if (step == INB_STEP_BALANCE)
    return g_strdup_printf ("balance %" G_GINT64_FORMAT,
                            inb_answers_read_balance (&wire->values, reply, NULL));
  if (step == INB_STEP_POLL || step == INB_STEP_SECOND)
    {
      report = step == INB_STEP_POLL ? inb_answers_read_poll (&wire->values, reply, NULL)
                                     : inb_answers_read_second (&wire->values, reply, NULL);
      return describe_report (report);
    }
  receipt = inb_answers_read_submit (&wire->values, step, reply, TRUE, NULL);
  if (receipt->remote_id != NULL)
    {
      g_free (*id);
      *id = g_strdup (receipt->remote_id);
      g_free (*kept);
      *kept = g_strdup (receipt->kept);
    }
  return describe_receipt (receipt);
}

/* "@" at the end of what is expected stands for the rest. */
static void
assert_result (const char *given, const char *expected)
{
  gsize length = strlen (expected);

  if (expected[length - 1] != '@')
    g_assert_cmpstr (given, ==, expected);
  else if (strncmp (given, expected, length - 1) != 0)
    g_error ("%s is not %s", given, expected);
}

static void
assert_differences (const Recording *recording, GHashTable *found)
{
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer what;

  for (guint i = 0; i < G_N_ELEMENTS (recording->differences) && recording->differences[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (recording->differences[i], ": ", 2);

      if (!g_hash_table_contains (found, parts[0]))
        g_error ("%s: no difference any more: %s", recording->name, recording->differences[i]);
      g_hash_table_add (expected, g_strdup (parts[0]));
      g_test_message ("on purpose: %s", recording->differences[i]);
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &what, NULL))
    if (!g_hash_table_contains (expected, what))
      g_error ("%s: an unexpected difference: %s", recording->name, (char *) what);
}

static void
compare (const InbMessage *message, JsonObject *exchange, GHashTable *differences)
{
  g_autoptr (GHashTable) here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer what;

  golden_compare (message, exchange, here);
  n_messages++;
  n_messages_equal += g_hash_table_size (here) == 0 ? 1 : 0;
  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &what, NULL))
    g_hash_table_add (differences, g_strdup (what));
}

static void
play (const Recording *recording, JsonArray *exchanges, GHashTable *differences)
{
  g_autoptr (Wire) wire = wire_new (recording->provider, recording->model);
  g_autofree char *id = NULL;
  g_autofree char *kept = NULL;
  const char *expected = NULL;

  wire->values.home = GOLDEN_HOME;
  for (guint i = 0; i < json_array_get_length (exchanges); i++)
    {
      JsonObject *exchange = json_array_get_object_element (exchanges, i);
      InbStep step = golden_find_step (exchange);
      g_autoptr (InbReply) reply = golden_make_reply (exchange);
      g_autoptr (InbMessage) message = NULL;
      g_autofree char *result = NULL;

      if (i == 0 || step == INB_STEP_SUBMIT || step == INB_STEP_FALLBACK)
        golden_take_inputs (wire, folder, exchange);
      wire->values.remote_id = id;
      wire->values.kept = kept;
      message = wire_make (wire, step);
      compare (message, exchange, differences);
      result = read_answer (wire, step, reply, &id, &kept);
      if (i < G_N_ELEMENTS (recording->results) && recording->results[i] != NULL)
        expected = recording->results[i];
      assert_result (result, expected);
    }
}

static void
test_recording (gconstpointer data)
{
  const Recording *recording = data;
  g_autoptr (JsonObject) root = golden_load (folder, recording->name);
  JsonArray *exchanges = json_object_get_array_member (root, "exchanges");
  g_autoptr (GHashTable) differences =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (recording->none != NULL)
    {
      g_autoptr (Wire) wire = wire_new (recording->provider, recording->model);

      g_assert_cmpuint (json_array_get_length (exchanges), ==, 0);
      g_test_message ("not applicable: %s", recording->none);
      g_assert_cmpint (wire->values.model->can[INB_FEATURE_GUIDANCE], ==, INB_CAPABILITY_NO);
      n_not_applicable++;
      return;
    }
  play (recording, exchanges, differences);
  assert_differences (recording, differences);
  n_compared++;
  if (g_hash_table_size (differences) == 0)
    n_equal++;
  else
    n_differing++;
}

static void
test_all_are_listed (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_files = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n_files += g_str_has_suffix (name, ".json") ? 1 : 0;
  g_assert_cmpuint (n_files, ==, G_N_ELEMENTS (recordings));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  g_test_add_func ("/golden/all", test_all_are_listed);
  for (gsize i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      g_autofree char *path = g_strconcat ("/golden/", recordings[i].name, NULL);

      g_test_add_data_func (path, &recordings[i], test_recording);
    }
  status = g_test_run ();
  g_print ("# recordings: compared %u, equal %u, differing on purpose %u, not applicable %u\n",
           n_compared, n_equal, n_differing, n_not_applicable);
  g_print ("# their messages: compared %u, equal %u\n", n_messages, n_messages_equal);
  return status;
}
