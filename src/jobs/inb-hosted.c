/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-hosted.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-route.h"
#include "jobs/inb-recovery.h"
#include "net/inb-address.h"
#include "providers/inb-catalogue.h"

/* Services name their intervals for the internet. One on this computer (a developer's, a test's)
 * has no rate to spare. */
#define LOOPBACK_SPEED 50.0
/* Waits after failures in a row, seconds; the last one is kept to (promises of the README). */
static const double waits_s[] = { 2.0, 5.0, 10.0, 30.0, 60.0 };

/**
 * inb_hosted_new:
 * @desk: where it is worked on; outlives it
 * @id: UUID of a job of a service
 *
 * Returns: (transfer full): the job, not begun yet
 */
InbHosted *
inb_hosted_new (InbDesk *desk, const char *id)
{
  InbHosted *self = g_rc_box_new0 (InbHosted);

  self->desk = desk;
  self->id = g_strdup (id);
  self->cancellable = g_cancellable_new ();
  self->taken_up_us = g_get_monotonic_time ();
  return self;
}

/**
 * inb_hosted_ref:
 * @self: a job at work
 *
 * Returns: (transfer full): the same
 */
InbHosted *
inb_hosted_ref (InbHosted *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_timer (InbHosted *self)
{
  if (self->timer == NULL)
    return;
  inb_wheel_remove (inb_desk_get_wheel (self->desk), g_steal_pointer (&self->timer));
  inb_hosted_unref (self);
}

static void
clear_pictures (InbHosted *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    {
      g_clear_pointer (&self->pictures[i].path, g_free);
      g_clear_pointer (&self->pictures[i].media, g_free);
      g_clear_pointer (&self->pictures[i].url, g_free);
    }
}

static void
hosted_free (gpointer data)
{
  InbHosted *self = data;

  clear_pictures (self);
  g_clear_pointer (&self->row, inb_row_free);
  g_clear_object (&self->cancellable);
  g_free (self->id);
}

/**
 * inb_hosted_unref:
 * @self: (transfer full): a job at work
 */
void
inb_hosted_unref (InbHosted *self)
{
  g_rc_box_release_full (self, hosted_free);
}

/**
 * inb_hosted_get_store:
 * @self: a job at work
 *
 * Returns: (transfer none): the runner's store
 */
InbStore *
inb_hosted_get_store (InbHosted *self)
{
  return inb_desk_get_store (self->desk);
}

/**
 * inb_hosted_get_root:
 * @self: a job at work
 *
 * Returns: (transfer none): the data folder
 */
const char *
inb_hosted_get_root (InbHosted *self)
{
  return inb_store_get_root (inb_hosted_get_store (self));
}

/**
 * inb_hosted_begin:
 * @self: a job at work
 *
 * A step has begun that ends in a callback.
 *
 * Returns: (transfer full): what the callback is given
 */
InbHosted *
inb_hosted_begin (InbHosted *self)
{
  self->busy = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return inb_hosted_ref (self);
}

/**
 * inb_hosted_end:
 * @self: a job at work
 *
 * Returns: %FALSE if it was taken off the desk meanwhile: nothing is to be written then
 */
gboolean
inb_hosted_end (InbHosted *self)
{
  self->busy = FALSE;
  return !self->left;
}

static gboolean
is_just_asked_for (InbHosted *self)
{
  InbJobState state = self->row != NULL ? inb_job_get_state (self->row->job) : INB_JOB_PREPARING;

  return self->due && !self->stale && self->secrets != NULL && !self->left &&
         inb_desk_is_open (self->desk) &&
         (state == INB_JOB_QUEUED || state == INB_JOB_RUNNING || state == INB_JOB_STALLED);
}

static void
waited_cb (gpointer data, gpointer unused)
{
  g_autoptr (InbHosted) self = data;

  self->timer = NULL;
  /* While it is only asked for, nobody writes its row but us, and a wish wakes it: no need to read
   * it again, which is 40 % of what a poll costs (measured). */
  if (is_just_asked_for (self))
    inb_hosted_poll (self);
  else
    inb_hosted_go_on (self);
}

/**
 * inb_hosted_get_speed:
 * @self: a job at work
 *
 * Returns: by how much its waits are shorter than those of a service on the internet
 */
double
inb_hosted_get_speed (InbHosted *self)
{
  const char *home = self->row != NULL ? self->row->remote.home : NULL;

  return inb_address_is_loopback_home (home, home) ? LOOPBACK_SPEED : 1.0;
}

/**
 * inb_hosted_wait:
 * @self: a job at work
 * @seconds: how long; up to a tenth is added or taken off, so that many jobs do not ask as one
 *
 * Goes on after that. Waits of a second and more fall together with those of other jobs, so that a
 * thousand of them wake the computer once a second.
 */
void
inb_hosted_wait (InbHosted *self, double seconds)
{
  double scaled = seconds / inb_hosted_get_speed (self) * g_random_double_range (0.9, 1.1);

  clear_timer (self);
  self->timer =
      inb_wheel_add (inb_desk_get_wheel (self->desk), scaled, waited_cb, inb_hosted_ref (self));
}

/**
 * inb_hosted_wait_until:
 * @self: a job at work
 * @due_us: monotonic time
 *
 * Goes on then, to the moment; a wish wakes it before.
 */
void
inb_hosted_wait_until (InbHosted *self, gint64 due_us)
{
  clear_timer (self);
  self->timer =
      inb_wheel_add_at (inb_desk_get_wheel (self->desk), due_us, waited_cb, inb_hosted_ref (self));
}

/**
 * inb_hosted_wait_again:
 * @self: a job at work
 * @at_least_s: what the service asked for; −1 for nothing
 *
 * The present step failed in a way that may pass: it is tried again, slower each time.
 */
void
inb_hosted_wait_again (InbHosted *self, gint64 at_least_s)
{
  guint step = MIN (self->n_tries, G_N_ELEMENTS (waits_s) - 1);

  self->n_tries++;
  inb_hosted_wait (self, MAX (waits_s[step], (double) at_least_s));
}

/**
 * inb_hosted_move:
 * @self: a job at work
 * @move: an arrow
 *
 * Writes the arrow and goes on from the row as it is then. Where it cannot be written (a full disk,
 * a lost database) the desk halts and nothing further is begun.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_hosted_move (InbHosted *self, const InbMove *move)
{
  g_autoptr (GError) problem = NULL;

  if (!inb_store_move (inb_hosted_get_store (self), self->id, move, &problem))
    {
      inb_desk_halt (self->desk, problem);
      return FALSE;
    }
  self->n_tries = 0;
  inb_hosted_go_on (self);
  return TRUE;
}

/**
 * inb_hosted_change:
 * @self: a job at work
 * @change: what is known by now
 * @failure: (nullable): what keeps it where it is
 *
 * Returns: %TRUE if it is on the disk; else the desk halts
 */
gboolean
inb_hosted_change (InbHosted *self, const InbRemoteChange *change, const GError *failure)
{
  g_autoptr (GError) problem = NULL;

  self->stale = TRUE;
  if (inb_store_change (inb_hosted_get_store (self), self->id, change, failure, &problem))
    return TRUE;
  inb_desk_halt (self->desk, problem);
  return FALSE;
}

/**
 * inb_hosted_fail:
 * @self: a job of which nothing has been sent
 * @failure: why
 *
 * Comes to rest without a clip and without a charge. What was given up because of a wish or an end
 * is no failure.
 */
void
inb_hosted_fail (InbHosted *self, const GError *failure)
{
  InbMove move = { .to = INB_JOB_FAILED_LOCAL, .failure = failure };

  if (g_error_matches (failure, INB_ERROR, INB_ERROR_CANCELLED) ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    inb_hosted_go_on (self);
  else if (inb_route_may_go_on (self->row, failure))
    inb_hosted_go_to_next (self);
  else
    inb_hosted_move (self, &move);
}

/**
 * inb_hosted_ask_person:
 * @self: a job at work
 * @why: what is to be decided or mended
 *
 * It stays where it is until a person says what to do.
 */
void
inb_hosted_ask_person (InbHosted *self, const GError *why)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;

  change.paused = 1;
  if (inb_hosted_change (self, &change, why))
    inb_desk_leave (self->desk, self->id);
}

/* Whether this process can serve the job exactly as it was asked for. */
static gboolean
is_served_here (InbHosted *self, GError **error)
{
  const InbRemote *remote = &self->row->remote;

  if (g_strcmp0 (remote->home, self->secrets->home) == 0 &&
      (remote->key_source == NULL || /* sent on from another service: whoever has a key */
       g_str_equal (remote->key_source, inb_key_source_to_string (self->secrets->source))))
    return TRUE;
  g_set_error (
      error, INB_ERROR, INB_ERROR_NOBODY,
      _ ("This job was asked for with the key of %s from another place (%s), or at another "
         "address, than the program that runs the jobs has. Nothing is sent. Resume it from "
         "where it was asked for."),
      inb_provider_get_name (self->provider),
      remote->key_source != NULL ? remote->key_source : "none");
  return FALSE;
}

static gboolean
find_provider (InbHosted *self, GError **error)
{
  const InbRequest *request = inb_job_get_request (self->row->job);

  self->provider = inb_catalogue_find (request->provider, error);
  if (self->provider == NULL)
    return FALSE;
  self->model = inb_provider_get_model (self->provider, request->model, error);
  return self->model != NULL;
}

/* FALSE: it cannot go on now, or it goes on when the keys are there. */
static gboolean
get_ready (InbHosted *self)
{
  g_autoptr (GError) problem = NULL;

  if (!find_provider (self, &problem))
    {
      inb_hosted_ask_person (self, problem);
      return FALSE;
    }
  self->secrets = inb_desk_get_secrets (self->desk, self->provider, self);
  if (self->secrets == NULL)
    return FALSE;
  if (is_served_here (self, &problem))
    return TRUE;
  inb_hosted_ask_person (self, problem);
  return FALSE;
}

/* How long it is held is read from the wall clock once, when the job is taken up, and is at most
 * what was asked for: a clock that is set meanwhile neither shortens nor prolongs it. */
static void
note_hold (InbHosted *self)
{
  gint64 hold_us = inb_job_get_facts (self->row->job)->hold_us;
  gint64 asked_us = MAX (0, hold_us - self->row->remote.approved_us);

  if (hold_us != 0 && self->hold_due_us == 0)
    self->hold_due_us = g_get_monotonic_time () + CLAMP (hold_us - g_get_real_time (), 0, asked_us);
}

static void
settle_sent (InbHosted *self)
{
  g_autoptr (GError) problem = NULL;

  if (inb_recovery_settle_sent (inb_hosted_get_store (self), self->row, &problem))
    inb_hosted_go_on (self);
  else
    inb_desk_halt (self->desk, problem);
}

static void
take_step (InbHosted *self)
{
  switch ((int) inb_job_get_state (self->row->job))
    {
    case INB_JOB_PREPARING:
      inb_hosted_prepare (self);
      break;
    case INB_JOB_UPLOADING:
      inb_hosted_upload (self);
      break;
    case INB_JOB_READY:
      inb_hosted_submit (self);
      break;
    case INB_JOB_SUBMITTING: /* its answer came and could not be noted */
      settle_sent (self);
      break;
    case INB_JOB_UNKNOWN:
    case INB_JOB_RECONCILING:
      inb_hosted_reconcile (self);
      break;
    case INB_JOB_QUEUED:
    case INB_JOB_RUNNING:
    case INB_JOB_STALLED:
      inb_hosted_poll (self);
      break;
    case INB_JOB_CANCELLING:
      inb_hosted_cancel (self);
      break;
    case INB_JOB_RESULT_READY:
    case INB_JOB_DOWNLOADING:
      inb_hosted_download (self);
      break;
    case INB_JOB_VERIFYING:
      inb_hosted_verify (self);
      break;
    default:
      inb_desk_leave (self->desk, self->id);
      break;
    }
}

/**
 * inb_hosted_go_on:
 * @self: a job at work
 *
 * Reads the row and takes the next step it is in need of, unless one is under way.
 */
void
inb_hosted_go_on (InbHosted *self)
{
  g_autoptr (InbHosted) keep = inb_hosted_ref (self);
  g_autoptr (GError) problem = NULL;
  InbRow *row;

  if (self->left || self->busy || !inb_desk_is_open (self->desk))
    return;
  clear_timer (self);
  row = inb_store_get (inb_hosted_get_store (self), self->id, &problem);
  if (row == NULL)
    {
      inb_desk_halt (self->desk, problem);
      return;
    }
  g_clear_pointer (&self->row, inb_row_free);
  self->row = row;
  self->stale = FALSE;
  note_hold (self);
  if (inb_job_state_is_final (inb_job_get_state (row->job)) || inb_job_get_facts (row->job)->paused)
    inb_desk_leave (self->desk, self->id);
  else if (get_ready (self) && !inb_hosted_grant (self))
    take_step (self);
}

/**
 * inb_hosted_wake:
 * @self: a job at work
 *
 * A person wishes something of it: what may be given up is, and it goes on at once.
 */
void
inb_hosted_wake (InbHosted *self)
{
  if (self->in_flight)
    return;
  if (self->busy)
    g_cancellable_cancel (self->cancellable);
  else
    inb_hosted_go_on (self);
}

/**
 * inb_hosted_leave:
 * @self: a job at work
 *
 * Ends its work here; the row stays as it is. A paid request that has left is heard to its end.
 */
void
inb_hosted_leave (InbHosted *self)
{
  clear_timer (self);
  self->left = !self->in_flight;
  if (self->busy && !self->in_flight)
    g_cancellable_cancel (self->cancellable);
}
