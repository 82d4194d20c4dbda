/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "jobs/inb-hosted.h"

/* Most clips are there in two or three minutes; what takes longer is asked for less often, and
 * never given up: seconds since it was taken up, and how many times the service's own interval. */
#define SLOW_AFTER_S 180.0
#define SLOW_TIMES 3.0
#define SLOWER_AFTER_S 600.0
#define SLOWER_TIMES 6.0
/* From here on a person is told that it takes unusually long. */
#define STALLED_AFTER_S 1200.0
/* After a restart all jobs are asked for at once; not in the same second. */
#define JITTER_S 5.0
/* A service that does not know the id may only be late itself; after so many such answers over so
 * long it has forgotten the job. */
#define MIN_GONE 20
#define GONE_AFTER_S 600.0
/* "Done" without a clip is asked for again so often. */
#define MAX_EMPTY 3

/* Shares of one bar: sent and made at the service 85 %, then fetched and checked */
#define SENT 0.03
#define MADE 0.85
/* Nobody sees less, and each word wakes the screen. */
#define WORTH_TELLING 0.005

static double
get_age_s (InbHosted *self)
{
  return (double) (g_get_monotonic_time () - self->taken_up_us) / G_USEC_PER_SEC *
         inb_hosted_get_speed (self);
}

static double
get_interval_s (InbHosted *self)
{
  const InbService *service = self->provider->service;
  double age_s = get_age_s (self);

  if (self->n_polls == 0)
    return self->accepted_here ? service->poll_first_s : g_random_double_range (0.0, JITTER_S);
  if (age_s > SLOWER_AFTER_S)
    return service->poll_every_s * SLOWER_TIMES;
  return age_s > SLOW_AFTER_S ? service->poll_every_s * SLOW_TIMES : service->poll_every_s;
}

static void
wait_for_next (InbHosted *self)
{
  self->due = TRUE;
  inb_hosted_wait (self, get_interval_s (self));
}

static void
post_progress (InbHosted *self, const InbReport *report)
{
  guint typical_s = self->model->typical_s;
  double progress = report->progress;

  if (progress < 0.0 && typical_s > 0)
    progress = MIN (0.95, get_age_s (self) / typical_s);
  if (progress < self->told_progress + WORTH_TELLING)
    return;
  self->told_progress = progress;
  inb_news_post_progress (inb_desk_get_news (self->desk), self->id,
                          SENT + progress * (MADE - SENT));
}

/* It is on its way there. Only what changed is written. */
static void
take_running (InbHosted *self, const InbReport *report)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .remote = &change };
  InbJobState state = inb_job_get_state (self->row->job);
  gboolean same_word = g_strcmp0 (report->word, self->row->remote.word) == 0;

  post_progress (self, report);
  self->n_tries = 0;
  change.word = report->word;
  move.to = report->state == INB_REMOTE_QUEUED ? INB_JOB_QUEUED : INB_JOB_RUNNING;
  if (get_age_s (self) > STALLED_AFTER_S)
    move.to = INB_JOB_STALLED;
  self->due = FALSE;
  if (state == INB_JOB_CANCELLING || state == INB_JOB_RESULT_READY || state == move.to)
    {
      if (!same_word && !inb_hosted_change (self, &change, NULL))
        return;
      wait_for_next (self);
    }
  else
    inb_hosted_move (self, &move);
}

/* No answer is no verdict: it is asked again, slower each time. What only a person can mend is told
 * in the row. */
static void
take_silent (InbHosted *self, const InbReport *report)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  const char *before = inb_job_get_facts (self->row->job)->error_message;
  g_autoptr (GError) told = NULL;
  gboolean mendable = g_error_matches (report->error, INB_ERROR, INB_ERROR_KEY) ||
                      g_error_matches (report->error, INB_ERROR, INB_ERROR_MONEY) ||
                      g_error_matches (report->error, INB_ERROR, INB_ERROR_PLAN);

  if (mendable)
    told = g_error_new (report->error->domain, report->error->code,
                        _ ("%s The order stands and may be charged; its clip is fetched as soon as "
                           "this is mended."),
                        report->error->message);
  if (mendable && g_strcmp0 (before, told->message) != 0 &&
      !inb_hosted_change (self, &change, told))
    return;
  inb_hosted_wait_again (self, report->wait_s);
}

static void
take_gone (InbHosted *self, const InbReport *report)
{
  g_autoptr (GError) gone = NULL;
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_EXPIRED, .remote = &change };
  const InbJobFacts *facts = inb_job_get_facts (self->row->job);

  if (++self->n_gone < MIN_GONE || get_age_s (self) < GONE_AFTER_S)
    {
      wait_for_next (self);
      return;
    }
  gone = g_error_new (INB_ERROR, INB_ERROR_EXPIRED,
                      _ ("%s no longer knows the job “%s”. It may have been charged; ask their "
                         "support with that id."),
                      inb_provider_get_name (self->provider), facts->remote_id);
  move.failure = gone;
  change.charged = "maybe";
  inb_hosted_move (self, &move);
}

static void
take_failed (InbHosted *self, const InbReport *report)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_FAILED_REMOTE, .failure = report->error, .remote = &change };

  change.charged = self->provider->service->charged_failed;
  change.request_id = report->request_id;
  change.word = report->word;
  change.actual_micros = report->actual_micros;
  inb_hosted_move (self, &move);
}

static void
take_cancelled (InbHosted *self, const InbReport *report)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_CANCELLED_REMOTE, .remote = &change };

  change.charged = "maybe";
  change.word = report->word;
  change.actual_micros = report->actual_micros;
  inb_hosted_move (self, &move);
}

/* Paid and finished, but without a clip: asked again, then told as what it is. */
static void
take_empty (InbHosted *self, const InbReport *report)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_FAILED_REMOTE, .failure = report->error, .remote = &change };

  if (++self->n_empty < MAX_EMPTY)
    {
      wait_for_next (self);
      return;
    }
  change.charged = "yes";
  change.request_id = report->request_id;
  inb_hosted_move (self, &move);
}

static void
take_clip (InbHosted *self, const InbReport *report)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_RESULT_READY, .remote = &change };

  change.charged = "yes";
  change.word = report->word;
  change.result_url = report->urls[0];
  change.result_expires_us = report->expires_us;
  change.actual_micros = report->actual_micros;
  if (inb_job_get_state (self->row->job) != INB_JOB_RESULT_READY)
    inb_hosted_move (self, &move);
  else if (inb_hosted_change (self, &change, NULL)) /* a fresh address */
    inb_hosted_go_on (self);
}

/**
 * inb_hosted_take_report:
 * @self: a job that was asked for
 * @report: what came of it
 */
void
inb_hosted_take_report (InbHosted *self, const InbReport *report)
{
  self->n_polls++;
  if (report->state != INB_REMOTE_GONE)
    self->n_gone = 0;
  switch (report->state)
    {
    case INB_REMOTE_QUEUED:
    case INB_REMOTE_RUNNING:
      take_running (self, report);
      break;
    case INB_REMOTE_SUCCEEDED:
      if (report->clip != NULL)
        inb_hosted_take_bytes (self, report);
      else if (report->urls != NULL && report->urls[0] != NULL)
        take_clip (self, report);
      else
        take_empty (self, report);
      break;
    case INB_REMOTE_FAILED:
      /* some services call what was cancelled a failure */
      if (inb_job_get_state (self->row->job) == INB_JOB_CANCELLING)
        take_cancelled (self, report);
      else
        take_failed (self, report);
      break;
    case INB_REMOTE_CANCELLED:
      take_cancelled (self, report);
      break;
    case INB_REMOTE_GONE:
      take_gone (self, report);
      break;
    case INB_REMOTE_SILENT:
    default:
      take_silent (self, report);
      break;
    }
}

static void
second_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);
  g_autoptr (InbReport) report = NULL;
  InbMessageValues values;

  if (!inb_hosted_end (self))
    return;
  inb_hosted_fill_values (self, &values);
  report = inb_answers_read_second (&values, reply, failure);
  inb_hosted_take_report (self, report);
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);
  g_autoptr (InbReport) report = NULL;
  InbMessageValues values;

  if (!inb_hosted_end (self))
    return;
  inb_hosted_fill_values (self, &values);
  report = inb_answers_read_poll (&values, reply, failure);
  if (g_error_matches (failure, INB_ERROR, INB_ERROR_CANCELLED))
    inb_hosted_go_on (self); /* a wish came in */
  else if (report->state == INB_REMOTE_SUCCEEDED &&
           self->provider->service->result_kind == INB_RESULT_SECOND_GET)
    inb_hosted_send (self, INB_STEP_SECOND, second_cb);
  else
    inb_hosted_take_report (self, report);
}

/**
 * inb_hosted_poll:
 * @self: a job that a service has
 *
 * Asks how far it is when it is due.
 */
void
inb_hosted_poll (InbHosted *self)
{
  if (self->due)
    inb_hosted_send (self, INB_STEP_POLL, polled_cb);
  else
    wait_for_next (self);
}

/**
 * inb_hosted_ask_fresh:
 * @self: a job whose clip's address has ended
 *
 * The service may give another address when it is asked again.
 */
void
inb_hosted_ask_fresh (InbHosted *self)
{
  inb_hosted_send (self, INB_STEP_POLL, polled_cb);
}

/* Whether the service has heard it: it says so, or says no. What a page, a redirect, a rate or a
 * fault says is not about the job. */
static gboolean
has_heard (const InbReply *reply)
{
  if (reply == NULL || strcmp (reply->content_type, "text/html") == 0)
    return FALSE;
  if (reply->status >= 400 && reply->status < 500)
    return reply->status != 408 && reply->status != 425 && reply->status != 429;
  return reply->status >= 200 && reply->status < 300;
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);

  if (!inb_hosted_end (self))
    return;
  self->cancel_sent = has_heard (reply);
  self->cancel_tried = TRUE;
  if (self->cancel_sent)
    inb_hosted_go_on (self);
  else
    inb_hosted_wait_again (self, reply != NULL ? reply->retry_after_s : -1);
}

/**
 * inb_hosted_cancel:
 * @self: a job in CANCELLING
 *
 * Tells the service, then asks it what came of that: whatever it said, the job's own state decides.
 * Where it cannot be told the two take turns, since the job may end meanwhile, and its clip with
 * it.
 */
void
inb_hosted_cancel (InbHosted *self)
{
  gboolean tell = !self->cancel_sent && !self->cancel_tried;

  self->cancel_tried = FALSE;
  if (tell)
    inb_hosted_send (self, INB_STEP_CANCEL, cancelled_cb);
  else
    inb_hosted_send (self, INB_STEP_POLL, polled_cb);
}
