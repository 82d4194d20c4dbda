/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's own service: a code inside every answer, raw base64, tokens that are signed and run out,
 * and the client's own name for a task, which must be new. */
#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

#define ACCESS_KEY "ak-test"
#define SECRET_KEY "sk-test"

static void
say_error (SiCall *call, guint status, gint64 code, const char *message)
{
  g_autofree char *request = g_uuid_string_random ();

  si_say (call, status, "{'code':%d,'message':%s,'request_id':%s}", code, message, request);
}

static void
error (SiCall *call, guint status, const char *message)
{
  static const guint codes[][2] = { { 400, 1201 }, { 401, 1002 }, { 402, 1101 }, { 403, 1103 },
                                    { 404, 1203 }, { 408, 5002 }, { 409, 1201 }, { 429, 1302 },
                                    { 500, 5000 }, { 503, 5001 } };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i][0] == status)
      say_error (call, status, codes[i][1], message);
  if (call->status == 0 || call->bytes == NULL)
    say_error (call, status, 5000, message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  static const struct
  {
    guint status, code;
    const char *message;
  } words[] = {
    [SI_NO_KEY] = { 401, 1001, "Authorization is empty" },
    [SI_BAD_KEY] = { 401, 1002, "api key not found" },
    [SI_POOR] = { 429, 1102, "Resource pack exhausted" },
    [SI_PLAN] = { 403, 1103, "No permission for this model" },
    [SI_RATE] = { 429, 1302, "Too many requests" },
    [SI_BUSY] = { 429, 1303, "parallel task over resource pack limit" },
    [SI_MISSING] = { 400, 1200, NULL },
    [SI_INPUT] = { 400, 1201, NULL },
    [SI_GONE] = { 404, 1203, "Resource not found" },
    [SI_NO_MODEL] = { 400, 1201, "model_name is not supported" },
  };

  say_error (call, words[why].status, words[why].code,
             words[why].message != NULL ? words[why].message : message);
}

static GBytes *
decode_url64 (const char *text)
{
  GString *plain = g_string_new (text);
  guchar *data;
  gsize size;

  g_string_replace (plain, "-", "+", 0);
  g_string_replace (plain, "_", "/", 0);
  while (plain->len % 4 != 0)
    g_string_append_c (plain, '=');
  data = g_base64_decode (plain->str, &size);
  g_string_free (plain, TRUE);
  return g_bytes_new_take (data, size);
}

static JsonNode *
decode_json (const char *text)
{
  g_autoptr (GBytes) bytes = decode_url64 (text);
  g_autofree char *copy = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  JsonNode *node = json_from_string (copy, NULL);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    g_clear_pointer (&node, json_node_unref);
  return node;
}

static gboolean
is_signed (const char *token, const char *signature)
{
  g_autoptr (GHmac) hmac =
      g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) SECRET_KEY, strlen (SECRET_KEY));
  g_autoptr (GBytes) have = decode_url64 (signature);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) token, signature - token - 1);
  g_hmac_get_digest (hmac, digest, &size);
  return strchr (signature, '=') == NULL && g_bytes_get_size (have) == size &&
         memcmp (g_bytes_get_data (have, NULL), digest, size) == 0;
}

/* The code of what is wrong with a token; 0: nothing. */
static guint
judge_token (const char *token)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", 3);
  g_autoptr (JsonNode) head = decode_json (parts[0]);
  g_autoptr (JsonNode) claims = decode_json (parts[1]);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, expires, begins;
  JsonObject *object;

  if (head == NULL || claims == NULL ||
      g_strcmp0 (si_string (json_node_get_object (head), "alg"), "HS256") != 0 ||
      g_strcmp0 (si_string (json_node_get_object (head), "typ"), "JWT") != 0)
    return 1000;
  object = json_node_get_object (claims);
  if (g_strcmp0 (si_string (object, "iss"), ACCESS_KEY) != 0)
    return 1002;
  if (!is_signed (token, strrchr (token, '.') + 1))
    return 1000;
  expires = json_object_get_int_member_with_default (object, "exp", 0);
  begins = json_object_get_int_member_with_default (object, "nbf", 0);
  if (begins == 0 || now < begins)
    return 1003;
  return now >= expires || expires - now > 3600 ? 1004 : 0;
}

static gboolean
enter (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");
  const char *dot = value != NULL ? strchr (value, '.') : NULL;
  guint code;

  if (dot == NULL || strchr (dot + 1, '.') == NULL || !g_str_has_prefix (value, "Bearer "))
    return si_enter_with (call, "Authorization", "Bearer");
  code = judge_token (value + strlen ("Bearer "));
  if (code != 0)
    {
      static const char *const words[] = { "Authentication failed", "", "access key not found",
                                           "Authorization is not yet valid",
                                           "Authorization has expired" };

      say_error (call, 401, code, words[code - 1000]);
      return FALSE;
    }
  call->key = g_strdup (ACCESS_KEY);
  return TRUE;
}

static void
say_data (SiCall *call, const char *data)
{
  g_autofree char *request = g_uuid_string_random ();

  si_say (call, 200, "{'code':0,'message':'SUCCEED','request_id':%s,'data':%r}", request, data);
}

static char *
data_of (SiCall *call, SiJob *job, gboolean is_new)
{
  static const char *const words[] = { "submitted", "processing", "succeed",
                                       "failed",    "failed",     "failed" };
  SiJobState state = si_job_peek (job);
  g_autofree char *reference =
      job->reference != NULL ? si_text ("'external_task_id':%s", job->reference) : g_strdup ("");
  g_autofree char *rest = NULL;

  if (is_new)
    return si_text ("{'task_id':%s,'task_status':'submitted','task_info':{%r},'created_at':%d,"
                    "'updated_at':%d}",
                    job->id, reference, job->created, job->created);
  if (state == SI_JOB_DONE)
    {
      g_autofree char *url = si_job_url (call->stand, job, 0);

      rest = si_text (",'watermark_info':{'enabled':false},'final_unit_deduction':'2.5',"
                      "'task_result':{'videos':[{'id':%s,'url':%s,'duration':'5.041'}]}",
                      job->id, url);
    }
  return si_text (
      "{'task_id':%s,'task_status':%s,'task_status_msg':%s,'task_info':{%r},"
      "'created_at':%d,'updated_at':%d%r}",
      job->id, words[state],
      state == SI_JOB_FAILED ? si_job_message (job, "Failure to pass the risk control system") : "",
      reference, job->created, job->created + 1000, rest != NULL ? rest : "");
}

static const SiField fields[] = {
  { "model_name", SI_FIELD_STRING, SI_REQUIRED, "kling-v2-5-turbo" },
  { "image", SI_FIELD_IMAGE, SI_REQUIRED | SI_IMAGE_URL | SI_IMAGE_RAW },
  { "image_tail", SI_FIELD_IMAGE, SI_IMAGE_URL | SI_IMAGE_RAW },
  { "prompt", SI_FIELD_STRING, 0, NULL, 2500 },
  { "negative_prompt", SI_FIELD_STRING, 0, NULL, 2500 },
  { "cfg_scale", SI_FIELD_NUMBER, 0, "0-1" },
  { "mode", SI_FIELD_STRING, 0, "std|pro" },
  { "duration", SI_FIELD_STRING, 0, "5|10" },
  { "callback_url", SI_FIELD_STRING },
  { "external_task_id", SI_FIELD_STRING, SI_NOT_EMPTY },
  { "watermark_info", SI_FIELD_OBJECT },
  { NULL },
};

static char *
new_id (void)
{
  return g_strdup_printf ("8%08u%09u", (guint) g_random_int_range (0, 100000000),
                          (guint) g_random_int_range (0, 1000000000));
}

static void
submit (SiCall *call)
{
  const char *reference = si_string (call->in, "external_task_id");
  const char *mode = si_string (call->in, "mode");
  const char *duration = si_string (call->in, "duration");
  g_autofree char *data = NULL;
  SiJob *job;

  if (!si_check (call, call->in, fields))
    return;
  if (json_object_has_member (call->in, "image_tail") && g_strcmp0 (mode, "pro") != 0)
    {
      g_autofree char *message = g_strdup_printf (
          "model/mode/duration(kling-v2-5-turbo/%s/%s) is not supported with image_tail",
          mode != NULL ? mode : "std", duration != NULL ? duration : "5");

      refuse (call, SI_INPUT, "image_tail", message);
      return;
    }
  if (reference != NULL && si_job_find_by (call->stand, "kling", NULL, reference) != NULL)
    {
      refuse (call, SI_INPUT, "external_task_id", "external_task_id already exists");
      return;
    }
  job = si_job_new (call, new_id (), reference);
  job->model = g_strdup ("kling-v2-5-turbo");
  data = data_of (call, job, TRUE);
  say_data (call, data);
}

static SiJob *
find (SiCall *call)
{
  SiJob *job = si_job_find (call->stand, "kling", call->part[0]);

  return job != NULL ? job : si_job_find_by (call->stand, "kling", NULL, call->part[0]);
}

static void
poll (SiCall *call)
{
  g_autofree char *data = NULL;

  if (call->job == NULL || si_job_peek (call->job) == SI_JOB_GONE)
    {
      refuse (call, SI_GONE, "id", NULL);
      return;
    }
  si_job_ask (call->job);
  data = data_of (call, call->job, FALSE);
  say_data (call, data);
}

static void
list (SiCall *call)
{
  const char *page = g_hash_table_lookup (call->query, "pageNum");
  const char *size = g_hash_table_lookup (call->query, "pageSize");
  guint per = size != NULL ? (guint) atoi (size) : 30, n = 0, i;
  guint skip = page != NULL ? ((guint) MAX (atoi (page), 1) - 1) * per : 0;
  GString *items = g_string_new ("[");
  g_autofree char *data = NULL;

  if (per < 1 || per > 500)
    {
      g_string_free (items, TRUE);
      refuse (call, SI_INPUT, "pageSize", "pageSize must be 1 to 500");
      return;
    }
  for (i = call->stand->jobs->len; i-- > 0;)
    {
      SiJob *job = call->stand->jobs->pdata[i];
      g_autofree char *one = NULL;

      if (strcmp (job->service, "kling") != 0 || strcmp (job->account, call->key) != 0)
        continue;
      if (n++ < skip || n > skip + per)
        continue;
      one = data_of (call, job, FALSE);
      g_string_append_printf (items, "%s%s", items->len > 1 ? "," : "", one);
    }
  g_string_append_c (items, ']');
  data = g_string_free (items, FALSE);
  say_data (call, data);
}

static void
costs (SiCall *call)
{
  if (g_hash_table_lookup (call->query, "start_time") == NULL ||
      g_hash_table_lookup (call->query, "end_time") == NULL)
    {
      refuse (call, SI_MISSING, "start_time", "start_time and end_time are required");
      return;
    }
  say_data (call,
            "{\"code\":0,\"msg\":\"\",\"resource_pack_subscribe_infos\":[{\"resource_pack_name\":"
            "\"Video 5000\",\"total_quantity\":5000.0,\"remaining_quantity\":4990.0,\"status\":"
            "\"online\"}]}");
}

static const SiRoute routes[] = {
  { "POST", "/v1/videos/image2video", SI_STEP_SUBMIT, submit, SI_BODY, NULL },
  { "GET", "/v1/videos/image2video", SI_STEP_HISTORY, list, 0, NULL },
  { "GET", "/v1/videos/image2video/{}", SI_STEP_POLL, poll, SI_LATE | SI_BY_NAME, find },
  { "GET", "/account/costs", SI_STEP_BALANCE, costs, 0, NULL },
  { NULL },
};

const SiService si_kling = { "kling", enter, refuse, error, routes };
