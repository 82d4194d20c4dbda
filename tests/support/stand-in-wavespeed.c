/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WaveSpeedAI: an envelope of code, message and data; integers for seconds; pictures by address
 * only. */
#include "stand-in.h"

#include <string.h>

#define MODEL "kwaivgi/kling-v2.5-turbo-pro/image-to-video"
#define STANDARD "kwaivgi/kling-v2.5-turbo-std/image-to-video"

static void
error (SiCall *call, guint status, const char *message)
{
  si_say (call, status, "{'code':%d,'message':%s}", (gint64) status, message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  static const guint statuses[] = {
    [SI_NO_KEY] = 401, [SI_BAD_KEY] = 401, [SI_POOR] = 402,  [SI_PLAN] = 403, [SI_RATE] = 429,
    [SI_BUSY] = 429,   [SI_MISSING] = 400, [SI_INPUT] = 400, [SI_GONE] = 404, [SI_NO_MODEL] = 404,
  };
  const char *words = message;

  if (why == SI_NO_KEY || why == SI_BAD_KEY)
    words = "Unauthorized";
  else if (why == SI_POOR)
    words = "Insufficient credits. Please top up.";
  else if (why == SI_PLAN)
    words = "This model is not part of your account level";
  error (call, statuses[why], words);
}

static gboolean
enter (SiCall *call)
{
  return si_enter_with (call, "Authorization", "Bearer");
}

static char *
data_of (SiCall *call, SiJob *job)
{
  static const char *const words[] = { "created", "processing", "completed",
                                       "failed",  "cancelled",  "deleted" };
  SiJobState state = si_job_peek (job);
  g_autofree char *url = state == SI_JOB_DONE ? si_job_url (call->stand, job, 0) : NULL;
  g_autofree char *outputs = url != NULL ? si_text ("[%s]", url) : g_strdup ("[]");
  g_autofree char *get =
      g_strdup_printf ("%s/api/v3/predictions/%s/result", call->stand->origin, job->id);
  g_autofree char *created = si_time (job->created);

  return si_text ("{'id':%s,'model':%s,'outputs':%r,'urls':{'get':%s},'has_nsfw_contents':%r,"
                  "'status':%s,'created_at':%s,'error':%s,'executionTime':0,"
                  "'timings':{'inference':0}}",
                  job->id, job->model, outputs, get, url != NULL ? "[false]" : "[]", words[state],
                  created, state == SI_JOB_FAILED ? si_job_message (job, "generation failed") : "");
}

static void
say_job (SiCall *call, SiJob *job)
{
  g_autofree char *data = data_of (call, job);

  si_say (call, 200, "{'code':200,'message':'success','data':%r}", data);
}

static const SiField fields[] = {
  { "image", SI_FIELD_IMAGE, SI_REQUIRED | SI_IMAGE_URL },
  { "last_image", SI_FIELD_IMAGE, SI_IMAGE_URL },
  { "prompt", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY, NULL, 2500 },
  { "negative_prompt", SI_FIELD_STRING },
  { "guidance_scale", SI_FIELD_NUMBER, 0, "0-1" },
  { "duration", SI_FIELD_INTEGER, 0, "5|10" },
  { "enable_sync_mode", SI_FIELD_BOOLEAN },
  { NULL },
};

static void
submit (SiCall *call)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto (GStrv) parts = g_strsplit (uuid, "-", -1);
  SiJob *job;

  if (!si_check (call, call->in, fields))
    return;
  job = si_job_new (call, g_strjoinv ("", parts), NULL);
  job->model = g_strdup (strstr (call->path, "-std/") != NULL ? STANDARD : MODEL);
  if (json_object_get_boolean_member_with_default (call->in, "enable_sync_mode", FALSE))
    job->asked = 2; /* it waited in vain: "processing" */
  say_job (call, job);
}

static void
poll (SiCall *call)
{
  if (call->job == NULL || si_job_peek (call->job) == SI_JOB_GONE)
    refuse (call, SI_GONE, "id", "prediction not found");
  else
    {
      si_job_ask (call->job);
      say_job (call, call->job);
    }
}

static const SiField history_fields[] = {
  { "page", SI_FIELD_INTEGER },
  { "page_size", SI_FIELD_INTEGER },
  { "created_after", SI_FIELD_STRING },
  { "created_before", SI_FIELD_STRING },
  { "model", SI_FIELD_STRING },
  { "status", SI_FIELD_STRING, 0, "created|processing|completed|failed" },
  { NULL },
};

/* The bound of a list in ms since 1970; FALSE: refused, it is no time. */
static gboolean
read_bound (SiCall *call, const char *name, gint64 otherwise, gint64 *bound)
{
  const char *text = si_string (call->in, name);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  *bound = otherwise;
  if (time != NULL)
    *bound = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  else if (text != NULL)
    refuse (call, SI_INPUT, name, "must be a time as RFC 3339 has it");
  return time != NULL || text == NULL;
}

static void
history (SiCall *call)
{
  GString *items = g_string_new ("[");
  g_autofree char *list = NULL;
  const char *model = si_string (call->in, "model");
  gint64 page, size, n = 0, after, before;
  guint i;

  if (!si_check (call, call->in, history_fields) ||
      !read_bound (call, "created_after", 0, &after) ||
      !read_bound (call, "created_before", G_MAXINT64, &before))
    {
      g_string_free (items, TRUE);
      return;
    }
  page = json_object_get_int_member_with_default (call->in, "page", 1);
  size = json_object_get_int_member_with_default (call->in, "page_size", 10);
  for (i = call->stand->jobs->len; i-- > 0;)
    {
      SiJob *job = call->stand->jobs->pdata[i];

      if (strcmp (job->service, "wavespeed") != 0 || strcmp (job->account, call->key) != 0 ||
          job->created < after || job->created > before ||
          (model != NULL && strcmp (model, job->model) != 0))
        continue;
      if (n >= (page - 1) * size && n < page * size)
        {
          g_autofree char *data = data_of (call, job);

          g_string_append_printf (items, "%s%s", items->len > 1 ? "," : "", data);
        }
      n++;
    }
  g_string_append_c (items, ']');
  list = g_string_free (items, FALSE);
  si_say (
      call, 200,
      "{'code':200,'message':'success','data':{'page':%d,'page_size':%d,'total':%d,'items':%r}}",
      page, size, n, list);
}

static const SiField ticket_fields[] = {
  { "filename", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY },
  { "size", SI_FIELD_INTEGER, SI_REQUIRED },
  { "content_type", SI_FIELD_STRING, SI_REQUIRED, "image/png|image/jpeg" },
  { NULL },
};

static void
ticket (SiCall *call)
{
  const char *type = si_string (call->in, "content_type");
  g_autofree char *id = NULL;
  g_autofree char *put = NULL;
  g_autofree char *url = NULL;

  if (!si_check (call, call->in, ticket_fields))
    return;
  id = si_file_new (call, type);
  put = si_file_put_url (call->stand, id);
  url = si_file_url (call->stand, id);
  si_say (call, 200,
          "{'code':200,'message':'success','data':{'download_url':%s,'upload':{'method':'PUT',"
          "'url':%s,'headers':{'Content-Type':%s}}}}",
          url, put, type);
}

/* The older way: one form with the file in it. */
static void
upload (SiCall *call)
{
  g_autoptr (GBytes) file = NULL;
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  g_autofree char *url = NULL;
  g_autofree char *why = NULL;

  if (!si_form_part (call, "file", &file, &type))
    {
      refuse (call, SI_MISSING, "file", "the form needs a part named file");
      return;
    }
  id = si_file_new (call, type);
  url = si_file_url (call->stand, id);
  if (!si_file_take (call, id, type, file, &why))
    refuse (call, SI_INPUT, "file", why);
  else
    si_say (call, 200,
            "{'code':200,'message':'success','data':{'type':'image','download_url':%s,'filename':"
            "'upload','size':%d}}",
            url, (gint64) g_bytes_get_size (file));
}

static void
balance (SiCall *call)
{
  si_say (call, 200, "{'code':200,'message':'success','data':{'balance':%f}}",
          si_key_says (call->key, "poor") ? 0.0 : 12.34);
}

static void
price (SiCall *call)
{
  const char *model = si_string (call->in, "model_id");
  JsonObject *inputs = si_object (call->in, "inputs");
  gint64 seconds;

  if (model == NULL || inputs == NULL)
    {
      refuse (call, SI_MISSING, "model_id", "model_id and inputs are required");
      return;
    }
  if (strcmp (model, MODEL) != 0 && strcmp (model, STANDARD) != 0)
    {
      refuse (call, SI_NO_MODEL, "model_id", "model not found");
      return;
    }
  seconds = json_object_get_int_member_with_default (inputs, "duration", 5);
  si_say (call, 200,
          "{'code':200,'message':'success','data':{'price':%f,'discounted_price':%f,"
          "'currency':'USD'}}",
          (double) seconds * (strcmp (model, MODEL) == 0 ? 0.07 : 0.042),
          (double) seconds * (strcmp (model, MODEL) == 0 ? 0.07 : 0.042));
}

static const SiRoute routes[] = {
  { "POST", "/api/v3/" MODEL, SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "POST", "/api/v3/" STANDARD, SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "GET", "/api/v3/predictions/{}/result", SI_STEP_POLL, poll, SI_LATE, NULL },
  { "GET", "/api/v3/predictions/{}", SI_STEP_POLL, poll, SI_LATE, NULL },
  { "POST", "/api/v3/predictions", SI_STEP_HISTORY, history, SI_BODY, NULL },
  { "POST", "/api/v3/media/uploads", SI_STEP_UPLOAD, ticket, SI_BODY, NULL },
  { "POST", "/api/v3/media/upload/binary", SI_STEP_UPLOAD, upload, 0, NULL },
  { "GET", "/api/v3/balance", SI_STEP_BALANCE, balance, 0, NULL },
  { "POST", "/api/v3/model/price", SI_STEP_BALANCE, price, SI_BODY, NULL },
  { NULL },
};

const SiService si_wavespeed = { "wavespeed", enter, refuse, error, routes };
