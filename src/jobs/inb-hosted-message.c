/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "jobs/inb-hosted.h"

static const char *
get_media (const char *path)
{
  if (g_str_has_suffix (path, ".png"))
    return "image/png";
  return g_str_has_suffix (path, ".webp") ? "image/webp" : "image/jpeg";
}

static const InbPicture *
fill_picture (InbPicture *picture, const char *path, const char *url)
{
  if (path == NULL)
    return NULL;
  g_free (picture->path);
  g_free (picture->media);
  g_free (picture->url);
  picture->path = g_strdup (path);
  picture->media = g_strdup (get_media (path)); /* the photo worker names frames by what they are */
  picture->url = g_strdup (url);
  return picture;
}

/**
 * inb_hosted_fill_values:
 * @self: a job at work
 * @values: (out caller-allocates): all that its messages may need, borrowed from @self
 */
void
inb_hosted_fill_values (InbHosted *self, InbMessageValues *values)
{
  const InbRemote *remote = &self->row->remote;
  const InbRequest *request = inb_job_get_request (self->row->job);

  *values = (InbMessageValues){
    .provider = self->provider,
    .model = self->model,
    .home = remote->home,
    .secrets = self->secrets->values,
    .request = request,
    .job_id = self->id,
    .seed = request->seed + self->row->batch_index,
    .start = fill_picture (&self->pictures[0], self->row->start_frame, remote->start_url),
    .last = fill_picture (&self->pictures[1], self->row->last_frame, remote->last_url),
    .idempotency_key = remote->idempotency_key,
    .remote_id = inb_job_get_facts (self->row->job)->remote_id,
    .kept = remote->kept,
    .since_us = remote->sent_us - INB_HOSTED_WINDOW_US,
    .until_us = remote->sent_us + INB_HOSTED_WINDOW_US,
  };
}

/* It cannot even be asked for; but it is paid for, or may be. */
static void
ask_about_order (InbHosted *self, const GError *problem)
{
  const char *remote_id = inb_job_get_facts (self->row->job)->remote_id;
  g_autoptr (GError) told = NULL;

  if (remote_id == NULL)
    {
      inb_hosted_ask_person (self, problem);
      return;
    }
  told = g_error_new (problem->domain, problem->code,
                      _ ("%s The order “%s” was accepted and may be charged; ask the support of %s "
                         "with that id."),
                      problem->message, remote_id, inb_provider_get_name (self->provider));
  inb_hosted_ask_person (self, told);
}

/**
 * inb_hosted_send:
 * @self: a job at work
 * @step: a call that is free to repeat
 * @callback: gets a new reference to @self; begins with inb_hosted_end()
 */
void
inb_hosted_send (InbHosted *self, InbStep step, GAsyncReadyCallback callback)
{
  g_autoptr (InbMessage) message = NULL;
  g_autoptr (GError) problem = NULL;
  InbMessageValues values;

  inb_hosted_fill_values (self, &values);
  message = inb_messages_make (&values, step, &problem);
  if (message == NULL)
    {
      ask_about_order (self, problem);
      return;
    }
  inb_hosted_begin (self);
  inb_turnstile_send (inb_desk_get_turnstile (self->desk), self->provider->id,
                      g_steal_pointer (&message), self->cancellable, callback, self);
}
