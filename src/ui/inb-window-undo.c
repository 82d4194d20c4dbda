/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-window-private.h"

/* One Undo for all that is done in the window: an order that was not sent yet, then whatever was
 * done last: in the form, with a take, or with products. The form and the takes keep their own
 * steps; those with products are here. */

/* One step: another product took the place of this one, and maybe some were made of photos. */
typedef struct
{
  InbProduct *left; /* with its form as it was */
  GPtrArray *made;  /* (nullable) InbProduct */
  gint64 at_us;     /* monotonic */
} Step;

static void
step_free (gpointer user_data)
{
  Step *step = user_data;

  inb_product_free (step->left);
  g_clear_pointer (&step->made, g_ptr_array_unref);
  g_free (step);
}

static Step *
get_last (InbWindow *self)
{
  return self->n_product_steps > 0
             ? g_ptr_array_index (self->product_steps, self->n_product_steps - 1)
             : NULL;
}

static Step *
get_next (InbWindow *self)
{
  return self->product_steps != NULL && self->n_product_steps < self->product_steps->len
             ? g_ptr_array_index (self->product_steps, self->n_product_steps)
             : NULL;
}

static InbProduct *
dup_present (InbWindow *self)
{
  InbProduct *product = inb_product_new ();

  g_free (product->id);
  product->id = g_strdup (inb_draft_get_product_id (self->draft));
  product->name = g_strdup (inb_draft_get_product_name (self->draft));
  product->form = inb_draft_dup_request (self->draft, 0);
  return product;
}

static void
push (InbWindow *self, GPtrArray *made)
{
  Step *step = g_new0 (Step, 1);

  if (self->product_steps == NULL)
    self->product_steps = g_ptr_array_new_with_free_func (step_free);
  g_ptr_array_set_size (self->product_steps, (int) self->n_product_steps);
  step->left = dup_present (self);
  step->made = made != NULL ? g_ptr_array_ref (made) : NULL;
  step->at_us = g_get_monotonic_time ();
  g_ptr_array_add (self->product_steps, step);
  self->n_product_steps++;
}

static gboolean
is_untouched (InbWindow *self)
{
  g_autoptr (InbFormState) present =
      inb_form_state_new (inb_draft_dup_request (self->draft, 0), inb_draft_get_loop (self->draft),
                          inb_draft_get_product_name (self->draft));
  g_autoptr (InbFormState) empty = inb_form_state_new (inb_request_new (), FALSE, NULL);

  return inb_form_state_equal (present, empty) && inb_takes_get_count (self->takes) == 0;
}

/**
 * inb_window_leave_product:
 * @self: a window whose product gives way to a new one now
 *
 * Undo brings it back, unless nothing was filled in.
 */
void
inb_window_leave_product (InbWindow *self)
{
  if (!is_untouched (self))
    push (self, NULL);
}

/**
 * inb_window_made_products:
 * @self: a window, before one of them is shown
 * @made: (element-type InbProduct): products that were made of photos
 *
 * Undo takes them away again.
 */
void
inb_window_made_products (InbWindow *self, GPtrArray *made)
{
  push (self, made);
}

static void
drop (InbWindow *self, const char *product_id)
{
  inb_queue_drop_product_async (self->queue, product_id, inb_window_changed_cb,
                                g_object_ref (self));
}

/* What was new is nothing again once its own steps are undone: it leaves no name behind. */
static void
undo_products (InbWindow *self, const Step *step)
{
  g_autofree char *present = g_strdup (inb_draft_get_product_id (self->draft));
  gboolean untouched = is_untouched (self);

  self->n_product_steps--;
  inb_window_show_product (self, step->left);
  for (guint i = 0; step->made != NULL && i < step->made->len; i++)
    drop (self, ((const InbProduct *) g_ptr_array_index (step->made, i))->id);
  if (untouched && strcmp (present, step->left->id) != 0)
    drop (self, present);
}

static void
redo_products (InbWindow *self, const Step *step)
{
  for (guint i = 0; step->made != NULL && i < step->made->len; i++)
    inb_queue_save_draft_async (self->queue, g_ptr_array_index (step->made, i),
                                inb_window_changed_cb, g_object_ref (self));
  if (step->made != NULL)
    inb_window_show_product (self, g_ptr_array_index (step->made, 0));
  else
    inb_window_show_product (self, NULL);
  self->n_product_steps++;
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  gint64 form_us = inb_draft_get_undo_time (self->draft);
  gint64 take_us = self->take_steps != NULL ? inb_take_steps_get_undo_time (self->take_steps) : 0;
  const Step *step = get_last (self);

  if (self->undo_is_next && inb_window_undo_order (self))
    return;
  if (take_us > MAX (form_us, step != NULL ? step->at_us : 0))
    inb_take_steps_undo (self->take_steps);
  else if (step != NULL && step->at_us > form_us)
    undo_products (self, step);
  else
    inb_draft_undo (self->draft);
  inb_window_update_undo (self);
}

/* What was done first among the steps that were taken back */
static gboolean
is_first (gint64 one_us, gint64 two_us, gint64 three_us)
{
  return one_us > 0 && (two_us == 0 || one_us <= two_us) && (three_us == 0 || one_us <= three_us);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  gint64 form_us = inb_draft_get_redo_time (self->draft);
  gint64 take_us = self->take_steps != NULL ? inb_take_steps_get_redo_time (self->take_steps) : 0;
  const Step *step = get_next (self);

  if (is_first (take_us, form_us, step != NULL ? step->at_us : 0))
    inb_take_steps_redo (self->take_steps);
  else if (step != NULL && is_first (step->at_us, form_us, take_us))
    redo_products (self, step);
  else
    inb_draft_redo (self->draft);
  inb_window_update_undo (self);
}

/* Whatever is done anew ends what could be done again, wherever that was undone. */
static void
forget_redo (InbWindow *self, gint64 form_us, gint64 take_us, gint64 product_us)
{
  gint64 newest_us = MAX (form_us, MAX (take_us, product_us));

  if (newest_us <= self->newest_step_us)
    return;
  self->newest_step_us = newest_us;
  if (form_us < newest_us)
    inb_draft_forget_redo (self->draft);
  if (take_us < newest_us && self->take_steps != NULL)
    inb_take_steps_forget_redo (self->take_steps);
  if (product_us < newest_us && self->product_steps != NULL)
    g_ptr_array_set_size (self->product_steps, (int) self->n_product_steps);
}

/**
 * inb_window_update_undo:
 * @self: a window with a draft; to be called when a step was done, undone or done again
 *
 * Undo and Redo are there while there is a step for them; Undo also while an order can be taken
 * back.
 */
void
inb_window_update_undo (InbWindow *self)
{
  InbTakeSteps *takes = self->take_steps;
  gint64 form_us = inb_draft_get_undo_time (self->draft);
  gint64 take_us = takes != NULL ? inb_take_steps_get_undo_time (takes) : 0;
  const Step *step = get_last (self);
  gboolean can_undo =
      form_us > 0 || take_us > 0 || step != NULL || self->sending || self->undoable != NULL;
  gboolean can_redo;

  forget_redo (self, form_us, take_us, step != NULL ? step->at_us : 0);
  can_redo = inb_draft_get_redo_time (self->draft) > 0 || get_next (self) != NULL ||
             (takes != NULL && inb_take_steps_get_redo_time (takes) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", can_redo);
}

void
inb_window_install_undo_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}
