/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-key-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "providers/inb-words.h"
#include "ui/inb-widget.h"

/* Where one key of a service is typed, once: it is never shown again, not even to the person who
 * typed it. The platform's row for passwords, with what it has no room for: where the key is kept,
 * and a way to remove it. */
typedef struct
{
  const InbProvider *provider;
  const InbCredential *credential;
  InbKeyRowTold told;
  gpointer user_data;
  GCancellable *cancellable;
  GtkWidget *row; /* weak: the row owns this */
  GtkWidget *clear;
} KeyRow;

static void
key_row_free (KeyRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_free (self);
}

static KeyRow *
get_state (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "inb-key-row");
}

static void
set_name (KeyRow *self, const InbKeyPlace *place)
{
  g_autofree char *where = inb_key_place_dup_words (place);
  /* Translators: a kind of key, where it is kept. */
  g_autofree char *title =
      g_strdup_printf (_ ("%s · %s"), inb_words_translate (self->credential->label), where);
  g_autofree char *markup = g_markup_escape_text (title, -1);
  /* Translators: a provider; a kind of key and where it is kept. */
  g_autofree char *spoken =
      g_strdup_printf (_ ("%s: %s"), inb_provider_get_name (self->provider), title);

  inb_widget_name (self->row, spoken);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), markup);
  gtk_widget_set_visible (self->clear, place->source == INB_KEY_SECRET_SERVICE ||
                                           place->source == INB_KEY_SESSION);
}

/* The row may be gone by now: then nobody is told. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  KeyRow *self = get_state (row);
  InbKeyPlace place;

  if (!g_cancellable_is_cancelled (self->cancellable) &&
      inb_key_place_finish (result, &place, NULL))
    {
      set_name (self, &place);
      self->told (&place, NULL, self->user_data);
    }
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  KeyRow *self = get_state (row);
  g_autoptr (GError) error = NULL;
  InbKeyPlace place;
  gboolean good = inb_key_place_finish (result, &place, &error);

  if (g_cancellable_is_cancelled (self->cancellable) || gtk_widget_get_root (row) == NULL)
    return;
  gtk_editable_set_editable (GTK_EDITABLE (row), TRUE);
  if (good)
    set_name (self, &place);
  if (good)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
  self->told (good ? &place : NULL, error, self->user_data);
}

/* What was typed leaves the field at once. The copy is wiped; the field's own memory is GTK's for
 * passwords, which does the same. */
static void
apply_cb (GtkWidget *row)
{
  KeyRow *self = get_state (row);
  char *key = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  gsize length = strlen (key);

  g_strstrip (key); /* a line break at the end comes with a copy */
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  if (*key != '\0')
    {
      gtk_editable_set_editable (GTK_EDITABLE (row),
                                 FALSE); /* insensitive it would lose the focus */
      inb_key_place_keep_async (self->provider, self->credential, key, changed_cb,
                                g_object_ref (row));
    }
  explicit_bzero (key, length);
  g_free (key);
}

static void
answered_cb (GtkWidget *row, const char *answer)
{
  KeyRow *self = get_state (row);

  if (g_strcmp0 (answer, "clear") != 0)
    return;
  gtk_editable_set_editable (GTK_EDITABLE (row), FALSE); /* insensitive it would lose the focus */
  inb_key_place_clear_async (self->provider, self->credential, changed_cb, g_object_ref (row));
}

static void
clear_cb (GtkWidget *row)
{
  KeyRow *self = get_state (row);
  GtkRoot *root = gtk_widget_get_root (row);
  /* Translators: a provider. */
  g_autofree char *heading =
      g_strdup_printf (_ ("Remove the key of %s?"), inb_provider_get_name (self->provider));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
      _ ("It cannot be shown again: to use the service later, you need it from the service's page "
         "once more. Clips that are being made there wait until there is a key."));

  inb_widget_let_wrap (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep Key"), "clear",
                                    _ ("_Remove Key"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), row, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
make_clear_button (KeyRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: a provider, a kind of key. */
  g_autofree char *name =
      g_strdup_printf (_ ("Remove: %s, %s"), inb_provider_get_name (self->provider),
                       inb_words_translate (self->credential->label));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Remove the Key"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clear_cb), self->row, G_CONNECT_SWAPPED);
  return button;
}

/**
 * inb_key_row_new:
 * @provider: a hosted provider
 * @credential: one of its credentials
 * @told: (scope forever): called when it is known where the key is, at first and after each change
 * @user_data: for @told; outlives the row
 *
 * A row of a list in which a key is typed. It is kept when the person applies it, in the keyring,
 * or, where none takes it, until the program ends; the row says which.
 *
 * Returns: (transfer floating): an #AdwPasswordEntryRow
 */
GtkWidget *
inb_key_row_new (const InbProvider *provider, const InbCredential *credential, InbKeyRowTold told,
                 gpointer user_data)
{
  GtkWidget *row = adw_password_entry_row_new ();
  KeyRow *self = g_new0 (KeyRow, 1);
  InbKeyPlace nowhere = { .source = INB_KEY_NONE };

  inb_widget_name_buttons (row);
  self->provider = provider;
  self->credential = credential;
  self->told = told;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->row = row;
  g_object_set_data_full (G_OBJECT (row), "inb-key-row", self, (GDestroyNotify) key_row_free);
  self->clear = make_clear_button (self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), self->clear);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "apply", G_CALLBACK (apply_cb), NULL);
  set_name (self, &nowhere);
  inb_key_place_look_async (provider, credential, NULL, looked_cb, g_object_ref (row));
  return row;
}
