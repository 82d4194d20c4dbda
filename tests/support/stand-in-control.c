/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests ask of the program itself: /ledger, /requests, /script, /jobs, /expire. */
#include "stand-in.h"

#include <string.h>

static const char *const step_names[SI_N_STEPS] = { "upload",   "submit", "poll",    "result",
                                                    "download", "cancel", "history", "balance" };
static const char *const state_names[] = { "queued", "running",   "done",
                                           "failed", "cancelled", "gone" };

static const char *
auth_kind (const char *authorization, const char *api_key)
{
  if (authorization == NULL)
    return api_key != NULL ? "x-api-key" : "none";
  if (g_str_has_prefix (authorization, "Bearer "))
    return strchr (authorization, '.') != NULL ? "jwt" : "bearer";
  return g_str_has_prefix (authorization, "Key ") ? "key" : "other";
}

/* Keeps what a test may want to know of a request; no value of a header. */
void
si_remember (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  g_autofree char *body = call->body != NULL ? si_dump (call->body, SI_DUMP_SHORT) : NULL;
  JsonObject *entry = json_object_new ();
  JsonArray *names = json_array_new ();
  SoupMessageHeadersIter iter;
  const char *name, *value;
  JsonNode *node;

  json_object_set_string_member (entry, "service",
                                 call->service != NULL ? call->service->id : NULL);
  json_object_set_string_member (entry, "step",
                                 call->service != NULL ? step_names[call->step] : NULL);
  json_object_set_string_member (entry, "method", call->method);
  json_object_set_string_member (entry, "path", call->path);
  json_object_set_string_member (entry, "query",
                                 g_uri_get_query (soup_server_message_get_uri (call->message)));
  json_object_set_int_member (entry, "status", call->status);
  if (call->rule != NULL)
    json_object_set_string_member (entry, "do", si_rule_do (call->rule));
  json_object_set_string_member (entry, "auth",
                                 auth_kind (soup_message_headers_get_one (headers, "authorization"),
                                            soup_message_headers_get_one (headers, "x-api-key")));
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    json_array_add_string_element (names, name);
  json_object_set_array_member (entry, "headers", names);
  if (body != NULL)
    json_object_set_member (entry, "body", json_from_string (body, NULL));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, entry);
  g_queue_push_tail (call->stand->requests, node);
  if (g_queue_get_length (call->stand->requests) > 500)
    json_node_unref (g_queue_pop_head (call->stand->requests));
}

/* The words a job was asked for with; services that wrap the input have them one level down. */
static const char *
prompt_of (SiJob *job)
{
  JsonObject *body = job->input != NULL ? json_node_get_object (job->input) : NULL;
  JsonObject *inner = body != NULL ? si_object (body, "input") : NULL;
  const char *prompt = body != NULL ? si_string (body, "prompt") : NULL;

  return prompt == NULL && inner != NULL ? si_string (inner, "prompt") : prompt;
}

static JsonObject *
dump_job (SiStand *stand, SiJob *job)
{
  JsonObject *object = json_object_new ();
  JsonArray *images = json_array_new ();
  guint i;

  json_object_set_string_member (object, "service", job->service);
  json_object_set_string_member (object, "id", job->id);
  json_object_set_int_member (object, "billed", 1);
  json_object_set_int_member (object, "delivered", si_job_delivered (stand, job) ? 1 : 0);
  json_object_set_int_member (object, "refunded", job->refunded ? 1 : 0);
  json_object_set_int_member (object, "clips", job->clips);
  json_object_set_string_member (object, "state", state_names[si_job_peek (job)]);
  json_object_set_string_member (object, "idempotency_key", job->idempotency_key);
  json_object_set_string_member (object, "reference", job->reference);
  json_object_set_string_member (object, "model", job->model);
  json_object_set_string_member (object, "prompt", prompt_of (job));
  json_object_set_int_member (object, "polls", job->asked);
  for (i = 0; i < job->images->len; i++)
    json_array_add_string_element (images, job->images->pdata[i]);
  json_object_set_array_member (object, "images", images);
  return object;
}

static guint
job_attempts (SiStand *stand, SiJob *job)
{
  const char *names[] = { job->idempotency_key, job->reference };
  guint i, most = 1;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", job->service, names[i]);

      if (names[i] != NULL)
        most = MAX (most, GPOINTER_TO_UINT (g_hash_table_lookup (stand->attempts, name)));
    }
  return most;
}

static JsonObject *
dump_counts (SiStand *stand, const char *service, SiCounts *counts)
{
  JsonObject *object = json_object_new ();
  guint i, delivered = 0;

  for (i = 0; i < stand->jobs->len; i++)
    {
      SiJob *job = stand->jobs->pdata[i];

      if (strcmp (job->service, service) == 0 && si_job_delivered (stand, job))
        delivered++;
    }
  json_object_set_int_member (object, "submits", counts->submits);
  json_object_set_int_member (object, "billed", counts->billed);
  json_object_set_int_member (object, "delivered", delivered);
  json_object_set_int_member (object, "polls", counts->polls);
  json_object_set_int_member (object, "uploads", counts->uploads);
  json_object_set_int_member (object, "cancels", counts->cancels);
  json_object_set_int_member (object, "downloads", counts->downloads);
  json_object_set_int_member (object, "histories", counts->histories);
  return object;
}

static void
say_node (SiCall *call, JsonNode *node)
{
  g_autofree char *text = si_dump (node, SI_DUMP_PLAIN);

  si_say (call, 200, "%r", text);
}

static void
say_ledger (SiCall *call)
{
  SiStand *stand = call->stand;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new (), *services = json_object_new ();
  JsonArray *jobs = json_array_new ();
  gint64 billed = 0, delivered = 0;
  GHashTableIter iter;
  gpointer name, counts;
  guint i;

  g_hash_table_iter_init (&iter, stand->counts);
  while (g_hash_table_iter_next (&iter, &name, &counts))
    {
      JsonObject *of_service = dump_counts (stand, name, counts);

      billed += json_object_get_int_member (of_service, "billed");
      delivered += json_object_get_int_member (of_service, "delivered");
      json_object_set_object_member (services, name, of_service);
    }
  for (i = 0; i < stand->jobs->len; i++)
    {
      JsonObject *job = dump_job (stand, stand->jobs->pdata[i]);

      json_object_set_int_member (job, "attempts", job_attempts (stand, stand->jobs->pdata[i]));
      json_array_add_object_element (jobs, job);
    }
  json_object_set_int_member (object, "billed", billed);
  json_object_set_int_member (object, "delivered", delivered);
  json_object_set_object_member (object, "services", services);
  json_object_set_array_member (object, "jobs", jobs);
  json_object_set_member (object, "files", si_files_dump (stand));
  json_object_set_int_member (object, "elsewhere", stand->hits_elsewhere);
  json_object_set_int_member (object, "followed", stand->followed);
  json_object_set_int_member (object, "strays", stand->strays);
  json_object_set_array_member (object, "leaks", json_array_ref (stand->leaks));
  json_node_take_object (node, object);
  say_node (call, node);
}

static void
say_requests (SiCall *call)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  GList *l;

  for (l = call->stand->requests->head; l != NULL; l = l->next)
    json_array_add_element (array, json_node_ref (l->data));
  json_node_take_array (node, array);
  say_node (call, node);
}

static void
set_verdict (SiJob *job, JsonObject *order, SiJobState state)
{
  gboolean polls = json_object_has_member (order, "polls");

  job->is_forced = !polls && state != SI_JOB_RUNNING;
  job->forced = state;
  if (polls)
    job->wanted = job->asked + (guint) json_object_get_int_member (order, "polls");
  else if (state == SI_JOB_RUNNING)
    job->wanted = G_MAXUINT - 1;
  g_free (job->message);
  job->message = g_strdup (si_string (order, "message"));
}

/* {"service","id","state","message"} settles a job; id "*" all there are, "next" all that come;
 * "polls": so many running answers from here on. */
static void
settle_jobs (SiCall *call)
{
  const char *service = si_string (call->in, "service"), *id = si_string (call->in, "id");
  const char *word = si_string (call->in, "state");
  SiStand *stand = call->stand;
  guint state, i, n = 0;

  for (state = 0; state < G_N_ELEMENTS (state_names); state++)
    if (g_strcmp0 (word, state_names[state]) == 0)
      break;
  if (service == NULL || id == NULL ||
      (state == G_N_ELEMENTS (state_names) && !json_object_has_member (call->in, "polls")))
    {
      si_say (call, 400, "{'error':'service, id and state or polls are wanted'}");
      return;
    }
  if (strcmp (id, "next") == 0)
    {
      if (stand->next == NULL)
        stand->next = g_new0 (SiJob, 1);
      stand->next->asked = 0;
      stand->next->wanted = stand->polls;
      set_verdict (stand->next, call->in, state);
      g_free (stand->next_service);
      stand->next_service = g_strdup (service);
      n = 1;
    }
  for (i = 0; i < stand->jobs->len; i++)
    {
      SiJob *job = stand->jobs->pdata[i];

      if ((strcmp (service, "*") == 0 || strcmp (service, job->service) == 0) &&
          (strcmp (id, "*") == 0 || strcmp (id, job->id) == 0))
        {
          set_verdict (job, call->in, state);
          n++;
        }
    }
  si_say (call, 200, "{'jobs':%d}", (gint64) n);
}

static void
expire (SiCall *call)
{
  const char *service = si_string (call->in, "service");
  guint i;

  for (i = 0; i < call->stand->jobs->len; i++)
    {
      SiJob *job = call->stand->jobs->pdata[i];

      if (service == NULL || strcmp (service, "*") == 0 || strcmp (service, job->service) == 0)
        job->nonce++;
    }
  si_say (call, 200, "{}");
}

static void
add_rules (SiCall *call)
{
  g_autofree char *wrong = call->body != NULL ? si_script_add (call->stand, call->body)
                                              : g_strdup ("the body is no JSON");

  if (wrong != NULL)
    si_say (call, 400, "{'error':%s}", wrong);
  else
    si_say (call, 200, "{'rules':%d}", (gint64) call->stand->rules->len);
}

/* Answers what is asked of the program itself; leaves call->status at 0 where it is nothing of that
 * kind. */
void
si_control (SiCall *call)
{
  g_autofree char *what = g_strconcat (call->method, " ", call->path, NULL);

  if (strcmp (what, "GET /ledger") == 0)
    say_ledger (call);
  else if (strcmp (what, "GET /requests") == 0)
    say_requests (call);
  else if (strcmp (what, "POST /script") == 0)
    add_rules (call);
  else if (strcmp (what, "POST /jobs") == 0)
    settle_jobs (call);
  else if (strcmp (what, "POST /expire") == 0)
    expire (call);
  else if (strcmp (what, "DELETE /script") == 0)
    {
      si_script_clear (call->stand);
      si_say (call, 200, "{}");
    }
  else if (strcmp (what, "DELETE /ledger") == 0)
    {
      si_ledger_clear (call->stand);
      si_say (call, 200, "{}");
    }
}
