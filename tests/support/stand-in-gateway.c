/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vercel AI Gateway: headers of its own, start and status, the same key means the same job, and an
 * event stream. */
#include "stand-in.h"

#include <string.h>

#define MODEL "klingai/kling-v2.5-turbo-i2v"

static void
say_error (SiCall *call, guint status, const char *type, const char *param, const char *message)
{
  g_autofree char *generation = g_strdup_printf ("gen_%08x", g_random_int ());

  si_say (call, status,
          "{'error':{'message':%s,'type':%s,'param':%r,'code':null},'generationId':%s}", message,
          type, param != NULL ? param : "null", generation);
}

static void
error (SiCall *call, guint status, const char *message)
{
  static const struct
  {
    guint status;
    const char *type;
  } types[] = {
    { 400, "invalid_request_error" }, { 401, "authentication_error" },
    { 402, "insufficient_funds" },    { 403, "forbidden" },
    { 404, "model_not_found" },       { 408, "timeout_error" },
    { 424, "failed_dependency" },     { 429, "rate_limit_exceeded" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].status == status)
      {
        say_error (call, status, types[i].type, NULL, message);
        return;
      }
  say_error (call, status, "internal_server_error", NULL, message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  static const struct
  {
    guint status;
    const char *type, *message;
  } words[] = {
    [SI_NO_KEY] = { 401, "authentication_error", "No authentication provided" },
    [SI_BAD_KEY] = { 401, "authentication_error", "Invalid API key" },
    [SI_POOR] = { 402, "insufficient_funds", "Insufficient funds. Please add credits." },
    [SI_PLAN] = { 403, "forbidden", "Video generation requires a paid plan" },
    [SI_RATE] = { 429, "rate_limit_exceeded", "Rate limit exceeded" },
    [SI_BUSY] = { 429, "rate_limit_exceeded", "Rate limit exceeded" },
    [SI_MISSING] = { 400, "invalid_request_error", NULL },
    [SI_INPUT] = { 400, "invalid_request_error", NULL },
    [SI_GONE] = { 404, "invalid_request_error", "Job not found" },
    [SI_NO_MODEL] = { 404, "model_not_found", "Model not found" },
  };
  g_autofree char *param =
      field != NULL ? si_text (why == SI_NO_MODEL ? "{'modelId':%s}" : "{'field':%s}", field)
                    : NULL;

  say_error (call, words[why].status, words[why].type, param,
             words[why].message != NULL ? words[why].message : message);
}

static gboolean
has_header (SiCall *call, const char *name, const char *value)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *have = soup_message_headers_get_one (headers, name);
  g_autofree char *message = NULL;

  if (g_strcmp0 (have, value) == 0)
    return TRUE;
  message = g_strdup_printf ("%s must be %s", name, value);
  refuse (call, SI_INPUT, name, message);
  return FALSE;
}

static gboolean
enter (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *method = soup_message_headers_get_one (headers, "ai-gateway-auth-method");

  if (!si_enter_with (call, "Authorization", "Bearer"))
    return FALSE;
  if (g_strcmp0 (method, "api-key") != 0 && g_strcmp0 (method, "oidc") != 0)
    {
      refuse (call, SI_NO_KEY, "ai-gateway-auth-method", NULL);
      return FALSE;
    }
  if (!has_header (call, "ai-gateway-protocol-version", "0.0.1"))
    return FALSE;
  if (!g_str_has_prefix (call->path, "/v4/ai/"))
    return TRUE;
  if (!has_header (call, "ai-video-model-specification-version", "4"))
    return FALSE;
  if (g_strcmp0 (soup_message_headers_get_one (headers, "ai-model-id"), MODEL) == 0)
    return TRUE;
  refuse (call, SI_NO_MODEL, soup_message_headers_get_one (headers, "ai-model-id"), NULL);
  return FALSE;
}

static const SiField fields[] = {
  { "prompt", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY },
  { "n", SI_FIELD_INTEGER, SI_REQUIRED, "1|2|3|4" },
  { "image", SI_FIELD_OBJECT, SI_REQUIRED },
  { "providerOptions", SI_FIELD_OBJECT, SI_REQUIRED },
  { "duration", SI_FIELD_NUMBER, 0, "5|10" },
  { "aspectRatio", SI_FIELD_STRING, 0, "16:9|9:16|1:1" },
  { "resolution", SI_FIELD_STRING, SI_NOT_EMPTY },
  { "fps", SI_FIELD_NUMBER },
  { "seed", SI_FIELD_NUMBER },
  { "generateAudio", SI_FIELD_BOOLEAN },
  { "frameImages", SI_FIELD_ARRAY },
  { "callbackUrl", SI_FIELD_STRING, SI_NOT_EMPTY },
  { NULL },
};

static const SiField option_fields[] = {
  { "mode", SI_FIELD_STRING, 0, "std|pro" },
  { "negativePrompt", SI_FIELD_STRING, 0, NULL, 2500 },
  { "cfgScale", SI_FIELD_NUMBER, 0, "0-1" },
  { "imageTail", SI_FIELD_IMAGE, SI_IMAGE_URL | SI_IMAGE_RAW },
  { "watermarkEnabled", SI_FIELD_BOOLEAN },
  { "pollIntervalMs", SI_FIELD_NUMBER },
  { "pollTimeoutMs", SI_FIELD_NUMBER },
  { NULL },
};

static const SiField url_fields[] = {
  { "type", SI_FIELD_STRING, SI_REQUIRED, "url" },
  { "url", SI_FIELD_IMAGE, SI_REQUIRED | SI_IMAGE_URL },
  { NULL },
};

static const SiField file_fields[] = {
  { "type", SI_FIELD_STRING, SI_REQUIRED, "file" },
  { "mediaType", SI_FIELD_STRING, SI_REQUIRED, "image/png|image/jpeg" },
  { "data", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY },
  { NULL },
};

static gboolean
check_image (SiCall *call, JsonObject *image)
{
  g_autofree char *what = NULL;

  if (g_strcmp0 (si_string (image, "type"), "url") == 0)
    return si_check (call, image, url_fields);
  if (!si_check (call, image, file_fields))
    return FALSE;
  what = si_check_image (call, si_string (image, "data"), SI_IMAGE_RAW,
                         si_string (image, "mediaType"));
  if (what != NULL)
    refuse (call, SI_INPUT, "image", what);
  return what == NULL;
}

/* FALSE: refused. has_last becomes whether a last frame is among them. */
static gboolean
check_frames (SiCall *call, gboolean *has_last)
{
  JsonArray *frames = json_object_has_member (call->in, "frameImages")
                          ? json_object_get_array_member (call->in, "frameImages")
                          : NULL;
  guint i;

  for (i = 0; frames != NULL && i < json_array_get_length (frames); i++)
    {
      JsonNode *node = json_array_get_element (frames, i);
      JsonObject *frame = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *type = si_string (frame, "frameType");

      if (si_object (frame, "image") == NULL ||
          (g_strcmp0 (type, "first_frame") != 0 && g_strcmp0 (type, "last_frame") != 0))
        {
          refuse (call, SI_INPUT, "frameImages",
                  "frameImages must hold an image and a frameType first_frame or last_frame");
          return FALSE;
        }
      if (!check_image (call, si_object (frame, "image")))
        return FALSE;
      *has_last |= strcmp (type, "last_frame") == 0;
    }
  return TRUE;
}

static gboolean
check (SiCall *call)
{
  JsonObject *options, *kling;
  gboolean has_last = FALSE;

  if (!si_check (call, call->in, fields) || !check_image (call, si_object (call->in, "image")) ||
      !check_frames (call, &has_last))
    return FALSE;
  options = si_object (call->in, "providerOptions");
  kling = si_object (options, "klingai");
  if (json_object_has_member (options, "klingai") && kling == NULL)
    {
      refuse (call, SI_INPUT, "klingai", "klingai must be an object");
      return FALSE;
    }
  if (kling != NULL && !si_check (call, kling, option_fields))
    return FALSE;
  has_last |= si_string (kling, "imageTail") != NULL;
  if (!has_last || g_strcmp0 (si_string (kling, "mode"), "pro") == 0)
    return TRUE;
  refuse (call, SI_INPUT, "mode", "image_tail is not supported with mode std");
  return FALSE;
}

static SiJob *
new_job (SiCall *call)
{
  SiJob *job =
      si_job_new (call, g_strdup_printf ("job_%08x%08x", g_random_int (), g_random_int ()), NULL);

  job->model = g_strdup (MODEL);
  job->clips = (guint) json_object_get_int_member (call->in, "n");
  return job;
}

static char *
videos_of (SiCall *call, SiJob *job, gboolean within)
{
  GString *videos = g_string_new ("[");
  guint i;

  for (i = 0; i < job->clips; i++)
    {
      g_autofree char *url = si_job_url (call->stand, job, i);
      g_autofree guchar *bytes = within ? g_malloc (call->stand->clip_size) : NULL;
      g_autofree char *data = NULL;
      g_autofree char *video = NULL;

      if (within)
        {
          si_clip_read (call->stand, 0, bytes, call->stand->clip_size);
          data = g_base64_encode (bytes, call->stand->clip_size);
          call->carries_clips = TRUE;
        }
      video = within ? si_text ("{'type':'base64','data':%s,'mediaType':'video/mp4'}", data)
                     : si_text ("{'type':'url','url':%s,'mediaType':'video/mp4'}", url);
      g_string_append_printf (videos, "%s%s", i > 0 ? "," : "", video);
    }
  g_string_append_c (videos, ']');
  return g_string_free (videos, FALSE);
}

static void
start (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *key = soup_message_headers_get_one (headers, "idempotency-key");
  SiJob *job = key != NULL ? si_job_find_by (call->stand, "vercel-gateway", key, NULL) : NULL;

  if (!check (call))
    return;
  if (job == NULL || g_strcmp0 (job->account, call->key) != 0)
    job = new_job (call);
  call->job = job;
  si_say (
      call, 200,
      "{'operation':{'gatewayJobId':%s},'warnings':[],'providerMetadata':{'gateway':{'asyncJob':"
      "{'jobId':%s,'status':'queued'}}}}",
      job->id, job->id);
}

static SiJob *
find (SiCall *call)
{
  const char *id = si_string (si_object (call->in, "operation"), "gatewayJobId");

  return id != NULL ? si_job_find (call->stand, "vercel-gateway", id) : NULL;
}

static void
status (SiCall *call)
{
  g_autofree char *videos = NULL;
  SiJob *job = call->job;

  if (si_object (call->in, "operation") == NULL)
    refuse (call, SI_MISSING, "operation", "operation is required");
  else if (job == NULL || si_job_peek (job) == SI_JOB_GONE)
    refuse (call, SI_GONE, NULL, NULL);
  else
    switch (si_job_ask (job))
      {
      case SI_JOB_DONE:
        videos = videos_of (call, job, call->stand->inline_clips);
        si_say (call, 200,
                "{'status':'completed','videos':%r,'warnings':[],'providerMetadata':{'gateway':"
                "{'cost':'0.35','asyncJob':{'jobId':%s,'status':'completed','result':"
                "{'expiresAt':%d}}}}}",
                videos, job->id, g_get_real_time () / 1000 + 3600 * 1000);
        break;
      case SI_JOB_FAILED:
        si_say (call, 200, "{'status':'error','error':%s}",
                si_job_message (job, "generation failed"));
        break;
      case SI_JOB_CANCELLED:
        si_say (call, 200, "{'status':'cancelled'}");
        break;
      case SI_JOB_QUEUED:
      case SI_JOB_RUNNING:
      case SI_JOB_GONE:
      default:
        si_say (call, 200,
                "{'status':'pending','providerMetadata':{'gateway':{'asyncJob':{'jobId':%s,"
                "'status':%s}}}}",
                job->id, si_job_peek (job) == SI_JOB_QUEUED ? "queued" : "running");
        break;
      }
}

/* The old way: one connection, held with comments, and one event at its end. */
static void
stream (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *accept = soup_message_headers_get_list (headers, "accept");
  g_autofree char *videos = NULL;
  g_autofree char *event = NULL;
  char *text;

  if (accept == NULL || strstr (accept, "text/event-stream") == NULL)
    {
      refuse (call, SI_INPUT, "accept", "accept must be text/event-stream");
      return;
    }
  if (!check (call))
    return;
  new_job (call);
  if (si_job_peek (call->job) == SI_JOB_FAILED)
    event = si_text ("{'type':'error','message':%s,'errorType':'invalid_request_error',"
                     "'statusCode':400,'param':null}",
                     si_job_message (call->job, "Content policy"));
  else
    {
      call->job->asked = call->job->wanted + 1;
      videos = videos_of (call, call->job, TRUE);
      event = si_text ("{'type':'result','videos':%r,'warnings':[],'providerMetadata':{'gateway':"
                       "{'cost':'0.35','generationId':%s}}}",
                       videos, call->job->id);
    }
  text = g_strdup_printf (": heartbeat\n\n: heartbeat\n\ndata: %s\n\n", event);
  call->status = 200;
  call->type = g_strdup ("text/event-stream");
  call->bytes = g_bytes_new_take (text, strlen (text));
  si_header (call, "Cache-Control", "no-cache");
}

static void
credits (SiCall *call)
{
  si_say (call, 200, "{'balance':%s,'total_used':'0.35'}",
          si_key_says (call->key, "poor") ? "0.00" : "4.65");
}

static const SiRoute routes[] = {
  { "POST", "/v4/ai/video-model/start", SI_STEP_SUBMIT, start, SI_BODY, NULL },
  { "POST", "/v4/ai/video-model/status", SI_STEP_POLL, status, SI_BODY | SI_LATE, find },
  { "POST", "/v4/ai/video-model", SI_STEP_SUBMIT, stream, SI_BODY, NULL },
  { "GET", "/v1/credits", SI_STEP_BALANCE, credits, 0, NULL },
  { NULL },
};

const SiService si_gateway = { "vercel-gateway", enter, refuse, error, routes };
