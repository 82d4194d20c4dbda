/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "jobs/inb-delivery.h"
#include "ui/inb-compat.h"
#include "ui/inb-settings-source.h"
#include "ui/inb-toast.h"
#include "ui/inb-window-private.h"

/* Clips that leave: saved into the folder of the preferences, or where a person says. */

/* The selected take if it is a clip that can be saved */
InbJob *
inb_window_get_finished (InbWindow *self)
{
  InbJob *job = inb_takes_get_selected (self->takes);
  gboolean finished =
      job != NULL && inb_job_get_state (job) == INB_JOB_DONE && inb_job_get_clip (job) != NULL;

  return finished ? job : NULL;
}

static InbJob *
need_finished (InbWindow *self)
{
  InbJob *job = inb_window_get_finished (self);

  if (job == NULL)
    inb_window_toast (self, _ ("Select a finished take first."));
  return job;
}

/* "Saved … · Show"; the path goes along, so that the answer finds it however late it comes. */
static void
tell_saved (InbWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);
  /* Translators: %s is a file name */
  g_autofree char *text = g_strdup_printf (_ ("Saved \u2068%s\u2069"), shown);
  AdwToast *toast = inb_toast_new (text);

  adw_toast_set_button_label (toast, _ ("Show"));
  adw_toast_set_action_name (toast, "app.show-file");
  adw_toast_set_action_target (toast, "s", path);
  adw_toast_set_timeout (toast, 10); /* s: long enough to decide to look */
  inb_toast_add (self->toasts, toast);
  inb_window_say (self, text);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = inb_delivery_save_finish (result, &error);

  if (self->toasts == NULL)
    return; /* the window was closed meanwhile; the file is where it should be */
  if (path != NULL)
    tell_saved (self, path);
  else
    inb_window_toast (self, error->message);
}

typedef struct
{
  InbWindow *window;
  InbJob *job;
} SaveAs;

static void
save_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SaveAs *save = user_data;
  g_autoptr (GFile) file = inb_compat_pick_finish (result, NULL);

  if (file != NULL)
    inb_delivery_save_as_async (save->job, file, saved_cb, g_object_ref (save->window));
  g_object_unref (save->window);
  g_object_unref (save->job);
  g_free (save);
}

static void
ask_where (InbWindow *self, InbJob *job)
{
  g_autofree char *name_template = inb_settings_source_dup_template ();
  g_autofree char *name = inb_delivery_dup_name (job, name_template);
  g_autofree char *path = inb_settings_source_dup_folder ();
  g_autoptr (GFile) folder = path != NULL ? g_file_new_for_path (path) : NULL;
  SaveAs *save = g_new0 (SaveAs, 1);

  save->window = g_object_ref (self);
  save->job = g_object_ref (job);
  inb_compat_save_async (GTK_WINDOW (self), _ ("Save the Clip"), folder, name, NULL, save_chosen_cb,
                         save);
}

/* Into the folder of the preferences; inside a sandbox there is none until one is chosen. */
void
inb_window_save_take (InbWindow *self, InbJob *job)
{
  g_autofree char *folder = inb_settings_source_dup_folder ();
  g_autofree char *name_template = inb_settings_source_dup_template ();

  if (inb_job_get_clip (job) == NULL)
    inb_window_toast (self, _ ("That take has no clip."));
  else if (folder != NULL)
    inb_delivery_save_async (job, folder, name_template, saved_cb, g_object_ref (self));
  else
    ask_where (self, job);
}

static void
save_take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  InbJob *job = need_finished (self);

  if (job != NULL)
    inb_window_save_take (self, job);
}

static void
save_take_as_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  InbJob *job = need_finished (self);

  if (job != NULL)
    ask_where (self, job);
}

static void
copy_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
}

/**
 * inb_window_tell_path:
 * @self: a window
 * @path: of a file that no program could show
 *
 * Says where it is, with a button that copies the path.
 */
void
inb_window_tell_path (InbWindow *self, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  /* Translators: %s is the path of a file */
  g_autofree char *text =
      g_strdup_printf (_ ("No program shows folders here. The file is %s"), shown);
  AdwToast *toast = inb_toast_new (text);

  adw_toast_set_button_label (toast, _ ("Copy"));
  adw_toast_set_action_name (toast, "win.copy-text");
  adw_toast_set_action_target (toast, "s", path);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH); /* an answer to what was just pressed */
  inb_toast_add (self->toasts, toast);
  inb_window_say (self, text);
}

void
inb_window_install_deliver_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-take", NULL, save_take_action);
  gtk_widget_class_install_action (widget_class, "win.save-take-as", NULL, save_take_as_action);
  gtk_widget_class_install_action (widget_class, "win.copy-text", "s", copy_text_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "win.save-take",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.save-take-as", NULL);
}
