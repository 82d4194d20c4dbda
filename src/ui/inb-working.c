/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-working.h"

#include <gio/gio.h>

/* What is being made right now, of all that the queue knows of. */

/* One job that is looked at; freed when the queue no longer has it. */
typedef struct
{
  InbWorking *working;
  InbJob *job;
  InbJobState state; /* when it was looked at last */
} Watch;

struct _InbWorking
{
  GObject parent_instance;

  GListModel *jobs;
  GHashTable *watches; /* InbJob → Watch */
  GPtrArray *at_work;  /* InbJob, oldest first */
};

enum
{
  SIGNAL_MOVED,
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void inb_working_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbWorking, inb_working, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      inb_working_list_model_init))

/* Those that were asked for together in the order of their takes. */
static gboolean
is_before (InbJob *one, InbJob *other)
{
  if (inb_job_get_created (one) != inb_job_get_created (other))
    return inb_job_get_created (one) < inb_job_get_created (other);
  return inb_job_get_take (one) < inb_job_get_take (other);
}

static void
add (InbWorking *self, InbJob *job)
{
  guint place = self->at_work->len;

  while (place > 0 && is_before (job, g_ptr_array_index (self->at_work, place - 1)))
    place--;
  g_ptr_array_insert (self->at_work, (int) place, g_object_ref (job));
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static void
sort_in (InbWorking *self, InbJob *job)
{
  guint place;
  gboolean listed = g_ptr_array_find (self->at_work, job, &place);

  if (listed == !inb_job_is_at_rest (job))
    return;
  if (!listed)
    add (self, job);
  else
    {
      g_ptr_array_remove_index (self->at_work, place);
      g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
    }
}

static void
changed_cb (Watch *watch)
{
  g_autoptr (InbWorking) self = g_object_ref (watch->working);
  g_autoptr (InbJob) job = g_object_ref (watch->job);
  InbJobState before = watch->state;

  watch->state = inb_job_get_state (job);
  sort_in (self, job);
  if (before != inb_job_get_state (job))
    g_signal_emit (self, signals[SIGNAL_MOVED], 0, job, (guint) before);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
progress_cb (Watch *watch)
{
  g_signal_emit (watch->working, signals[SIGNAL_PROGRESS], 0);
}

static void
watch_free (Watch *watch)
{
  g_signal_handlers_disconnect_by_data (watch->job, watch);
  g_object_unref (watch->job);
  g_free (watch);
}

static void
look_at (InbWorking *self, InbJob *job)
{
  Watch *watch;

  if (g_hash_table_contains (self->watches, job))
    return;
  watch = g_new0 (Watch, 1);
  watch->working = self;
  watch->job = g_object_ref (job);
  watch->state = inb_job_get_state (job);
  g_hash_table_insert (self->watches, job, watch);
  g_signal_connect_swapped (job, "notify::state", G_CALLBACK (changed_cb), watch);
  g_signal_connect_swapped (job, "notify::progress", G_CALLBACK (progress_cb), watch);
  sort_in (self, job);
}

/* The queue hardly ever takes jobs away, so that is done the plain way: whoever is no longer in the
 * list is let go. */
static void
forget_missing (InbWorking *self)
{
  g_autoptr (GHashTable) present = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  GHashTableIter iter;
  gpointer job;

  for (guint i = 0; i < g_list_model_get_n_items (self->jobs); i++)
    g_hash_table_add (present, g_list_model_get_item (self->jobs, i));
  for (guint i = self->at_work->len; i-- > 0;)
    if (!g_hash_table_contains (present, g_ptr_array_index (self->at_work, i)))
      {
        g_ptr_array_remove_index (self->at_work, i);
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
      }
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    if (!g_hash_table_contains (present, job))
      g_hash_table_iter_remove (&iter);
}

static void
items_changed_cb (InbWorking *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (self->jobs, i);

      look_at (self, job);
    }
  if (removed > 0)
    forget_missing (self);
}

static GType
inb_working_get_item_type (GListModel *model)
{
  return INB_TYPE_JOB;
}

static guint
inb_working_get_n_items (GListModel *model)
{
  return INB_WORKING (model)->at_work->len;
}

static gpointer
inb_working_get_item (GListModel *model, guint position)
{
  InbWorking *self = INB_WORKING (model);

  return position < self->at_work->len ? g_object_ref (g_ptr_array_index (self->at_work, position))
                                       : NULL;
}

static void
inb_working_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = inb_working_get_item_type;
  interface->get_n_items = inb_working_get_n_items;
  interface->get_item = inb_working_get_item;
}

static void
inb_working_finalize (GObject *object)
{
  InbWorking *self = INB_WORKING (object);

  g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_hash_table_unref (self->watches);
  g_ptr_array_unref (self->at_work);
  g_object_unref (self->jobs);

  G_OBJECT_CLASS (inb_working_parent_class)->finalize (object);
}

static void
inb_working_class_init (InbWorkingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_working_finalize;

  signals[SIGNAL_MOVED] = g_signal_new ("moved", INB_TYPE_WORKING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, INB_TYPE_JOB, G_TYPE_UINT);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", INB_TYPE_WORKING, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_working_init (InbWorking *self)
{
  self->watches = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) watch_free);
  self->at_work = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * inb_working_new:
 * @jobs: (transfer none): model of #InbJob: the queue
 *
 * Returns: (transfer full): those of them that are not at rest
 */
InbWorking *
inb_working_new (GListModel *jobs)
{
  InbWorking *self = g_object_new (INB_TYPE_WORKING, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (jobs));
  return self;
}

/**
 * inb_working_get_progress:
 * @self: jobs at work
 *
 * Returns: 0…1, the mean of all that is at work; a job that cannot say counts as not begun; 0
 * where nothing is at work
 */
double
inb_working_get_progress (InbWorking *self)
{
  double sum = 0.0;

  g_return_val_if_fail (INB_IS_WORKING (self), 0.0);

  for (guint i = 0; i < self->at_work->len; i++)
    sum += CLAMP (inb_job_get_progress (g_ptr_array_index (self->at_work, i)), 0.0, 1.0);
  return self->at_work->len > 0 ? sum / self->at_work->len : 0.0;
}

static gboolean
is_local (InbJob *job)
{
  return g_strcmp0 (inb_job_get_request (job)->provider, "local") == 0;
}

/**
 * inb_working_count_unsent:
 * @self: jobs at work
 *
 * Returns: how many of them will be paid for and have not been sent to their service: what a stop
 * of the program leaves paused
 */
guint
inb_working_count_unsent (InbWorking *self)
{
  guint n_unsent = 0;

  g_return_val_if_fail (INB_IS_WORKING (self), 0);

  for (guint i = 0; i < self->at_work->len; i++)
    {
      InbJob *job = g_ptr_array_index (self->at_work, i);
      InbJobState state = inb_job_get_state (job);

      if (!is_local (job) &&
          (state == INB_JOB_PREPARING || state == INB_JOB_UPLOADING || state == INB_JOB_READY))
        n_unsent++;
    }
  return n_unsent;
}

/**
 * inb_working_is_busy:
 * @self: jobs at work
 *
 * Returns: %TRUE while this computer must not fall asleep: a clip is rendered here, a photo goes up
 * or a clip comes down. What a service does goes on without us.
 */
gboolean
inb_working_is_busy (InbWorking *self)
{
  g_return_val_if_fail (INB_IS_WORKING (self), FALSE);

  for (guint i = 0; i < self->at_work->len; i++)
    {
      InbJob *job = g_ptr_array_index (self->at_work, i);
      InbJobState state = inb_job_get_state (job);

      if (is_local (job) || state == INB_JOB_UPLOADING || state == INB_JOB_SUBMITTING ||
          state == INB_JOB_DOWNLOADING || state == INB_JOB_VERIFYING)
        return TRUE;
    }
  return FALSE;
}
