/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-toast.h"
#include "ui/inb-window-private.h"

/* The seconds in which an order can be taken back: its rows are on the disk, its paid request
 * waits. */

/* What a change of a job came to; holds the window that it was asked by. */
void
inb_window_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_queue_change_finish (INB_QUEUE (source), result, &error) && self->composer != NULL)
    inb_window_toast (self, error->message);
}

/**
 * inb_window_undo_order:
 * @self: a window
 *
 * Takes back what was ordered last: as long as the toast with Undo is there, and before.
 *
 * Returns: %TRUE if there was something to take back
 */
gboolean
inb_window_undo_order (InbWindow *self)
{
  g_autoptr (GPtrArray) ids = g_steal_pointer (&self->undoable);

  if (ids == NULL)
    {
      self->undo_at_once = self->sending;
      return self->sending;
    }
  g_clear_handle_id (&self->undo_id, g_source_remove);
  inb_window_update_undo (self);
  if (self->undo_toast != NULL)
    inb_toast_dismiss (self->undo_toast);
  for (guint i = 0; i < ids->len; i++)
    inb_queue_cancel_async (self->queue, g_ptr_array_index (ids, i), inb_window_changed_cb,
                            g_object_ref (self));
  inb_window_say (self, _ ("Taken back. Nothing was sent or charged."));
  return TRUE;
}

static void
undo_clicked_cb (InbWindow *self)
{
  inb_window_undo_order (self);
}

static void
toast_dismissed_cb (AdwToast *toast, InbWindow *self)
{
  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

static gboolean
held_cb (gpointer user_data)
{
  InbWindow *self = user_data;

  self->undo_id = 0;
  g_clear_pointer (&self->undoable, g_ptr_array_unref);
  inb_window_update_undo (self);
  if (self->undo_toast != NULL)
    inb_toast_dismiss (self->undo_toast);
  return G_SOURCE_REMOVE;
}

/* A former order's Undo gives way: its time is nearly over, and two would be mistaken. */
void
inb_window_offer_undo (InbWindow *self, GPtrArray *jobs, const InbQuote *quote)
{
  g_autofree char *price = inb_quote_dup_price (quote);
  g_autofree char *title = NULL;
  InbJob *first = g_ptr_array_index (jobs, 0);
  gint64 left_us = inb_job_get_facts (first)->hold_us - g_get_real_time () -
                   (INB_WINDOW_HOLD_S - INB_WINDOW_UNDO_S) * G_USEC_PER_SEC;

  if (self->undo_id != 0)
    {
      g_clear_handle_id (&self->undo_id, g_source_remove);
      held_cb (self);
    }
  /* Translators: a number of clips and the price of all of them */
  title = g_strdup_printf (ngettext ("%u clip · %s", "%u clips · %s", quote->takes), quote->takes,
                           price);
  inb_window_say (self, title);
  if (left_us <= 0 && !self->undo_at_once)
    return;
  self->undoable = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (self->undoable, g_strdup (inb_job_get_id (g_ptr_array_index (jobs, i))));
  inb_window_update_undo (self);
  if (self->undo_at_once)
    {
      inb_window_undo_order (self);
      return;
    }
  self->undo_toast = adw_toast_new (title);
  adw_toast_set_button_label (self->undo_toast, _ ("Undo"));
  adw_toast_set_timeout (self->undo_toast, 0);
  adw_toast_set_priority (self->undo_toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (self->undo_toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo_toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, 0);
  inb_toast_add (self->toasts, self->undo_toast);
  self->undo_id = g_timeout_add ((guint) (left_us / 1000), held_cb, self);
}
