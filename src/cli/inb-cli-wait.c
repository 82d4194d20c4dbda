/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-wait.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "cli/inb-cli-job.h"
#include "cli/inb-cli.h"
#include "core/inb-error.h"

typedef struct
{
  InbQueue *queue;
  GPtrArray *jobs;
  InbCliWaitInterrupt interrupt;
  InbCliProgress *progress;
  GMainLoop *loop;
  guint n_interrupts;
  GError *problem;
} Wait;

/* Signals are the process's: so is what waits for them. */
static const int signal_numbers[] = { SIGINT, SIGTERM, SIGHUP };
static guint signal_sources[G_N_ELEMENTS (signal_numbers)];
static Wait *at_work;
static int early; /* the signal that came before there was a wait */

/**
 * inb_cli_wait_take_result_cb:
 * @source: of an asynchronous call
 * @result: its result
 * @user_data: a GAsyncResult ** that takes it
 */
void
inb_cli_wait_take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/**
 * inb_cli_wait_result:
 * @result: (inout): what inb_cli_wait_take_result_cb() fills in
 *
 * Runs the default main context until it is there.
 *
 * Returns: (transfer none): it
 */
GAsyncResult *
inb_cli_wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static InbJob *
find_at_work (Wait *self, guint *n_done)
{
  InbJob *waiting = NULL;

  *n_done = 0;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      InbJob *job = g_ptr_array_index (self->jobs, i);

      if (inb_job_state_is_final (inb_job_get_state (job)))
        (*n_done)++;
      else if (inb_job_get_facts (job)->started_us != 0)
        return job;
      else if (waiting == NULL)
        waiting = job;
    }
  return waiting;
}

/* "Take 1 of 2: Rendering 42 %. About 2 minutes left" */
static void
show (Wait *self)
{
  g_autofree char *text = NULL;
  g_autofree char *left = NULL;
  const InbJobFacts *facts;
  guint n_done;
  InbJob *job = find_at_work (self, &n_done);

  if (job == NULL)
    return;
  facts = inb_job_get_facts (job);
  left = inb_time_left_dup_words (inb_job_follow_time (job, g_get_real_time ()));
  /* Translators: number of a job, number of all jobs, what it does, percent, time left or nothing.
   */
  text = g_strdup_printf (_ ("%u of %u: %s %.0f %%  %s"), n_done + 1, self->jobs->len,
                          inb_job_state_get_words (facts->state),
                          MAX (0.0, facts->progress) * 100.0, left != NULL ? left : "");
  inb_cli_progress_say (self->progress, text);
}

static gboolean
are_at_rest (Wait *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (!inb_job_is_at_rest (g_ptr_array_index (self->jobs, i)))
      return FALSE;
  return TRUE;
}

static void
changed_cb (InbJob *job, GParamSpec *pspec, gpointer user_data)
{
  Wait *self = user_data;

  show (self);
  if (are_at_rest (self))
    g_main_loop_quit (self->loop);
}

static void
halted_cb (InbQueue *queue, const GError *problem, gpointer user_data)
{
  Wait *self = user_data;

  if (self->problem == NULL)
    self->problem = g_error_copy (problem);
  g_main_loop_quit (self->loop);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* one that came to rest in the meantime needs no cancel */
  inb_queue_change_finish (INB_QUEUE (source), result, NULL);
}

static void
stop_waiting (Wait *self, const char *words)
{
  if (self->problem == NULL)
    g_set_error_literal (&self->problem, INB_ERROR, INB_ERROR_CANCELLED, words);
  g_main_loop_quit (self->loop);
}

static void
leave (Wait *self)
{
  stop_waiting (self,
                _ ("Interrupted. The jobs are kept; “inbetween-cli jobs resume --wait” goes on."));
}

/* Of a job that a service has, Ctrl+C would throw away what is paid for: it goes on there. */
static gboolean
costs_nothing_to_cancel (InbJob *job)
{
  InbJobState state = inb_job_get_state (job);

  return g_str_equal (inb_job_get_request (job)->provider, "local") || state == INB_JOB_PREPARING ||
         state == INB_JOB_UPLOADING || state == INB_JOB_READY;
}

/* Ctrl+C: the jobs are cancelled and their rows say so; a second one does not wait for that. */
static void
interrupt (Wait *self)
{
  if (self->interrupt == INB_CLI_WAIT_LEAVE || ++self->n_interrupts > 1)
    {
      leave (self);
      return;
    }
  inb_cli_progress_say (self->progress, _ ("Cancelling…"));
  for (guint i = 0; i < self->jobs->len; i++)
    {
      InbJob *job = g_ptr_array_index (self->jobs, i);

      if (inb_job_is_at_rest (job))
        continue;
      if (!costs_nothing_to_cancel (job))
        stop_waiting (self, _ ("Interrupted. What a service has begun goes on there; "
                               "“inbetween-cli jobs resume --wait” fetches it."));
      else
        inb_queue_cancel_async (self->queue, inb_job_get_id (job), cancelled_cb, NULL);
    }
}

static void
act_on_signal (Wait *self, int number)
{
  if (number == SIGINT)
    interrupt (self);
  else /* the terminal was closed, or the system ends: the jobs stay for the next start */
    leave (self);
}

static gboolean
signalled_cb (gpointer number)
{
  if (at_work != NULL)
    act_on_signal (at_work, GPOINTER_TO_INT (number));
  else
    early = GPOINTER_TO_INT (number);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_cli_wait_hold:
 *
 * From here on no signal ends the process: the inb_cli_wait() that follows acts on it. To be called
 * before a job is added, for it begins at once.
 */
void
inb_cli_wait_hold (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signal_numbers); i++)
    if (signal_sources[i] == 0)
      signal_sources[i] =
          g_unix_signal_add (signal_numbers[i], signalled_cb, GINT_TO_POINTER (signal_numbers[i]));
}

static void
release (void)
{
  at_work = NULL;
  early = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (signal_numbers); i++)
    g_clear_handle_id (&signal_sources[i], g_source_remove);
}

/**
 * inb_cli_wait:
 * @queue: the jobs of a data folder
 * @jobs: (element-type InbJob): those to wait for
 * @interrupt: what Ctrl+C does to them
 * @error: %INB_ERROR_CANCELLED if a person or the system wants this to end before they are at rest;
 * why no job can be run at all
 *
 * Waits until they are at rest, with a line of progress on a terminal.
 *
 * Returns: %TRUE if they are
 */
gboolean
inb_cli_wait (InbQueue *queue, GPtrArray *jobs, InbCliWaitInterrupt interrupt, GError **error)
{
  Wait self = { .queue = queue, .jobs = jobs, .interrupt = interrupt };

  self.progress = inb_cli_progress_new (-1);
  self.loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (queue, "halted", G_CALLBACK (halted_cb), &self);
  for (guint i = 0; i < jobs->len; i++)
    g_signal_connect (g_ptr_array_index (jobs, i), "notify", G_CALLBACK (changed_cb), &self);
  show (&self);
  inb_cli_wait_hold ();
  at_work = &self;
  if (early != 0)
    act_on_signal (&self, early);
  if (self.problem == NULL && !are_at_rest (&self))
    g_main_loop_run (self.loop);
  release ();
  for (guint i = 0; i < jobs->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (jobs, i), &self);
  g_signal_handlers_disconnect_by_data (queue, &self);
  inb_cli_progress_free (self.progress);
  g_main_loop_unref (self.loop);
  if (self.problem == NULL)
    return TRUE;
  /* What follows is a few seconds of putting away, in which the answer to a paid request may come:
   * a second signal (timeout sends two) must not cut that off. */
  signal (SIGINT, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  g_propagate_error (error, self.problem);
  return FALSE;
}
