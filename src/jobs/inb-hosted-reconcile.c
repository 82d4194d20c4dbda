/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "jobs/inb-hosted.h"
#include "jobs/inb-route.h"

/* A key is remembered for a day where the service does not say (promises of the README). */
#define KEY_LIFETIME_S (24 * 60 * 60)
/* Not to be found proves nothing at once: a list may lag. So often and so long is looked before a
 * job counts as never accepted. */
#define MIN_LOOKS 3
#define LOOK_EVERY_S 40.0
/* A service that takes an order and makes nothing of it is not asked without end: so often more. */
#define MAX_RESENT 2
/* A job of ours was created when it was sent, as the service's clock says, give or take this. */
#define NEAR_US (2 * 60 * G_USEC_PER_SEC)

static gboolean
may_replay (InbHosted *self)
{
  const InbService *service = self->provider->service;
  gint64 lifetime_s = service->idempotency_s > 0 ? service->idempotency_s : KEY_LIFETIME_S;

  return service->idempotency == INB_IDEMPOTENCY_HEADER && !self->fallback &&
         g_get_real_time () - self->row->remote.sent_us < lifetime_s * G_USEC_PER_SEC;
}

static char *
format_time (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%X") : g_strdup ("?");
}

/**
 * inb_hosted_leave_unclear:
 * @self: a job in UNKNOWN or RECONCILING whose fate cannot be found out
 *
 * Tells a person what is known, and waits for their word.
 */
void
inb_hosted_leave_unclear (InbHosted *self)
{
  gint64 estimate = inb_job_get_estimate (self->row->job);
  g_autofree char *price = inb_money_format (estimate);
  g_autofree char *time = format_time (self->row->remote.sent_us);
  g_autoptr (GError) why = NULL;
  InbMove unknown = { .to = INB_JOB_UNKNOWN };

  if (estimate >= 0)
    why = g_error_new (INB_ERROR, INB_ERROR_UNKNOWN,
                       _ ("Sent to %s at %s, and no clear answer came; %s may have been charged. "
                          "Look at their list of jobs, then resolve it: lost, or send again (which "
                          "may charge twice)."),
                       inb_provider_get_name (self->provider), time, price);
  else
    why = g_error_new (INB_ERROR, INB_ERROR_UNKNOWN,
                       _ ("Sent to %s at %s, and no clear answer came; it may have been charged. "
                          "Look at their list of jobs, then resolve it: lost, or send again (which "
                          "may charge twice)."),
                       inb_provider_get_name (self->provider), time);
  if (inb_job_get_state (self->row->job) == INB_JOB_RECONCILING)
    {
      g_autoptr (GError) problem = NULL;

      unknown.failure = why;
      if (!inb_store_move (inb_hosted_get_store (self), self->id, &unknown, &problem))
        {
          inb_desk_halt (self->desk, problem);
          return;
        }
    }
  inb_hosted_ask_person (self, why);
}

static void
take_found (InbHosted *self, const char *remote_id)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbAttemptEnd end = { .outcome = "found" };
  InbMove move = { .to = INB_JOB_QUEUED, .remote = &change, .attempt_end = &end };

  change.remote_id = remote_id;
  change.charged = "maybe";
  inb_hosted_move (self, &move);
}

/* Nothing was accepted; but to send it again is for the next of the route, or for a person. */
static void
stop_sending (InbHosted *self, const GError *why)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbAttemptEnd end = { .outcome = "not accepted" };
  InbMove move = { .to = INB_JOB_READY, .failure = why, .remote = &change, .attempt_end = &end };
  gboolean on = inb_route_may_go_on (self->row, why);
  g_autoptr (GError) problem = NULL;

  change.charged = "no";
  change.paused = on ? -1 : 1;
  if (!inb_store_move (inb_hosted_get_store (self), self->id, &move, &problem))
    inb_desk_halt (self->desk, problem);
  else if (on)
    inb_hosted_go_to_next (self);
  else
    inb_desk_leave (self->desk, self->id);
}

/* The service does not have it: looked for again, and after that it counts as never accepted. It is
 * sent again if a person agreed to it in this run of the program, and not without end. */
static void
take_nothing (InbHosted *self)
{
  g_autoptr (GError) why = NULL;
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbAttemptEnd end = { .outcome = "not accepted" };
  InbMove move = { .to = INB_JOB_READY, .remote = &change, .attempt_end = &end };

  self->n_tries = 0;
  if (++self->n_looks < MIN_LOOKS)
    {
      inb_hosted_wait (self, LOOK_EVERY_S);
      return;
    }
  self->n_looks = 0;
  change.charged = "no";
  if (!self->row->remote.approved_here)
    why = g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                       _ ("The order did not reach %s before the program stopped. Nothing was "
                          "charged. Resume to send it."),
                       inb_provider_get_name (self->provider));
  else if (self->n_resent++ >= MAX_RESENT)
    why = g_error_new (INB_ERROR, INB_ERROR_UNAVAILABLE,
                       ngettext ("The order was sent to %s %d time, and its list of jobs does not "
                                 "show it. Nothing was charged. Resume to send it again, or choose "
                                 "another service.",
                                 "The order was sent to %s %d times, and its list of jobs shows "
                                 "none of them. Nothing was charged. Resume to send it again, or "
                                 "choose another service.",
                                 MAX_RESENT + 1),
                       self->provider->name, MAX_RESENT + 1);
  if (why != NULL)
    stop_sending (self, why);
  else
    inb_hosted_move (self, &move);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);
  g_autofree char *remote_id = NULL;
  InbMessageValues values;

  if (!inb_hosted_end (self))
    return;
  inb_hosted_fill_values (self, &values);
  if (reply == NULL || !inb_answers_read_lookup (&values, reply, &remote_id, &failure))
    inb_hosted_wait_again (self, reply != NULL ? reply->retry_after_s : -1);
  else if (remote_id != NULL)
    take_found (self, remote_id);
  else
    take_nothing (self);
}

/* Of what the list shows, what no job of ours is known to be, created when ours was sent */
static GPtrArray *
dup_candidates (InbHosted *self, GPtrArray *found, gint64 date_us)
{
  GPtrArray *candidates = g_ptr_array_new ();
  gint64 skew_us = date_us > 0 ? date_us - g_get_real_time () : 0;

  for (guint i = 0; i < found->len; i++)
    {
      InbFound *item = g_ptr_array_index (found, i);
      gint64 away_us = item->created_us - skew_us - self->row->remote.sent_us;

      if ((item->created_us == 0 || ABS (away_us) < NEAR_US) &&
          !inb_store_has_remote_id (inb_hosted_get_store (self), self->provider->id,
                                    item->remote_id))
        g_ptr_array_add (candidates, item);
    }
  return candidates;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  gint64 oldest_us = 0;
  InbMessageValues values;

  if (!inb_hosted_end (self))
    return;
  inb_hosted_fill_values (self, &values);
  if (reply != NULL)
    found = inb_answers_read_history (&values, reply, &oldest_us, &failure);
  if (found == NULL)
    {
      inb_hosted_wait_again (self, reply != NULL ? reply->retry_after_s : -1);
      return;
    }
  candidates = dup_candidates (self, found, reply->date_us);
  if (candidates->len == 1)
    take_found (self, ((InbFound *) g_ptr_array_index (candidates, 0))->remote_id);
  else if (candidates->len > 1 || oldest_us > values.since_us)
    inb_hosted_leave_unclear (
        self); /* which of them, or whether further back: not for us to guess */
  else
    take_nothing (self);
}

static void
replay (InbHosted *self)
{
  if (!inb_desk_begin_submit (self->desk, self->provider->id, self->id))
    inb_hosted_wait (self, 1.0);
  else
    inb_hosted_send_paid (self);
}

/**
 * inb_hosted_reconcile:
 * @self: a job whose paid request has left and whose answer was lost
 *
 * Finds out what became of it without ever risking a second charge: by the same request with the
 * key that the service knows it by, by our own reference, by the list of jobs; else a person has to
 * say.
 */
void
inb_hosted_reconcile (InbHosted *self)
{
  InbMove looking = { .to = INB_JOB_RECONCILING };
  gboolean lookup = inb_messages_has_step (self->provider, INB_STEP_LOOKUP);
  gboolean history = inb_messages_has_step (self->provider, INB_STEP_HISTORY) && !self->fallback;

  if (!may_replay (self) && !lookup && !history)
    inb_hosted_leave_unclear (self);
  else if (inb_job_get_state (self->row->job) == INB_JOB_UNKNOWN)
    inb_hosted_move (self, &looking);
  else if (may_replay (self))
    replay (self);
  else if (lookup)
    inb_hosted_send (self, INB_STEP_LOOKUP, looked_up_cb);
  else
    inb_hosted_send (self, INB_STEP_HISTORY, listed_cb);
}
