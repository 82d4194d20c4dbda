/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-desk.h"

#include "jobs/inb-hosted.h"
#include "store/inb-ballast.h"

/* A paid request that has left is heard to its end for so long when the program ends; most answers
 * take a second or two. */
#define LAST_WORDS_MS 5000
/* The computer slept if the clock that counts sleep is ahead by more than this (promises of the
 * README). */
#define SLEPT_US (5 * G_USEC_PER_SEC)

struct _InbDesk
{
  InbStore *store;
  InbNews *news;
  InbHttp *http;
  InbTurnstile *turnstile;
  InbWheel *wheel;
  InbDeskHalt halt;
  gpointer user_data;
  GHashTable *jobs;       /* id → InbHosted */
  GHashTable *secrets;    /* provider → InbSecrets */
  GHashTable *loading;    /* provider → Loading */
  GHashTable *submitting; /* provider → id of the job whose paid request is on its way */
  gboolean halted;
  gboolean has_ballast;
  gint64 asleep_us;

  GSourceFunc stopped;
  gpointer stopped_data;
  GSource *last_words;
};

static gint64
get_asleep_us (void)
{
  struct timespec boot = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &boot);
  return boot.tv_sec * G_USEC_PER_SEC + boot.tv_nsec / 1000 - g_get_monotonic_time ();
}

static void
trace_cb (const char *line, gpointer user_data)
{
  inb_news_post_trace (user_data, line);
}

/**
 * inb_desk_new:
 * @store: open for writing; outlives the desk
 * @news: where progress is told; outlives the desk
 * @trace: whether each message is told there too
 * @halt: called when nothing can be written
 * @user_data: for @halt
 *
 * Returns: (transfer full): a desk for the calling thread's main context, with no job on it
 */
InbDesk *
inb_desk_new (InbStore *store, InbNews *news, gboolean trace, InbDeskHalt halt, gpointer user_data)
{
  InbDesk *self = g_new0 (InbDesk, 1);

  self->store = store;
  self->news = news;
  self->http = inb_http_new ();
  self->turnstile = inb_turnstile_new (self->http);
  self->wheel = inb_wheel_new ();
  if (trace)
    inb_http_set_trace (self->http, trace_cb, news);
  self->halt = halt;
  self->user_data = user_data;
  self->jobs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_hosted_unref);
  self->secrets =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_secrets_free);
  self->loading = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->submitting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->asleep_us = get_asleep_us ();
  return self;
}

static void
clear_last_words (InbDesk *self)
{
  if (self->last_words == NULL)
    return;
  g_source_destroy (self->last_words);
  g_clear_pointer (&self->last_words, g_source_unref);
}

/**
 * inb_desk_free:
 * @self: (transfer full): a desk that was stopped
 */
void
inb_desk_free (InbDesk *self)
{
  clear_last_words (self);
  g_hash_table_unref (self->jobs);
  g_hash_table_unref (self->secrets);
  g_hash_table_unref (self->loading);
  g_hash_table_unref (self->submitting);
  inb_turnstile_free (self->turnstile);
  inb_http_free (self->http);
  inb_wheel_free (self->wheel);
  g_free (self);
}

static void
take_up (InbDesk *self, const char *id)
{
  InbHosted *job = inb_hosted_new (self, id);

  g_hash_table_insert (self->jobs, g_strdup (id), job);
  inb_hosted_go_on (job);
}

/* Connections that slept are dead, though nobody has told us. */
static void
look_at_clock (InbDesk *self)
{
  gint64 asleep_us = get_asleep_us ();

  if (asleep_us - self->asleep_us > SLEPT_US)
    inb_http_drop_connections (self->http);
  self->asleep_us = asleep_us;
}

/**
 * inb_desk_look:
 * @self: a desk
 * @error: as inb_store_list()
 *
 * Takes up the jobs that are not on it yet and wait for nobody, and wakes those of which a person
 * wishes something.
 *
 * Returns: %TRUE if the rows could be read
 */
gboolean
inb_desk_look (InbDesk *self, GError **error)
{
  g_autoptr (GPtrArray) rows = inb_store_list_hosted (self->store, error);

  if (rows == NULL)
    return FALSE;
  self->halted = FALSE;
  look_at_clock (self);
  if (rows->len > 0 && !self->has_ballast)
    inb_ballast_keep (inb_store_get_root (self->store));
  self->has_ballast = rows->len > 0;
  for (guint i = 0; i < rows->len && self->stopped == NULL; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);
      const char *id = inb_job_get_id (row->job);
      InbHosted *job = g_hash_table_lookup (self->jobs, id);

      if (job != NULL && row->wish != NULL)
        inb_hosted_wake (job);
      else if (job != NULL && job->timer == NULL)
        inb_hosted_go_on (job); /* it stood still while nothing could be written */
      else if (job == NULL && !inb_job_get_facts (row->job)->paused)
        take_up (self, id);
    }
  return TRUE;
}

/**
 * inb_desk_forget_keys:
 * @self: a desk
 *
 * Keys may have changed: they are read again when they are needed next.
 */
void
inb_desk_forget_keys (InbDesk *self)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (((InbHosted *) job)->busy)
      return; /* some are in use right now; the next change is as good */
  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    ((InbHosted *) job)->secrets = NULL; /* it has borrowed them, between two polls too */
  g_hash_table_remove_all (self->secrets);
}

static gboolean
give_up_cb (gpointer user_data)
{
  InbDesk *self = user_data;

  clear_last_words (self);
  self->stopped (self->stopped_data);
  return G_SOURCE_REMOVE;
}

/**
 * inb_desk_is_quiet:
 * @self: a desk
 *
 * Returns: %TRUE if no call and no worker is under way
 */
gboolean
inb_desk_is_quiet (InbDesk *self)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (((InbHosted *) job)->busy)
      return FALSE;
  return TRUE;
}

/**
 * inb_desk_settle:
 * @self: a desk
 *
 * A call has ended: where the desk is to stop, this may have been the last.
 */
void
inb_desk_settle (InbDesk *self)
{
  if (self->stopped == NULL || self->last_words == NULL || !inb_desk_is_quiet (self))
    return;
  clear_last_words (self);
  self->stopped (self->stopped_data);
}

/**
 * inb_desk_stop:
 * @self: a desk
 * @stopped: called once, later, from the main context, when nothing is under way any more
 * @user_data: for @stopped
 *
 * Begins nothing further. What is free is given up; a paid request that has left is heard to its
 * end, for a few seconds.
 */
void
inb_desk_stop (InbDesk *self, GSourceFunc stopped, gpointer user_data)
{
  GHashTableIter iter;
  gpointer job;

  self->stopped = stopped;
  self->stopped_data = user_data;
  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    inb_hosted_leave (job);
  self->last_words =
      inb_desk_is_quiet (self) ? g_idle_source_new () : g_timeout_source_new (LAST_WORDS_MS);
  g_source_set_callback (self->last_words, give_up_cb, self, NULL);
  g_source_attach (self->last_words, g_main_context_get_thread_default ());
}

/**
 * inb_desk_is_open:
 * @self: a desk
 *
 * Returns: %FALSE while nothing further may be begun
 */
gboolean
inb_desk_is_open (InbDesk *self)
{
  return !self->halted && self->stopped == NULL;
}

/**
 * inb_desk_get_store:
 * @self: a desk
 *
 * Returns: (transfer none): the store
 */
InbStore *
inb_desk_get_store (InbDesk *self)
{
  return self->store;
}

/**
 * inb_desk_get_http:
 * @self: a desk
 *
 * Returns: (transfer none): the way out
 */
InbHttp *
inb_desk_get_http (InbDesk *self)
{
  return self->http;
}

/**
 * inb_desk_get_turnstile:
 * @self: a desk
 *
 * Returns: (transfer none): the way of free calls
 */
InbTurnstile *
inb_desk_get_turnstile (InbDesk *self)
{
  return self->turnstile;
}

/**
 * inb_desk_get_wheel:
 * @self: a desk
 *
 * Returns: (transfer none): where jobs wait
 */
InbWheel *
inb_desk_get_wheel (InbDesk *self)
{
  return self->wheel;
}

/**
 * inb_desk_get_news:
 * @self: a desk
 *
 * Returns: (transfer none): where progress is told
 */
InbNews *
inb_desk_get_news (InbDesk *self)
{
  return self->news;
}

/* Jobs that wait for the keys of one provider: however many there are, its keys are read once. */
typedef struct
{
  InbDesk *desk;
  char *provider;
  GPtrArray *jobs;
} Loading;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;
  InbDesk *self = loading->desk;
  g_autoptr (GPtrArray) jobs = g_steal_pointer (&loading->jobs);
  g_autoptr (GError) problem = NULL;
  InbSecrets *secrets = inb_secrets_load_finish (result, &problem);

  if (secrets != NULL)
    g_hash_table_insert (self->secrets, g_strdup (loading->provider), secrets);
  g_hash_table_remove (self->loading, loading->provider);
  g_free (loading->provider);
  g_free (loading);
  for (guint i = 0; i < jobs->len; i++)
    {
      InbHosted *job = g_ptr_array_index (jobs, i);

      if (inb_hosted_end (job) && secrets != NULL)
        inb_hosted_go_on (job);
      else if (!job->left && inb_job_get_state (job->row->job) == INB_JOB_PREPARING)
        inb_hosted_fail (job, problem); /* nothing is lost by that, and a route goes on */
      else if (!job->left)
        inb_hosted_ask_person (job, problem);
    }
  inb_desk_settle (self);
}

/**
 * inb_desk_get_secrets:
 * @self: a desk
 * @provider: a hosted provider
 * @job: a job there; it goes on, or asks its person, when the keys have been read
 *
 * Returns: (transfer none) (nullable): the keys, if they were read already
 */
const InbSecrets *
inb_desk_get_secrets (InbDesk *self, const InbProvider *provider, struct _InbHosted *job)
{
  const InbSecrets *secrets = g_hash_table_lookup (self->secrets, provider->id);
  Loading *loading = g_hash_table_lookup (self->loading, provider->id);

  if (secrets != NULL)
    return secrets;
  if (loading == NULL)
    {
      loading = g_new0 (Loading, 1);
      loading->desk = self;
      loading->provider = g_strdup (provider->id);
      loading->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_hosted_unref);
      g_hash_table_insert (self->loading, g_strdup (provider->id), loading);
      inb_secrets_load_async (provider, NULL, loaded_cb, loading);
    }
  g_ptr_array_add (loading->jobs, inb_hosted_begin (job));
  return NULL;
}

/**
 * inb_desk_begin_submit:
 * @self: a desk
 * @provider: id
 * @job_id: UUID
 *
 * One paid request at a time to each service: several at once are what concurrency limits refuse.
 *
 * Returns: %FALSE if another one is on its way
 */
gboolean
inb_desk_begin_submit (InbDesk *self, const char *provider, const char *job_id)
{
  if (g_hash_table_contains (self->submitting, provider))
    return FALSE;
  g_hash_table_insert (self->submitting, g_strdup (provider), g_strdup (job_id));
  return TRUE;
}

/**
 * inb_desk_end_submit:
 * @self: a desk
 * @provider: id
 * @job_id: UUID
 */
void
inb_desk_end_submit (InbDesk *self, const char *provider, const char *job_id)
{
  if (g_strcmp0 (g_hash_table_lookup (self->submitting, provider), job_id) == 0)
    g_hash_table_remove (self->submitting, provider);
}

/**
 * inb_desk_leave:
 * @self: a desk
 * @job_id: UUID of a job that is at rest or waits for a person
 */
void
inb_desk_leave (InbDesk *self, const char *job_id)
{
  InbHosted *job = g_hash_table_lookup (self->jobs, job_id);

  if (job == NULL)
    return;
  inb_hosted_leave (job);
  g_hash_table_remove (self->jobs, job_id);
}

/**
 * inb_desk_halt:
 * @self: a desk
 * @problem: why nothing can be written
 *
 * No job goes on, and nothing is sent, until a person has changed something.
 */
void
inb_desk_halt (InbDesk *self, const GError *problem)
{
  self->halted = TRUE;
  self->halt (problem, self->user_data);
}
