/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was accepted, billed and handed over. Nothing that a client does takes anything out of here.
 */
#include "stand-in.h"

#include <string.h>

static void
job_free (SiJob *job)
{
  g_free (job->service);
  g_free (job->id);
  g_free (job->account);
  g_free (job->idempotency_key);
  g_free (job->reference);
  g_free (job->model);
  g_free (job->message);
  g_clear_pointer (&job->input, json_node_unref);
  g_clear_pointer (&job->images, g_ptr_array_unref);
  g_free (job);
}

static void
free_times (gpointer times)
{
  g_array_unref (times);
}

void
si_ledger_init (SiStand *stand)
{
  stand->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
  stand->jobs_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stand->attempts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stand->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  stand->creates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_times);
  stand->requests = g_queue_new ();
  stand->leaks = json_array_new ();
}

/* Forgets everything, as if the program had just begun. */
void
si_ledger_clear (SiStand *stand)
{
  g_hash_table_remove_all (stand->jobs_by_id);
  g_ptr_array_set_size (stand->jobs, 0);
  g_hash_table_remove_all (stand->attempts);
  g_hash_table_remove_all (stand->counts);
  g_hash_table_remove_all (stand->creates);
  g_queue_clear_full (stand->requests, (GDestroyNotify) json_node_unref);
  json_array_unref (stand->leaks);
  stand->leaks = json_array_new ();
  stand->followed = stand->hits_elsewhere = stand->strays = 0;
  g_clear_pointer (&stand->next, job_free);
  g_clear_pointer (&stand->next_service, g_free);
  si_files_clear (stand);
}

SiCounts *
si_counts (SiStand *stand, const char *service)
{
  SiCounts *counts = g_hash_table_lookup (stand->counts, service);

  if (counts == NULL)
    {
      counts = g_new0 (SiCounts, 1);
      g_hash_table_insert (stand->counts, g_strdup (service), counts);
    }
  return counts;
}

/* Counts a POST that carries this idempotency key or reference, whatever becomes of it. */
void
si_attempt (SiCall *call, const char *key)
{
  char *name;

  if (key == NULL)
    return;
  name = g_strdup_printf ("%s %s", call->service->id, key);
  g_hash_table_insert (
      call->stand->attempts, name,
      GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (call->stand->attempts, name)) + 1));
}

static void
take_next (SiStand *stand, SiJob *job)
{
  if (stand->next == NULL ||
      (strcmp (stand->next_service, "*") != 0 && strcmp (stand->next_service, job->service) != 0))
    return;
  job->forced = stand->next->forced;
  job->is_forced = stand->next->is_forced;
  job->wanted = stand->next->wanted;
  job->message = g_strdup (stand->next->message);
}

/* Accepts a job, and bills it. */
SiJob *
si_job_new (SiCall *call, char *id, const char *reference)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  SiStand *stand = call->stand;
  SiJob *job = g_new0 (SiJob, 1);

  job->service = g_strdup (call->service->id);
  job->id = id;
  job->account = g_strdup (call->key);
  job->idempotency_key = g_strdup (soup_message_headers_get_one (headers, "idempotency-key"));
  job->reference = g_strdup (reference);
  job->input = call->body != NULL ? json_node_ref (call->body) : NULL;
  job->images = g_ptr_array_ref (call->images);
  job->wanted = stand->polls;
  job->clips = 1;
  job->nonce = g_random_int ();
  job->created = g_get_real_time () / 1000;
  take_next (stand, job);
  g_ptr_array_add (stand->jobs, job);
  g_hash_table_insert (stand->jobs_by_id, g_strdup_printf ("%s %s", job->service, id), job);
  si_counts (stand, job->service)->billed++;
  call->job = job;
  return job;
}

SiJob *
si_job_find (SiStand *stand, const char *service, const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s %s", service, id);

  return g_hash_table_lookup (stand->jobs_by_id, name);
}

SiJob *
si_job_find_by (SiStand *stand, const char *service, const char *idempotency_key,
                const char *reference)
{
  guint i;

  for (i = 0; i < stand->jobs->len; i++)
    {
      SiJob *job = stand->jobs->pdata[i];

      if (strcmp (job->service, service) != 0)
        continue;
      if (idempotency_key != NULL && g_strcmp0 (job->idempotency_key, idempotency_key) == 0)
        return job;
      if (reference != NULL && g_strcmp0 (job->reference, reference) == 0)
        return job;
    }
  return NULL;
}

/* Where the job stands, without a step forward. */
SiJobState
si_job_peek (SiJob *job)
{
  if (job->is_forced)
    return job->forced;
  if (job->asked > job->wanted)
    return SI_JOB_DONE;
  return job->asked <= 1 ? SI_JOB_QUEUED : SI_JOB_RUNNING;
}

/* One poll: the first answer is "queued", then "running", and after as many as were wanted "done".
 */
SiJobState
si_job_ask (SiJob *job)
{
  job->asked++;
  return si_job_peek (job);
}

const char *
si_job_message (SiJob *job, const char *otherwise)
{
  return job->message != NULL ? job->message : otherwise;
}

/* Where the clip can be had now; a new address after the old ones have expired. */
char *
si_job_url (SiStand *stand, SiJob *job, guint clip)
{
  g_autofree char *secret =
      g_strdup_printf ("%s %s %u %u", job->id, job->account, job->nonce, clip);
  g_autofree char *signature = g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);

  signature[32] = '\0';
  return g_strdup_printf ("%s/clips/%s/%s/%08x-%u.mp4?signature=%s", stand->origin, job->service,
                          job->id, job->nonce, clip, signature);
}

/* Notes that these bytes of a clip have left; what counts is the piece without a gap from the
 * beginning. */
void
si_job_covered (SiStand *stand, SiJob *job, guint clip, guint64 from, guint64 to)
{
  if (clip < SI_MAX_CLIPS && from <= job->covered[clip] && to > job->covered[clip])
    job->covered[clip] = to;
}

gboolean
si_job_delivered (SiStand *stand, SiJob *job)
{
  guint i;

  for (i = 0; i < job->clips; i++)
    if (job->covered[i] < stand->clip_size)
      return FALSE;
  return TRUE;
}

/* Every value of a credential that came where none belongs. */
void
si_leak (SiCall *call, const char *where)
{
  static const char *const names[] = { "authorization", "x-api-key", "cookie",
                                       "proxy-authorization" };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_list (headers, names[i]);
      JsonObject *leak;

      if (value == NULL)
        continue;
      leak = json_object_new ();
      json_object_set_string_member (leak, "where", where);
      json_object_set_string_member (leak, "path", call->path);
      json_object_set_string_member (leak, "header", names[i]);
      json_object_set_string_member (leak, "value", value);
      json_array_add_object_element (call->stand->leaks, leak);
    }
}
