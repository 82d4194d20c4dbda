/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-answers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json-path.h"
#include "providers/inb-result.h"
#include "providers/inb-verdict.h"

/* What a poll came to. The rule of the house: only the service's own word ends a job; a poll that
 * fails says nothing of it. */

/* A word is shown to people. */
#define MAX_WORD 64

/**
 * inb_report_free:
 * @self: (transfer full): a report
 */
void
inb_report_free (InbReport *self)
{
  g_free (self->word);
  g_clear_error (&self->error);
  g_free (self->request_id);
  g_strfreev (self->urls);
  g_clear_pointer (&self->clip, g_bytes_unref);
  g_free (self);
}

static InbReport *
read_nothing (const InbMessageValues *values, const GError *failure)
{
  InbReport *self = inb_report_new (INB_REMOTE_SILENT);

  self->error = inb_verdict_make_failure (values, INB_ERROR_NETWORK, failure, INB_CHARGE_UNTOLD);
  return self;
}

/* An answer that does not tell where the job is. */
static InbReport *
report_silence (const InbMessageValues *values, const InbAnswer *answer, const InbVerdict *verdict,
                int code)
{
  InbReport *self = inb_report_new (INB_REMOTE_SILENT);

  self->error = inb_verdict_make_error (verdict, values, code, INB_CHARGE_UNTOLD);
  self->request_id = g_strdup (verdict->request_id);
  self->wait_s = answer->reply->retry_after_s;
  return self;
}

static InbReport *
report_gone (const InbMessageValues *values, const InbVerdict *verdict)
{
  InbReport *self = inb_report_new (INB_REMOTE_GONE);

  self->error = inb_verdict_make_error (verdict, values, INB_ERROR_EXPIRED, INB_CHARGE_MAYBE);
  self->request_id = g_strdup (verdict->request_id);
  return self;
}

/* A poll that HTTP, or the service's own envelope, calls an error: about the question, not about
 * the job, unless it says that there is no such job. */
static InbReport *
read_error (const InbMessageValues *values, const InbAnswer *answer)
{
  g_autoptr (InbVerdict) verdict = inb_verdict_new (values, answer);
  gboolean missing = answer->status == 404 || answer->status == 410;

  if (answer->page || (answer->root == NULL && inb_answer_is_success (answer)))
    return report_silence (values, answer, verdict, INB_ERROR_NETWORK);
  if (verdict->code == INB_ERROR_EXPIRED || (missing && !verdict->ruled))
    return report_gone (values, verdict);
  if (missing && verdict->code != INB_ERROR_KEY && verdict->code != INB_ERROR_RATE)
    return report_gone (values, verdict);
  if (!verdict->ruled && answer->status == 402)
    return report_silence (values, answer, verdict, INB_ERROR_KEY);
  return report_silence (values, answer, verdict,
                         verdict->ruled || !inb_answer_is_success (answer) ? verdict->code
                                                                           : INB_ERROR_NETWORK);
}

static char *
dup_word (const InbService *service, const InbAnswer *answer)
{
  g_autofree char *text = inb_answer_dup_first_text (answer, service->status_paths);

  if (text == NULL || g_utf8_strlen (text, -1) <= MAX_WORD)
    return g_steal_pointer (&text);
  return g_utf8_substring (text, 0, MAX_WORD);
}

/* The case of letters counts: services have both "success" and "SUCCESS". A word that nobody knows
 * means that the job goes on. */
static InbWord
find_meaning (const InbService *service, const char *word)
{
  for (guint i = 0; i < INB_N_WORDS; i++)
    if (service->words[i] != NULL &&
        g_strv_contains ((const char *const *) service->words[i], word))
      return (InbWord) i;
  return INB_WORD_RUNNING;
}

static gboolean
is_true (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (is_true (json_array_get_element (array, i)))
          return TRUE;
      return FALSE;
    }
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static gboolean
has_flag (const InbService *service, const InbAnswer *answer)
{
  g_autoptr (GPtrArray) found = NULL;

  if (service->nsfw_path == NULL)
    return FALSE;
  found = inb_json_path_find_all (answer->root, service->nsfw_path);
  for (guint i = 0; i < found->len; i++)
    if (is_true (g_ptr_array_index (found, i)))
      return TRUE;
  return FALSE;
}

static InbReport *
report_failure (const InbMessageValues *values, const InbAnswer *answer)
{
  const InbService *service = values->provider->service;
  g_autoptr (InbVerdict) verdict = inb_verdict_new (values, answer);
  g_autofree char *text = inb_answer_dup_first_text (answer, service->message_paths);
  InbCharge charge =
      g_strcmp0 (service->charged_failed, "no") == 0 ? INB_CHARGE_NONE : INB_CHARGE_MAYBE;
  InbReport *self = inb_report_new (INB_REMOTE_FAILED);
  int code = verdict->by_content ? verdict->code : INB_ERROR_FAILED;

  if (has_flag (service, answer))
    code = INB_ERROR_CONTENT;
  if (text != NULL)
    {
      g_free (verdict->words);
      verdict->words = inb_verdict_dup_words (values, text);
    }
  self->error = inb_verdict_make_error (verdict, values, code, charge);
  self->request_id = g_strdup (verdict->request_id);
  return self;
}

static double
read_progress (const InbService *service, const InbAnswer *answer)
{
  double percent = 0.0;

  if (!inb_answer_get_number (answer, service->progress_path, &percent) || percent < 0.0 ||
      percent > 100.0)
    return -1.0;
  return percent / 100.0;
}

static InbReport *
report_success (const InbMessageValues *values, const InbAnswer *answer)
{
  const InbService *service = values->provider->service;
  g_autofree char *why = NULL;

  if (service->result_kind != INB_RESULT_SECOND_GET)
    return inb_result_read (values, answer);
  /* a service with a second answer calls failed jobs finished too, and says why beside it */
  why = inb_answer_dup_first_text (answer, service->message_paths);
  if (why != NULL)
    return report_failure (values, answer);
  return inb_report_new (INB_REMOTE_SUCCEEDED);
}

static InbReport *
report_meaning (const InbMessageValues *values, const InbAnswer *answer, InbWord meaning)
{
  switch (meaning)
    {
    case INB_WORD_QUEUED:
      return inb_report_new (INB_REMOTE_QUEUED);
    case INB_WORD_SUCCEEDED:
      return report_success (values, answer);
    case INB_WORD_FAILED:
      return report_failure (values, answer);
    case INB_WORD_CANCELLED:
      return inb_report_new (INB_REMOTE_CANCELLED);
    case INB_WORD_RUNNING:
    default:
      return inb_report_new (INB_REMOTE_RUNNING);
    }
}

static gboolean
accepts (const GArray *statuses, guint status)
{
  for (guint i = 0; statuses != NULL && i < statuses->len; i++)
    if (g_array_index (statuses, guint, i) == status)
      return TRUE;
  return status >= 200 && status < 300;
}

/**
 * inb_answers_read_poll:
 * @values: what the message was made of
 * @reply: (nullable): the whole answer
 * @failure: (nullable): why there was none
 *
 * A job is FAILED or CANCELLED by the service's own word only, GONE where the service says that it
 * has no such job (404, 410, or a rule of class "expired"). A refused key, too many requests, a
 * fault of the service, a page, or what cannot be read are SILENT. A word that the provider file
 * does not know is RUNNING.
 *
 * Returns: (transfer full): where the job is. With %INB_RESULT_SECOND_GET, SUCCEEDED has neither
 * addresses nor an error: %INB_STEP_SECOND is the next message
 */
InbReport *
inb_answers_read_poll (const InbMessageValues *values, const InbReply *reply, const GError *failure)
{
  const InbService *service = values->provider->service;
  g_autoptr (InbAnswer) answer = NULL;
  g_autofree char *word = NULL;
  InbReport *self;

  if (reply == NULL)
    return read_nothing (values, failure);
  answer = inb_answer_new (reply);
  if (accepts (service->poll_accept, reply->status) && inb_answer_is_ok (answer, service))
    word = dup_word (service, answer);
  if (word == NULL)
    return read_error (values, answer);
  self = report_meaning (values, answer, find_meaning (service, word));
  self->word = inb_verdict_dup_words (values, word);
  self->progress = read_progress (service, answer);
  self->wait_s = reply->retry_after_s;
  if (self->request_id == NULL)
    self->request_id = inb_answer_dup_request_id (answer, service);
  return self;
}

/* fal answers 400 "Request is still in progress" where the second call comes too early (recorded
 * 2026-11). */
static gboolean
is_too_early (const InbAnswer *answer, const InbVerdict *verdict)
{
  g_autofree char *folded = NULL;

  if (answer->status == 202)
    return TRUE;
  if (answer->status != 400 || verdict->words == NULL)
    return FALSE;
  folded = g_utf8_casefold (verdict->words, -1);
  return strstr (folded, "in progress") != NULL;
}

/* Errors of the second call that are about the job: it is finished, and this is why there is no
 * clip. What is about the key, the rate or the moment is not. */
static gboolean
is_about_job (const InbAnswer *answer, const InbVerdict *verdict)
{
  static const guint others[] = { 401, 402, 403, 407, 408, 409, 425, 429 };

  if (answer->status < 400 || answer->status >= 500 || !inb_answer_is_object (answer))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] == answer->status)
      return FALSE;
  return verdict->code != INB_ERROR_KEY && verdict->code != INB_ERROR_RATE;
}

/**
 * inb_answers_read_second:
 * @values: what the message was made of
 * @reply: (nullable): the whole answer
 * @failure: (nullable): why there was none
 *
 * Returns: (transfer full): SUCCEEDED with addresses or an error; RUNNING if it was too early;
 * FAILED with the service's own words; GONE; or SILENT
 */
InbReport *
inb_answers_read_second (const InbMessageValues *values, const InbReply *reply,
                         const GError *failure)
{
  g_autoptr (InbAnswer) answer = NULL;
  g_autoptr (InbVerdict) verdict = NULL;
  InbReport *self;

  if (reply == NULL)
    return read_nothing (values, failure);
  answer = inb_answer_new (reply);
  verdict = inb_verdict_new (values, answer);
  if (answer->page)
    self = report_silence (values, answer, verdict, INB_ERROR_NETWORK);
  else if (is_too_early (answer, verdict))
    self = inb_report_new (INB_REMOTE_RUNNING);
  else if (inb_answer_is_success (answer) && inb_answer_is_object (answer))
    self = inb_result_read (values, answer);
  else if (answer->status == 404 || answer->status == 410)
    self = report_gone (values, verdict);
  else if (is_about_job (answer, verdict))
    self = report_failure (values, answer);
  else
    self = report_silence (values, answer, verdict,
                           inb_answer_is_success (answer) ? INB_ERROR_NETWORK : verdict->code);
  if (self->state == INB_REMOTE_RUNNING)
    self->wait_s = reply->retry_after_s;
  return self;
}
