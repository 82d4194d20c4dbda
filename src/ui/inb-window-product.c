/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-window-private.h"

/* What a window does with the product in its form: its name, and that it is found again as it was
 * left. */

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (INB_WINDOW (widget)->product_button);
}

static void
save_failed_cb (InbWindow *self, const GError *error)
{
  inb_window_toast (self, error->message);
}

static void
flush_cb (InbWindow *self)
{
  if (self->saver != NULL)
    inb_draft_saver_flush (self->saver);
}

static gboolean
close_request_cb (InbWindow *self)
{
  flush_cb (self);
  return FALSE; /* it may close */
}

void
inb_window_install_product_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.rename-product", NULL, rename_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "win.rename-product", NULL);
}

/**
 * inb_window_connect_product:
 * @self: a window with a draft
 */
void
inb_window_connect_product (InbWindow *self)
{
  inb_product_popover_set_draft (self->product_popover, self->draft);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (inb_window_update_undo), self,
                           G_CONNECT_SWAPPED);
  inb_window_update_undo (self);
}

/* A product of a time when forms were not kept: what was asked for last. */
static InbRequest *
find_newest_request (InbWindow *self, const char *product_id)
{
  GListModel *jobs = G_LIST_MODEL (self->queue);
  g_autoptr (InbJob) newest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (jobs, i);

      if (g_str_equal (inb_job_get_product_id (job), product_id) &&
          (newest == NULL || inb_job_get_created (job) > inb_job_get_created (newest)))
        g_set_object (&newest, job);
    }
  return newest != NULL ? inb_request_copy (inb_job_get_request (newest)) : NULL;
}

static gboolean
restore_last (InbWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbProduct) product = inb_queue_dup_product (self->queue, NULL, &error);

  if (product == NULL || !inb_queue_show_product (self->queue, product->id, &error))
    {
      if (error != NULL)
        inb_window_toast (self, error->message);
      return FALSE;
    }
  if (product->form == NULL)
    product->form = find_newest_request (self, product->id);
  if (product->form == NULL)
    product->form = inb_request_new ();
  inb_draft_restore (self->draft, product->id, product->name, product->form);
  return TRUE;
}

/**
 * inb_window_set_product_queue:
 * @self: a window with a queue, once
 *
 * Shows the product that was touched last, with its form as it was left, and keeps every form from
 * now on.
 */
void
inb_window_set_product_queue (InbWindow *self)
{
  gboolean known = restore_last (self);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  self->saver = inb_draft_saver_new (self->draft, self->queue, known);
  g_signal_connect_object (self->saver, "failed", G_CALLBACK (save_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  if (application != NULL) /* Ctrl+Q, or the end of the session, closes no window first */
    g_signal_connect_object (application, "shutdown", G_CALLBACK (flush_cb), self,
                             G_CONNECT_SWAPPED);
  inb_product_popover_set_queue (self->product_popover, self->queue);
}
