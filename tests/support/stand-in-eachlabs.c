/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eachlabs: strings for seconds, public https addresses for pictures, a hundred jobs a minute and
 * ten at once. */
#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

#define MODEL "kling-v2-5-turbo-pro-image-to-video"

static void
error (SiCall *call, guint status, const char *message)
{
  g_autofree char *request = g_uuid_string_random ();

  si_header (call, "X-Request-Id", request);
  si_say (call, status, "{'status':'error','message':%s,'details':%s}",
          soup_status_get_phrase (status), message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  static const guint statuses[] = {
    [SI_NO_KEY] = 401, [SI_BAD_KEY] = 401, [SI_POOR] = 402,  [SI_PLAN] = 403, [SI_RATE] = 429,
    [SI_BUSY] = 429,   [SI_MISSING] = 400, [SI_INPUT] = 400, [SI_GONE] = 404, [SI_NO_MODEL] = 404,
  };

  error (call, statuses[why], message);
}

/* X-API-Key, or the bearer of newer keys; both may come together. */
static gboolean
enter (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);

  if (soup_message_headers_get_one (headers, "X-API-Key") != NULL)
    return si_enter_with (call, "X-API-Key", NULL);
  return si_enter_with (call, "Authorization", "Bearer");
}

static gboolean
may_create (SiCall *call)
{
  GArray *times = g_hash_table_lookup (call->stand->creates, call->key);
  gint64 now = g_get_monotonic_time ();
  guint i, running = 0;

  for (i = 0; i < call->stand->jobs->len; i++)
    {
      SiJob *job = call->stand->jobs->pdata[i];

      if (strcmp (job->service, "eachlabs") == 0 && strcmp (job->account, call->key) == 0 &&
          si_job_peek (job) <= SI_JOB_RUNNING)
        running++;
    }
  if (running >= 10)
    {
      refuse (call, SI_BUSY, NULL, "concurrency limit of 10 reached");
      return FALSE;
    }
  if (times == NULL)
    {
      times = g_array_new (FALSE, FALSE, sizeof now);
      g_hash_table_insert (call->stand->creates, g_strdup (call->key), times);
    }
  while (times->len > 0 && g_array_index (times, gint64, 0) < now - 60 * G_USEC_PER_SEC)
    g_array_remove_index (times, 0);
  if (times->len >= 100)
    {
      refuse (call, SI_RATE, NULL, "limit of 100 creates a minute reached");
      return FALSE;
    }
  g_array_append_val (times, now);
  return TRUE;
}

static const SiField fields[] = {
  { "model", SI_FIELD_STRING, SI_REQUIRED }, { "version", SI_FIELD_STRING },
  { "input", SI_FIELD_OBJECT, SI_REQUIRED }, { "webhook_url", SI_FIELD_STRING },
  { "webhook_secret", SI_FIELD_STRING },     { NULL },
};

static const SiField input_fields[] = {
  { "prompt", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY },
  { "image_url", SI_FIELD_IMAGE, SI_REQUIRED | SI_IMAGE_PUBLIC },
  { "tail_image_url", SI_FIELD_IMAGE, SI_IMAGE_PUBLIC },
  { "duration", SI_FIELD_STRING, 0, "5|10" },
  { "negative_prompt", SI_FIELD_STRING },
  { "cfg_scale", SI_FIELD_NUMBER, 0, "0-1" },
  { NULL },
};

static void
submit (SiCall *call)
{
  SiJob *job;

  if (!si_check (call, call->in, fields))
    return;
  if (strcmp (si_string (call->in, "model"), MODEL) != 0)
    {
      refuse (call, SI_NO_MODEL, "model", "unknown model");
      return;
    }
  if (!si_check (call, si_object (call->in, "input"), input_fields) || !may_create (call))
    return;
  job = si_job_new (call, g_uuid_string_random (), NULL);
  job->model = g_strdup (MODEL);
  si_say (call, 200, "{'status':'success','message':'Prediction created','predictionID':%s}",
          job->id);
}

static char *
data_of (SiCall *call, SiJob *job)
{
  static const char *const words[] = { "starting", "processing", "success",
                                       "error",    "cancelled",  "error" };
  SiJobState state = si_job_peek (job);
  g_autofree char *url = state == SI_JOB_DONE ? si_job_url (call->stand, job, 0) : NULL;
  g_autofree char *input =
      si_dump (json_object_get_member (json_node_get_object (job->input), "input"), SI_DUMP_PLAIN);
  g_autofree char *failure = NULL;
  g_autofree char *get = g_strdup_printf ("%s/v1/prediction/%s", call->stand->origin, job->id);
  g_autofree char *cancel = g_strconcat (get, "/cancel", NULL);
  g_autofree char *created = si_time (job->created);

  if (state == SI_JOB_FAILED)
    failure = si_text (",'message':%s,'details':%s", "Prediction failed",
                       si_job_message (job, "generation failed"));
  return si_text ("{'id':%s,'predictionID':%s,'model':%s,'input':%r,'status':%s,'output':%s,"
                  "'logs':'','created_at':%s,'metrics':{'predict_time':%f,'cost':%f},"
                  "'urls':{'get':%s,'cancel':%s}%r}",
                  job->id, job->id, job->model, input, words[state], url, created,
                  url != NULL ? 96.4 : 0.0, url != NULL ? 0.35 : 0.0, get, cancel,
                  failure != NULL ? failure : "");
}

static void
poll (SiCall *call)
{
  g_autofree char *data = NULL;

  if (call->job == NULL || si_job_peek (call->job) == SI_JOB_GONE)
    {
      refuse (call, SI_GONE, "id", "prediction not found");
      return;
    }
  si_job_ask (call->job);
  data = data_of (call, call->job);
  si_say (call, 200, "%r", data);
}

static void
cancel (SiCall *call)
{
  SiJobState state = call->job != NULL ? si_job_peek (call->job) : SI_JOB_GONE;

  if (state == SI_JOB_GONE)
    {
      refuse (call, SI_GONE, "id", "prediction not found");
      return;
    }
  if (state > SI_JOB_RUNNING)
    {
      refuse (call, SI_INPUT, "id", "prediction has already ended");
      return;
    }
  call->job->is_forced = TRUE;
  call->job->forced = SI_JOB_CANCELLED;
  si_say (call, 200, "{'status':'cancelled','message':'Prediction cancelled','predictionID':%s}",
          call->job->id);
}

static void
history (SiCall *call)
{
  const char *limit = g_hash_table_lookup (call->query, "limit");
  const char *offset = g_hash_table_lookup (call->query, "offset");
  const char *model = g_hash_table_lookup (call->query, "model");
  guint n = limit != NULL ? (guint) atoi (limit) : 20;
  guint skip = offset != NULL ? (guint) atoi (offset) : 0, i;
  GString *items = g_string_new (NULL);
  g_autofree char *list = NULL;

  for (i = call->stand->jobs->len; i-- > 0 && n > 0;)
    {
      SiJob *job = call->stand->jobs->pdata[i];
      g_autofree char *data = NULL;

      if (strcmp (job->service, "eachlabs") != 0 || strcmp (job->account, call->key) != 0 ||
          (model != NULL && strcmp (model, job->model) != 0))
        continue;
      if (skip > 0)
        {
          skip--;
          continue;
        }
      data = data_of (call, job);
      g_string_append_printf (items, "%s%s", items->len > 0 ? "," : "", data);
      n--;
    }
  list = g_string_free (items, FALSE);
  si_say (call, 200, "{'executions':[%r]}", list);
}

static const SiField presign_fields[] = {
  { "content_type", SI_FIELD_STRING, SI_REQUIRED, "image/png|image/jpeg" },
  { "file_type", SI_FIELD_STRING },
  { "expires_in_seconds", SI_FIELD_INTEGER },
  { NULL },
};

static void
presign (SiCall *call)
{
  const char *type = si_string (call->in, "content_type");
  gint64 seconds = json_object_get_int_member_with_default (call->in, "expires_in_seconds", 60);
  g_autofree char *id = NULL;
  g_autofree char *put = NULL;
  g_autofree char *url = NULL;
  g_autofree char *expires = si_time (g_get_real_time () / 1000 + 900 * 1000);

  if (!si_check (call, call->in, presign_fields))
    return;
  if (seconds < 60 || seconds > 31536000)
    {
      refuse (call, SI_INPUT, "expires_in_seconds", "expires_in_seconds must be 60 to 31536000");
      return;
    }
  id = si_file_new (call, type);
  put = si_file_put_url (call->stand, id);
  url = si_file_url (call->stand, id);
  si_say (call, 200,
          "{'id':%s,'presigned_url':%s,'public_url':%s,'expires_at':%s,"
          "'required_headers':{'Content-Type':%s}}",
          id, put, url, expires, type);
}

static void
forget (SiCall *call)
{
  if (!si_file_forget (call->stand, call->part[0]))
    refuse (call, SI_GONE, "id", "file not found");
  else
    call->status = 204;
}

static const SiRoute routes[] = {
  { "POST", "/v1/prediction/", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "POST", "/v1/prediction", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "GET", "/v1/prediction/{}", SI_STEP_POLL, poll, SI_LATE, NULL },
  { "POST", "/v1/prediction/{}/cancel", SI_STEP_CANCEL, cancel, 0, NULL },
  { "GET", "/v1/executions", SI_STEP_HISTORY, history, 0, NULL },
  { "POST", "/v1/upload/presign", SI_STEP_UPLOAD, presign, SI_BODY, NULL },
  { "DELETE", "/v1/files/{}", SI_STEP_UPLOAD, forget, 0, NULL },
  { NULL },
};

const SiService si_eachlabs = { "eachlabs", enter, refuse, error, routes };
