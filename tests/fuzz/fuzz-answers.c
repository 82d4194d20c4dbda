/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "fuzz.h"
#include "providers/inb-answers.h"
#include "providers/inb-catalogue.h"

/* What services may answer. The first bytes choose the service, the status and the media type; the
 * rest is the body. FUZZ_READER chooses who reads it: one program each. */
#define READ_SUBMIT 1
#define READ_POLL 2
#define READ_HISTORY 3
#define READ_ERROR 4

#define HEAD 3

static const guint statuses[] = { 200, 201, 202, 204, 301, 307, 400, 401, 402, 403, 404,
                                  405, 408, 409, 410, 413, 415, 422, 424, 429, 500, 502 };
static const char *const types[] = { "application/json", "text/html", "text/event-stream", NULL };

static InbRequest *request;
static GHashTable *secrets;

static void
prepare (void)
{
  if (request != NULL)
    return;
  request = inb_request_new ();
  g_free (request->prompt);
  request->prompt = g_strdup ("a mug");
  request->duration_s = 5;
  secrets = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (secrets, (gpointer) "api_key", (gpointer) "canary-0123456789");
}

static void
assert_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 4000);
  g_assert_null (strstr (error->message, "canary-0123456789"));
  for (const char *p = error->message; *p != '\0'; p++)
    g_assert_true ((guchar) *p >= 0x20);
}

static void
assert_report (const InbReport *report)
{
  if (report->error != NULL)
    assert_error (report->error);
  if (report->state == INB_REMOTE_FAILED || report->state == INB_REMOTE_GONE ||
      report->state == INB_REMOTE_SILENT)
    g_assert_nonnull (report->error);
  for (guint i = 0; report->urls != NULL && report->urls[i] != NULL; i++)
    g_assert_true (g_ascii_strncasecmp (report->urls[i], "https:", 6) == 0);
  g_assert_true (report->progress <= 1.0);
  g_assert_true (report->actual_micros >= -1 && report->expires_us >= 0);
}

G_GNUC_UNUSED static void
read_submit (const InbMessageValues *values, InbStep step, const InbReply *reply)
{
  g_autoptr (InbReceipt) receipt = inb_answers_read_submit (values, step, reply, TRUE, NULL);

  if (receipt->outcome != INB_OUTCOME_ACCEPTED)
    {
      assert_error (receipt->error);
      g_assert_null (receipt->remote_id);
      return;
    }
  g_assert_true (reply->status >= 200 && reply->status < 300);
  g_assert_true ((receipt->remote_id != NULL) != (receipt->report != NULL));
  if (receipt->report != NULL)
    assert_report (receipt->report);
  else
    g_assert_cmpuint (strlen (receipt->remote_id), >, 0);
}

G_GNUC_UNUSED static void
read_poll (const InbMessageValues *values, const InbReply *reply)
{
  g_autoptr (InbReport) report = inb_answers_read_poll (values, reply, NULL);
  g_autoptr (InbReport) second = inb_answers_read_second (values, reply, NULL);

  assert_report (report);
  assert_report (second);
}

G_GNUC_UNUSED static void
read_history (const InbMessageValues *values, const InbReply *reply)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gint64 oldest_us = 0;

  if (values->provider->service->history != NULL)
    {
      found = inb_answers_read_history (values, reply, &oldest_us, &error);
      g_assert_true ((found == NULL) == (error != NULL));
      g_clear_error (&error);
    }
  if (values->provider->service->lookup == NULL)
    return;
  if (!inb_answers_read_lookup (values, reply, &id, &error))
    assert_error (error);
}

G_GNUC_UNUSED static void
read_errors (const InbMessageValues *values, const InbReply *reply)
{
  g_autoptr (GError) check = NULL;
  g_autoptr (GError) balance = NULL;
  g_autoptr (GError) upload = NULL;
  g_autoptr (JsonNode) ticket = inb_answers_read_ticket (values, reply, &upload);
  g_autofree char *url = NULL;

  if (!inb_answers_read_check (values, reply, &check))
    assert_error (check);
  inb_answers_read_balance (values, reply, &balance);
  if (balance != NULL)
    assert_error (balance);
  if (ticket == NULL)
    assert_error (upload);
  else
    url = inb_answers_read_public_url (values, ticket, NULL);
  g_assert_true (url == NULL || g_ascii_strncasecmp (url, "https:", 6) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  InbMessageValues values = { 0 };
  g_autoptr (InbReply) reply = NULL;

  if (size < HEAD)
    return 0;
  prepare ();
  /* the first provider is the local engine */
  values.provider = g_ptr_array_index (providers, 1 + data[0] % (providers->len - 1));
  values.model = g_ptr_array_index (values.provider->models, 0);
  values.request = request;
  values.secrets = secrets;
  values.job_id = "job";
  values.since_us = 1;
  values.until_us = G_MAXINT64;
  reply = inb_reply_new (statuses[data[1] % G_N_ELEMENTS (statuses)],
                         types[data[2] % G_N_ELEMENTS (types)], (const char *) data + HEAD,
                         (gssize) (size - HEAD));
#if FUZZ_READER == READ_SUBMIT
  read_submit (&values, INB_STEP_SUBMIT, reply);
  read_submit (&values, INB_STEP_FALLBACK, reply);
#elif FUZZ_READER == READ_POLL
  read_poll (&values, reply);
#elif FUZZ_READER == READ_HISTORY
  read_history (&values, reply);
#else
  read_errors (&values, reply);
#endif
  return 0;
}
