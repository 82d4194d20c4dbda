/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/inb-widget.h"

/* What newer toolkits do by other calls stands here and nowhere else: files, questions, about,
 * addresses. A chooser goes through the portal by itself inside a sandbox. */

static void
chooser_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* the dialog lives in the task; its handler must not keep the task alive after this */
  g_signal_handlers_disconnect_by_func (dialog, chooser_response_cb, user_data);
  gtk_native_dialog_hide (dialog);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
chooser_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GtkNativeDialog *dialog = user_data;

  gtk_native_dialog_hide (dialog);
  g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_CANCEL);
}

static void
run_chooser (GtkFileChooserNative *chooser, GCancellable *cancellable, gpointer source_tag,
             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, g_object_ref (chooser), g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (chooser_response_cb), task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (chooser_cancelled_cb), chooser,
                             0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * inb_compat_pick_photo_async:
 * @parent: the window that asks
 * @title: of the chooser
 * @cancellable: (nullable): takes the chooser away
 * @callback: (scope async): called when the person has decided
 * @user_data: for @callback
 *
 * Lets a person choose one photo. The filter names what the photo worker reads; “All Files” stays
 * possible, the worker has the last word.
 */
void
inb_compat_pick_photo_async (GtkWindow *parent, const char *title, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  static const char *const types[] = { "image/jpeg", "image/png",  "image/webp", "image/tiff",
                                       "image/heif", "image/heic", "image/avif", "image/gif" };
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) photos = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (photos, _ ("Photos"));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (photos, types[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), photos);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  run_chooser (chooser, cancellable, inb_compat_pick_photo_async, callback, user_data);
}

static void
set_folder (GtkFileChooserNative *chooser, GFile *folder)
{
  const char *path = folder != NULL ? g_file_peek_path (folder) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
}

/**
 * inb_compat_pick_clip_async:
 * @parent: the window that asks
 * @title: of the chooser
 * @cancellable: (nullable): takes the chooser away
 * @callback: (scope async): called when the person has decided
 * @user_data: for @callback
 *
 * Lets a person choose one video. End it with inb_compat_pick_finish().
 */
void
inb_compat_pick_clip_async (GtkWindow *parent, const char *title, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) clips = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (clips, _ ("Videos"));
  gtk_file_filter_add_mime_type (clips, "video/*");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), clips);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  run_chooser (chooser, cancellable, inb_compat_pick_clip_async, callback, user_data);
}

/**
 * inb_compat_save_async:
 * @parent: the window that asks
 * @title: of the chooser
 * @folder: (nullable): where it begins, if that is there
 * @name: file name that is proposed
 * @cancellable: (nullable): takes the chooser away
 * @callback: (scope async): called when the person has decided
 * @user_data: for @callback
 *
 * Lets a person say where a file goes; nothing is written.
 */
void
inb_compat_save_async (GtkWindow *parent, const char *title, GFile *folder, const char *name,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  set_folder (chooser, folder);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  run_chooser (chooser, cancellable, inb_compat_save_async, callback, user_data);
}

/**
 * inb_compat_pick_folder_async:
 * @parent: the window that asks
 * @title: of the chooser
 * @folder: (nullable): where it begins, if that is there
 * @cancellable: (nullable): takes the chooser away
 * @callback: (scope async): called when the person has decided
 * @user_data: for @callback
 *
 * Lets a person choose a folder.
 */
void
inb_compat_pick_folder_async (GtkWindow *parent, const char *title, GFile *folder,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  set_folder (chooser, folder);
  run_chooser (chooser, cancellable, inb_compat_pick_folder_async, callback, user_data);
}

/**
 * inb_compat_pick_finish:
 * @result: of inb_compat_pick_photo_async(), inb_compat_save_async() or
 * inb_compat_pick_folder_async()
 * @error: only %G_IO_ERROR_CANCELLED, by the cancellable
 *
 * Returns: (transfer full) (nullable): the file; %NULL without an error where the person chose none
 */
GFile *
inb_compat_pick_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
ask_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_strcmp0 (response, "go") == 0);
}

static void
ask (GtkWindow *parent, const char *heading, const char *body, GtkWidget *extra,
     const char *keep_label, const char *go_label, AdwResponseAppearance appearance, GTask *task)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  inb_widget_let_wrap (GTK_WIDGET (dialog));
  if (extra != NULL)
    adw_message_dialog_set_extra_child (dialog, extra);
  adw_message_dialog_add_response (dialog, "keep", keep_label);
  adw_message_dialog_add_response (dialog, "go", go_label);
  adw_message_dialog_set_response_appearance (dialog, "go", appearance);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect (dialog, "response", G_CALLBACK (ask_response_cb), task);
  inb_widget_speak_once (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * inb_compat_ask_async:
 * @parent: the window that asks
 * @heading: the question
 * @body: what follows from each answer
 * @keep_label: label of the answer that changes nothing; also Escape and the default
 * @go_label: label of the other, a verb
 * @destructive: whether that one cannot be undone
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Only for what costs money or cannot be taken back; everything else gets an Undo.
 */
void
inb_compat_ask_async (GtkWindow *parent, const char *heading, const char *body,
                      const char *keep_label, const char *go_label, gboolean destructive,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, inb_compat_ask_async);
  ask (parent, heading, body, NULL, keep_label, go_label,
       destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED, task);
}

/**
 * inb_compat_ask_about_async:
 * @parent: the window that asks
 * @heading: the question
 * @body: what follows from each answer
 * @extra: what it is about, shown below
 * @keep_label: label of the answer that changes nothing; also Escape and the default
 * @go_label: label of the other, a verb
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * An offer about several things that a person should see before.
 */
void
inb_compat_ask_about_async (GtkWindow *parent, const char *heading, const char *body,
                            GtkWidget *extra, const char *keep_label, const char *go_label,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, inb_compat_ask_about_async);
  ask (parent, heading, body, extra, keep_label, go_label, ADW_RESPONSE_SUGGESTED, task);
}

/**
 * inb_compat_ask_finish:
 * @result: of inb_compat_ask_async() or inb_compat_ask_about_async()
 *
 * Returns: %TRUE if the person wants to go on
 */
gboolean
inb_compat_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
choose_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_int (task, g_ascii_strtoll (response, NULL, 10));
}

/**
 * inb_compat_choose_async:
 * @parent: the window that asks
 * @heading: the question
 * @body: what follows from each answer
 * @labels: (array zero-terminated): at most 10 answers; the first changes nothing, and is Escape
 * and the default
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As inb_compat_ask_async(), with more than one way on.
 */
void
inb_compat_choose_async (GtkWindow *parent, const char *heading, const char *body,
                         const char *const *labels, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, inb_compat_choose_async);
  inb_widget_let_wrap (GTK_WIDGET (dialog));
  for (guint i = 0; labels[i] != NULL; i++)
    {
      const char id[] = { (char) ('0' + i), '\0' };

      adw_message_dialog_add_response (dialog, id, labels[i]);
    }
  adw_message_dialog_set_default_response (dialog, "0");
  adw_message_dialog_set_close_response (dialog, "0");
  g_signal_connect (dialog, "response", G_CALLBACK (choose_response_cb), task);
  inb_widget_speak_once (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * inb_compat_choose_finish:
 * @result: of inb_compat_choose_async()
 *
 * Returns: number of the answer, from 0
 */
guint
inb_compat_choose_finish (GAsyncResult *result)
{
  return (guint) g_task_propagate_int (G_TASK (result), NULL);
}

/**
 * inb_compat_show_about:
 * @parent: the window that asks
 */
void
inb_compat_show_about (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", _ ("Inbetween"), "application-icon", APP_ID,
                         "version", PACKAGE_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "developer-name", _ ("The Inbetween developers"), "comments",
                         _ ("Turns product photos into short clips."), NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_compat_open_address_async:
 * @parent: the window that asks
 * @address: a URI
 * @callback: (scope async): called when a program was found, or none
 * @user_data: for @callback
 */
void
inb_compat_open_address_async (GtkWindow *parent, const char *address, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GdkAppLaunchContext) context =
      gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (parent)));
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, inb_compat_open_address_async);
  g_app_info_launch_default_for_uri_async (address, G_APP_LAUNCH_CONTEXT (context), NULL, opened_cb,
                                           task);
}

/**
 * inb_compat_open_address_finish:
 * @result: of inb_compat_open_address_async()
 * @error: of GIO, if nothing opens it
 *
 * Returns: %TRUE if a program was started
 */
gboolean
inb_compat_open_address_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
folder_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *uri = NULL;

  if (reply != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  file = g_file_new_for_path (g_task_get_task_data (task));
  folder = g_file_get_parent (file);
  uri = g_file_get_uri (folder != NULL ? folder : file);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, folder_opened_cb,
                                           g_steal_pointer (&task));
}

static GDBusConnection *
get_bus (void)
{
  GApplication *application = g_application_get_default ();

  return application != NULL ? g_application_get_dbus_connection (application) : NULL;
}

/**
 * inb_compat_show_file_async:
 * @path: a file
 * @callback: (scope async): called when it is shown, or cannot be
 * @user_data: for @callback
 *
 * Shows it in its folder: selected by the file manager where there is one on the bus, else by
 * opening the folder, which inside a sandbox goes through the portal.
 */
void
inb_compat_show_file_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *uris[] = { uri, NULL };
  GDBusConnection *bus = get_bus ();

  g_task_set_source_tag (task, inb_compat_show_file_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  if (bus == NULL || uri == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no bus");
      g_object_unref (task);
      return;
    }
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, task);
}

/**
 * inb_compat_show_file_finish:
 * @result: of inb_compat_show_file_async()
 * @error: of GIO or D-Bus, if no program shows folders
 *
 * Returns: %TRUE if it is shown
 */
gboolean
inb_compat_show_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_compat_ask_background:
 * @reason: what the program does without a window, for the person
 *
 * Asks a sandbox's portal that the program may go on without a window. The answer is the desktop's
 * to keep; where there is no portal nobody forbids it.
 */
void
inb_compat_ask_background (const char *reason)
{
  GDBusConnection *bus = get_bus ();
  GVariantBuilder options;

  if (bus == NULL || !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (reason));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, NULL, NULL);
}
