/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-changes.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-task.h"
#include "jobs/inb-recovery.h"
#include "jobs/inb-storage.h"
#include "jobs/inb-trash.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-messages.h"
#include "store/inb-lock.h"
#include "store/inb-settings.h"

/* What a screen or a command changes: in a thread, through a connection that lives only so long.
 * The runner has its own; SQLite lets one write after the other. All go through one thread, in the
 * order they were asked for (a mark and its undo, two drafts of one form), but for those that may
 * take long. */
typedef struct
{
  char *root;
  InbChange change; /* its strings are owned */
} Input;

static void
input_free (Input *self)
{
  g_free (self->root);
  g_free ((char *) self->change.id);
  g_free ((char *) self->change.text);
  g_free ((char *) self->change.draft);
  g_free (self);
}

static gboolean
is_unsent (InbJobState state)
{
  return state == INB_JOB_PREPARING || state == INB_JOB_UPLOADING || state == INB_JOB_READY;
}

/* What a service has begun ends as the service can; a person is told so before they wish for more.
 */
static gboolean
may_cancel (const InbRow *row, GError **error)
{
  InbJobState state = inb_job_get_state (row->job);
  const InbProvider *provider = inb_catalogue_find (inb_job_get_request (row->job)->provider, NULL);

  if (provider == NULL || provider->service == NULL || is_unsent (state) ||
      inb_job_state_is_final (state))
    return TRUE;
  if (state == INB_JOB_UNKNOWN || state == INB_JOB_RECONCILING)
    return inb_error_refuse (error,
                             _ ("Whether %s has this job is not known, so it cannot be cancelled. "
                                "“jobs resolve” settles it."),
                             inb_provider_get_name (provider));
  if ((state == INB_JOB_QUEUED || state == INB_JOB_RUNNING || state == INB_JOB_STALLED ||
       state == INB_JOB_CANCELLING) &&
      inb_messages_has_step (provider, INB_STEP_CANCEL))
    return TRUE;
  return inb_error_refuse (
      error,
      _ ("%s cannot take back what it has begun: it is charged anyway, and the "
         "clip is kept when it is done."),
      inb_provider_get_name (provider));
}

/* Looked at and wished in one transaction: a paid request that is about to leave either sees the
 * wish or is told of. */
static InbRow *
wish_cancel (InbStore *store, const char *id, GError **error)
{
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (InbRow) row = NULL;

  if (!inb_database_begin (database, error))
    return NULL;
  row = inb_store_get (store, id, error);
  if (row == NULL || !may_cancel (row, error) || !inb_store_wish_cancel (store, id, error))
    {
      inb_database_rollback (database);
      return NULL;
    }
  return inb_database_commit (database, error) ? g_steal_pointer (&row) : NULL;
}

/* The wish is written first; where nobody runs jobs it is also carried out, as far as that needs no
 * service. */
static gboolean
cancel (InbStore *store, const char *id, GError **error)
{
  g_autoptr (InbLock) lock = NULL;
  g_autoptr (InbRow) row = wish_cancel (store, id, error);

  if (row == NULL)
    return FALSE;
  if (!is_unsent (inb_job_get_state (row->job)) && row->remote.n_attempts > 0)
    return TRUE;
  lock = inb_lock_try (inb_store_get_root (store), NULL);
  return lock == NULL || inb_recovery_cancel (store, id, error);
}

static gboolean
change_take (InbStore *store, const InbChange *change, GError **error)
{
  switch ((int) change->kind)
    {
    case INB_CHANGE_CANCEL:
      return cancel (store, change->id, error);
    case INB_CHANGE_RESUME:
      return inb_store_resume (store, change->id, error);
    case INB_CHANGE_LOST:
      return inb_store_wish (store, change->id, "lost", error);
    case INB_CHANGE_RESEND:
      return inb_store_wish (store, change->id, "resend", error);
    case INB_CHANGE_LOOK:
      return inb_store_wish (store, change->id, "look", error);
    case INB_CHANGE_DELETE:
    case INB_CHANGE_UNDELETE:
      return inb_store_set_deleted (store, change->id, change->kind == INB_CHANGE_DELETE, error);
    case INB_CHANGE_TRASH:
      return inb_trash_take (store, change->id, error);
    case INB_CHANGE_NAME:
      return inb_store_set_name (store, change->id, change->text, error);
    default:
      return inb_store_set_mark (store, change->id, (int) change->number, error);
    }
}

static gboolean
carry_out (const Input *input, GError **error)
{
  const InbChange *change = &input->change;
  g_autoptr (InbStore) store = inb_store_open (input->root, INB_DATABASE_WRITE, error);

  if (store == NULL)
    return FALSE;
  switch ((int) change->kind)
    {
    case INB_CHANGE_RENAME_PRODUCT:
      return inb_store_rename_product (store, change->id, change->text, error);
    case INB_CHANGE_DROP_PRODUCT:
      return inb_store_drop_product (store, change->id, error);
    case INB_CHANGE_DRAFT:
      return inb_store_save_draft (store, change->id, change->text, change->draft, change->number,
                                   error);
    case INB_CHANGE_SETTING:
      return inb_settings_set_text (store, change->id, change->text, error);
    case INB_CHANGE_CLEAN:
      return inb_storage_clean (store, (InbStorageKind) change->number, error);
    default:
      return change_take (store, change, error);
    }
}

static void
do_it (GTask *task)
{
  GError *error = NULL;

  if (carry_out (g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
change_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  do_it (task);
}

/* The one thread, and those who wait for it to have nothing left. */
static GMutex mutex;
static GCond quiet;
static guint n_waiting;

static void
do_next (gpointer task, gpointer unused)
{
  do_it (task);
  g_object_unref (task);
  g_mutex_lock (&mutex);
  n_waiting--;
  g_cond_broadcast (&quiet);
  g_mutex_unlock (&mutex);
}

static gpointer
make_line (gpointer unused)
{
  return g_thread_pool_new (do_next, NULL, 1, FALSE, NULL);
}

static void
queue_up (GTask *task)
{
  static GOnce once = G_ONCE_INIT;

  g_mutex_lock (&mutex);
  n_waiting++;
  g_mutex_unlock (&mutex);
  g_thread_pool_push (g_once (&once, make_line, NULL), task, NULL);
}

/**
 * inb_changes_flush:
 *
 * Waits until every change that was asked for is on the disk, or has failed; their callbacks may
 * still be to come. What may take long (files to the Trash, cleaning) is not waited for.
 */
void
inb_changes_flush (void)
{
  g_mutex_lock (&mutex);
  while (n_waiting > 0)
    g_cond_wait (&quiet, &mutex);
  g_mutex_unlock (&mutex);
}

/**
 * inb_changes_async:
 * @root: the data folder
 * @change: what to change
 * @source: source object of the result
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 */
void
inb_changes_async (const char *root, const InbChange *change, GObject *source,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = inb_task_new (source, NULL, callback, user_data);
  Input *input = g_new0 (Input, 1);

  input->root = g_strdup (root);
  input->change = *change;
  input->change.id = g_strdup (change->id);
  input->change.text = g_strdup (change->text);
  input->change.draft = g_strdup (change->draft);
  g_task_set_source_tag (task, inb_changes_async);
  g_task_set_task_data (task, input, (GDestroyNotify) input_free);
  if (change->kind == INB_CHANGE_TRASH || change->kind == INB_CHANGE_CLEAN)
    g_task_run_in_thread (task, change_in_thread);
  else
    queue_up (g_steal_pointer (&task));
}

/**
 * inb_changes_finish:
 * @result: of inb_changes_async()
 * @error: as the function of the store that carried it out
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_changes_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
