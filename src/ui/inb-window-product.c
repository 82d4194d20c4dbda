/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-window-private.h"

/* What a window does with the product in its form: one history of its steps. */

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (!self->undo_is_next || !inb_window_undo_order (self))
    inb_draft_undo (self->draft);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_draft_redo (INB_WINDOW (widget)->draft);
}

/* Also where an order can be taken back, which is nothing of the form */
void
inb_window_update_undo (InbWindow *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->draft, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 can_undo || self->sending || self->undoable != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", can_redo);
}

void
inb_window_install_product_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}

/**
 * inb_window_connect_product:
 * @self: a window with a draft
 */
void
inb_window_connect_product (InbWindow *self)
{
  g_signal_connect_object (self->draft, "notify::can-undo", G_CALLBACK (inb_window_update_undo),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::can-redo", G_CALLBACK (inb_window_update_undo),
                           self, G_CONNECT_SWAPPED);
  inb_window_update_undo (self);
}
