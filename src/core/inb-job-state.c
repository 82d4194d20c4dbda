/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-job-state.h"

#include <glib/gi18n.h>

#define BIT(state) (G_GUINT64_CONSTANT (1) << INB_JOB_##state)

/* One row a state: its name, the word for a person, and the states that may follow it. Each arrow
 * is one transaction of the store. A local job goes PREPARING → READY → RUNNING → VERIFYING → DONE;
 * going back to PREPARING or READY is what a restart does with work that was not finished. */
/* clang-format off */
static const struct
{
  const char *name;
  const char *words;
  guint64 next;
} states[] = {
  [INB_JOB_PREPARING] = { "PREPARING", N_ ("Preparing"),
    BIT (UPLOADING) | BIT (READY) | BIT (FAILED_LOCAL) | BIT (CANCELLED_UNSENT) },
  [INB_JOB_UPLOADING] = { "UPLOADING", N_ ("Uploading"),
    BIT (READY) | BIT (FAILED_LOCAL) | BIT (CANCELLED_UNSENT) },
  [INB_JOB_READY] = { "READY", N_ ("Waiting"),
    BIT (UPLOADING) | BIT (SUBMITTING) | BIT (RUNNING) | BIT (PREPARING) | BIT (FAILED_LOCAL) |
    BIT (CANCELLED_UNSENT) },
  [INB_JOB_SUBMITTING] = { "SUBMITTING", N_ ("Sending"),
    BIT (QUEUED) | BIT (RUNNING) | BIT (RESULT_READY) | BIT (UNKNOWN) | BIT (REJECTED) |
    BIT (READY) },
  [INB_JOB_UNKNOWN] = { "UNKNOWN", N_ ("Sent, answer lost"),
    BIT (RECONCILING) | BIT (READY) | BIT (FAILED_REMOTE) },
  [INB_JOB_RECONCILING] = { "RECONCILING", N_ ("Looking it up"),
    BIT (QUEUED) | BIT (READY) | BIT (UNKNOWN) },
  [INB_JOB_QUEUED] = { "QUEUED", N_ ("Queued at the provider"),
    BIT (RUNNING) | BIT (STALLED) | BIT (RESULT_READY) | BIT (FAILED_REMOTE) | BIT (EXPIRED) |
    BIT (CANCELLING) | BIT (CANCELLED_REMOTE) },
  [INB_JOB_RUNNING] = { "RUNNING", N_ ("Rendering"),
    BIT (QUEUED) | BIT (STALLED) | BIT (RESULT_READY) | BIT (VERIFYING) | BIT (READY) |
    BIT (FAILED_LOCAL) | BIT (FAILED_REMOTE) | BIT (EXPIRED) | BIT (CANCELLING) |
    BIT (CANCELLED_UNSENT) | BIT (CANCELLED_REMOTE) },
  [INB_JOB_STALLED] = { "STALLED", N_ ("Still waiting"),
    BIT (QUEUED) | BIT (RUNNING) | BIT (RESULT_READY) | BIT (FAILED_REMOTE) | BIT (EXPIRED) |
    BIT (CANCELLING) | BIT (CANCELLED_REMOTE) },
  [INB_JOB_RESULT_READY] = { "RESULT_READY", N_ ("Ready to download"),
    BIT (DOWNLOADING) | BIT (VERIFYING) | BIT (FAILED_REMOTE) | BIT (EXPIRED) },
  [INB_JOB_DOWNLOADING] = { "DOWNLOADING", N_ ("Downloading"),
    BIT (VERIFYING) | BIT (RESULT_READY) | BIT (FAILED_REMOTE) | BIT (EXPIRED) },
  [INB_JOB_VERIFYING] = { "VERIFYING", N_ ("Checking"),
    BIT (DONE) | BIT (DOWNLOADING) | BIT (RESULT_READY) | BIT (READY) | BIT (FAILED_LOCAL) |
    BIT (FAILED_REMOTE) | BIT (CANCELLED_UNSENT) },
  /* Translators: the state of a take, not a button */
  [INB_JOB_DONE] = { "DONE", N_ ("Done"),
    BIT (MISSING_FILE) },
  [INB_JOB_REJECTED] = { "REJECTED", N_ ("Refused, not charged"),
    0 },
  [INB_JOB_FAILED_LOCAL] = { "FAILED_LOCAL", N_ ("Failed, not charged"),
    BIT (PREPARING) },
  [INB_JOB_FAILED_REMOTE] = { "FAILED_REMOTE", N_ ("Failed at the provider"),
    0 },
  [INB_JOB_EXPIRED] = { "EXPIRED", N_ ("Gone at the provider"),
    0 },
  [INB_JOB_CANCELLING] = { "CANCELLING", N_ ("Cancelling"),
    BIT (CANCELLED_UNSENT) | BIT (CANCELLED_REMOTE) | BIT (RESULT_READY) |
    BIT (FAILED_REMOTE) | BIT (EXPIRED) },
  [INB_JOB_CANCELLED_UNSENT] = { "CANCELLED_UNSENT", N_ ("Cancelled, not charged"),
    0 },
  [INB_JOB_CANCELLED_REMOTE] = { "CANCELLED_REMOTE", N_ ("Cancelled, may be charged"),
    BIT (RESULT_READY) },
  [INB_JOB_MISSING_FILE] = { "MISSING_FILE", N_ ("File is missing"),
    BIT (DONE) | BIT (DOWNLOADING) },
};
/* clang-format on */

static gboolean
is_state (InbJobState state)
{
  return state >= INB_JOB_PREPARING && (guint) state < G_N_ELEMENTS (states);
}

/**
 * inb_job_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its name in JSON and in the database
 */
const char *
inb_job_state_to_string (InbJobState state)
{
  g_return_val_if_fail (is_state (state), NULL);
  return states[state].name;
}

/**
 * inb_job_state_from_string:
 * @text: (nullable): a name
 * @state: (out): the state; untouched if there is none of that name
 *
 * Returns: %FALSE if @text names no state
 */
gboolean
inb_job_state_from_string (const char *text, InbJobState *state)
{
  for (guint i = INB_JOB_PREPARING; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].name, text) == 0)
      {
        *state = (InbJobState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * inb_job_state_is_final:
 * @state: a state
 *
 * Returns: %TRUE where no runner has anything left to do
 */
gboolean
inb_job_state_is_final (InbJobState state)
{
  return state == INB_JOB_DONE || state == INB_JOB_MISSING_FILE ||
         inb_job_state_is_failure (state) || inb_job_state_is_cancelled (state);
}

/**
 * inb_job_state_is_failure:
 * @state: a state
 *
 * Returns: %TRUE for a verdict against the job
 */
gboolean
inb_job_state_is_failure (InbJobState state)
{
  return state == INB_JOB_REJECTED || state == INB_JOB_FAILED_LOCAL ||
         state == INB_JOB_FAILED_REMOTE || state == INB_JOB_EXPIRED;
}

/**
 * inb_job_state_is_cancelled:
 * @state: a state
 *
 * Returns: %TRUE where the person's cancel was carried out
 */
gboolean
inb_job_state_is_cancelled (InbJobState state)
{
  return state == INB_JOB_CANCELLED_UNSENT || state == INB_JOB_CANCELLED_REMOTE;
}

/**
 * inb_job_state_may_follow:
 * @from: where a job is
 * @to: where it would go
 *
 * Returns: %TRUE if the table above has that arrow
 */
gboolean
inb_job_state_may_follow (InbJobState from, InbJobState to)
{
  return is_state (from) && is_state (to) &&
         (states[from].next & (G_GUINT64_CONSTANT (1) << to)) != 0;
}

/**
 * inb_job_state_get_words:
 * @state: a state
 *
 * Returns: (transfer none): what a person reads, translated; where a state ends without a clip it
 * says what happened to the money
 */
const char *
inb_job_state_get_words (InbJobState state)
{
  g_return_val_if_fail (is_state (state), "");
  return _ (states[state].words);
}
