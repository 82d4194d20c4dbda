/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-answers.h"

#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-result.h"
#include "providers/inb-verdict.h"

/* What a submit came to. The rule of the house: only what proves that nothing was accepted may be
 * called so; everything else is UNCLEAR and is never sent again by itself. */

/* What is kept of an answer beside the id; chosen. */
#define MAX_JSON_ID (16 * 1024)
#define MAX_KEPT 4096

static InbReceipt *
receipt_new (InbOutcome outcome)
{
  InbReceipt *self = g_new0 (InbReceipt, 1);

  self->outcome = outcome;
  self->wait_s = -1;
  return self;
}

/**
 * inb_receipt_free:
 * @self: (transfer full): a receipt
 */
void
inb_receipt_free (InbReceipt *self)
{
  g_clear_error (&self->error);
  g_free (self->remote_id);
  g_free (self->kept);
  g_free (self->request_id);
  g_clear_pointer (&self->report, inb_report_free);
  g_free (self);
}

static InbReceipt *
receipt_new_for_verdict (const InbMessageValues *values, InbOutcome outcome,
                         const InbVerdict *verdict)
{
  InbReceipt *self = receipt_new (outcome);
  gboolean unclear = outcome == INB_OUTCOME_UNCLEAR;

  self->error =
      inb_verdict_make_error (verdict, values, unclear ? INB_ERROR_UNKNOWN : verdict->code,
                              unclear ? INB_CHARGE_MAYBE : INB_CHARGE_NONE);
  self->request_id = g_strdup (verdict->request_id);
  return self;
}

static gboolean
is_empty (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  return JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0;
}

static char *
dup_remote_id (const InbService *service, const InbAnswer *answer)
{
  JsonNode *node = inb_answer_find (answer, service->id_path);
  g_autofree char *text = NULL;

  if (node == NULL || !service->id_json || JSON_NODE_HOLDS_VALUE (node))
    {
      text = inb_answer_dup_id (node);
      if (text == NULL || !service->id_json)
        return g_steal_pointer (&text);
      g_free (text);
    }
  text = is_empty (node) ? NULL : json_to_string (node, FALSE);
  return text != NULL && strlen (text) <= MAX_JSON_ID ? g_steal_pointer (&text) : NULL;
}

/* What is kept of the answer, as one object; what is too long to be an address or an id is not. */
static char *
dup_kept (const InbService *service, const InbAnswer *answer)
{
  g_autoptr (JsonObject) kept = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  GHashTableIter iter;
  gpointer name, path;

  if (service->keep == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, service->keep);
  while (g_hash_table_iter_next (&iter, &name, &path))
    {
      JsonNode *node = inb_answer_find (answer, path);
      g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

      if (text != NULL && strlen (text) <= MAX_KEPT)
        json_object_set_member (kept, name, json_node_copy (node));
    }
  root = json_node_init_object (json_node_alloc (), kept);
  return json_object_get_size (kept) > 0 ? json_to_string (root, FALSE) : NULL;
}

/* Statuses that say no, if the answer says why (RFC 9110, 15.5). */
static gboolean
says_no (guint status)
{
  static const guint statuses[] = { 400, 401, 402, 403, 404, 405, 413, 415, 422 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i] == status)
      return TRUE;
  return FALSE;
}

/* An error inside an answer of HTTP's "good": the rules of the provider file alone can say what it
 * proves. */
static InbOutcome
judge_inside (const InbVerdict *verdict)
{
  if (!verdict->ruled || verdict->sent > 0)
    return INB_OUTCOME_UNCLEAR;
  if (verdict->code == INB_ERROR_RATE)
    return INB_OUTCOME_LATER;
  if (verdict->sent == 0)
    return INB_OUTCOME_REJECTED;
  return verdict->code == INB_ERROR_UNAVAILABLE || verdict->code == INB_ERROR_NETWORK ||
                 verdict->code == INB_ERROR_UNKNOWN
             ? INB_OUTCOME_UNCLEAR
             : INB_OUTCOME_REJECTED;
}

static InbOutcome
judge_status (const InbMessageValues *values, InbStep step, const InbAnswer *answer,
              const InbVerdict *verdict)
{
  guint status = answer->status;
  gboolean own = inb_answer_is_object (answer) && !answer->page;

  if (status < 400 || verdict->sent > 0)
    return INB_OUTCOME_UNCLEAR;
  /* a page may come from whoever stands between: what a rule says of a status is about the
   * service's own answers */
  if (verdict->sent == 0 && (own || verdict->by_content))
    return verdict->code == INB_ERROR_RATE ? INB_OUTCOME_LATER : INB_OUTCOME_REJECTED;
  if (status == 404 && step == INB_STEP_SUBMIT && !verdict->by_content &&
      values->provider->service->submit_kind == INB_SUBMIT_START_OR_SSE)
    return INB_OUTCOME_NO_WAY;
  if (status == 429)
    return verdict->code == INB_ERROR_RATE || !verdict->ruled ? INB_OUTCOME_LATER
                                                              : INB_OUTCOME_REJECTED;
  if (!says_no (status) || !own)
    return INB_OUTCOME_UNCLEAR;
  return verdict->code == INB_ERROR_RATE ? INB_OUTCOME_LATER : INB_OUTCOME_REJECTED;
}

static InbReceipt *
read_error (const InbMessageValues *values, InbStep step, const InbAnswer *answer)
{
  g_autoptr (InbVerdict) verdict = inb_verdict_new (values, answer);
  InbReceipt *self;

  self = receipt_new_for_verdict (values,
                                  inb_answer_is_success (answer)
                                      ? judge_inside (verdict)
                                      : judge_status (values, step, answer, verdict),
                                  verdict);
  if (self->outcome == INB_OUTCOME_LATER)
    self->wait_s = answer->reply->retry_after_s;
  return self;
}

/* Ids are texts, also where they look like numbers. A number in place of one may be the id all the
 * same, and where nobody can be asked it is the only one there is. */
static gboolean
is_doubtful (const InbMessageValues *values, const InbAnswer *answer)
{
  const InbService *service = values->provider->service;
  JsonNode *node = inb_answer_find (answer, service->id_path);

  return !service->id_json && node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) != G_TYPE_STRING &&
         (inb_messages_has_step (values->provider, INB_STEP_LOOKUP) ||
          inb_messages_has_step (values->provider, INB_STEP_HISTORY));
}

/* The answer that holds an id. Any of HTTP's "good" numbers will do: to lose a paid job because
 * it came with 201 in place of 200 would be worse than to take it. */
static InbReceipt *
read_id (const InbMessageValues *values, const InbAnswer *answer)
{
  const InbService *service = values->provider->service;
  g_autofree char *id = inb_answer_is_ok (answer, service) ? dup_remote_id (service, answer) : NULL;
  InbReceipt *self;

  if (id == NULL || is_doubtful (values, answer))
    return NULL;
  self = receipt_new (INB_OUTCOME_ACCEPTED);
  self->remote_id = g_steal_pointer (&id);
  self->kept = dup_kept (service, answer);
  self->request_id = inb_answer_dup_request_id (answer, service);
  return self;
}

/* The answer that holds the clip. */
static InbReceipt *
read_events (const InbMessageValues *values, const InbReply *reply)
{
  g_autoptr (InbAnswer) answer = inb_answer_new_for_event (reply);
  InbReceipt *self;

  if (!inb_answer_is_success (answer) || !inb_answer_is_object (answer))
    {
      g_autoptr (InbAnswer) plain = answer->root == NULL ? inb_answer_new (reply) : NULL;

      return read_error (values, INB_STEP_FALLBACK, plain != NULL ? plain : answer);
    }
  self = receipt_new (INB_OUTCOME_ACCEPTED);
  self->report = inb_result_read (values, answer);
  self->request_id = inb_answer_dup_request_id (answer, values->provider->service);
  return self;
}

static InbReceipt *
read_nothing (const InbMessageValues *values, gboolean sent, const GError *failure)
{
  InbReceipt *self = receipt_new (sent ? INB_OUTCOME_UNCLEAR : INB_OUTCOME_NOT_SENT);

  if (sent)
    self->error = inb_verdict_make_failure (values, INB_ERROR_UNKNOWN, failure, INB_CHARGE_MAYBE);
  else if (failure != NULL && failure->domain == INB_ERROR && failure->code != INB_ERROR_NETWORK)
    self->error = g_error_copy (failure);
  else
    self->error = inb_verdict_make_failure (values, INB_ERROR_NETWORK, failure, INB_CHARGE_NONE);
  return self;
}

/**
 * inb_answers_read_submit:
 * @values: what the message was made of
 * @step: %INB_STEP_SUBMIT or %INB_STEP_FALLBACK
 * @reply: (nullable): the whole answer
 * @sent: whether a byte had left when there was no answer
 * @failure: (nullable): why there was none
 *
 * Of 400, 401, 402, 403, 404, 405, 413, 415 and 422 an answer that says why in JSON is a refusal
 * that costs nothing; 429 comes to LATER unless a rule says otherwise; every other error, a page, a
 * redirect, and success without an id that can be one are UNCLEAR, unless a rule of the provider
 * file says what they prove. Such a rule is about the service's own words, so it counts for more.
 *
 * Returns: (transfer full): what it came to
 */
InbReceipt *
inb_answers_read_submit (const InbMessageValues *values, InbStep step, const InbReply *reply,
                         gboolean sent, const GError *failure)
{
  g_autoptr (InbAnswer) answer = NULL;
  InbReceipt *self = NULL;

  if (reply == NULL)
    return read_nothing (values, sent, failure);
  if (step == INB_STEP_FALLBACK)
    return read_events (values, reply);
  answer = inb_answer_new (reply);
  if (inb_answer_is_success (answer))
    self = read_id (values, answer);
  return self != NULL ? self : read_error (values, step, answer);
}
