/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-hosted.h"
#include "jobs/inb-recovery.h"

static gboolean
drop_wish (InbHosted *self)
{
  g_autoptr (GError) problem = NULL;

  if (inb_store_drop_wish (inb_hosted_get_store (self), self->id, &problem))
    {
      g_clear_pointer (&self->row->wish, g_free);
      self->row->cancel = FALSE;
      return TRUE;
    }
  inb_desk_halt (self->desk, problem);
  return FALSE;
}

static gboolean
grant_cancel (InbHosted *self)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_CANCELLED_UNSENT, .remote = &change };

  switch ((int) inb_job_get_state (self->row->job))
    {
    case INB_JOB_PREPARING:
    case INB_JOB_UPLOADING:
    case INB_JOB_READY:
      change.charged = "no";
      inb_recovery_remove_files (inb_hosted_get_root (self), self->row);
      inb_hosted_move (self, &move);
      return TRUE;
    case INB_JOB_QUEUED:
    case INB_JOB_RUNNING:
    case INB_JOB_STALLED:
      if (!inb_messages_has_step (self->provider, INB_STEP_CANCEL))
        return !drop_wish (self); /* whoever wished it was told so */
      move.to = INB_JOB_CANCELLING;
      inb_hosted_move (self, &move);
      return TRUE;
    default:
      /* under way already; or a clip that is there, which is kept; or a lost answer, which is
       * resolved */
      return !drop_wish (self);
    }
}

static gboolean
give_up (InbHosted *self)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbAttemptEnd end = { .outcome = "lost" };
  g_autoptr (GError) lost =
      g_error_new (INB_ERROR, INB_ERROR_UNKNOWN,
                   _ ("The answer of %s was lost, and you marked the job as lost. It may have been "
                      "charged; their list of jobs tells."),
                   inb_provider_get_name (self->provider));
  InbMove move = {
    .to = INB_JOB_FAILED_REMOTE, .failure = lost, .remote = &change, .attempt_end = &end
  };

  change.charged = "maybe";
  inb_hosted_move (self, &move);
  return TRUE;
}

/* The one way to a second paid request for a job whose first may have been accepted. */
static gboolean
send_again (InbHosted *self)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbAttemptEnd end = { .outcome = "unresolved" };
  InbMove move = { .to = INB_JOB_READY, .remote = &change, .attempt_end = &end };

  if (!drop_wish (self))
    return TRUE;
  change.paused = 0;
  inb_hosted_move (self, &move);
  return TRUE;
}

/**
 * inb_hosted_grant:
 * @self: a job at work, its row just read
 *
 * Carries out what a person wishes of it.
 *
 * Returns: %TRUE if something else than its next step was done
 */
gboolean
inb_hosted_grant (InbHosted *self)
{
  gboolean unclear = inb_job_get_state (self->row->job) == INB_JOB_UNKNOWN;

  if (self->row->wish == NULL)
    return FALSE;
  if (self->row->cancel)
    return grant_cancel (self);
  if (unclear && g_str_equal (self->row->wish, "lost"))
    return give_up (self);
  if (unclear && g_str_equal (self->row->wish, "resend"))
    return send_again (self);
  self->n_looks = 0; /* "look": once more from the beginning */
  return !drop_wish (self);
}
