/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-steps.h"

#include <glib/gi18n.h>

#include "ui/inb-toast.h"

/* What a person did with takes and can take back: marks, names and imports as long as the window
 * lives, deletions as long as their toast is there. Then the files go to the Trash; the row with
 * what it cost stays. */
struct _InbTakeSteps
{
  GObject parent_instance;

  InbQueue *queue;
  AdwToastOverlay *toasts;
  GPtrArray *steps;   /* Step, the oldest first */
  guint n_done;       /* how many of them hold; those after are what Redo does again */
  AdwToast *toast;    /* while a deletion can be undone */
  struct _Step *told; /* that deletion */
  guint together_id;  /* what is done before this idle is one step */
};

typedef enum
{
  STEP_MARK,
  STEP_NAME,
  STEP_HIDE, /* deleted */
  STEP_SHOW, /* imported, or brought back */
} StepKind;

/* One step: what was done at one go, or takes deleted while one toast was there. */
typedef struct _Step
{
  StepKind kind;
  GPtrArray *jobs;   /* InbJob */
  GPtrArray *before; /* char *, of each: its mark or its name (NULL: none); empty for the others */
  char *after;
  gint64 at_us; /* monotonic */
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
  g_ptr_array_unref (step->before);
  g_free (step->after);
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
  step->at_us = g_get_monotonic_time ();
}

static Step *
push (InbTakeSteps *self, StepKind kind, InbJob *job)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  step->before = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (step->jobs, g_object_ref (job));
  append (self, step);
  return step;
}

static gboolean
together_cb (gpointer user_data)
{
  INB_TAKE_STEPS (user_data)->together_id = 0;
  return G_SOURCE_REMOVE;
}

/* A key pressed over several takes is one wish, and one step back. */
static Step *
push_or_join (InbTakeSteps *self, StepKind kind, InbJob *job, const char *after)
{
  Step *last = get_last (self);

  if (self->together_id != 0 && last != NULL && self->n_done == self->steps->len &&
      last->kind == kind && g_strcmp0 (last->after, after) == 0)
    {
      g_ptr_array_add (last->jobs, g_object_ref (job));
      return last;
    }
  last = push (self, kind, job);
  last->after = g_strdup (after);
  if (self->together_id == 0)
    self->together_id = g_idle_add (together_cb, self);
  return last;
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
apply_to (InbTakeSteps *self, const Step *step, guint i, gboolean forward)
{
  const char *id = inb_job_get_id (g_ptr_array_index (step->jobs, i));
  const char *value = forward                 ? step->after
                      : i < step->before->len ? g_ptr_array_index (step->before, i)
                                              : NULL;

  switch (step->kind)
    {
    case STEP_MARK:
      inb_queue_mark_async (self->queue, id, (int) g_ascii_strtoll (value, NULL, 10), changed_cb,
                            g_object_ref (self));
      break;
    case STEP_NAME:
      inb_queue_name_take_async (self->queue, id, value, changed_cb, g_object_ref (self));
      break;
    case STEP_HIDE:
    case STEP_SHOW:
    default:
      inb_queue_delete_async (self->queue, id, forward == (step->kind == STEP_HIDE), changed_cb,
                              g_object_ref (self));
    }
}

static void
apply (InbTakeSteps *self, const Step *step, gboolean forward)
{
  for (guint i = 0; i < step->jobs->len; i++)
    apply_to (self, step, i, forward);
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
  g_clear_handle_id (&self->together_id, g_source_remove);
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
    step = push (self, STEP_HIDE, job);
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
 * Shows it again, which can be undone. If its files are in the Trash, that is where they can be
 * brought back from.
 */
void
inb_take_steps_restore (InbTakeSteps *self, InbJob *job)
{
  Step *step;

  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  step = push_or_join (self, STEP_SHOW, job, NULL);
  apply_to (self, step, step->jobs->len - 1, TRUE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * inb_take_steps_imported:
 * @self: steps
 * @job: a take that was made of a clip from elsewhere just now
 *
 * Undo hides it.
 */
void
inb_take_steps_imported (InbTakeSteps *self, InbJob *job)
{
  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  push (self, STEP_SHOW, job);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * inb_take_steps_mark:
 * @self: steps
 * @job: a take
 * @mark: 1 accepted, −1 rejected; what it is already takes the mark away
 *
 * Several at one go are one step.
 */
void
inb_take_steps_mark (InbTakeSteps *self, InbJob *job, int mark)
{
  int before = inb_job_get_facts (job)->mark;
  g_autofree char *after = g_strdup_printf ("%d", before == mark ? 0 : mark);
  Step *step;

  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  step = push_or_join (self, STEP_MARK, job, after);
  g_ptr_array_add (step->before, g_strdup_printf ("%d", before));
  apply_to (self, step, step->jobs->len - 1, TRUE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * inb_take_steps_name:
 * @self: steps
 * @job: a take
 * @name: (nullable): what it is called beside its number; %NULL: nothing
 */
void
inb_take_steps_name (InbTakeSteps *self, InbJob *job, const char *name)
{
  const char *before = inb_job_get_facts (job)->name;
  Step *step;

  g_return_if_fail (INB_IS_TAKE_STEPS (self));

  if (g_strcmp0 (before, name) == 0)
    return;
  step = push (self, STEP_NAME, job);
  step->after = g_strdup (name);
  g_ptr_array_add (step->before, g_strdup (before));
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
  if (step->kind == STEP_HIDE)
    show_toast (self, step);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/**
 * inb_take_steps_forget_redo:
 * @self: steps
 *
 * What was undone cannot be done again: something else was done since.
 */
void
inb_take_steps_forget_redo (InbTakeSteps *self)
{
  g_return_if_fail (INB_IS_TAKE_STEPS (self));
  g_ptr_array_set_size (self->steps, (int) self->n_done);
}

/**
 * inb_take_steps_get_undo_time:
 * @self: steps
 *
 * Returns: µs of the monotonic clock when the step that Undo takes back was done; 0: there is none
 */
gint64
inb_take_steps_get_undo_time (InbTakeSteps *self)
{
  g_return_val_if_fail (INB_IS_TAKE_STEPS (self), 0);
  return self->n_done > 0 ? get_last (self)->at_us : 0;
}

/**
 * inb_take_steps_get_redo_time:
 * @self: steps
 *
 * Returns: µs of the monotonic clock when the step that Redo does again was done first; 0: there is
 * none
 */
gint64
inb_take_steps_get_redo_time (InbTakeSteps *self)
{
  g_return_val_if_fail (INB_IS_TAKE_STEPS (self), 0);
  return self->n_done < self->steps->len
             ? ((Step *) g_ptr_array_index (self->steps, self->n_done))->at_us
             : 0;
}
