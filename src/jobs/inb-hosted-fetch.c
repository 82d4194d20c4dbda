/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-hosted.h"
#include "jobs/inb-verify.h"
#include "net/inb-download.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/* A clip of 10 s in 1080p has up to 40 MB; nothing that is one has more than this. */
#define MAX_CLIP_BYTES (G_GINT64_CONSTANT (2) * 1000 * 1000 * 1000)
/* An address that has ended is asked for anew so often, what is no clip fetched anew so often. */
#define MAX_FRESH 3
#define MAX_BAD 3
/* Shares of the one bar, after what the service took */
#define MADE 0.85
#define FETCHED 0.92

static char *
dup_new_part (InbHosted *self)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("job-clip-%s.mp4", uuid);

  return inb_paths_dup_temporary (inb_hosted_get_root (self), name);
}

static void
post (InbHosted *self, double progress)
{
  inb_news_post_progress (inb_desk_get_news (self->desk), self->id, progress);
}

static void
etag_cb (const char *etag, gpointer user_data)
{
  InbHosted *self = user_data;
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;

  change.etag = etag != NULL ? etag : "";
  inb_store_change (inb_hosted_get_store (self), self->id, &change, NULL, NULL);
}

static void
fetched_so_far_cb (gint64 n_bytes, gint64 total, gpointer user_data)
{
  if (total > 0)
    post (user_data, MADE + (FETCHED - MADE) * (double) n_bytes / (double) total);
}

/* The clip is gone, or what comes is none: all is told with it that their support will ask for. */
static void
end_without_clip (InbHosted *self, InbJobState to, const GError *failure)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  const InbJobFacts *facts = inb_job_get_facts (self->row->job);
  g_autoptr (GError) told = g_error_new (
      failure->domain, failure->code,
      _ ("%s finished the job “%s” and charged it, but its clip could not be had: %s Ask their "
         "support with that id."),
      inb_provider_get_name (self->provider),
      facts->remote_id != NULL ? facts->remote_id : self->id, failure->message);
  InbMove move = { .to = to, .failure = told, .remote = &change };

  change.charged = "yes";
  inb_hosted_move (self, &move);
}

static void
drop_address (InbHosted *self, const GError *failure)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .to = INB_JOB_RESULT_READY, .remote = &change };

  /* an answer by events has no id to ask with again */
  if (++self->n_fresh > MAX_FRESH || inb_job_get_facts (self->row->job)->remote_id == NULL)
    {
      end_without_clip (self, INB_JOB_EXPIRED, failure);
      return;
    }
  if (self->row->part != NULL)
    unlink (self->row->part);
  change.result_url = "";
  change.etag = "";
  inb_hosted_move (self, &move);
}

static void
take_failure (InbHosted *self, const GError *failure, gint64 wait_s)
{
  if (g_error_matches (failure, INB_ERROR, INB_ERROR_CANCELLED))
    inb_hosted_go_on (self);
  else if (g_error_matches (failure, INB_ERROR, INB_ERROR_NO_SPACE))
    inb_hosted_ask_person (self, failure);
  else if (g_error_matches (failure, INB_ERROR, INB_ERROR_EXPIRED) ||
           g_error_matches (failure, INB_ERROR, INB_ERROR_BAD_INPUT))
    drop_address (self, failure);
  else
    inb_hosted_wait_again (self, wait_s); /* the part is continued; never given up */
}

static void
downloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  gint64 wait_s = -1;
  gboolean good = inb_http_download_finish (result, &wait_s, &failure);
  InbMove verifying = { .to = INB_JOB_VERIFYING, .part = self->row->part };

  if (!inb_hosted_end (self))
    return;
  if (good)
    inb_hosted_move (self, &verifying);
  else
    take_failure (self, failure, wait_s);
}

static void
begin_download (InbHosted *self)
{
  g_autofree char *part = dup_new_part (self);
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove downloading = { .to = INB_JOB_DOWNLOADING, .part = part, .remote = &change };

  change.etag = "";
  inb_hosted_move (self, &downloading);
}

/**
 * inb_hosted_download:
 * @self: a job whose clip is ready
 *
 * Fetches it at once, since services keep it for an hour up to a month, and goes on where a broken
 * transfer stopped.
 */
void
inb_hosted_download (InbHosted *self)
{
  const InbRemote *remote = &self->row->remote;
  InbDownload download = { .url = remote->result_url,
                           .home = remote->home,
                           .hosts = (const char *const *) self->provider->service->result_hosts,
                           .part = self->row->part,
                           .etag = remote->etag,
                           .max_bytes = MAX_CLIP_BYTES };

  post (self, MADE);
  if (remote->result_url == NULL)
    {
      inb_hosted_ask_fresh (self);
      return;
    }
  if (inb_job_get_state (self->row->job) == INB_JOB_RESULT_READY || self->row->part == NULL)
    {
      begin_download (self);
      return;
    }
  inb_hosted_begin (self);
  inb_http_download_async (inb_desk_get_http (self->desk), &download, etag_cb, fetched_so_far_cb,
                           self, self->cancellable, downloaded_cb, self);
}

/**
 * inb_hosted_take_bytes:
 * @self: a job
 * @report: one that holds the clip itself
 *
 * Nothing is left to fetch: it is written and verified like any other.
 */
void
inb_hosted_take_bytes (InbHosted *self, const InbReport *report)
{
  g_autofree char *part = dup_new_part (self);
  g_autofree char *temporary = g_strconcat (part, ".new", NULL);
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove ready = { .to = INB_JOB_RESULT_READY, .part = part, .remote = &change };
  InbMove verifying = { .to = INB_JOB_VERIFYING, .part = part };
  g_autoptr (GError) failure = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (report->clip, &length);

  if (!inb_files_write (temporary, part, data, length, &failure))
    {
      inb_hosted_ask_person (self, failure);
      return;
    }
  change.charged = "yes";
  change.actual_micros = report->actual_micros;
  self->busy = TRUE; /* two arrows in one breath */
  inb_hosted_move (self, &ready);
  self->busy = FALSE;
  inb_hosted_move (self, &verifying);
}

/* Paid for, so it is fetched again before it counts as lost. */
static void
take_bad_clip (InbHosted *self, const GError *failure)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove again = { .to = INB_JOB_RESULT_READY, .remote = &change };

  if (g_error_matches (failure, INB_ERROR, INB_ERROR_CANCELLED))
    {
      inb_hosted_go_on (self);
      return;
    }
  if (!g_error_matches (failure, INB_ERROR, INB_ERROR_BAD_CLIP))
    {
      inb_hosted_ask_person (self, failure); /* a decoder that is missing, a full disk, a crash */
      return;
    }
  if (++self->n_bad >= MAX_BAD)
    {
      end_without_clip (self, INB_JOB_FAILED_REMOTE, failure);
      return;
    }
  unlink (self->row->part);
  change.result_url = "";
  change.etag = "";
  inb_hosted_move (self, &again);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbVerified) verified = inb_verify_finish (result, &failure);
  InbMove done = { .to = INB_JOB_DONE };

  if (!inb_hosted_end (self))
    return;
  if (verified == NULL)
    take_bad_clip (self, failure);
  else if (inb_store_set_clip (inb_hosted_get_store (self), self->id, verified->clip, &failure) &&
           inb_verified_settle (verified, inb_hosted_get_root (self), self->row, &failure))
    inb_hosted_move (self, &done);
  else
    inb_hosted_ask_person (self, failure);
}

static void
verify_progress_cb (double progress, gpointer user_data)
{
  post (user_data, FETCHED + progress * (1.0 - FETCHED));
}

/**
 * inb_hosted_verify:
 * @self: a job in VERIFYING
 *
 * Has the clip decoded to its end, its poster and its review copy made; only then it is done.
 */
void
inb_hosted_verify (InbHosted *self)
{
  InbMove again = { .to = INB_JOB_RESULT_READY };

  if (self->row->part == NULL || access (self->row->part, R_OK) != 0)
    {
      inb_hosted_move (self, &again);
      return;
    }
  inb_hosted_begin (self);
  inb_verify_async (inb_hosted_get_root (self), self->row, NULL, NULL, verify_progress_cb, self,
                    self->cancellable, verified_cb, self);
}
