/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-keeper.h"

#include <glib/gi18n.h>

#include "ui/inb-compat.h"

/* Keeps the program alive while jobs work, with a window or without, and the computer awake while
 * one of them needs it. Says so when the last window goes. */
struct _InbKeeper
{
  GObject parent_instance;

  GtkApplication *application;
  InbQueue *queue;
  InbWorking *working;
  gboolean held;
  gboolean asked; /* the desktop, whether the program may go on without a window */
  guint inhibited;
};

G_DEFINE_FINAL_TYPE (InbKeeper, inb_keeper, G_TYPE_OBJECT)

#define NOTIFICATION "background"

static guint
get_n_jobs (InbKeeper *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->working));
}

static void
withdraw (InbKeeper *self)
{
  g_application_withdraw_notification (G_APPLICATION (self->application), NOTIFICATION);
}

static void
keep_alive (InbKeeper *self)
{
  /* what another process runs goes on without us */
  gboolean hold = get_n_jobs (self) > 0 && inb_queue_is_runner (self->queue);

  if (hold == self->held)
    return;
  self->held = hold;
  if (hold)
    {
      g_application_hold (G_APPLICATION (self->application));
      return;
    }
  withdraw (self);
  g_application_release (G_APPLICATION (self->application));
}

static void
keep_awake (InbKeeper *self)
{
  gboolean busy = inb_working_is_busy (self->working);

  if (busy && self->inhibited == 0)
    self->inhibited = gtk_application_inhibit (
        self->application, gtk_application_get_active_window (self->application),
        GTK_APPLICATION_INHIBIT_SUSPEND, _ ("Clips are being made"));
  else if (!busy && self->inhibited != 0)
    {
      gtk_application_uninhibit (self->application, self->inhibited);
      self->inhibited = 0;
    }
}

static void
update (InbKeeper *self)
{
  keep_awake (self);
  keep_alive (self);
}

static void
tell (InbKeeper *self)
{
  guint n_jobs = get_n_jobs (self);
  g_autofree char *body = g_strdup_printf (
      ngettext ("%u job is at work. The program ends by itself when it is done.",
                "%u jobs are at work. The program ends by itself when they are done.", n_jobs),
      n_jobs);
  g_autoptr (GNotification) notification = g_notification_new (_ ("Inbetween goes on"));

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_notification_add_button (notification, _ ("Quit"), "app.quit");
  g_application_send_notification (G_APPLICATION (self->application), NOTIFICATION, notification);
}

/* "window-removed" comes while the window is still in the list of some versions of GTK. */
static gboolean
has_window (InbKeeper *self, GtkWindow *leaving)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (l->data != leaving)
      return TRUE;
  return FALSE;
}

static void
window_removed_cb (InbKeeper *self, GtkWindow *window)
{
  update (self);
  if (!self->held || has_window (self, window))
    return;
  if (!self->asked)
    inb_compat_ask_background (_ ("Clips are made, fetched and saved"));
  self->asked = TRUE;
  tell (self);
}

static void
inb_keeper_dispose (GObject *object)
{
  InbKeeper *self = INB_KEEPER (object);

  if (self->inhibited != 0)
    gtk_application_uninhibit (self->application, self->inhibited);
  self->inhibited = 0;
  if (self->held)
    g_application_release (G_APPLICATION (self->application));
  self->held = FALSE;
  g_clear_object (&self->working);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_keeper_parent_class)->dispose (object);
}

static void
inb_keeper_class_init (InbKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_keeper_dispose;
}

static void
inb_keeper_init (InbKeeper *self)
{
}

/**
 * inb_keeper_new:
 * @application: (transfer none): what is kept; outlives this
 * @queue: (transfer none): says whether jobs run in this process
 * @working: (transfer none): for whose sake
 *
 * Returns: (transfer full): a keeper
 */
InbKeeper *
inb_keeper_new (GtkApplication *application, InbQueue *queue, InbWorking *working)
{
  InbKeeper *self = g_object_new (INB_TYPE_KEEPER, NULL);

  self->application = application;
  self->queue = g_object_ref (queue);
  self->working = g_object_ref (working);
  g_signal_connect_object (working, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (working, "moved", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (withdraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return self;
}
