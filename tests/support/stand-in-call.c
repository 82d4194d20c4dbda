/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a request to the service it is for, and from the service's answer to the socket. */
#include "stand-in.h"

#include <string.h>

static const SiService *const services[] = {
  &si_gateway, &si_wavespeed, &si_eachlabs,  &si_novita, &si_highway,
  &si_kling,   &si_fal,       &si_replicate, &si_clips,  &si_files,
};

static void
call_free (SiCall *call)
{
  g_free (call->path);
  g_free (call->part[0]);
  g_free (call->part[1]);
  g_clear_pointer (&call->body, json_node_unref);
  g_clear_pointer (&call->query, g_hash_table_unref);
  g_free (call->key);
  g_clear_pointer (&call->images, g_ptr_array_unref);
  g_free (call->type);
  g_clear_pointer (&call->headers, g_ptr_array_unref);
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiCall, call_free)

/* Novita and Highway have the same paths: a name in front of the path says which, else the key
 * does. */
static const SiService *
twin (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *key = soup_message_headers_get_one (headers, "Authorization");
  char *path = NULL;

  if (g_str_has_prefix (call->path, "/api.highwayapi.ai/"))
    path = g_strdup (call->path + strlen ("/api.highwayapi.ai"));
  if (path == NULL)
    return key != NULL && g_str_has_prefix (key, "Bearer hw") ? &si_highway : &si_novita;
  g_free (call->path);
  call->path = path;
  return &si_highway;
}

/* Holds a path against a pattern and keeps what stands for its {}. */
static gboolean
fits (SiCall *call, const char *pattern)
{
  g_auto (GStrv) want = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) have = g_strsplit (call->path, "/", -1);
  guint i, n = 0;

  if (g_strv_length (want) != g_strv_length (have))
    return FALSE;
  for (i = 0; want[i] != NULL; i++)
    if (strcmp (want[i], "{}") == 0 ? *have[i] == '\0' : strcmp (want[i], have[i]) != 0)
      return FALSE;
  for (i = 0; want[i] != NULL; i++)
    if (strcmp (want[i], "{}") == 0 && n < G_N_ELEMENTS (call->part))
      call->part[n++] = g_strdup (have[i]);
  return TRUE;
}

static gboolean
find_route (SiCall *call)
{
  const SiService *which = twin (call);
  const SiRoute *route;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (services); i++)
    for (route = services[i]->routes; route->method != NULL; route++)
      if (strcmp (route->method, call->method) == 0 && fits (call, route->pattern))
        {
          call->service = services[i] == &si_novita ? which : services[i];
          call->route = route;
          call->step = route->step;
          return TRUE;
        }
  return FALSE;
}

static void
read_body (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (call->message));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (g_strcmp0 (type, "application/json") != 0 || size == 0 ||
      !g_utf8_validate_len (text, size, NULL) ||
      !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return;
  call->body = json_parser_steal_root (parser);
  if (call->body != NULL && JSON_NODE_HOLDS_OBJECT (call->body))
    call->in = json_node_get_object (call->body);
}

/* Which step this is depends on the job in three places. */
static void
find_step (SiCall *call)
{
  const SiRoute *route = call->route;

  if (route->find != NULL)
    call->job = route->find (call);
  else if (call->part[0] != NULL && route->step != SI_STEP_DOWNLOAD)
    call->job = si_job_find (call->stand, call->service->id, call->part[0]);
  if ((route->flags & SI_BY_NAME) != 0 &&
      (call->job == NULL || strcmp (call->job->id, call->part[0]) != 0))
    call->step = SI_STEP_HISTORY;
  else if ((route->flags & SI_LATE) != 0 && call->job != NULL)
    {
      SiJob *job = call->job;

      if (job->is_forced ? job->forced == SI_JOB_DONE : job->asked + 1 > job->wanted)
        call->step = SI_STEP_RESULT;
    }
}

static const char *
owner (SiCall *call)
{
  const char *service = NULL;

  if (call->service == &si_files)
    service = si_file_service (call->stand, call->part[0]);
  else if (call->service == &si_clips)
    service = call->part[0];
  return service != NULL ? service : call->service->id;
}

static void
count (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  SiCounts *counts = si_counts (call->stand, owner (call));

  switch (call->step)
    {
    case SI_STEP_SUBMIT:
      counts->submits++;
      si_attempt (call, soup_message_headers_get_one (headers, "idempotency-key"));
      si_attempt (call, si_string (call->in, "external_task_id"));
      break;
    case SI_STEP_POLL:
    case SI_STEP_RESULT:
      counts->polls++;
      break;
    case SI_STEP_CANCEL:
      counts->cancels++;
      break;
    case SI_STEP_HISTORY:
      counts->histories++;
      break;
    case SI_STEP_DOWNLOAD:
      counts->downloads++;
      break;
    case SI_STEP_UPLOAD: /* counted when the bytes have come */
    case SI_STEP_BALANCE:
    default:
      break;
    }
}

static void
do_work (SiCall *call)
{
  if (!call->service->enter (call))
    return;
  if ((call->route->flags & SI_BODY) != 0 && call->in == NULL)
    call->service->refuse (call, SI_INPUT, "body", "the body must be a JSON object");
  else
    call->route->handle (call);
}

typedef struct
{
  SiStand *stand;
  char *service, *id;
} Carried;

static void
carried_free (gpointer data, GClosure *closure)
{
  Carried *carried = data;

  g_free (carried->service);
  g_free (carried->id);
  g_free (carried);
}

/* An answer with the clips inside has left. */
static void
wrote_body_cb (SoupServerMessage *message, gpointer user_data)
{
  Carried *carried = user_data;
  SiJob *job = si_job_find (carried->stand, carried->service, carried->id);
  guint i;

  for (i = 0; job != NULL && i < job->clips; i++)
    si_job_covered (carried->stand, job, i, 0, carried->stand->clip_size);
}

static void
watch_carried (SiCall *call)
{
  Carried *carried = g_new0 (Carried, 1);

  carried->stand = call->stand;
  carried->service = g_strdup (call->job->service);
  carried->id = g_strdup (call->job->id);
  g_signal_connect_data (call->message, "wrote-body", G_CALLBACK (wrote_body_cb), carried,
                         carried_free, 0);
}

static void
send_answer (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  gsize size;
  const char *data;
  guint i;

  soup_server_message_set_status (call->message, call->status, NULL);
  for (i = 0; i < call->headers->len; i += 2)
    soup_message_headers_append (headers, call->headers->pdata[i], call->headers->pdata[i + 1]);
  if (call->is_clip)
    {
      si_clip_send (call);
      return;
    }
  if (call->bytes == NULL)
    return;
  if (call->carries_clips && call->status == 200)
    watch_carried (call);
  data = g_bytes_get_data (call->bytes, &size);
  soup_server_message_set_response (call->message, call->type, SOUP_MEMORY_COPY, data, size);
}

/* Follows what a redirect of ours led to, as if the address had not been moved; counted, since some
 * must not follow. */
static void
come_back (SiCall *call)
{
  char *path;

  if (!g_str_has_prefix (call->path, "/moved/"))
    return;
  call->stand->followed++;
  path = g_strdup (call->path + strlen ("/moved"));
  g_free (call->path);
  call->path = path;
}

static gboolean
is_elsewhere (SiCall *call, SoupServer *server)
{
  if (server != call->stand->elsewhere)
    return FALSE;
  call->stand->hits_elsewhere++;
  si_leak (call, "elsewhere");
  return TRUE;
}

void
si_call_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  g_autoptr (SiCall) call = g_new0 (SiCall, 1);
  gboolean taken = FALSE, elsewhere;

  call->stand = user_data;
  call->message = message;
  call->method = soup_server_message_get_method (message);
  call->path = g_strdup (path);
  call->query =
      query != NULL ? g_hash_table_ref (query) : g_hash_table_new (g_str_hash, g_str_equal);
  call->headers = g_ptr_array_new_with_free_func (g_free);
  call->images = g_ptr_array_new_with_free_func (g_free);
  elsewhere = is_elsewhere (call, server);
  read_body (call);
  if (!elsewhere)
    si_control (call);
  if (call->status != 0)
    {
      send_answer (call);
      return;
    }
  come_back (call);
  if (!find_route (call) || (elsewhere && call->service != &si_clips))
    {
      call->stand->strays++;
      call->service = NULL;
      si_say (call, 404, "{'error':'no such path','path':%s}", call->path);
    }
  else
    {
      find_step (call);
      count (call);
      call->rule = si_rule_take (call->stand, owner (call), call->step);
      if (call->rule == NULL || si_rule_accepts (call->rule))
        do_work (call);
      if (call->rule != NULL)
        taken = si_fault_apply (call);
    }
  si_remember (call);
  if (!taken)
    send_answer (call);
}
