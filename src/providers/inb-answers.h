/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-reply.h"
#include "providers/inb-messages.h"

G_BEGIN_DECLS

typedef enum
{
  INB_OUTCOME_ACCEPTED, /* there is an id */
  INB_OUTCOME_NOT_SENT, /* nothing left this computer: try again by itself */
  INB_OUTCOME_LATER,    /* not accepted because of a rate: try again by itself after a wait */
  INB_OUTCOME_REJECTED, /* a verdict: not accepted, free, not to be repeated */
  INB_OUTCOME_NO_WAY,   /* the call does not exist for this key: take the fallback */
  INB_OUTCOME_UNCLEAR,  /* accepted or not, nobody here knows */
} InbOutcome;

typedef enum
{
  INB_REMOTE_QUEUED,
  INB_REMOTE_RUNNING,
  INB_REMOTE_SUCCEEDED,
  INB_REMOTE_FAILED,
  INB_REMOTE_CANCELLED,
  INB_REMOTE_GONE,   /* the service does not know the id */
  INB_REMOTE_SILENT, /* no answer, or one that says nothing of the job: ask again later */
} InbRemoteState;

/**
 * InbReport:
 * @state: where the job is, as the service says
 * @word: (nullable): its own word
 * @error: (nullable): with FAILED, GONE and SILENT: why
 * @request_id: (nullable): the service's id of the call
 * @progress: 0…1; −1 where it does not say
 * @urls: (array zero-terminated) (nullable): with SUCCEEDED: addresses of clips; none is an error
 * of its own, told in @error
 * @clip: (nullable): the clip itself, where the answer holds it
 * @expires_us: µs since 1970; 0 where nothing is stated
 * @actual_micros: micro-dollars; −1 where it does not say
 * @wait_s: do not ask again before; −1 not stated
 *
 * What a poll came to.
 */
typedef struct
{
  InbRemoteState state;
  char *word;
  GError *error;
  char *request_id;
  double progress;
  char **urls;
  GBytes *clip;
  gint64 expires_us;
  gint64 actual_micros;
  gint64 wait_s;
} InbReport;

/**
 * InbReceipt:
 * @outcome: what became of a submit
 * @error: (nullable): why, unless accepted; its sentence says what happened, about money and what
 * next
 * @remote_id: (nullable): with ACCEPTED: a text, or the text of a JSON value; %NULL where @report
 * is there
 * @kept: (nullable): JSON object text of what else is kept
 * @request_id: (nullable): the service's id of the call
 * @wait_s: with LATER: at least so long; −1 not stated
 * @report: (nullable): with ACCEPTED of %INB_STEP_FALLBACK: what became of the job; it is in the
 * same answer, and there is no id to ask for it again
 *
 * What a submit came to.
 */
typedef struct
{
  InbOutcome outcome;
  GError *error;
  char *remote_id;
  char *kept;
  char *request_id;
  gint64 wait_s;
  InbReport *report;
} InbReceipt;

/**
 * InbFound:
 * @remote_id: the service's id
 * @created_us: µs since 1970; 0 where it does not say
 *
 * A job in a service's history that could be ours.
 */
typedef struct
{
  char *remote_id;
  gint64 created_us;
} InbFound;

void inb_receipt_free (InbReceipt *self);
void inb_report_free (InbReport *self);
void inb_found_free (InbFound *self);

/* reply is NULL where there was no whole answer; failure says why, sent whether a byte had left */
InbReceipt *inb_answers_read_submit (const InbMessageValues *values, InbStep step,
                                     const InbReply *reply, gboolean sent, const GError *failure);
InbReport *inb_answers_read_poll (const InbMessageValues *values, const InbReply *reply,
                                  const GError *failure);
InbReport *inb_answers_read_second (const InbMessageValues *values, const InbReply *reply,
                                    const GError *failure);
GPtrArray *inb_answers_read_history (const InbMessageValues *values, const InbReply *reply,
                                     gint64 *oldest_us, GError **error);
gboolean inb_answers_read_lookup (const InbMessageValues *values, const InbReply *reply,
                                  char **remote_id, GError **error);
JsonNode *inb_answers_read_ticket (const InbMessageValues *values, const InbReply *reply,
                                   GError **error);
char *inb_answers_read_public_url (const InbMessageValues *values, JsonNode *ticket,
                                   GError **error);
gint64 inb_answers_read_balance (const InbMessageValues *values, const InbReply *reply,
                                 GError **error);
gboolean inb_answers_read_check (const InbMessageValues *values, const InbReply *reply,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReceipt, inb_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReport, inb_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFound, inb_found_free)

G_END_DECLS
