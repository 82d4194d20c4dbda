/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-compat.h"
#include "ui/inb-window-private.h"

/* Clips that were made elsewhere become takes: chosen in a dialog, or dropped on the takes. */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  InbJob *job = inb_queue_import_finish (INB_QUEUE (source), result, &error);
  g_autofree char *text = NULL;

  if (self->takes == NULL)
    return;
  if (job == NULL)
    {
      inb_window_toast (self, error->message);
      return;
    }
  inb_take_steps_imported (self->take_steps, job);
  text = g_strdup_printf (_ ("Imported as take %u"), inb_job_get_take (job));
  inb_window_say (self, text);
}

static void
import (InbWindow *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  /* Translators: %s is a file name */
  g_autofree char *text = g_strdup_printf (_ ("Reading \u2068%s\u2069…"), name);

  inb_window_say (self, text);
  inb_queue_import_async (self->queue, file, inb_draft_get_product_id (self->draft),
                          inb_draft_get_product_name (self->draft), NULL, imported_cb,
                          g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GFile) file = inb_compat_pick_finish (result, NULL);

  if (file != NULL && self->takes != NULL)
    import (self, file);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (self->queue != NULL)
    inb_compat_pick_clip_async (GTK_WINDOW (self), _ ("Import a Clip"), NULL, chosen_cb,
                                g_object_ref (self));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, InbWindow *self)
{
  GSList *files = g_value_get_boxed (value); /* of the list */

  for (GSList *at = files; at != NULL; at = at->next)
    import (self, at->data);
  return files != NULL;
}

void
inb_window_install_import_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import-clip", NULL, import_action);
}

/**
 * inb_window_connect_import:
 * @self: a window that has just got its queue
 *
 * Files dropped on the takes are imported.
 */
void
inb_window_connect_import (InbWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->takes), GTK_EVENT_CONTROLLER (target));
}
