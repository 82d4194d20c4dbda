/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-runner.h"

#include "core/inb-error.h"
#include "jobs/inb-desk.h"
#include "jobs/inb-follow.h"
#include "jobs/inb-local.h"
#include "jobs/inb-recovery.h"
#include "jobs/inb-trash.h"
#include "store/inb-store.h"

/* A row's progress is for followers in other processes; they see it once a second. */
#define ROW_PROGRESS_US G_USEC_PER_SEC

/* The one thread that moves jobs. It holds the lock of the data folder and a write connection of
 * its own, and is told of new rows and wishes like any follower. Jobs of the local engine run one
 * after another: the engine uses all cores. */
struct _InbRunner
{
  char *root;
  InbLock *lock;
  InbNews *news;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  gboolean trace;

  /* the thread's own from here */
  InbStore *store;
  InbFollow *follow;
  InbDesk *desk; /* jobs of services */
  gboolean desk_empty;
  gboolean halted;
  gboolean stopping;
  char *current; /* id of the job at work */
  GCancellable *cancellable;
  gint64 row_progress_us;
  GSource *look; /* for what became of the clips, while nothing else is to be done */
  gint64 looked_key;
};

static void schedule (InbRunner *self);

/* Nothing can be written: no use in trying again before a person has changed something. */
static void
halt (InbRunner *self, const GError *problem)
{
  self->halted = TRUE;
  inb_news_post_problem (self->news, problem);
}

static void
progress_cb (double progress, gpointer user_data)
{
  InbRunner *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  inb_news_post_progress (self->news, self->current, progress);
  if (now_us - self->row_progress_us < ROW_PROGRESS_US)
    return;
  self->row_progress_us = now_us;
  inb_store_set_progress (self->store, self->current, progress, NULL);
}

/* A job that did not get to its end: stopped by us, cancelled by a person, or failed. */
static gboolean
put_down (InbRunner *self, const GError *failure, GError **error)
{
  g_autoptr (InbRow) row = inb_store_get (self->store, self->current, error);
  InbMove failed = { .to = INB_JOB_FAILED_LOCAL, .failure = failure };

  if (row == NULL)
    return FALSE;
  if (inb_job_state_is_final (inb_job_get_state (row->job))) /* cancelled under its feet */
    {
      inb_recovery_remove_files (self->root, row);
      return TRUE;
    }
  if (self->stopping)
    return inb_recovery_put_back (self->store, row, error);
  inb_recovery_remove_files (self->root, row);
  return inb_store_move (self->store, self->current, &failed, error);
}

static void
quit_if_stopped (InbRunner *self)
{
  if (self->stopping && self->current == NULL && self->desk_empty)
    g_main_loop_quit (self->loop);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InbRunner *self = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) problem = NULL;

  if (!inb_local_run_finish (result, &failure) && !put_down (self, failure, &problem))
    halt (self, problem);
  g_clear_pointer (&self->current, g_free);
  g_clear_object (&self->cancellable);
  quit_if_stopped (self);
  schedule (self);
}

/* The state first, so that the person sees it at once; the worker needs up to a second more. */
static gboolean
cancel_one (InbRunner *self, InbRow *row, GError **error)
{
  /* the part stays on record until the worker has ended and it can be removed */
  InbMove cancelled = { .to = INB_JOB_CANCELLED_UNSENT, .part = row->part };
  const char *id = inb_job_get_id (row->job);

  if (g_strcmp0 (id, self->current) != 0)
    return inb_recovery_cancel (self->store, id, error);
  if (!inb_store_move (self->store, id, &cancelled, error))
    return FALSE;
  g_cancellable_cancel (self->cancellable);
  return TRUE;
}

static gboolean
is_local (const InbRow *row)
{
  return g_str_equal (inb_job_get_request (row->job)->provider, "local");
}

static gboolean
carry_out_wishes (InbRunner *self, GError **error)
{
  g_autoptr (GPtrArray) rows = inb_store_list_wishes (self->store, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);

      if (row->cancel && is_local (row) && !cancel_one (self, row, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
begin_next (InbRunner *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (InbRow) row = inb_store_get_next (self->store, "local", &problem);

  if (row == NULL || !inb_store_begin_work (self->store, inb_job_get_id (row->job), &problem))
    {
      if (problem == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  self->current = g_strdup (inb_job_get_id (row->job));
  self->cancellable = g_cancellable_new ();
  self->row_progress_us = g_get_monotonic_time ();
  inb_local_run_async (self->store, self->current, progress_cb, self, self->cancellable, ran_cb,
                       self);
  return TRUE;
}

static void
schedule (InbRunner *self)
{
  g_autoptr (GError) problem = NULL;

  if (self->halted || self->stopping)
    return;
  if (!carry_out_wishes (self, &problem) ||
      (self->current == NULL && !begin_next (self, &problem)) ||
      !inb_desk_look (self->desk, &problem))
    halt (self, problem);
}

static void
desk_halted_cb (const GError *problem, gpointer user_data)
{
  halt (user_data, problem);
}

static gboolean
rows_changed_cb (gpointer user_data)
{
  schedule (user_data);
  return G_SOURCE_CONTINUE;
}

static void
stop_looking (InbRunner *self)
{
  if (self->look == NULL)
    return;
  g_source_destroy (self->look);
  g_clear_pointer (&self->look, g_source_unref);
}

/* A long history is looked through beside the work, a piece at a time; then what was deleted in an
 * earlier run goes to the Trash. */
static gboolean
look_cb (gpointer user_data)
{
  InbRunner *self = user_data;
  g_autoptr (GError) problem = NULL;

  if (!inb_recovery_look_at_clips (self->store, &self->looked_key, &problem))
    {
      stop_looking (self);
      halt (self, problem);
      return G_SOURCE_REMOVE;
    }
  if (self->looked_key >= 0)
    return G_SOURCE_CONTINUE;
  stop_looking (self);
  if (!inb_trash_take_deleted (self->store, INB_IDS_DELETED_EARLIER, &problem))
    g_message ("%s", problem->message); /* tried again at the next start */
  return G_SOURCE_REMOVE;
}

static void
begin_looking (InbRunner *self)
{
  stop_looking (self);
  self->looked_key = 0;
  self->look = g_idle_source_new ();
  g_source_set_callback (self->look, look_cb, self, NULL);
  g_source_attach (self->look, self->context);
}

/* Nobody runs jobs of a damaged database. Read to its end here and not where it is shown: 60 ms a
 * 100,000 jobs and more (measured). */
static InbStore *
open_whole (const char *root, GError **error)
{
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, error);

  if (store == NULL || !inb_database_check (inb_store_get_database (store), error))
    return NULL;
  return g_steal_pointer (&store);
}

/* Opens the store, or opens it again after what halted us. */
static gboolean
recover_cb (gpointer user_data)
{
  InbRunner *self = user_data;
  g_autoptr (GError) problem = NULL;

  self->halted = FALSE;
  if (self->store == NULL)
    {
      self->store = open_whole (self->root, &problem);
      if (self->store != NULL)
        {
          self->follow = inb_follow_new (self->store, rows_changed_cb, self);
          self->desk = inb_desk_new (self->store, self->news, self->trace, desk_halted_cb, self);
        }
    }
  /* after a halt a paid request may still be on its way: that is no wreck */
  if (self->store != NULL &&
      inb_recovery_run (self->store, inb_desk_is_quiet (self->desk), &problem))
    {
      begin_looking (self);
      schedule (self);
    }
  else
    halt (self, problem);
  return G_SOURCE_REMOVE;
}

static gboolean
poke_cb (gpointer user_data)
{
  InbRunner *self = user_data;

  if (self->halted && self->current == NULL)
    recover_cb (self);
  else
    {
      if (self->desk != NULL)
        inb_desk_forget_keys (self->desk);
      schedule (self);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
desk_stopped_cb (gpointer user_data)
{
  InbRunner *self = user_data;

  self->desk_empty = TRUE;
  quit_if_stopped (self);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  InbRunner *self = user_data;

  self->stopping = TRUE;
  stop_looking (self);
  if (self->current != NULL)
    g_cancellable_cancel (self->cancellable);
  self->desk_empty = self->desk == NULL;
  if (self->desk != NULL)
    inb_desk_stop (self->desk, desk_stopped_cb, self);
  quit_if_stopped (self);
  return G_SOURCE_REMOVE;
}

static void
invoke (InbRunner *self, GSourceFunc callback)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
}

static gpointer
run (gpointer user_data)
{
  InbRunner *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  stop_looking (self);
  g_clear_pointer (&self->follow, inb_follow_free);
  g_clear_pointer (&self->desk, inb_desk_free);
  g_clear_pointer (&self->store, inb_store_close);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * inb_runner_start:
 * @root: the data folder, made already
 * @lock: (transfer full): its lock
 * @news: where progress and trouble are told; must outlive the runner
 * @trace: whether each message to a service is told there too
 *
 * Makes good what the last runner left, then runs the jobs of the local engine, oldest first, and
 * those of services beside.
 *
 * Returns: (transfer full): the runner, in a thread of its own
 */
InbRunner *
inb_runner_start (const char *root, InbLock *lock, InbNews *news, gboolean trace)
{
  InbRunner *self = g_new0 (InbRunner, 1);

  self->root = g_strdup (root);
  self->lock = lock;
  self->news = news;
  self->trace = trace;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  invoke (self, recover_cb);
  self->thread = g_thread_new ("runner", run, self);
  return self;
}

/**
 * inb_runner_poke:
 * @self: the runner
 *
 * There is something new: it looks, also if it had given up.
 */
void
inb_runner_poke (InbRunner *self)
{
  invoke (self, poke_cb);
}

/**
 * inb_runner_stop:
 * @self: (transfer full): the runner
 *
 * Ends the worker, puts the job at work back, ends the thread and lets go of the lock. Waits for
 * all of that: 100 ms, a second where a worker hangs, or a few where the answer to a paid request
 * is still to come.
 */
void
inb_runner_stop (InbRunner *self)
{
  invoke (self, stop_cb);
  g_thread_join (self->thread);
  inb_lock_release (self->lock);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->root);
  g_free (self);
}
