/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-frames.h"
#include "jobs/inb-hosted.h"

/* What is free may be tried again by itself, but a person who waits is told in a few minutes. */
#define MAX_TRIES 6
/* An address that ends this soon is not sent with a paid request. */
#define MARGIN_US (10 * 60 * G_USEC_PER_SEC)

static gboolean
is_uploaded (const InbHosted *self)
{
  return self->provider->service->send == INB_IMAGE_UPLOAD;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbFrames) frames = inb_frames_prepare_finish (result, &failure);
  g_autofree char *key = g_uuid_string_random ();
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove move = { .remote = &change };

  if (!inb_hosted_end (self))
    return;
  if (frames == NULL)
    {
      inb_hosted_fail (self, failure);
      return;
    }
  change.idempotency_key = self->row->remote.idempotency_key != NULL ? NULL : key;
  move.to = is_uploaded (self) ? INB_JOB_UPLOADING : INB_JOB_READY;
  move.start_frame = frames->start;
  move.last_frame = frames->last;
  inb_hosted_move (self, &move);
}

/**
 * inb_hosted_prepare:
 * @self: a job in PREPARING
 *
 * Makes the frames by the provider's limits.
 */
void
inb_hosted_prepare (InbHosted *self)
{
  const InbRequest *request = inb_job_get_request (self->row->job);
  g_autoptr (GError) problem = NULL;

  if (!inb_store_begin_work (inb_hosted_get_store (self), self->id, &problem))
    {
      inb_desk_halt (self->desk, problem);
      return;
    }
  inb_hosted_begin (self);
  inb_frames_prepare_async (inb_hosted_get_root (self), request, self->provider->id,
                            &self->provider->limits, self->cancellable, prepared_cb, self);
}

/* The frame that has no address yet */
static const InbPicture *
get_next_picture (InbHosted *self, InbMessageValues *values)
{
  inb_hosted_fill_values (self, values);
  if (values->start->url == NULL)
    return values->start;
  return values->last != NULL && values->last->url == NULL ? values->last : NULL;
}

static void
take_url (InbHosted *self, const char *url)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  gint64 lifetime_s = self->provider->service->upload->lifetime_s;

  if (self->row->remote.start_url == NULL)
    change.start_url = url;
  else
    change.last_url = url;
  if (lifetime_s > 0 && self->row->remote.urls_expire_us == 0)
    change.urls_expire_us = g_get_real_time () + lifetime_s * G_USEC_PER_SEC;
  self->n_tries = 0;
  if (inb_hosted_change (self, &change, NULL))
    inb_hosted_go_on (self);
}

/* An upload is free and may be tried again, unless the service has refused it. About money it is
 * said once, here. */
static void
take_failure (InbHosted *self, const GError *failure, gint64 wait_s)
{
  gboolean passing = g_error_matches (failure, INB_ERROR, INB_ERROR_NETWORK) ||
                     g_error_matches (failure, INB_ERROR, INB_ERROR_UNAVAILABLE) ||
                     g_error_matches (failure, INB_ERROR, INB_ERROR_RATE);
  g_autoptr (GError) told = NULL;

  if (passing && self->n_tries < MAX_TRIES)
    {
      inb_hosted_wait_again (self, wait_s);
      return;
    }
  told = g_error_new (failure->domain, failure->code,
                      _ ("%s could not be given the photo. %s Nothing was ordered or charged."),
                      inb_provider_get_name (self->provider), failure->message);
  inb_hosted_fail (self, told);
}

typedef struct
{
  InbHosted *job;
  JsonNode *ticket;
} Put;

static void
put_free (Put *self)
{
  g_clear_pointer (&self->ticket, json_node_unref);
  inb_hosted_unref (self->job);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Put, put_free)

static void
take_public_url (InbHosted *self, JsonNode *ticket)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *url = NULL;
  InbMessageValues values;

  inb_hosted_fill_values (self, &values);
  url = inb_answers_read_public_url (&values, ticket, &failure);
  if (url != NULL)
    take_url (self, url);
  else
    take_failure (self, failure, -1);
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Put) put = user_data;
  InbHosted *self = put->job;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);

  if (!inb_hosted_end (self))
    return;
  if (reply != NULL && reply->status / 100 != 2)
    g_set_error (&failure, INB_ERROR, INB_ERROR_UNAVAILABLE,
                 _ ("%s did not take the photo (HTTP %u). It may be tried again."),
                 inb_provider_get_name (self->provider), reply->status);
  if (failure == NULL)
    take_public_url (self, put->ticket);
  else
    take_failure (self, failure, reply != NULL ? reply->retry_after_s : -1);
}

static void
put_file (InbHosted *self, const InbMessageValues *values, const InbPicture *picture,
          JsonNode *ticket)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbMessage) message = inb_messages_make_put (values, picture, ticket, &failure);
  Put *put;

  if (message == NULL)
    {
      take_failure (self, failure, -1);
      return;
    }
  put = g_new0 (Put, 1);
  put->job = inb_hosted_begin (self);
  put->ticket = json_node_ref (ticket);
  inb_http_send_async (inb_desk_get_http (self->desk), message, NULL, NULL, self->cancellable,
                       put_cb, put);
}

static void
ticket_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbHosted) self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &failure);
  g_autoptr (JsonNode) ticket = NULL;
  const InbPicture *picture;
  InbMessageValues values;

  if (!inb_hosted_end (self))
    return;
  picture = get_next_picture (self, &values);
  if (reply != NULL)
    ticket = inb_answers_read_ticket (&values, reply, &failure);
  if (ticket == NULL)
    take_failure (self, failure, reply != NULL ? reply->retry_after_s : -1);
  else if (self->provider->service->upload->kind == INB_UPLOAD_MULTIPART)
    take_public_url (self, ticket);
  else
    put_file (self, &values, picture, ticket);
}

/**
 * inb_hosted_upload:
 * @self: a job in UPLOADING
 *
 * Puts its frames where the service can fetch them, one after the other. Free, and done again after
 * a restart.
 */
void
inb_hosted_upload (InbHosted *self)
{
  InbMove ready = { .to = INB_JOB_READY };
  InbMessageValues values;
  const InbPicture *picture = get_next_picture (self, &values);
  g_autoptr (InbMessage) message = NULL;
  g_autoptr (GError) failure = NULL;

  if (picture == NULL)
    {
      inb_hosted_move (self, &ready);
      return;
    }
  message = inb_messages_make_ticket (&values, picture, &failure);
  if (message == NULL)
    {
      inb_hosted_fail (self, failure);
      return;
    }
  inb_hosted_begin (self);
  inb_http_send_async (inb_desk_get_http (self->desk), message, NULL, NULL, self->cancellable,
                       ticket_cb, self);
}

/**
 * inb_hosted_is_prepared:
 * @self: a job in READY
 *
 * What was made earlier may be gone by now: a file somebody removed, an address that has ended.
 * Then it goes back a step.
 *
 * Returns: %TRUE if all is still there
 */
gboolean
inb_hosted_is_prepared (InbHosted *self)
{
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove back = { .to = INB_JOB_PREPARING, .remote = &change };
  gint64 expire_us = self->row->remote.urls_expire_us;
  const InbRequest *request = inb_job_get_request (self->row->job);
  gboolean there = self->row->start_frame != NULL && access (self->row->start_frame, R_OK) == 0 &&
                   (request->last == NULL ||
                    (self->row->last_frame != NULL && access (self->row->last_frame, R_OK) == 0));

  if (there && (!is_uploaded (self) || self->row->remote.start_url != NULL) &&
      (expire_us == 0 || expire_us - MARGIN_US > g_get_real_time ()))
    return TRUE;
  change.start_url = "";
  change.last_url = "";
  change.urls_expire_us = 0;
  if (there && is_uploaded (self))
    back.to = INB_JOB_UPLOADING;
  inb_hosted_move (self, &back);
  return FALSE;
}
