/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-queue.h"

#include "jobs/inb-changes.h"
#include "jobs/inb-follow.h"
#include "jobs/inb-job-table.h"
#include "jobs/inb-news.h"
#include "jobs/inb-runner.h"
#include "jobs/inb-turn.h"
#include "store/inb-paths.h"

/* The jobs of one data folder, newest first, for whoever shows or waits for them. Reads through a
 * connection of its own; is told of changes, whichever process makes them, by the database's log
 * being written, never by a timer. Progress of a job that runs in this process comes straight from
 * the runner; of another process's job it is what the row says, at most once a second. */
struct _InbQueue
{
  GObject parent_instance;

  char *root;
  InbStore *store;
  InbJobTable *jobs;
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
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void inb_queue_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbQueue, inb_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, inb_queue_list_model_init))

static void
take_row (InbQueue *self, InbJob *fresh)
{
  guint place;

  if (inb_job_table_take (self->jobs, fresh, &place))
    g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static gboolean
refresh (InbQueue *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (self->store == NULL)
    return TRUE;
  rows = inb_store_list (self->store, self->latest, &self->latest, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    take_row (self, ((InbRow *) g_ptr_array_index (rows, i))->job);
  return TRUE;
}

static void
refresh_or_warn (InbQueue *self)
{
  g_autoptr (GError) error = NULL;

  if (!refresh (self, &error))
    g_message ("%s", error->message);
}

static gboolean
rows_changed_cb (gpointer user_data)
{
  refresh_or_warn (user_data);
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
  if (!inb_database_check (inb_store_get_database (self->store), error))
    return FALSE;
  self->follow = inb_follow_new (self->store, rows_changed_cb, self);
  return refresh (self, error);
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
}

static void
inb_queue_init (InbQueue *self)
{
  self->jobs = inb_job_table_new ();
}

/**
 * inb_queue_open:
 * @root: the data folder, made if it is not there
 * @flags: %INB_QUEUE_RUN to run jobs whenever no other process of this data folder does: at once,
 * or as soon as the one that does ends; %INB_QUEUE_TRACE to tell of each message to a service
 * @error: %INB_ERROR_STORE for a database that is damaged or of a newer version (it is left as it
 * is), %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE
 *
 * The list is complete when this returns (13 ms for 1,000 jobs, measured) and changes only from the
 * thread-default main context of the caller.
 *
 * Returns: (transfer full) (nullable): the jobs
 */
InbQueue *
inb_queue_open (const char *root, InbQueueFlags flags, GError **error)
{
  g_autoptr (InbQueue) self = g_object_new (INB_TYPE_QUEUE, NULL);

  self->root = g_strdup (root);
  self->trace = (flags & INB_QUEUE_TRACE) != 0;
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
 * second; the next holder of the lock, or the next start, goes on with it. The list stays as it is.
 */
void
inb_queue_close (InbQueue *self)
{
  g_clear_pointer (&self->turn, inb_turn_free);
  g_clear_pointer (&self->runner, inb_runner_stop);
  g_clear_pointer (&self->news, inb_news_free);
  g_clear_pointer (&self->follow, inb_follow_free);
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
 * inb_queue_get_job:
 * @self: the jobs
 * @id: UUID
 *
 * Returns: (transfer none) (nullable): the job
 */
InbJob *
inb_queue_get_job (InbQueue *self, const char *id)
{
  return inb_job_table_find (self->jobs, id);
}

/**
 * inb_queue_find_job:
 * @self: the jobs
 * @prefix: the first characters of a UUID
 * @error: %INB_ERROR_BAD_INPUT if none or more than one begins so
 *
 * Returns: (transfer none) (nullable): the job
 */
InbJob *
inb_queue_find_job (InbQueue *self, const char *prefix, GError **error)
{
  return inb_job_table_find_prefix (self->jobs, prefix, error);
}

static gboolean
take_over (InbQueue *self, GError **error)
{
  if (self->runner != NULL)
    inb_runner_poke (self->runner);
  return refresh (self, error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  InbQueue *self = INB_QUEUE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = inb_changes_add_finish (result, &error);

  if (ids == NULL || !take_over (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, inb_job_table_dup_jobs (self->jobs, ids),
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * inb_queue_add_async:
 * @self: the jobs
 * @request: a request; its photos are kept already
 * @product_id: (nullable): UUID of the product, made if it is not there; %NULL: the newest one
 * called @product_name, made if there is none
 * @product_name: (nullable): what the product is called if it is made; %NULL: after the photo
 * @cancellable: (nullable): before anything is written
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Writes one row a take, durably, from a thread; then whoever runs jobs begins.
 */
void
inb_queue_add_async (InbQueue *self, const InbRequest *request, const char *product_id,
                     const char *product_name, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_queue_add_async);
  g_task_set_check_cancellable (task, FALSE); /* what is written is told */
  inb_changes_add_async (self->root, request, product_id, product_name, G_OBJECT (self),
                         cancellable, added_cb, g_steal_pointer (&task));
}

/**
 * inb_queue_add_finish:
 * @self: the jobs
 * @result: of inb_queue_add_async()
 * @error: %INB_ERROR_BAD_INPUT for a request that cannot be, %INB_ERROR_STORE,
 * %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE; nothing is added then
 *
 * Returns: (transfer full) (nullable) (element-type InbJob): the new jobs, in the order of takes
 */
GPtrArray *
inb_queue_add_finish (InbQueue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  InbQueue *self = INB_QUEUE (source);
  g_autoptr (GError) error = NULL;

  if (inb_changes_finish (result, &error) && take_over (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
change (InbQueue *self, InbChange what, const char *id, const char *name,
        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, change);
  inb_changes_async (self->root, what, id, name, G_OBJECT (self), changed_cb,
                     g_steal_pointer (&task));
}

/**
 * inb_queue_cancel_async:
 * @self: the jobs
 * @job_id: UUID of a job that is not at rest
 * @callback: (scope async): called on the caller's main context when the wish is on the disk
 * @user_data: for @callback
 *
 * Whoever runs jobs carries it out within 100 ms; where nobody does, it is done here and now. End
 * it with inb_queue_change_finish().
 */
void
inb_queue_cancel_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  change (self, INB_CHANGE_CANCEL, job_id, NULL, callback, user_data);
}

/**
 * inb_queue_resume_async:
 * @self: the jobs
 * @job_id: UUID of a job
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * A job that failed here begins again; one that is paused goes on; one under way stays so. End it
 * with inb_queue_change_finish().
 */
void
inb_queue_resume_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  change (self, INB_CHANGE_RESUME, job_id, NULL, callback, user_data);
}

/**
 * inb_queue_resolve_async:
 * @self: the jobs
 * @job_id: UUID of a job in UNKNOWN
 * @how: what a person decides
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * Whoever runs jobs carries it out. End it with inb_queue_change_finish().
 */
void
inb_queue_resolve_async (InbQueue *self, const char *job_id, InbResolve how,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  static const InbChange changes[] = { [INB_RESOLVE_LOST] = INB_CHANGE_LOST,
                                       [INB_RESOLVE_RESEND] = INB_CHANGE_RESEND,
                                       [INB_RESOLVE_LOOK] = INB_CHANGE_LOOK };

  change (self, changes[how], job_id, NULL, callback, user_data);
}

/**
 * inb_queue_rename_product_async:
 * @self: the jobs
 * @product_id: UUID of a product
 * @name: what it is called from now on
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * End it with inb_queue_change_finish().
 */
void
inb_queue_rename_product_async (InbQueue *self, const char *product_id, const char *name,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  change (self, INB_CHANGE_RENAME_PRODUCT, product_id, name, callback, user_data);
}

/**
 * inb_queue_change_finish:
 * @self: the jobs
 * @result: of inb_queue_cancel_async(), inb_queue_resume_async() or
 * inb_queue_rename_product_async()
 * @error: %INB_ERROR_BAD_INPUT where the job is at rest, or as inb_database_open()
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_queue_change_finish (InbQueue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
