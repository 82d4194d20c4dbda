/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-hosted.h"
#include "jobs/inb-route.h"
#include "store/inb-ballast.h"
#include "store/inb-files.h"

/* A request that never left is tried again by itself so often, over two minutes. */
#define MAX_TRIES 6
/* How long one waits for another's paid request, or for a place at the service, seconds */
#define TURN_S 1.0
#define PLACE_S 5.0

/* What is noted of an answer: promises of the README. */
#define MAX_NOTED (64 * 1024)

/* The paid request on its way */
typedef struct
{
  InbHosted *job;
  InbStep step;
  char *body_sha256;
  gint64 body_size;
  gboolean noted; /* an attempt is on the disk */
} Submit;

static void
submit_free (Submit *self)
{
  inb_hosted_unref (self->job);
  g_free (self->body_sha256);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Submit, submit_free)

/* The connection stands and nothing has left yet: now it is written down, and only if that is on
 * the disk may the first byte go. A repeat that the service knows as one is written down beside. */
static gboolean
note_attempt (Submit *submit, GError **error)
{
  InbHosted *self = submit->job;
  InbStore *store = inb_hosted_get_store (self);
  InbAttempt attempt = {
    .provider = self->provider->id,
    .key_mark = self->secrets->mark,
    .idempotency_key = self->row->remote.idempotency_key,
    .body_sha256 = submit->body_sha256,
    .body_size = submit->body_size,
  };
  InbMove move = { .to = INB_JOB_SUBMITTING, .attempt = &attempt };

  if (self->in_flight || inb_job_get_state (self->row->job) == INB_JOB_RECONCILING)
    self->in_flight = inb_store_add_attempt (store, self->id, &attempt, error);
  else
    self->in_flight = inb_store_move (store, self->id, &move, error);
  submit->noted = submit->noted || self->in_flight;
  return self->in_flight;
}

/* Half a request is none. That all of it is about to leave is written down before its last bytes
 * go: with a photo inside, most of the time lies before that, and what is lost there is not
 * unclear. */
static gboolean
starting_cb (InbHttpMoment moment, gpointer user_data, GError **error)
{
  Submit *submit = user_data;

  if (moment == INB_HTTP_FIRST_BYTE)
    {
      /* the program ends, or nothing can be written: what has not left stays here */
      if (!submit->job->left && inb_desk_is_open (submit->job->desk))
        return note_attempt (submit, error);
      g_set_error_literal (error, INB_ERROR, INB_ERROR_CANCELLED,
                           _ ("Stopped before it was sent; nothing was charged."));
      return FALSE;
    }
  return inb_store_mark_whole (inb_hosted_get_store (submit->job), submit->job->id, error);
}

/* The answer to a paid request must find room, whatever the disk says. */
static gboolean
note (InbHosted *self, const InbMove *move)
{
  g_autoptr (GError) problem = NULL;

  if (inb_store_move (inb_hosted_get_store (self), self->id, move, NULL))
    return TRUE;
  inb_ballast_drop (inb_hosted_get_root (self));
  if (inb_store_move (inb_hosted_get_store (self), self->id, move, &problem))
    return TRUE;
  inb_desk_halt (self->desk, problem);
  return FALSE;
}

/**
 * inb_hosted_go_to_next:
 * @self: a job in READY of which nothing was accepted, with a route
 *
 * Begins again at the next provider of its route.
 */
void
inb_hosted_go_to_next (InbHosted *self)
{
  g_autoptr (GError) problem = NULL;

  self->n_tries = 0;
  if (!inb_route_go_on (inb_hosted_get_store (self), self->row, &problem))
    inb_hosted_fail (self, problem);
  else
    inb_hosted_go_on (self);
}

/* What left of it is no request: the row goes back to where it stood. */
static gboolean
take_back (InbHosted *self)
{
  InbAttemptEnd end = { .outcome = "not sent" };
  InbMove move = { .to = INB_JOB_READY, .attempt_end = &end };

  return note (self, &move);
}

/* Nobody was asked for anything. */
static void
take_not_sent (InbHosted *self, const InbReceipt *receipt, gboolean noted)
{
  if (noted && inb_job_get_state (self->row->job) != INB_JOB_RECONCILING && !take_back (self))
    return;
  if (g_error_matches (receipt->error, INB_ERROR, INB_ERROR_STORE) ||
      g_error_matches (receipt->error, INB_ERROR, INB_ERROR_NO_SPACE))
    inb_desk_halt (self->desk, receipt->error);
  else if (g_error_matches (receipt->error, INB_ERROR, INB_ERROR_CANCELLED))
    inb_hosted_go_on (self); /* a wish came in the last moment */
  else if (self->n_tries < MAX_TRIES || inb_job_get_state (self->row->job) == INB_JOB_RECONCILING)
    inb_hosted_wait_again (self, receipt->wait_s);
  else
    inb_hosted_fail (self, receipt->error);
}

static void
take_accepted (InbHosted *self, const InbReceipt *receipt, const InbAttemptEnd *end)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_QUEUED, .remote = &change, .attempt_end = end };

  change.charged = "maybe";
  change.remote_id = receipt->remote_id;
  change.kept = receipt->kept;
  change.request_id = receipt->request_id;
  self->n_polls = 0;
  self->n_tries = 0;
  self->accepted_here = TRUE;
  self->taken_up_us = g_get_monotonic_time ();
  if (!note (self, &move))
    return;
  if (receipt->report != NULL) /* accepted and finished in one answer */
    inb_hosted_take_report (self, receipt->report);
  else
    inb_hosted_go_on (self);
}

/* Not accepted: a verdict, or a rate, or a way that this key does not have. */
static void
take_refused (InbHosted *self, const InbReceipt *receipt, const InbAttemptEnd *end)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  gboolean on = inb_route_may_go_on (self->row, receipt->error);
  InbMove move = { .to = INB_JOB_READY, .remote = &change, .attempt_end = end };

  change.charged = "no";
  change.request_id = receipt->request_id;
  if (receipt->outcome == INB_OUTCOME_REJECTED && !on)
    move.to = INB_JOB_REJECTED;
  move.failure = receipt->error;
  if (!note (self, &move))
    return;
  self->fallback = self->fallback || receipt->outcome == INB_OUTCOME_NO_WAY;
  if (receipt->outcome == INB_OUTCOME_REJECTED && on)
    inb_hosted_go_to_next (self);
  else if (receipt->outcome == INB_OUTCOME_LATER)
    inb_hosted_wait_again (self, receipt->wait_s);
  else
    inb_hosted_go_on (self);
}

static void
take_unclear (InbHosted *self, const InbReceipt *receipt, const InbAttemptEnd *end)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = {
    .to = INB_JOB_UNKNOWN, .failure = receipt->error, .remote = &change, .attempt_end = end
  };

  change.charged = "maybe";
  change.request_id = receipt->request_id;
  if (note (self, &move))
    inb_hosted_go_on (self);
}

/* A repeat with the same key proves something only if it is accepted. */
static void
take_replayed (InbHosted *self, const InbReceipt *receipt)
{
  if (receipt->outcome == INB_OUTCOME_LATER || receipt->outcome == INB_OUTCOME_UNCLEAR)
    inb_hosted_wait_again (self, receipt->wait_s);
  else
    inb_hosted_leave_unclear (self);
}

static const char *const outcome_words[] = {
  [INB_OUTCOME_ACCEPTED] = "accepted", [INB_OUTCOME_NOT_SENT] = "not sent",
  [INB_OUTCOME_LATER] = "later",       [INB_OUTCOME_REJECTED] = "rejected",
  [INB_OUTCOME_NO_WAY] = "no way",     [INB_OUTCOME_UNCLEAR] = "unclear",
};

static void
take_receipt (InbHosted *self, const InbReceipt *receipt, const InbReply *reply, gboolean noted)
{
  gsize length = 0;
  const char *data = reply != NULL ? g_bytes_get_data (reply->body, &length) : NULL;
  g_autofree char *answer = data != NULL ? g_strndup (data, MIN (length, MAX_NOTED)) : NULL;
  InbAttemptEnd end = { .outcome = outcome_words[receipt->outcome],
                        .status = reply != NULL ? reply->status : 0,
                        .request_id = receipt->request_id,
                        .answer = answer };

  if (receipt->outcome == INB_OUTCOME_NOT_SENT)
    take_not_sent (self, receipt, noted);
  else if (receipt->outcome == INB_OUTCOME_ACCEPTED)
    take_accepted (self, receipt, &end);
  else if (inb_job_get_state (self->row->job) == INB_JOB_RECONCILING)
    take_replayed (self, receipt);
  else if (receipt->outcome == INB_OUTCOME_UNCLEAR)
    take_unclear (self, receipt, &end);
  else
    take_refused (self, receipt, &end);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Submit) submit = user_data;
  InbHosted *self = submit->job;
  g_autoptr (GError) failure = NULL;
  gboolean sent = FALSE;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, &sent, &failure);
  g_autoptr (InbReceipt) receipt = NULL;
  InbMessageValues values;

  self->in_flight = FALSE;
  inb_desk_end_submit (self->desk, self->provider->id, self->id);
  if (!inb_hosted_end (self))
    return;
  inb_hosted_fill_values (self, &values);
  receipt = inb_answers_read_submit (&values, submit->step, reply, sent, failure);
  take_receipt (self, receipt, reply, submit->noted);
  inb_desk_settle (self->desk);
}

/**
 * inb_hosted_send_paid:
 * @self: a job in READY or, with a key by which the service knows a repeat, in RECONCILING
 *
 * Sends the paid request. It takes no cancellable: once it has left, its answer is worth more than
 * a quick end.
 */
void
inb_hosted_send_paid (InbHosted *self)
{
  g_autoptr (InbMessage) message = NULL;
  g_autoptr (GError) failure = NULL;
  InbMessageValues values;
  Submit *submit;

  inb_hosted_fill_values (self, &values);
  submit = g_new0 (Submit, 1);
  submit->step = self->fallback ? INB_STEP_FALLBACK : INB_STEP_SUBMIT;
  message = inb_messages_make (&values, submit->step, &failure);
  if (message != NULL)
    submit->body_sha256 = inb_body_hash (message->body, &failure);
  submit->job = inb_hosted_begin (self);
  if (submit->body_sha256 == NULL)
    {
      inb_hosted_end (self);
      submit_free (submit);
      inb_desk_end_submit (self->desk, self->provider->id, self->id);
      inb_hosted_fail (self, failure);
      return;
    }
  submit->body_size = inb_body_get_length (message->body);
  inb_http_send_async (inb_desk_get_http (self->desk), message, starting_cb, submit, NULL, sent_cb,
                       submit);
}

static gboolean
has_room (InbHosted *self, GError **error)
{
  gint64 n_free = inb_files_get_free (inb_hosted_get_root (self));

  if (n_free < 0 || n_free >= INB_ROOM_FOR_PAID_BYTES)
    return TRUE;
  g_set_error (
      error, INB_ERROR, INB_ERROR_NO_SPACE,
      _ ("Only %d MB are free in “%s”; %d MB are wanted before money is spent. Nothing was "
         "sent or charged. Make room and resume."),
      (int) (n_free / 1000000), inb_hosted_get_root (self),
      (int) (INB_ROOM_FOR_PAID_BYTES / 1000000));
  return FALSE;
}

/* A network that shows a page of its own instead of the internet gets no paid request. */
static gboolean
is_behind_portal (InbHosted *self)
{
  GNetworkConnectivity connectivity =
      g_network_monitor_get_connectivity (g_network_monitor_get_default ());

  return self->row->remote.home == NULL && (connectivity == G_NETWORK_CONNECTIVITY_PORTAL ||
                                            connectivity == G_NETWORK_CONNECTIVITY_LIMITED);
}

/**
 * inb_hosted_submit:
 * @self: a job in READY
 *
 * Sends the paid request when all that can be known before is known: frames and addresses are
 * there, there is room for the clip, the time to think better of it is over, the service's rate
 * allows it, no other one is on its way there.
 */
void
inb_hosted_submit (InbHosted *self)
{
  const InbService *service = self->provider->service;
  g_autoptr (GError) problem = NULL;
  gint64 slot_us;

  if (!inb_hosted_is_prepared (self))
    return;
  if (!has_room (self, &problem))
    {
      inb_hosted_ask_person (self, problem);
      return;
    }
  if (g_get_monotonic_time () < self->hold_due_us) /* its person may still think better of it */
    {
      inb_hosted_wait_until (self, self->hold_due_us);
      return;
    }
  slot_us = inb_store_get_next_slot (inb_hosted_get_store (self), self->secrets->mark,
                                     service->creates_per_minute, service->at_once);
  if (slot_us != 0)
    inb_hosted_wait (self, slot_us > 0 ? (double) slot_us / G_USEC_PER_SEC : PLACE_S);
  else if (is_behind_portal (self))
    inb_hosted_wait_again (self, -1);
  else if (!inb_desk_begin_submit (self->desk, self->provider->id, self->id))
    inb_hosted_wait (self, TURN_S);
  else
    inb_hosted_send_paid (self);
}
