/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fal: a queue of its own, 202 while it runs, the result behind another address than the status. */
#include "stand-in.h"

#include <string.h>

#define QUEUE "/queue.fal.run/fal-ai/kling-video"

static void
say_error (SiCall *call, guint status, const char *type, const char *message)
{
  g_autofree char *request = g_uuid_string_random ();

  si_header (call, "x-fal-request-id", request);
  si_header (call, "x-fal-error-type", type);
  si_header (call, "x-fal-retryable", status >= 500 ? "true" : "false");
  si_say (call, status, "{'detail':%s,'error_type':%s}", message, type);
}

static void
error (SiCall *call, guint status, const char *message)
{
  say_error (call, status, status >= 500 ? "internal_server_error" : "request_error", message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  static const struct
  {
    guint status;
    const char *type, *message;
  } words[] = {
    [SI_NO_KEY] = { 401, "unauthorized", "Authentication is required to access this application." },
    [SI_BAD_KEY] = { 401, "unauthorized", "No user found for Key ID and Secret" },
    [SI_POOR] = { 403, "locked", "User is locked. Reason: Exhausted balance." },
    [SI_PLAN] = { 403, "forbidden", "Access to this application is not allowed." },
    [SI_RATE] = { 429, "rate_limited", "Too many requests" },
    [SI_BUSY] = { 429, "rate_limited", "Too many requests" },
    [SI_MISSING] = { 422, "missing", NULL },
    [SI_INPUT] = { 422, "value_error", NULL },
    [SI_GONE] = { 404, "not_found", "Request not found" },
    [SI_NO_MODEL] = { 404, "not_found", "Application not found" },
  };
  g_autofree char *request = g_uuid_string_random ();

  if (words[why].message != NULL)
    {
      say_error (call, words[why].status, words[why].type, words[why].message);
      return;
    }
  si_header (call, "x-fal-request-id", request);
  si_header (call, "x-fal-retryable", "false");
  si_say (call, 422, "{'detail':[{'loc':['body',%s],'msg':%s,'type':%s,'url':'','input':null}]}",
          field, message, words[why].type);
}

/* "Key ID:SECRET" */
static gboolean
enter (SiCall *call)
{
  const char *colon;

  if (!si_enter_with (call, "Authorization", "Key"))
    return FALSE;
  colon = strchr (call->key, ':');
  if (colon != NULL && colon > call->key && colon[1] != '\0')
    return TRUE;
  refuse (call, SI_BAD_KEY, NULL, NULL);
  return FALSE;
}

static const SiField fields[] = {
  { "prompt", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY, NULL, 2500 },
  { "image_url", SI_FIELD_IMAGE, SI_REQUIRED | SI_IMAGE_URL | SI_IMAGE_DATA },
  { "duration", SI_FIELD_STRING, 0, "5|10" },
  { "negative_prompt", SI_FIELD_STRING, 0, NULL, 2500 },
  { "cfg_scale", SI_FIELD_NUMBER, 0, "0-1" },
  { "tail_image_url", SI_FIELD_IMAGE, SI_IMAGE_URL | SI_IMAGE_DATA }, /* pro only: keep it last */
  { NULL },
};

static void
submit (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *priority = soup_message_headers_get_one (headers, "x-fal-queue-priority");
  g_autofree char *base = NULL;
  SiJob *job;

  if (strstr (call->path, "/standard/") != NULL &&
      json_object_has_member (call->in, "tail_image_url"))
    {
      refuse (call, SI_INPUT, "tail_image_url", "tail_image_url is not known here");
      return;
    }
  if (!si_check (call, call->in, fields))
    return;
  if (priority != NULL && strcmp (priority, "normal") != 0 && strcmp (priority, "low") != 0)
    {
      refuse (call, SI_INPUT, "x-fal-queue-priority", "the priority must be normal or low");
      return;
    }
  job = si_job_new (call, g_uuid_string_random (), NULL);
  job->model = g_strdup (call->path + strlen ("/queue.fal.run/"));
  base = g_strdup_printf ("%s" QUEUE "/requests/%s", call->stand->origin, job->id);
  {
    g_autofree char *status = g_strconcat (base, "/status", NULL);
    g_autofree char *cancel = g_strconcat (base, "/cancel", NULL);

    si_say (
        call, 200,
        "{'status':'IN_QUEUE','request_id':%s,'response_url':%s,'status_url':%s,'cancel_url':%s,"
        "'logs':null,'metrics':{},'queue_position':0}",
        job->id, base, status, cancel);
  }
}

static gboolean
is_gone (SiCall *call)
{
  if (call->job != NULL && si_job_peek (call->job) != SI_JOB_GONE)
    return FALSE;
  refuse (call, SI_GONE, "request_id", NULL);
  return TRUE;
}

static void
status (SiCall *call)
{
  static const char *const words[] = { "IN_QUEUE",  "IN_PROGRESS", "COMPLETED",
                                       "COMPLETED", "COMPLETED",   "COMPLETED" };
  g_autofree char *base = NULL;
  g_autofree char *own = NULL;
  g_autofree char *cancel = NULL;
  g_autofree char *failure = NULL;
  SiJobState state;

  if (is_gone (call))
    return;
  state = si_job_ask (call->job);
  base = g_strdup_printf ("%s" QUEUE "/requests/%s", call->stand->origin, call->job->id);
  own = g_strconcat (base, "/status", NULL);
  cancel = g_strconcat (base, "/cancel", NULL);
  if (state == SI_JOB_FAILED)
    failure = si_text (",'error':%s,'error_type':'generation_failed'",
                       si_job_message (call->job, "generation failed"));
  else if (state == SI_JOB_CANCELLED)
    failure = si_text (",'error':'Request was cancelled','error_type':'request_cancelled'");
  si_say (call, state <= SI_JOB_RUNNING ? 202 : 200,
          "{'status':%s,'request_id':%s,'response_url':%s,'status_url':%s,'cancel_url':%s,"
          "'logs':%r,'metrics':%r%r%r}",
          words[state], call->job->id, base, own, cancel, state == SI_JOB_RUNNING ? "[]" : "null",
          state == SI_JOB_DONE ? "{\"inference_time\":96.4}" : "{}",
          state == SI_JOB_QUEUED ? ",\"queue_position\":1" : "", failure != NULL ? failure : "");
}

static void
result (SiCall *call)
{
  g_autofree char *url = NULL;

  if (is_gone (call))
    return;
  switch (si_job_peek (call->job) == SI_JOB_DONE ? SI_JOB_DONE : si_job_ask (call->job))
    {
    case SI_JOB_DONE:
      url = si_job_url (call->stand, call->job, 0);
      si_say (call, 200,
              "{'video':{'url':%s,'content_type':'video/mp4','file_name':'output.mp4',"
              "'file_size':%d}}",
              url, (gint64) call->stand->clip_size);
      break;
    case SI_JOB_FAILED:
      refuse (call, SI_INPUT, "prompt", si_job_message (call->job, "generation failed"));
      break;
    case SI_JOB_CANCELLED:
      say_error (call, 400, "request_cancelled", "Request was cancelled");
      break;
    case SI_JOB_QUEUED:
    case SI_JOB_RUNNING:
    case SI_JOB_GONE:
    default:
      si_say (call, 400, "{'detail':'Request is still in progress'}");
      break;
    }
}

static void
cancel (SiCall *call)
{
  if (call->job == NULL || si_job_peek (call->job) == SI_JOB_GONE)
    si_say (call, 404, "{'status':'NOT_FOUND'}");
  else if (si_job_peek (call->job) > SI_JOB_RUNNING)
    si_say (call, 400, "{'status':'ALREADY_COMPLETED'}");
  else
    {
      call->job->is_forced = TRUE;
      call->job->forced = SI_JOB_CANCELLED;
      si_say (call, 202, "{'status':'CANCELLATION_REQUESTED'}");
    }
}

static const SiField initiate_fields[] = {
  { "content_type", SI_FIELD_STRING, SI_REQUIRED, "image/png|image/jpeg" },
  { "file_name", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY },
  { NULL },
};

static void
initiate (SiCall *call)
{
  const char *storage = g_hash_table_lookup (call->query, "storage_type");
  g_autofree char *id = NULL;
  g_autofree char *put = NULL;
  g_autofree char *url = NULL;

  if (!si_check (call, call->in, initiate_fields))
    return;
  if (storage != NULL && strcmp (storage, "fal-cdn-v3") != 0)
    {
      refuse (call, SI_INPUT, "storage_type", "storage_type must be fal-cdn-v3");
      return;
    }
  id = si_file_new (call, si_string (call->in, "content_type"));
  put = si_file_put_url (call->stand, id);
  url = g_strdup_printf ("%s/v3.fal.media/files/%s", call->stand->origin, id);
  si_say (call, 200, "{'upload_url':%s,'file_url':%s}", put, url);
}

static const SiRoute routes[] = {
  { "POST", QUEUE "/v2.5-turbo/pro/image-to-video", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "POST", QUEUE "/v2.5-turbo/standard/image-to-video", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "GET", QUEUE "/requests/{}/status", SI_STEP_POLL, status, 0, NULL },
  { "GET", QUEUE "/requests/{}", SI_STEP_RESULT, result, 0, NULL },
  { "PUT", QUEUE "/requests/{}/cancel", SI_STEP_CANCEL, cancel, 0, NULL },
  { "POST", "/rest.fal.ai/storage/upload/initiate", SI_STEP_UPLOAD, initiate, SI_BODY, NULL },
  { NULL },
};

const SiService si_fal = { "fal", enter, refuse, error, routes };
