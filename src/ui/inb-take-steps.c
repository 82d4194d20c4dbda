/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-steps.h"

#include <glib/gi18n.h>

#include "ui/inb-toast.h"

/* What a person did with takes and can take back: marks as long as the window lives, deletions as
 * long as their toast is there. Then the files go to the Trash; the row with what it cost stays. */
struct _InbTakeSteps
{
  GObject parent_instance;

  InbQueue *queue;
  AdwToastOverlay *toasts;
  GPtrArray *steps;   /* Step, the oldest first */
  guint n_done;       /* how many of them hold; those after are what Redo does again */
  AdwToast *toast;    /* while a deletion can be undone */
  struct _Step *told; /* that deletion */
};

/* One step: a mark of one take, or takes deleted while one toast was there. */
typedef struct _Step
{
  GPtrArray *jobs; /* InbJob */
  gboolean deletion;
  int before; /* of a mark */
  int after;
} Step;

/* s; long enough to see what is missing (chosen; HIG: 5 by default) */
#define TOAST_S 8

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbTakeSteps, inb_take_steps, G_TYPE_OBJECT)

static void
step_free (gpointer user_data)
{
  Step *step = user_data;

  g_ptr_array_unref (step->jobs);
  g_free (step);
}

static Step *
get_last (InbTakeSteps *self)
{
  return self->n_done > 0 ? g_ptr_array_index (self->steps, self->n_done - 1) : NULL;
}

static void
append (InbTakeSteps *self, Step *step)
{
  g_ptr_array_set_size (self->steps, (int) self->n_done);
  g_ptr_array_add (self->steps, step);
  self->n_done++;
}

static Step *
push (InbTakeSteps *self, InbJob *job, gboolean deletion)
{
  Step *step = g_new0 (Step, 1);

  step->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (step->jobs, g_object_ref (job));
  step->deletion = deletion;
  append (self, step);
  return step;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbTakeSteps) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_queue_change_finish (INB_QUEUE (source), result, &error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
apply (InbTakeSteps *self, const Step *step, gboolean forward)
{
  for (guint i = 0; i < step->jobs->len; i++)
    {
      const char *id = inb_job_get_id (g_ptr_array_index (step->jobs, i));

      if (step->deletion)
        inb_queue_delete_async (self->queue, id, forward, changed_cb, g_object_ref (self));
      else
        inb_queue_mark_async (self->queue, id, forward ? step->after : step->before, changed_cb,
                              g_object_ref (self));
    }
}

static void
drop_toast (InbTakeSteps *self)
{
  AdwToast *toast = g_steal_pointer (&self->toast);

  self->told = NULL;
  if (toast != NULL)
    inb_toast_dismiss (toast);
}

/* The deletion of the toast, wherever among the steps it stands; the list gives it away. */
static Step *
steal_told (InbTakeSteps *self)
{
  guint at;

  if (self->told == NULL || !g_ptr_array_find (self->steps, self->told, &at))
    return NULL;
  self->n_done--;
  return g_ptr_array_steal_index (self->steps, at);
}

static void
undo_cb (InbTakeSteps *self, AdwToast *toast)
{
  Step *step = toast == self->toast ? steal_told (self) : NULL;

  if (step == NULL)
    return;
  drop_toast (self);
  apply (self, step, FALSE);
  step_free (step);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Its time is over: the files go, and nothing brings them back from here. */
static void
dismissed_cb (InbTakeSteps *self, AdwToast *toast)
{
  Step *step = toast == self->toast ? steal_told (self) : NULL;

  if (step == NULL)
    return; /* another took its place, or it was undone */
  self->toast = NULL;
  self->told = NULL;
  for (guint i = 0; i < step->jobs->len; i++)
    inb_queue_trash_async (self->queue, inb_job_get_id (g_ptr_array_index (step->jobs, i)),
                           changed_cb, g_object_ref (self));
  step_free (step);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
show_toast (InbTakeSteps *self, Step *step)
{
  InbJob *first = g_ptr_array_index (step->jobs, 0);
  guint n_jobs = step->jobs->len;
  g_autofree char *text =
      n_jobs == 1
          ? g_strdup_printf (_ ("Take %u deleted"), inb_job_get_take (first))
          : g_strdup_printf (ngettext ("%u take deleted", "%u takes deleted", n_jobs), n_jobs);
  AdwToast *toast = adw_toast_new (text);

  drop_toast (self);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, TOAST_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  self->toast = toast;
  self->told = step;
  inb_toast_add (self->toasts, toast);
}

static void
inb_take_steps_dispose (GObject *object)
{
  InbTakeSteps *self = INB_TAKE_STEPS (object);

  self->toast = NULL;
  self->told = NULL; /* what is deleted stays hidden; its files can be cleaned up later */
  g_clear_object (&self->toasts);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_take_steps_parent_class)->dispose (object);
}

static void
inb_take_steps_finalize (GObject *object)
{
  g_ptr_array_unref (INB_TAKE_STEPS (object)->steps);

  G_OBJECT_CLASS (inb_take_steps_parent_class)->finalize (object);
}

static void
inb_take_steps_class_init (InbTakeStepsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_take_steps_dispose;
  object_class->finalize = inb_take_steps_finalize;

  /* InbTakeSteps::changed: whether there is something to undo or redo may be another */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", INB_TYPE_TAKE_STEPS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* InbTakeSteps::failed: a step could not be written; with the words */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", INB_TYPE_TAKE_STEPS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
inb_take_steps_init (InbTakeSteps *self)
{
  self->steps = g_ptr_array_new_with_free_func (step_free);
}

/**
 * inb_take_steps_new:
 * @queue: where the jobs are
 * @toasts: where deletions are told
 *
 * Returns: (transfer full): no steps
 */
InbTakeSteps *
inb_take_steps_new (InbQueue *queue, AdwToastOverlay *toasts)
{
  InbTakeSteps *self = g_object_new (INB_TYPE_TAKE_STEPS, NULL);

  self->queue = g_object_ref (queue);
  self->toasts = g_object_ref (toasts);
  return self;
}

/**
 * inb_take_steps_delete:
 * @self: steps
 * @job: a take at rest
 *
 * Hides it at once and tells so with an Undo; several in a row are one toast and one step. When the
 * toast is gone their files go to the Trash.
 */
void
inb_take_steps_delete (InbTakeSteps *self, InbJob *job)
{
  Step *step;

  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  step = steal_told (self);
  if (step == NULL)
    step = push (self, job, TRUE);
  else
    {
      g_ptr_array_add (step->jobs, g_object_ref (job));
      append (self, step);
    }
  inb_queue_delete_async (self->queue, inb_job_get_id (job), TRUE, changed_cb, g_object_ref (self));
  show_toast (self, step);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * inb_take_steps_restore:
 * @self: steps
 * @job: a deleted take
 *
 * Shows it again. If its files are in the Trash, that is where they can be brought back from.
 */
void
inb_take_steps_restore (InbTakeSteps *self, InbJob *job)
{
  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  inb_queue_delete_async (self->queue, inb_job_get_id (job), FALSE, changed_cb,
                          g_object_ref (self));
}

/**
 * inb_take_steps_mark:
 * @self: steps
 * @job: a take
 * @mark: 1 accepted, −1 rejected; what it is already takes the mark away
 */
void
inb_take_steps_mark (InbTakeSteps *self, InbJob *job, int mark)
{
  int before = inb_job_get_facts (job)->mark;
  Step *step;

  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  step = push (self, job, FALSE);
  step->before = before;
  step->after = before == mark ? 0 : mark;
  apply (self, step, TRUE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * inb_take_steps_undo:
 * @self: steps
 *
 * Returns: %FALSE if there is nothing to undo
 */
gboolean
inb_take_steps_undo (InbTakeSteps *self)
{
  Step *step;

  g_return_val_if_fail (INB_IS_TAKE_STEPS (self), FALSE);

  step = get_last (self);
  if (step == NULL)
    return FALSE;
  self->n_done--;
  if (step == self->told)
    drop_toast (self);
  apply (self, step, FALSE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/**
 * inb_take_steps_redo:
 * @self: steps
 *
 * Returns: %FALSE if there is nothing to do again
 */
gboolean
inb_take_steps_redo (InbTakeSteps *self)
{
  Step *step;

  g_return_val_if_fail (INB_IS_TAKE_STEPS (self), FALSE);

  if (self->n_done == self->steps->len)
    return FALSE;
  step = g_ptr_array_index (self->steps, self->n_done++);
  apply (self, step, TRUE);
  if (step->deletion)
    show_toast (self, step);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/**
 * inb_take_steps_can_undo:
 * @self: steps
 *
 * Returns: %TRUE if there is one to undo
 */
gboolean
inb_take_steps_can_undo (InbTakeSteps *self)
{
  g_return_val_if_fail (INB_IS_TAKE_STEPS (self), FALSE);
  return self->n_done > 0;
}

/**
 * inb_take_steps_can_redo:
 * @self: steps
 *
 * Returns: %TRUE if there is one to do again
 */
gboolean
inb_take_steps_can_redo (InbTakeSteps *self)
{
  g_return_val_if_fail (INB_IS_TAKE_STEPS (self), FALSE);
  return self->n_done < self->steps->len;
}
