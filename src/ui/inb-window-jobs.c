/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-product.h"
#include "ui/inb-window-private.h"

/* From a job or a product that is named elsewhere (the list of the header, a notification, another
 * program) to its place in the window. */

static void
show_jobs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_jobs_button_popup (INB_WINDOW (widget)->jobs_button);
}

static void
open_product_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (self->queue != NULL)
    inb_window_open_product (self, g_variant_get_string (parameter, NULL));
}

/**
 * inb_window_show_product:
 * @self: a window
 * @product: (nullable): whose form and takes it shows from now on; %NULL: a new one's
 *
 * What was in the form is kept as the draft of the product it belongs to.
 */
void
inb_window_show_product (InbWindow *self, const InbProduct *product)
{
  g_autoptr (InbRequest) empty = inb_request_new ();

  self->sample_is_coming = FALSE;
  if (product == NULL)
    inb_draft_reset (self->draft);
  else
    inb_draft_restore (self->draft, product->id, product->name,
                       product->form != NULL ? product->form : empty);
  if (self->queue != NULL)
    inb_takes_set_product (self->takes, inb_draft_get_product_id (self->draft));
  inb_window_update_centre (self);
  if (product == NULL)
    gtk_widget_grab_focus (self->start_page);
}

/**
 * inb_window_new_product:
 * @self: a window
 *
 * Empties the form; the takes of the former product stay in the queue, and Undo brings it back.
 */
void
inb_window_new_product (InbWindow *self)
{
  g_return_if_fail (INB_IS_WINDOW (self));

  inb_window_leave_product (self);
  inb_window_show_product (self, NULL);
}

/**
 * inb_window_open_product:
 * @self: a window with a queue
 * @product_id: UUID of a product
 *
 * Shows its form as it was left and its takes. What is in the form now is kept as the draft of the
 * product it belongs to.
 */
void
inb_window_open_product (InbWindow *self, const char *product_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbProduct) product = NULL;

  g_return_if_fail (INB_IS_WINDOW (self) && self->queue != NULL);

  inb_window_show_page (self, "work");
  if (g_strcmp0 (product_id, inb_draft_get_product_id (self->draft)) == 0)
    return;
  product = inb_queue_dup_product (self->queue, product_id, &error);
  if (product == NULL || !inb_queue_show_product (self->queue, product_id, &error))
    {
      inb_window_toast (self, error != NULL ? error->message : _ ("That product is gone."));
      return;
    }
  inb_window_show_product (self, product);
}

void
inb_window_install_job_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-jobs", NULL, show_jobs_action);
  gtk_widget_class_install_action (widget_class, "win.open-product", "s", open_product_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "win.show-jobs",
                                       NULL);
}
