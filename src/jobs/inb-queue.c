/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-queue.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "jobs/inb-changes.h"
#include "jobs/inb-follow.h"
#include "jobs/inb-job-table.h"
#include "jobs/inb-news.h"
#include "jobs/inb-queue-private.h"
#include "jobs/inb-runner.h"
#include "jobs/inb-turn.h"
#include "jobs/inb-typical.h"
#include "store/inb-paths.h"

/* The jobs of one data folder that matter now, newest first, for whoever shows or waits for them:
 * those that are not at rest, those that came while it is open, and those of the products shown.
 * The rest is read where it is asked for, so that a long history does not cost the start. Reads
 * through a connection of its own; is told of changes, whichever process makes them, by the
 * database's log being written, never by a timer. Progress of a job that runs in this process comes
 * straight from the runner; of another process's job it is what the row says, at most once a
 * second. */
struct _InbQueue
{
  GObject parent_instance;

  char *root;
  InbStore *store;
  InbJobTable *jobs;
  GHashTable *shown; /* ids of products */
  gint64 opened_us;
  gboolean all;
  gint64 latest; /* number of the last write that is known here */

  InbFollow *follow;
  InbNews *news;
  InbTurn *turn;
  InbRunner *runner;
  gboolean trace;
};

enum
{
  SIGNAL_HALTED,
  SIGNAL_TRACED,
  SIGNAL_WRITTEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void inb_queue_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbQueue, inb_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, inb_queue_list_model_init))

static InbJob *
take_row (InbQueue *self, const InbRow *row)
{
  guint place;

  if (inb_job_table_find (self->jobs, inb_job_get_id (row->job)) == NULL)
    inb_typical_teach (self->store, row->job);
  if (inb_job_table_take (self->jobs, row->job, row->change, &place))
    g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
  return inb_job_table_find (self->jobs, inb_job_get_id (row->job));
}

static gboolean
belongs (InbQueue *self, gboolean at_rest, gint64 created_us, const char *product_id)
{
  return self->all || !at_rest || created_us >= self->opened_us ||
         g_hash_table_contains (self->shown, product_id);
}

/* Of a job that does not belong into the list only those who have it hear. */
static gboolean
wanted_cb (const InbRowHead *head, gpointer user_data)
{
  InbQueue *self = user_data;

  return belongs (self, head->at_rest, head->created_us, head->product_id) ||
         inb_job_table_find (self->jobs, head->id) != NULL;
}

/* What was written since the last look. */
static gboolean
refresh (InbQueue *self, GError **error)
{
  gint64 before = self->latest;
  g_autoptr (GPtrArray) rows = NULL;

  if (self->store == NULL)
    return TRUE;
  rows = inb_store_list_written (self->store, before, wanted_cb, self, &self->latest, error);
  if (rows == NULL)
    {
      self->latest = before;
      return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);

      if (belongs (self, inb_job_state_is_final (inb_job_get_state (row->job)),
                   inb_job_get_created (row->job), inb_job_get_product_id (row->job)))
        take_row (self, row);
      else
        g_object_unref (inb_job_table_adopt (self->jobs, row->job, row->change));
    }
  if (self->latest != before)
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
  return TRUE;
}

static gboolean
read_first (InbQueue *self, GError **error)
{
  g_autoptr (GPtrArray) rows = self->all ? inb_store_list (self->store, 0, &self->latest, error)
                                         : inb_store_list_live (self->store, &self->latest, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = rows->len; i > 0; i--) /* newest first: each is appended */
    take_row (self, g_ptr_array_index (rows, i - 1));
  return TRUE;
}

static void
refresh_or_warn (InbQueue *self)
{
  g_autoptr (GError) error = NULL;

  if (!refresh (self, &error))
    g_message ("%s", error->message);
}

/* Something was committed; where it is no row, it is a product or a setting. */
static gboolean
rows_changed_cb (gpointer user_data)
{
  InbQueue *self = user_data;
  gint64 latest = self->latest;

  refresh_or_warn (self);
  if (self->latest == latest)
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
  return G_SOURCE_CONTINUE;
}

static void
news_cb (const InbLetter *letter, gpointer user_data)
{
  InbQueue *self = user_data;
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, letter->progress);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      InbJob *job = inb_job_table_find (self->jobs, id);

      if (job != NULL && !inb_job_state_is_final (inb_job_get_state (job)))
        inb_job_set_progress (job, *(double *) value);
    }
  for (guint i = 0; i < letter->trace->len; i++)
    g_signal_emit (self, signals[SIGNAL_TRACED], 0, g_ptr_array_index (letter->trace, i));
  if (letter->problem != NULL)
    g_signal_emit (self, signals[SIGNAL_HALTED], 0, letter->problem);
}

static void
my_turn_cb (InbLock *lock, gpointer user_data)
{
  InbQueue *self = user_data;

  self->runner = inb_runner_start (self->root, lock, self->news, self->trace);
}

static gboolean
open_store (InbQueue *self, GError **error)
{
  if (!inb_paths_make (self->root, error))
    return FALSE;
  self->store = inb_store_open (self->root, INB_DATABASE_READ, error);
  if (self->store == NULL)
    return FALSE;
  self->follow = inb_follow_new (self->store, rows_changed_cb, self);
  return read_first (self, error);
}

static GType
inb_queue_get_item_type (GListModel *model)
{
  return INB_TYPE_JOB;
}

static guint
inb_queue_get_n_items (GListModel *model)
{
  return inb_job_table_get_n_jobs (INB_QUEUE (model)->jobs);
}

static gpointer
inb_queue_get_item (GListModel *model, guint position)
{
  InbJob *job = inb_job_table_get (INB_QUEUE (model)->jobs, position);

  return job != NULL ? g_object_ref (job) : NULL;
}

static void
inb_queue_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = inb_queue_get_item_type;
  interface->get_n_items = inb_queue_get_n_items;
  interface->get_item = inb_queue_get_item;
}

static void
inb_queue_dispose (GObject *object)
{
  inb_queue_close (INB_QUEUE (object));

  G_OBJECT_CLASS (inb_queue_parent_class)->dispose (object);
}

static void
inb_queue_finalize (GObject *object)
{
  InbQueue *self = INB_QUEUE (object);

  inb_job_table_free (self->jobs);
  g_hash_table_unref (self->shown);
  g_free (self->root);

  G_OBJECT_CLASS (inb_queue_parent_class)->finalize (object);
}

static void
inb_queue_class_init (InbQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_queue_dispose;
  object_class->finalize = inb_queue_finalize;

  /**
   * InbQueue::halted:
   * @self: the jobs
   * @problem: why this process cannot run any job (a full disk, a lost database)
   *
   * Nothing is lost; a change made through this object makes it try again.
   */
  signals[SIGNAL_HALTED] = g_signal_new ("halted", INB_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * InbQueue::traced:
   * @self: the jobs
   * @line: method, address without its query, status, milliseconds and bytes of a message to a
   * service; never a key, a prompt or a signed address
   *
   * Emitted with %INB_QUEUE_TRACE while this process runs the jobs.
   */
  signals[SIGNAL_TRACED] = g_signal_new ("traced", INB_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * InbQueue::written:
   * @self: the jobs
   *
   * Rows, products or settings were written, by whomever; what is in the list is up to date
   * already.
   */
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", INB_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_queue_init (InbQueue *self)
{
  self->jobs = inb_job_table_new ();
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->opened_us = g_get_real_time ();
}

/**
 * inb_queue_open:
 * @root: the data folder, made if it is not there
 * @flags: %INB_QUEUE_RUN to run jobs whenever no other process of this data folder does: at once,
 * or as soon as the one that does ends; %INB_QUEUE_TRACE to tell of each message to a service;
 * %INB_QUEUE_ALL for a list of all jobs there ever were
 * @error: %INB_ERROR_STORE for a database that is damaged or of a newer version (it is left as it
 * is), %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE
 *
 * The list is complete when this returns (1.3 ms with 100,000 finished jobs, 1.0 without any,
 * measured) and changes only from the thread-default main context of the caller.
 *
 * Returns: (transfer full) (nullable): the jobs
 */
InbQueue *
inb_queue_open (const char *root, InbQueueFlags flags, GError **error)
{
  g_autoptr (InbQueue) self = g_object_new (INB_TYPE_QUEUE, NULL);

  self->root = g_strdup (root);
  self->trace = (flags & INB_QUEUE_TRACE) != 0;
  self->all = (flags & INB_QUEUE_ALL) != 0;
  if (!open_store (self, error))
    return NULL;
  if ((flags & INB_QUEUE_RUN) != 0)
    {
      self->news = inb_news_new (news_cb, self);
      self->turn = inb_turn_wait (root, my_turn_cb, self, error);
      if (self->turn == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * inb_queue_close:
 * @self: the jobs
 *
 * Stops running jobs: the one at work is put back and its worker ended, which takes at most a
 * second; the next holder of the lock, or the next start, goes on with it. What a person changed
 * before is on the disk when this returns. The list stays as it is.
 */
void
inb_queue_close (InbQueue *self)
{
  g_clear_pointer (&self->turn, inb_turn_free);
  g_clear_pointer (&self->runner, inb_runner_stop);
  g_clear_pointer (&self->news, inb_news_free);
  g_clear_pointer (&self->follow, inb_follow_free);
  inb_changes_flush ();
  if (self->store != NULL)
    refresh_or_warn (self);
  g_clear_pointer (&self->store, inb_store_close);
}

/**
 * inb_queue_get_root:
 * @self: the jobs
 *
 * Returns: (transfer none): the data folder
 */
const char *
inb_queue_get_root (InbQueue *self)
{
  return self->root;
}

/**
 * inb_queue_is_runner:
 * @self: the jobs
 *
 * Returns: %TRUE while this object runs them, %FALSE while it follows another process
 */
gboolean
inb_queue_is_runner (InbQueue *self)
{
  return self->runner != NULL;
}

/**
 * inb_queue_show_product:
 * @self: the jobs
 * @product_id: UUID of a product
 * @error: as inb_store_list_product()
 *
 * From now on all its jobs are in the list, also deleted ones.
 *
 * Returns: %TRUE if they could be read
 */
gboolean
inb_queue_show_product (InbQueue *self, const char *product_id, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (self->store == NULL || !g_hash_table_add (self->shown, g_strdup (product_id)))
    return TRUE;
  rows = inb_store_list_product (self->store, product_id, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    take_row (self, g_ptr_array_index (rows, i));
  if (rows == NULL)
    g_hash_table_remove (self->shown, product_id);
  return rows != NULL;
}

/**
 * inb_queue_get_job:
 * @self: the jobs
 * @id: UUID
 *
 * Returns: (transfer none) (nullable): the job, read from its row if it is not in the list
 */
InbJob *
inb_queue_get_job (InbQueue *self, const char *id)
{
  InbJob *known = inb_job_table_find (self->jobs, id);
  g_autoptr (InbRow) row = NULL;

  if (known != NULL)
    return inb_job_table_hold (self->jobs, known, 0);
  row = self->store != NULL ? inb_store_get (self->store, id, NULL) : NULL;
  return row != NULL ? inb_job_table_hold (self->jobs, row->job, row->change) : NULL;
}

/**
 * inb_queue_find_job:
 * @self: the jobs
 * @prefix: the first characters of a UUID
 * @error: %INB_ERROR_BAD_INPUT if none or more than one begins so
 *
 * Looks at all jobs there ever were.
 *
 * Returns: (transfer none) (nullable): the job
 */
InbJob *
inb_queue_find_job (InbQueue *self, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  InbRow *row;

  if (*prefix != '\0' && self->store != NULL)
    {
      rows = inb_store_list_prefix (self->store, prefix, error);
      if (rows == NULL)
        return NULL;
    }
  if (rows == NULL || rows->len != 1)
    {
      inb_error_refuse (error,
                        rows != NULL && rows->len > 1
                            ? _ ("Several jobs begin with “%s”. Give more of the id.")
                            : _ ("There is no job “%s”. “inbetween-cli jobs” lists them."),
                        prefix);
      return NULL;
    }
  row = g_ptr_array_index (rows, 0);
  return inb_job_table_hold (self->jobs, row->job, row->change);
}

/* For its other files: the connection for reading, NULL once it is closed. */
InbStore *
inb_queue_get_store (InbQueue *self)
{
  return self->store;
}

/**
 * inb_queue_take_over:
 * @self: the jobs
 * @error: as inb_store_list()
 *
 * Something was written here: the runner of this process looks, and the list is brought up to date.
 *
 * Returns: %TRUE if the rows could be read
 */
gboolean
inb_queue_take_over (InbQueue *self, GError **error)
{
  if (self->runner != NULL)
    inb_runner_poke (self->runner);
  return refresh (self, error);
}

/**
 * inb_queue_take_job:
 * @self: the jobs
 * @id: UUID
 * @error: as inb_store_get()
 *
 * Returns: (transfer none) (nullable): the job, which is in the list from now on
 */
InbJob *
inb_queue_take_job (InbQueue *self, const char *id, GError **error)
{
  g_autoptr (InbRow) row = self->store != NULL ? inb_store_get (self->store, id, error) : NULL;

  if (row != NULL)
    return take_row (self, row);
  if (self->store == NULL)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_CANCELLED, _ ("The jobs were closed."));
  return NULL;
}

/* The one object of the job of a row that was read through any connection. */
InbJob *
inb_queue_adopt (InbQueue *self, const InbRow *row)
{
  return inb_job_table_adopt (self->jobs, row->job, row->change);
}
