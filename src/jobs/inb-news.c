/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-news.h"

/* A letter box between the runner's thread and the main context: any number of letters is one
 * wake-up, and of one job only the last word counts. */
struct _InbNews
{
  InbNewsCallback callback;
  gpointer user_data;
  GSource *source;

  GMutex lock;
  GHashTable *progress; /* id → double * */
  GError *problem;
  GPtrArray *trace;
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

static gboolean
deliver_cb (gpointer user_data)
{
  InbNews *self = user_data;
  g_autoptr (GHashTable) progress = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) trace = NULL;
  InbLetter letter;

  g_mutex_lock (&self->lock);
  progress = g_steal_pointer (&self->progress);
  self->progress = make_table ();
  problem = g_steal_pointer (&self->problem);
  trace = g_steal_pointer (&self->trace);
  self->trace = g_ptr_array_new_with_free_func (g_free);
  g_source_set_ready_time (self->source, -1);
  g_mutex_unlock (&self->lock);

  letter = (InbLetter){ .progress = progress, .problem = problem, .trace = trace };
  self->callback (&letter, self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_news_new:
 * @callback: called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Returns: (transfer full): an empty box
 */
InbNews *
inb_news_new (InbNewsCallback callback, gpointer user_data)
{
  InbNews *self = g_new0 (InbNews, 1);

  self->callback = callback;
  self->user_data = user_data;
  self->progress = make_table ();
  self->trace = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->lock);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_callback (self->source, deliver_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * inb_news_free:
 * @self: (transfer full): a box nobody posts to any more
 */
void
inb_news_free (InbNews *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_hash_table_unref (self->progress);
  g_ptr_array_unref (self->trace);
  g_clear_error (&self->problem);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * inb_news_post_progress:
 * @self: a box
 * @job_id: UUID of a job
 * @progress: 0…1
 *
 * From any thread.
 */
void
inb_news_post_progress (InbNews *self, const char *job_id, double progress)
{
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->progress, g_strdup (job_id), g_memdup2 (&progress, sizeof progress));
  g_source_set_ready_time (self->source, 0);
  g_mutex_unlock (&self->lock);
}

/**
 * inb_news_post_problem:
 * @self: a box
 * @problem: (transfer none): why no job can be run at all; copied
 *
 * From any thread.
 */
void
inb_news_post_problem (InbNews *self, const GError *problem)
{
  g_mutex_lock (&self->lock);
  g_clear_error (&self->problem);
  self->problem = g_error_copy (problem);
  g_source_set_ready_time (self->source, 0);
  g_mutex_unlock (&self->lock);
}

/**
 * inb_news_post_trace:
 * @self: a box
 * @line: what is told of a message
 *
 * From any thread.
 */
void
inb_news_post_trace (InbNews *self, const char *line)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->trace, g_strdup (line));
  g_source_set_ready_time (self->source, 0);
  g_mutex_unlock (&self->lock);
}
