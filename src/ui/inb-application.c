/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "providers/inb-catalogue.h"
#include "store/inb-paths.h"
#include "ui/inb-compat.h"
#include "ui/inb-drag-out.h"
#include "ui/inb-keeper.h"
#include "ui/inb-notifier.h"
#include "ui/inb-preferences.h"
#include "ui/inb-window.h"

/* The program: one instance, one queue, one window; none while jobs go on by themselves. */
struct _InbApplication
{
  AdwApplication parent_instance;

  char *root;
  InbQueue *queue;
  InbWorking *working; /* these three come and go with the queue */
  InbKeeper *keeper;
  InbNotifier *notifier;
};

G_DEFINE_FINAL_TYPE (InbApplication, inb_application, ADW_TYPE_APPLICATION)

static void
open_queue (InbApplication *self, InbWindow *window)
{
  g_autoptr (GError) error = NULL;

  if (self->queue == NULL)
    self->queue = inb_queue_open (self->root, INB_QUEUE_RUN, &error);
  if (self->queue != NULL && self->working == NULL)
    {
      self->working = inb_working_new (G_LIST_MODEL (self->queue));
      self->keeper = inb_keeper_new (GTK_APPLICATION (self), self->queue, self->working);
      self->notifier = inb_notifier_new (GTK_APPLICATION (self), self->working);
    }
  if (self->queue != NULL)
    inb_window_set_queue (window, self->queue);
  else
    inb_window_show_broken (window, error);
}

static InbWindow *
get_window (InbApplication *self)
{
  GtkWindow *window = NULL;

  /* the active one may be a dialog of it */
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (INB_IS_WINDOW (l->data))
      return l->data;
  window = GTK_WINDOW (inb_window_new (GTK_APPLICATION (self), self->root));
  open_queue (self, INB_WINDOW (window));
  return INB_WINDOW (window);
}

static void
quit_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  if (inb_compat_ask_finish (result))
    g_application_quit (user_data);
}

/* Nothing is lost by quitting; only what a person has ordered and nobody has sent yet would wait
 * unseen, so that is said. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InbApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  guint n_unsent = self->working != NULL ? inb_working_count_unsent (self->working) : 0;
  g_autofree char *body = NULL;

  if (n_unsent == 0 || window == NULL || !inb_queue_is_runner (self->queue))
    {
      g_application_quit (G_APPLICATION (self));
      return;
    }
  body = g_strdup_printf (
      ngettext ("%u clip that costs money has not been sent yet. It will be paused, not charged, "
                "and can be resumed at the next start.",
                "%u clips that cost money have not been sent yet. They will be paused, not "
                "charged, and can be resumed at the next start.",
                n_unsent),
      n_unsent);
  inb_compat_ask_async (window, _ ("Quit now?"), body, _ ("Keep Working"), _ ("Quit"), FALSE,
                        quit_asked_cb, self);
}

static void
open_take_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InbWindow *window = get_window (user_data);

  inb_window_open_take (window, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (window));
}

static void
file_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *path = user_data;
  g_autoptr (GError) error = NULL;
  GApplication *self = g_application_get_default ();

  if (!inb_compat_show_file_finish (result, &error))
    inb_window_tell_path (get_window (INB_APPLICATION (self)), path);
}

static void
show_file_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *path = g_variant_get_string (parameter, NULL);

  inb_compat_show_file_async (path, file_shown_cb, g_strdup (path));
}

static void
new_product_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InbWindow *window = get_window (user_data);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.new-product", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InbApplication *self = user_data;
  InbWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  if (self->queue != NULL)
    inb_preferences_show (GTK_WINDOW (window), self->queue);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  inb_compat_show_about (gtk_application_get_active_window (user_data));
}

static void
reopen_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InbApplication *self = user_data;

  if (self->queue == NULL)
    open_queue (self, get_window (self));
}

/* The end of a session, or Ctrl+C: jobs are put down properly and go on at the next start. */
static gboolean
signalled_cb (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
set_accel (GApplication *application, const char *action, const char *accel)
{
  const char *accels[] = { accel, NULL };

  gtk_application_set_accels_for_action (GTK_APPLICATION (application), action, accels);
}

static void
inb_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_action },
    { "about", about_action },
    { "reopen", reopen_action },
    { "new-product", new_product_action },
    { "open-take", open_take_action, "s" },
    { "preferences", preferences_action },
    { "show-file", show_file_action, "s" },
  };

  G_APPLICATION_CLASS (inb_application_parent_class)->startup (application);

  inb_drag_out_clean_async ();
  g_unix_signal_add (SIGTERM, signalled_cb, application);
  g_unix_signal_add (SIGINT, signalled_cb, application);
  g_unix_signal_add (SIGHUP, signalled_cb, application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_accel (application, "app.quit", "<Control>q");
  set_accel (application, "app.preferences", "<Control>comma");
  set_accel (application, "window.close", "<Control>w");
}

static void
inb_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (INB_APPLICATION (application))));
}

static void
inb_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  InbWindow *window = get_window (INB_APPLICATION (application));

  inb_window_take_photos (window, files, n_files);
  gtk_window_present (GTK_WINDOW (window));
}

static void
inb_application_shutdown (GApplication *application)
{
  InbApplication *self = INB_APPLICATION (application);

  g_clear_object (&self->notifier);
  g_clear_object (&self->keeper);
  g_clear_object (&self->working);
  G_APPLICATION_CLASS (inb_application_parent_class)->shutdown (application);

  if (self->queue != NULL)
    inb_queue_close (self->queue);
  g_clear_object (&self->queue);
}

/* Before anything of GTK starts: its own words for a missing display help nobody. */
static int
inb_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      fprintf (stdout, "Inbetween %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  g_set_prgname (APP_ID); /* from here on the desktop finds its file by it */
  if (!gtk_init_check ())
    {
      fprintf (stderr, "%s\n",
               _ ("inbetween: there is no display to open a window on. Start it in a desktop "
                  "session, or make clips with “inbetween-cli generate”."));
      return EXIT_FAILURE;
    }
  if (g_variant_dict_contains (options, "new-product"))
    {
      if (!g_application_register (application, NULL, &error))
        {
          fprintf (stderr, "inbetween: %s\n", error->message);
          return EXIT_FAILURE;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "new-product", NULL);
      return g_application_get_is_remote (application) ? EXIT_SUCCESS : -1;
    }
  return -1;
}

static void
inb_application_finalize (GObject *object)
{
  g_free (INB_APPLICATION (object)->root);

  G_OBJECT_CLASS (inb_application_parent_class)->finalize (object);
}

static void
inb_application_class_init (InbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_application_finalize;
  application_class->startup = inb_application_startup;
  application_class->activate = inb_application_activate;
  application_class->open = inb_application_open;
  application_class->shutdown = inb_application_shutdown;
  application_class->handle_local_options = inb_application_handle_local_options;
}

static void
inb_application_init (InbApplication *self)
{
  g_autofree char *providers = NULL;

  self->root = inb_paths_dup_default_root ();
  providers = inb_paths_dup_providers (self->root);
  inb_catalogue_set_folder (providers);
  g_application_add_main_option (G_APPLICATION (self), "version", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _ ("Print the version and leave"), NULL);
  g_application_add_main_option (G_APPLICATION (self), "new-product", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _ ("Begin with an empty form"), NULL);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _ ("[START-PHOTO [LAST-PHOTO]]"));
}

/**
 * inb_application_new:
 *
 * Returns: (transfer full): the program; photos on its command line become the start and the last
 * frame of a new product
 */
InbApplication *
inb_application_new (void)
{
  return g_object_new (INB_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/inbetween/Inbetween", NULL);
}
