/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-answers.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "net/inb-address.h"
#include "net/inb-json-path.h"
#include "providers/inb-verdict.h"

/* Answers of calls that are free: uploads, the balance, whether a key is good. */

/* No account of a person holds as much. */
#define MAX_DOLLARS 1e9

static gboolean
is_good (const InbMessageValues *values, const InbAnswer *answer)
{
  return inb_answer_is_success (answer) && !answer->page &&
         inb_answer_is_ok (answer, values->provider->service);
}

static gboolean
refuse (const InbMessageValues *values, const InbAnswer *answer, InbCharge charge, GError **error)
{
  g_autoptr (InbVerdict) verdict = inb_verdict_new (values, answer);
  gboolean readable = !answer->page && (!inb_answer_is_success (answer) || verdict->ruled);

  g_propagate_error (error,
                     inb_verdict_make_error (verdict, values,
                                             readable ? verdict->code : INB_ERROR_NETWORK, charge));
  return FALSE;
}

/**
 * inb_answers_read_ticket:
 * @values: what the message was made of
 * @reply: a whole answer to inb_messages_make_ticket()
 * @error: why there is no ticket; nothing is charged for asking
 *
 * Returns: (transfer full) (nullable): the answer, for inb_messages_make_put() and
 * inb_answers_read_public_url()
 */
JsonNode *
inb_answers_read_ticket (const InbMessageValues *values, const InbReply *reply, GError **error)
{
  g_autoptr (InbAnswer) answer = inb_answer_new (reply);

  if (is_good (values, answer) && inb_answer_is_object (answer))
    return g_steal_pointer (&answer->root);
  refuse (values, answer, INB_CHARGE_UNTOLD, error);
  return NULL;
}

/**
 * inb_answers_read_public_url:
 * @values: what the message was made of
 * @ticket: of inb_answers_read_ticket()
 * @error: %INB_ERROR_NETWORK if it holds no address that may be used
 *
 * Returns: (transfer full) (nullable): where the service finds the picture
 */
char *
inb_answers_read_public_url (const InbMessageValues *values, JsonNode *ticket, GError **error)
{
  const InbUpload *upload = values->provider->service->upload;
  JsonNode *node = upload != NULL && upload->public_url != NULL
                       ? inb_json_path_find (ticket, upload->public_url)
                       : NULL;
  g_autofree char *url = inb_answer_dup_node_text (node);

  if (url != NULL && inb_address_check_url (url, values->home, NULL))
    return g_steal_pointer (&url);
  g_set_error (error, INB_ERROR, INB_ERROR_NETWORK,
               _ ("%s does not say where the picture is. Try again later."),
               values->provider->name);
  return NULL;
}

/**
 * inb_answers_read_balance:
 * @values: what the message was made of
 * @reply: a whole answer
 * @error: why it is not known
 *
 * Returns: micro-dollars left, ≥ 0 or, where the service lends, below; −1 with @error
 */
gint64
inb_answers_read_balance (const InbMessageValues *values, const InbReply *reply, GError **error)
{
  const InbService *service = values->provider->service;
  g_autoptr (InbAnswer) answer = inb_answer_new (reply);
  double dollars = 0.0;

  if (is_good (values, answer) && inb_answer_get_number (answer, service->balance_path, &dollars) &&
      fabs (dollars) <= MAX_DOLLARS)
    return (gint64) llround (dollars * (double) INB_MICROS_PER_DOLLAR);
  refuse (values, answer, INB_CHARGE_UNTOLD, error);
  return -1;
}

/**
 * inb_answers_read_check:
 * @values: what the message was made of
 * @reply: a whole answer of %INB_STEP_CHECK
 * @error: %INB_ERROR_KEY for a key that the service refuses; what else kept it from saying
 *
 * Returns: whether the key is good
 */
gboolean
inb_answers_read_check (const InbMessageValues *values, const InbReply *reply, GError **error)
{
  g_autoptr (InbAnswer) answer = inb_answer_new (reply);

  if (is_good (values, answer) && answer->root != NULL)
    return TRUE;
  return refuse (values, answer, INB_CHARGE_UNTOLD, error);
}
