/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-toast.h"
#include "ui/inb-window-private.h"

/* What happened while the program was not there: clips that another process finished, and those
 * that a service had finished before it was asked again. */

/* Wall clock, µs since 1970: until when everything that finished was on the screen */
#define SEEN "seen-us"
/* What a service tells at the first question was finished before; the download takes its time. */
#define FIRST_ANSWER_US (15 * G_USEC_PER_SEC)

struct _InbAway
{
  InbWindow *window;   /* not owned: it owns this */
  GPtrArray *expected; /* element-type InbJob: were at a service when the program began */
  GPtrArray *done;     /* element-type utf8: ids of clips to tell of */
  gint64 begun_us;     /* monotonic */
  guint tell_id;
};

static gboolean
is_at_service (InbJobState state)
{
  return state == INB_JOB_QUEUED || state == INB_JOB_RUNNING || state == INB_JOB_STALLED;
}

static gboolean
is_arriving (InbJobState state)
{
  return state == INB_JOB_RESULT_READY || state == INB_JOB_DOWNLOADING ||
         state == INB_JOB_VERIFYING;
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!inb_queue_change_finish (INB_QUEUE (source), result, &error))
    g_message ("%s", error->message); /* at worst something is told twice */
}

static void
mark_seen (InbWindow *self)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());

  inb_queue_set_text_async (self->queue, SEEN, now, marked_cb, NULL);
}

static void
show_cb (AdwToast *toast, InbWindow *self)
{
  inb_window_open_take (self, g_object_get_data (G_OBJECT (toast), "inb-job"));
}

static void
tell (InbAway *away)
{
  InbWindow *self = away->window;
  guint n_done = away->done->len;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u clip finished while you were away",
                                 "%u clips finished while you were away", n_done),
                       n_done);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("Show"));
  adw_toast_set_timeout (toast, 10);
  g_object_set_data_full (G_OBJECT (toast), "inb-job",
                          g_strdup (g_ptr_array_index (away->done, n_done - 1)), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_cb), self, 0);
  inb_toast_add (self->toasts, toast);
  inb_window_say (self, text);
  g_ptr_array_set_size (away->done, 0);
}

static gboolean
tell_cb (gpointer user_data)
{
  InbAway *away = user_data;

  away->tell_id = 0;
  if (away->done->len > 0)
    tell (away);
  return G_SOURCE_REMOVE;
}

/* One toast for all: told when nothing more is arriving. */
static void
tell_soon (InbAway *away)
{
  if (away->tell_id == 0)
    away->tell_id = g_idle_add (tell_cb, away);
}

static void expected_cb (InbAway *away, GParamSpec *pspec, InbJob *job);

static void
forget (InbAway *away, InbJob *job)
{
  g_signal_handlers_disconnect_by_func (job, expected_cb, away);
  g_ptr_array_remove (away->expected, job);
}

static gboolean
is_anything_arriving (InbAway *away)
{
  for (guint i = 0; i < away->expected->len; i++)
    if (is_arriving (inb_job_get_state (g_ptr_array_index (away->expected, i))))
      return TRUE;
  return FALSE;
}

static void
expected_cb (InbAway *away, GParamSpec *pspec, InbJob *job)
{
  InbJobState state = inb_job_get_state (job);
  g_autoptr (InbJob) kept = g_object_ref (job);

  if (is_at_service (state) && g_get_monotonic_time () - away->begun_us < FIRST_ANSWER_US)
    return;
  if (is_arriving (state))
    return;
  if (state == INB_JOB_DONE)
    g_ptr_array_add (away->done, g_strdup (inb_job_get_id (job)));
  forget (away, job);
  if (away->done->len > 0 && !is_anything_arriving (away))
    tell_soon (away);
}

static void
expect (InbAway *away, InbJob *job)
{
  g_ptr_array_add (away->expected, g_object_ref (job));
  g_signal_connect_swapped (job, "notify::state", G_CALLBACK (expected_cb), away);
}

/* What was finished by another process since something was last seen here */
static void
look_back (InbAway *away, gint64 seen_us)
{
  GListModel *jobs = G_LIST_MODEL (away->window->queue);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (jobs, i);
      const InbJobFacts *facts = inb_job_get_facts (job);

      if (is_at_service (facts->state) || is_arriving (facts->state))
        expect (away, job);
      else if (seen_us > 0 && facts->state == INB_JOB_DONE && !facts->deleted &&
               facts->finished_us > seen_us)
        g_ptr_array_add (away->done, g_strdup (inb_job_get_id (job)));
    }
}

/* What finishes while the program is there is seen. */
static void
finished_cb (InbWindow *self, GParamSpec *pspec, InbJob *job)
{
  if (inb_job_get_state (job) == INB_JOB_DONE)
    mark_seen (self);
}

static void
items_changed_cb (InbWindow *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), position + i);

      g_signal_handlers_disconnect_by_func (job, finished_cb, self);
      if (!inb_job_is_at_rest (job))
        g_signal_connect_object (job, "notify::state", G_CALLBACK (finished_cb), self,
                                 G_CONNECT_SWAPPED);
    }
}

/**
 * inb_away_new:
 * @window: a window that has just got its queue; outlives this
 *
 * Tells once what finished while nobody looked.
 *
 * Returns: (transfer full): to be freed with the window
 */
InbAway *
inb_away_new (InbWindow *window)
{
  InbAway *away = g_new0 (InbAway, 1);
  g_autofree char *seen = inb_queue_get_text (window->queue, SEEN);

  away->window = window;
  away->begun_us = g_get_monotonic_time ();
  away->expected = g_ptr_array_new_with_free_func (g_object_unref);
  away->done = g_ptr_array_new_with_free_func (g_free);
  look_back (away, seen != NULL ? g_ascii_strtoll (seen, NULL, 10) : 0);
  g_signal_connect_object (window->queue, "items-changed", G_CALLBACK (items_changed_cb), window,
                           G_CONNECT_SWAPPED);
  items_changed_cb (window, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (window->queue)));
  if (seen == NULL || away->done->len > 0)
    mark_seen (window);
  if (away->done->len > 0 && !is_anything_arriving (away))
    tell_soon (away);
  return away;
}

/**
 * inb_away_free:
 * @away: (transfer full): as inb_away_new()
 */
void
inb_away_free (InbAway *away)
{
  while (away->expected->len > 0)
    forget (away, g_ptr_array_index (away->expected, 0));
  g_clear_handle_id (&away->tell_id, g_source_remove);
  g_ptr_array_unref (away->expected);
  g_ptr_array_unref (away->done);
  g_free (away);
}
