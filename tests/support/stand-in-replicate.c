/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicate: 201 for a new prediction, integers for seconds, files as one form of two parts. */
#include "stand-in.h"

#include <string.h>

#define MODEL "kwaivgi/kling-v2.5-turbo-pro"

static void
say_error (SiCall *call, guint status, const char *title, const char *detail)
{
  si_say (call, status, "{'title':%s,'detail':%s,'status':%d}", title, detail, (gint64) status);
}

static void
error (SiCall *call, guint status, const char *message)
{
  if (status == 429)
    si_say (
        call, 429,
        "{'title':'Request was throttled','detail':'Request was throttled. Your rate limit resets "
        "in ~5s.','status':429,'retry_after':5}");
  else
    say_error (call, status, soup_status_get_phrase (status), message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  switch (why)
    {
    case SI_NO_KEY:
    case SI_BAD_KEY:
      say_error (call, 401, "Unauthenticated", "You did not pass a valid authentication token");
      break;
    case SI_POOR:
      say_error (call, 402, "Insufficient credit",
                 "You have insufficient credit to run this model.");
      break;
    case SI_PLAN:
      say_error (call, 403, "Forbidden", "You do not have permission to perform this action.");
      break;
    case SI_RATE:
    case SI_BUSY:
      error (call, 429, message);
      break;
    case SI_GONE:
    case SI_NO_MODEL:
      say_error (call, 404, "Not found", "The requested resource could not be found.");
      break;
    case SI_MISSING:
    case SI_INPUT:
    default:
      si_say (call, 422,
              "{'title':'Input validation failed','detail':%s,'status':422,"
              "'invalid_fields':[{'type':%s,'field':%s,'description':%s}]}",
              message, why == SI_MISSING ? "required" : "invalid", field, message);
      break;
    }
}

static gboolean
enter (SiCall *call)
{
  return si_enter_with (call, "Authorization", "Bearer");
}

static char *
data_of (SiCall *call, SiJob *job)
{
  static const char *const words[] = { "starting", "processing", "succeeded",
                                       "failed",   "canceled",   "failed" };
  SiJobState state = si_job_peek (job);
  const char *word = state == SI_JOB_CANCELLED && job->refunded ? "aborted" : words[state];
  g_autofree char *url = state == SI_JOB_DONE ? si_job_url (call->stand, job, 0) : NULL;
  g_autofree char *get = g_strdup_printf ("%s/v1/predictions/%s", call->stand->origin, job->id);
  g_autofree char *cancel = g_strconcat (get, "/cancel", NULL);
  g_autofree char *created = si_time (job->created);
  g_autofree char *input =
      si_dump (json_object_get_member (json_node_get_object (job->input), "input"), SI_DUMP_PLAIN);

  return si_text (
      "{'id':%s,'model':%s,'version':'hidden','input':%r,'logs':'','output':%s,"
      "'data_removed':false,'error':%s,'source':'api','status':%s,'created_at':%s,"
      "'completed_at':%s,'metrics':%r,'urls':{'cancel':%s,'get':%s,'stream':%s,'web':%s}}",
      job->id, job->model, input, url,
      state == SI_JOB_FAILED ? si_job_message (job, "generation failed") : NULL, word, created,
      url != NULL ? created : NULL,
      url != NULL ? "{\"predict_time\":96.4,\"video_output_duration_seconds\":5.041}" : "{}",
      cancel, get, get, get);
}

static void
say_job (SiCall *call, guint status)
{
  g_autofree char *data = data_of (call, call->job);

  si_say (call, status, "%r", data);
}

static const SiField fields[] = {
  { "input", SI_FIELD_OBJECT, SI_REQUIRED },
  { "webhook", SI_FIELD_STRING, SI_NOT_EMPTY },
  { "webhook_events_filter", SI_FIELD_ARRAY },
  { NULL },
};

static const SiField input_fields[] = {
  { "prompt", SI_FIELD_STRING, SI_REQUIRED | SI_NOT_EMPTY },
  { "start_image", SI_FIELD_IMAGE, SI_IMAGE_URL | SI_IMAGE_DATA },
  { "end_image", SI_FIELD_IMAGE, SI_IMAGE_URL | SI_IMAGE_DATA },
  { "duration", SI_FIELD_INTEGER, 0, "5|10" },
  { "aspect_ratio", SI_FIELD_STRING, 0, "16:9|9:16|1:1" },
  { "negative_prompt", SI_FIELD_STRING },
  { NULL },
};

static char *
new_id (void)
{
  static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
  char *id = g_malloc0 (27);
  guint i;

  for (i = 0; i < 26; i++)
    id[i] = letters[g_random_int_range (0, 32)];
  return id;
}

static void
submit (SiCall *call)
{
  if (!si_check (call, call->in, fields) ||
      !si_check (call, si_object (call->in, "input"), input_fields))
    return;
  si_job_new (call, new_id (), NULL);
  call->job->model = g_strdup (MODEL);
  say_job (call, 201);
}

static gboolean
is_gone (SiCall *call)
{
  if (call->job != NULL && si_job_peek (call->job) != SI_JOB_GONE)
    return FALSE;
  refuse (call, SI_GONE, "id", NULL);
  return TRUE;
}

static void
poll (SiCall *call)
{
  if (is_gone (call))
    return;
  si_job_ask (call->job);
  say_job (call, 200);
}

/* Before it runs a job is aborted, and free; afterwards its time is billed. */
static void
cancel (SiCall *call)
{
  if (is_gone (call))
    return;
  if (si_job_peek (call->job) <= SI_JOB_RUNNING)
    {
      call->job->refunded = call->job->asked == 0;
      call->job->is_forced = TRUE;
      call->job->forced = SI_JOB_CANCELLED;
    }
  say_job (call, 200);
}

static void
list (SiCall *call)
{
  GString *items = g_string_new (NULL);
  g_autofree char *results = NULL;
  guint i, n = 0;

  for (i = call->stand->jobs->len; i-- > 0 && n < 100;)
    {
      SiJob *job = call->stand->jobs->pdata[i];
      g_autofree char *data = NULL;

      if (strcmp (job->service, "replicate") != 0 || strcmp (job->account, call->key) != 0)
        continue;
      data = data_of (call, job);
      g_string_append_printf (items, "%s%s", n++ > 0 ? "," : "", data);
    }
  results = g_string_free (items, FALSE);
  si_say (call, 200, "{'previous':null,'next':null,'results':[%r]}", results);
}

static void
say_file (SiCall *call, guint status, const char *id, const char *type, gint64 size)
{
  g_autofree char *get = g_strdup_printf ("%s/v1/files/%s", call->stand->origin, id);
  g_autofree char *expires = si_time (g_get_real_time () / 1000 + 86400 * 1000);

  si_say (call, status,
          "{'id':%s,'name':'upload','content_type':%s,'size':%d,'checksums':{},'metadata':{},"
          "'expires_at':%s,'urls':{'get':%s}}",
          id, type, size, expires, get);
}

static void
upload (SiCall *call)
{
  g_autoptr (GBytes) file = NULL;
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  g_autofree char *why = NULL;

  if (!si_form_part (call, "content", &file, &type))
    {
      refuse (call, SI_MISSING, "content", "the form needs a part named content");
      return;
    }
  id = si_file_new (call, type);
  if (!si_file_take (call, id, type, file, &why))
    refuse (call, SI_INPUT, "content", why);
  else
    say_file (call, 201, id, type, (gint64) g_bytes_get_size (file));
}

static void
file (SiCall *call)
{
  g_autofree char *url = si_file_url (call->stand, call->part[0]);

  if (!si_file_is_here (call->stand, url))
    refuse (call, SI_GONE, "id", NULL);
  else
    say_file (call, 200, call->part[0], NULL, 0);
}

static const SiRoute routes[] = {
  { "POST", "/v1/models/" MODEL "/predictions", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "GET", "/v1/predictions/{}", SI_STEP_POLL, poll, SI_LATE, NULL },
  { "POST", "/v1/predictions/{}/cancel", SI_STEP_CANCEL, cancel, 0, NULL },
  { "GET", "/v1/predictions", SI_STEP_HISTORY, list, 0, NULL },
  { "POST", "/v1/files", SI_STEP_UPLOAD, upload, 0, NULL },
  { "GET", "/v1/files/{}", SI_STEP_UPLOAD, file, 0, NULL },
  { NULL },
};

const SiService si_replicate = { "replicate", enter, refuse, error, routes };
