/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-worker.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-worker-result.h"
#include "jobs/inb-worker-spawn.h"

/* More would not make it faster: the engine uses all cores, and each has its own memory bound. */
#define MAX_AT_ONCE 2
/* A worker ends within 100 ms of SIGTERM; one that does not is not asked again. */
#define PATIENCE_MS 1000
/* 300 camera matrices as text are 60 KB; what says more than this is not ours */
#define MAX_RESULT_BYTES (1024 * 1024)
#define MAX_MESSAGE_BYTES (64 * 1024)
/* A screen cannot use more often. */
#define MIN_INTERVAL_US (G_USEC_PER_SEC / 10)

/* One run, owned by its task. All of it happens in the main context that it was asked in. */
typedef struct
{
  char **arguments;
  char *part;
  InbWorkerProgress progress;
  gpointer progress_data;
  gint64 last_progress_us;

  GSubprocess *process;
  GSource *cancel_source;
  GSource *kill_source;
  GString *result;
  GString *message;
  GString *progress_line;
  guint n_open; /* things still to come: both outputs, and the end of the process */
  gboolean too_much;
} Run;

/* A pipe being read to its end */
typedef struct
{
  GTask *task;
  GInputStream *stream;
  GString *into;
  gsize max_bytes;
} Drain;

static GMutex slots_lock;
static guint n_running;
static GQueue waiting = G_QUEUE_INIT; /* tasks, each with a reference */

static void start (GTask *task);

static void
run_free (Run *self)
{
  g_strfreev (self->arguments);
  g_free (self->part);
  g_clear_object (&self->process);
  g_string_free (self->result, TRUE);
  g_string_free (self->message, TRUE);
  g_string_free (self->progress_line, TRUE);
  g_free (self);
}

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
remove_part (const char *part)
{
  g_autofree char *inner = NULL;

  if (part == NULL)
    return;
  unlink (part);
  inner = g_strconcat (part, ".part", NULL); /* a worker killed before its own rename */
  unlink (inner);
}

static gboolean
start_cb (gpointer user_data)
{
  start (user_data);
  return G_SOURCE_REMOVE;
}

/* Lets the next one begin, in the main context it was asked in. */
static void
leave_slot (void)
{
  g_autoptr (GTask) next = NULL;

  g_mutex_lock (&slots_lock);
  next = g_queue_pop_head (&waiting);
  if (next == NULL)
    n_running--;
  g_mutex_unlock (&slots_lock);
  if (next != NULL)
    g_main_context_invoke_full (g_task_get_context (next), G_PRIORITY_DEFAULT, start_cb,
                                g_object_ref (next), g_object_unref);
}

static void
finish (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  drop_source (&run->cancel_source);
  drop_source (&run->kill_source);
  leave_slot ();
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_CANCELLED, _ ("Cancelled."));
  else
    object = inb_worker_read_result (run->arguments[0], run->process, run->result->str,
                                     run->too_much ? NULL : run->message->str, &error);
  if (object != NULL)
    {
      g_task_return_pointer (task, object, (GDestroyNotify) json_object_unref);
      return;
    }
  remove_part (run->part);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
one_closed (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (--run->n_open == 0)
    finish (task);
}

static void
drain_free (Drain *self)
{
  g_object_unref (self->task);
  g_object_unref (self->stream);
  g_free (self);
}

static void drain_next (Drain *drain);

static void
drain_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drain *drain = user_data;
  Run *run = g_task_get_task_data (drain->task);
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (length == 0)
    {
      one_closed (drain->task);
      drain_free (drain);
      return;
    }
  if (drain->into->len + length <= drain->max_bytes)
    g_string_append_len (drain->into, g_bytes_get_data (bytes, NULL), (gssize) length);
  else if (drain->into == run->message) /* its last line is what counts */
    g_string_assign (drain->into, "");
  else if (!run->too_much)
    {
      run->too_much = TRUE;
      g_subprocess_force_exit (run->process);
    }
  drain_next (drain);
}

static void
drain_next (Drain *drain)
{
  g_input_stream_read_bytes_async (drain->stream, 16 * 1024, G_PRIORITY_DEFAULT, NULL, drain_cb,
                                   drain);
}

static void
drain (GTask *task, GInputStream *stream, GString *into, gsize max_bytes)
{
  Run *run = g_task_get_task_data (task);
  Drain *self = g_new0 (Drain, 1);

  run->n_open++;
  self->task = g_object_ref (task);
  self->stream = g_object_ref (stream);
  self->into = into;
  self->max_bytes = max_bytes;
  drain_next (self);
}

static void
take_progress_line (Run *run)
{
  g_autoptr (JsonObject) object =
      inb_json_parse_object (run->progress_line->str, (gssize) run->progress_line->len, NULL);
  double progress = object != NULL ? inb_json_get_double (object, "progress", -1.0) : -1.0;
  gint64 now_us = g_get_monotonic_time ();

  g_string_truncate (run->progress_line, 0);
  if (progress < 0.0 || run->progress == NULL)
    return;
  if (progress < 1.0 && now_us - run->last_progress_us < MIN_INTERVAL_US)
    return;
  run->last_progress_us = now_us;
  run->progress (MIN (progress, 1.0), run->progress_data);
}

static void progress_next (GTask *task, GInputStream *stream);

static void
progress_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '\n')
      take_progress_line (run);
    else if (run->progress_line->len < 1024)
      g_string_append_c (run->progress_line, text[i]);
  if (length > 0)
    progress_next (task, G_INPUT_STREAM (source));
  else
    one_closed (task);
}

static void
progress_next (GTask *task, GInputStream *stream)
{
  g_input_stream_read_bytes_async (stream, 4096, G_PRIORITY_DEFAULT, NULL, progress_cb,
                                   g_object_ref (task));
}

static gboolean
kill_cb (gpointer user_data)
{
  Run *run = g_task_get_task_data (user_data);

  g_subprocess_force_exit (run->process);
  return G_SOURCE_CONTINUE;
}

static gboolean
cancel_cb (GCancellable *cancellable, gpointer user_data)
{
  Run *run = g_task_get_task_data (user_data);

  if (run->process != NULL && run->kill_source == NULL)
    {
      g_subprocess_send_signal (run->process, SIGTERM);
      run->kill_source = g_timeout_source_new (PATIENCE_MS);
      g_source_set_callback (run->kill_source, kill_cb, user_data, NULL);
      g_source_attach (run->kill_source, g_task_get_context (user_data));
    }
  return G_SOURCE_REMOVE;
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  one_closed (task);
}

static void
begin (GTask *task, int progress_fd)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GInputStream) progress = g_unix_input_stream_new (progress_fd, TRUE);

  drain (task, g_subprocess_get_stdout_pipe (run->process), run->result, MAX_RESULT_BYTES);
  drain (task, g_subprocess_get_stderr_pipe (run->process), run->message, MAX_MESSAGE_BYTES);
  run->n_open += 2;
  progress_next (task, progress);
  g_subprocess_wait_async (run->process, NULL, exited_cb, g_object_ref (task));
}

static void
start (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  int progress_fd = -1;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_CANCELLED, _ ("Cancelled."));
  else
    run->process = inb_worker_spawn (run->arguments, &progress_fd, &error);
  if (run->process != NULL)
    {
      begin (task, progress_fd);
      return;
    }
  drop_source (&run->cancel_source);
  leave_slot ();
  if (error->domain != INB_ERROR)
    {
      error->domain = INB_ERROR;
      error->code = INB_ERROR_WORKER;
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
take_slot (GTask *task)
{
  gboolean free_slot;

  g_mutex_lock (&slots_lock);
  free_slot = n_running < MAX_AT_ONCE;
  if (free_slot)
    n_running++;
  else
    g_queue_push_tail (&waiting, g_object_ref (task));
  g_mutex_unlock (&slots_lock);
  return free_slot;
}

/* Cancelled while it waits for a slot: it ends at once. */
static gboolean
cancel_waiting_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  gboolean was_waiting;

  g_mutex_lock (&slots_lock);
  was_waiting = g_queue_remove (&waiting, task);
  g_mutex_unlock (&slots_lock);
  if (!was_waiting)
    return cancel_cb (cancellable, task);
  drop_source (&run->cancel_source);
  g_task_return_new_error (task, INB_ERROR, INB_ERROR_CANCELLED, "%s", _ ("Cancelled."));
  g_object_unref (task); /* the queue's reference */
  return G_SOURCE_REMOVE;
}

/**
 * inb_worker_run_async:
 * @arguments: (array zero-terminated=1): the command ("photo", "render", …) and its options;
 * `--json --progress-fd N` are added
 * @part: (nullable): the file the worker writes; removed, if it is there, when the worker fails or
 * is cancelled
 * @progress: (nullable) (scope notified): called at most ten times a second
 * @progress_data: for @progress
 * @cancellable: (nullable): SIGTERM, and SIGKILL a second later
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Runs `inbetween-cli`, found beside this program, as a process of its own: what touches foreign
 * pixels may die without harm. At most two run at once; others wait their turn. The worker dies
 * with the calling thread, so that thread must live until @callback. Its environment is made of an
 * allow-list.
 */
void
inb_worker_run_async (const char *const *arguments, const char *part, InbWorkerProgress progress,
                      gpointer progress_data, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->arguments = g_strdupv ((char **) arguments);
  run->part = g_strdup (part);
  run->progress = progress;
  run->progress_data = progress_data;
  run->result = g_string_new (NULL);
  run->message = g_string_new (NULL);
  run->progress_line = g_string_new (NULL);
  g_task_set_source_tag (task, inb_worker_run_async);
  g_task_set_check_cancellable (task, FALSE); /* a result waits for the end of the process */
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (cancellable != NULL)
    {
      run->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (run->cancel_source, G_SOURCE_FUNC (cancel_waiting_cb), task, NULL);
      g_source_attach (run->cancel_source, g_task_get_context (task));
    }
  if (take_slot (task))
    start (task);
}

/**
 * inb_worker_run_finish:
 * @result: of inb_worker_run_async()
 * @error: the class and words that the worker gave; %INB_ERROR_WORKER if it ended without any (a
 * crash, a kill, a limit); %INB_ERROR_CANCELLED. No file is left behind then
 *
 * Returns: (transfer full) (nullable): the worker's one JSON document
 */
JsonObject *
inb_worker_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
