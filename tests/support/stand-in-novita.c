/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Novita and Highway, which speak alike: strings for seconds, no last frame, 403 for a wrong key
 * and for no money. */
#include "stand-in.h"

#include <string.h>

static void
say_error (SiCall *call, guint status, const char *reason, const char *message, const char *detail)
{
  g_autofree char *trace = g_uuid_string_random ();

  si_say (call, status,
          "{'code':%d,'reason':%s,'message':%s,'metadata':{'trace_id':%s,'reason':%s}}",
          (gint64) status, reason, message, trace, detail != NULL ? detail : "");
}

static void
error (SiCall *call, guint status, const char *message)
{
  static const struct
  {
    guint status;
    const char *reason;
  } reasons[] = {
    { 400, "INVALID_REQUEST_BODY" }, { 401, "UNAUTHORIZED" },
    { 402, "NOT_ENOUGH_BALANCE" },   { 403, "INVALID_API_KEY" },
    { 404, "PATH_NOT_FOUND" },       { 429, "RATE_LIMIT_EXCEEDED" },
    { 500, "TASK_FAILED" },          { 503, "SERVICE_NOT_AVAILABLE" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].status == status)
      {
        say_error (call, status, reasons[i].reason, message, NULL);
        return;
      }
  say_error (call, status, "UNKNOWN", message, NULL);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  static const struct
  {
    guint status;
    const char *reason, *message;
  } words[] = {
    [SI_NO_KEY] = { 401, "UNAUTHORIZED", "missing api key" },
    [SI_BAD_KEY] = { 403, "INVALID_API_KEY", "invalid api key" },
    [SI_POOR] = { 403, "NOT_ENOUGH_BALANCE", "not enough balance" },
    [SI_PLAN] = { 403, "model_access_denied", "model access denied" },
    [SI_RATE] = { 429, "RATE_LIMIT_EXCEEDED", "rate limit exceeded" },
    [SI_BUSY] = { 429, "RATE_LIMIT_EXCEEDED", "rate limit exceeded" },
    [SI_MISSING] = { 400, "INVALID_REQUEST_BODY", "invalid request body" },
    [SI_INPUT] = { 400, "INVALID_REQUEST_BODY", "invalid request body" },
    [SI_GONE] = { 404, "TASK_NOT_FOUND", "task not found" },
    [SI_NO_MODEL] = { 404, "PATH_NOT_FOUND", "path not found" },
  };

  say_error (call, words[why].status, words[why].reason, words[why].message, message);
}

static gboolean
enter (SiCall *call)
{
  return si_enter_with (call, "Authorization", "Bearer");
}

/* How the picture must be written is not stated anywhere, so all three ways are taken. */
static const SiField fields[] = {
  { "image", SI_FIELD_IMAGE, SI_REQUIRED | SI_IMAGE_URL | SI_IMAGE_RAW | SI_IMAGE_DATA },
  { "prompt", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY, NULL, 2500 },
  { "negative_prompt", SI_FIELD_STRING, 0, NULL, 2500 },
  { "duration", SI_FIELD_STRING, 0, "5|10" },
  { "cfg_scale", SI_FIELD_NUMBER, 0, "0-1" },
  { "mode", SI_FIELD_STRING, 0, "pro" },
  { "extra", SI_FIELD_OBJECT },
  { NULL },
};

static void
submit (SiCall *call)
{
  SiJob *job;

  if (!si_check (call, call->in, fields))
    return;
  job = si_job_new (call, g_uuid_string_random (), NULL);
  job->model = g_strdup ("kling-2.5-turbo-i2v");
  si_say (call, 200, "{'task_id':%s}", job->id);
}

static SiJob *
find (SiCall *call)
{
  const char *id = g_hash_table_lookup (call->query, "task_id");

  return id != NULL ? si_job_find (call->stand, call->service->id, id) : NULL;
}

static void
poll (SiCall *call)
{
  static const char *const words[] = { "TASK_STATUS_QUEUED",   "TASK_STATUS_PROCESSING",
                                       "TASK_STATUS_SUCCEED",  "TASK_STATUS_FAILED",
                                       "TASK_STATUS_CANCELED", "TASK_STATUS_FAILED" };
  SiJob *job = call->job;
  SiJobState state;
  g_autofree char *url = NULL;
  g_autofree char *videos = NULL;

  if (g_hash_table_lookup (call->query, "task_id") == NULL)
    {
      refuse (call, SI_MISSING, "task_id", "task_id is required");
      return;
    }
  if (job == NULL || si_job_peek (job) == SI_JOB_GONE)
    {
      refuse (call, SI_GONE, "task_id", "task_id: unknown");
      return;
    }
  state = si_job_ask (job);
  if (state == SI_JOB_DONE)
    {
      url = si_job_url (call->stand, job, 0);
      videos = si_text ("{'video_url':%s,'video_url_ttl':'3600','video_type':'mp4'}", url);
    }
  si_say (
      call, 200,
      "{'extra':{'has_nsfw_contents':[]},'task':{'task_id':%s,'task_type':'KLING_2_5_TURBO_I2V',"
      "'status':%s,'reason':%s,'eta':%d,'progress_percent':%d},'images':[],'videos':[%r],"
      "'audios':[]}",
      job->id, words[state],
      state == SI_JOB_FAILED ? si_job_message (job, "generation failed") : "",
      (gint64) (state == SI_JOB_RUNNING ? 90 : 0),
      (gint64) (state == SI_JOB_DONE      ? 100
                : state == SI_JOB_RUNNING ? 40
                                          : 0),
      videos != NULL ? videos : "");
}

static const SiRoute routes[] = {
  { "POST", "/v3/async/kling-2.5-turbo-i2v", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "GET", "/v3/async/task-result", SI_STEP_POLL, poll, SI_LATE, find },
  { NULL },
};

const SiService si_novita = { "novita", enter, refuse, error, routes };
const SiService si_highway = { "highway", enter, refuse, error, routes };
