/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preferences-storage.h"

#include <glib/gi18n.h>

#include "ui/inb-compat.h"
#include "ui/inb-toast.h"
#include "ui/inb-widget.h"

/* What the data folder holds, and the ways to make it hold less. Only clips are asked about: what
 * was made of them is made again. */
struct _InbPreferencesStorage
{
  AdwPreferencesGroup parent_instance;

  InbQueue *queue;
  GCancellable *counting;
  InbStorage storage; /* counted last */

  AdwActionRow *clips;
  AdwActionRow *photos;
  AdwActionRow *posters;
  AdwActionRow *proxies;
  AdwActionRow *rejected;
  AdwActionRow *deleted;
  GtkWidget *clean_proxies;
  GtkWidget *clean_rejected;
  GtkWidget *clean_deleted;
};

G_DEFINE_FINAL_TYPE (InbPreferencesStorage, inb_preferences_storage, ADW_TYPE_PREFERENCES_GROUP)

static void count (InbPreferencesStorage *self);

static void
show_size (AdwActionRow *row, gint64 bytes)
{
  g_autofree char *size = g_format_size ((guint64) MAX (bytes, 0));

  adw_action_row_set_subtitle (row, size);
}

static void
show_clips (AdwActionRow *row, GtkWidget *button, guint n_clips, gint64 bytes)
{
  g_autofree char *size = g_format_size ((guint64) MAX (bytes, 0));
  /* Translators: number of clips, space they take: “3 clips, 12.4 MB” */
  g_autofree char *words =
      n_clips > 0
          ? g_strdup_printf (ngettext ("%u clip, %s", "%u clips, %s", n_clips), n_clips, size)
          : g_strdup (_ ("None"));

  adw_action_row_set_subtitle (row, words);
  gtk_widget_set_sensitive (button, n_clips > 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreferencesStorage) self = user_data;
  g_autoptr (GError) error = NULL;
  InbStorage storage;

  if (!inb_queue_get_storage_finish (INB_QUEUE (source), result, &storage, &error) ||
      self->clips == NULL)
    return;
  self->storage = storage;
  show_size (self->clips, storage.clips);
  show_size (self->photos, storage.photos);
  show_size (self->posters, storage.posters);
  show_size (self->proxies, storage.proxies);
  gtk_widget_set_sensitive (self->clean_proxies, storage.proxies > 0);
  show_clips (self->rejected, self->clean_rejected, storage.n_rejected, storage.rejected);
  show_clips (self->deleted, self->clean_deleted, storage.n_deleted, storage.deleted);
}

static void
count (InbPreferencesStorage *self)
{
  inb_queue_get_storage_async (self->queue, self->counting, counted_cb, g_object_ref (self));
}

static void
cleaned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreferencesStorage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = inb_queue_change_finish (INB_QUEUE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  inb_toast_show_in (GTK_WIDGET (self), good ? _ ("Removed") : error->message);
  count (self);
}

static void
clean (InbPreferencesStorage *self, InbStorageKind kind)
{
  inb_queue_clean_storage_async (self->queue, kind, cleaned_cb, g_object_ref (self));
}

static void
clean_proxies_cb (InbPreferencesStorage *self)
{
  clean (self, INB_STORAGE_PROXIES);
}

static void
rejected_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreferencesStorage) self = user_data;

  if (inb_compat_ask_finish (result) && self->queue != NULL)
    clean (self, INB_STORAGE_REJECTED);
}

static void
deleted_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreferencesStorage) self = user_data;

  if (inb_compat_ask_finish (result) && self->queue != NULL)
    clean (self, INB_STORAGE_DELETED);
}

static void
ask (InbPreferencesStorage *self, guint n_clips, GAsyncReadyCallback callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Remove %u Clip?", "Remove %u Clips?", n_clips), n_clips);

  inb_compat_ask_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                        _ ("The files are gone for good. What was asked for and what it cost stays "
                           "in the history."),
                        _ ("_Keep"), _ ("_Remove"), TRUE, callback, g_object_ref (self));
}

static void
clean_rejected_cb (InbPreferencesStorage *self)
{
  ask (self, self->storage.n_rejected, rejected_asked_cb);
}

static void
clean_deleted_cb (InbPreferencesStorage *self)
{
  ask (self, self->storage.n_deleted, deleted_asked_cb);
}

static void
inb_preferences_storage_dispose (GObject *object)
{
  InbPreferencesStorage *self = INB_PREFERENCES_STORAGE (object);

  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_PREFERENCES_STORAGE);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_preferences_storage_parent_class)->dispose (object);
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, clips);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, photos);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, posters);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, proxies);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, rejected);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, deleted);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, clean_proxies);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, clean_rejected);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesStorage, clean_deleted);
}

static void
inb_preferences_storage_class_init (InbPreferencesStorageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_preferences_storage_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-preferences-storage.ui");
  bind_rows (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, clean_proxies_cb);
  gtk_widget_class_bind_template_callback (widget_class, clean_rejected_cb);
  gtk_widget_class_bind_template_callback (widget_class, clean_deleted_cb);
}

static void
inb_preferences_storage_init (InbPreferencesStorage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_widget_speak_once (GTK_WIDGET (self));
  self->counting = g_cancellable_new ();
}

/**
 * inb_preferences_storage_set_queue:
 * @self: a group, once
 * @queue: whose folder it is about
 *
 * Counts what is there; the numbers come later.
 */
void
inb_preferences_storage_set_queue (InbPreferencesStorage *self, InbQueue *queue)
{
  g_autofree char *root = NULL;

  g_return_if_fail (INB_IS_PREFERENCES_STORAGE (self) && self->queue == NULL);

  self->queue = g_object_ref (queue);
  root = g_markup_escape_text (inb_queue_get_root (queue), -1);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), root);
  count (self);
}
