/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preferences-providers.h"

#include <glib/gi18n.h>

#include "jobs/inb-secrets.h"
#include "providers/inb-catalogue.h"

/* Which services have a key, each with the way to the page where keys are entered. */
struct _InbPreferencesProviders
{
  AdwPreferencesGroup parent_instance;

  GtkWindow *parent; /* weak: whose pages these lead to */
  GCancellable *looking;
};

G_DEFINE_FINAL_TYPE (InbPreferencesProviders, inb_preferences_providers, ADW_TYPE_PREFERENCES_GROUP)

static const char *
get_words (const InbSecrets *secrets)
{
  switch (secrets->source)
    {
    case INB_KEY_SECRET_SERVICE:
      return _ ("Key in the keyring");
    case INB_KEY_ENVIRONMENT:
      return _ ("Key from the environment");
    case INB_KEY_SESSION:
      return _ ("Key until the program ends");
    case INB_KEY_NONE:
    default:
      return _ ("No key yet");
    }
}

/* No keyring, a locked one, no key in it: all of them are "no key yet", and the page says more. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwActionRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSecrets) secrets = inb_secrets_load_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (row)) == NULL)
    return;
  adw_action_row_set_subtitle (row, secrets != NULL ? get_words (secrets) : _ ("No key yet"));
}

static void
activated_cb (InbPreferencesProviders *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *parent = self->parent;

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-page", "s", "providers");
  if (GTK_IS_WINDOW (root))
    gtk_window_close (GTK_WINDOW (root));
}

static void
add_row (InbPreferencesProviders *self, const InbProvider *provider)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (inb_provider_get_name (provider), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Looking for a key…"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  inb_secrets_load_async (provider, self->looking, looked_cb, g_object_ref (row));
}

static void
inb_preferences_providers_dispose (GObject *object)
{
  InbPreferencesProviders *self = INB_PREFERENCES_PROVIDERS (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_weak_pointer (&self->parent);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_PREFERENCES_PROVIDERS);

  G_OBJECT_CLASS (inb_preferences_providers_parent_class)->dispose (object);
}

static void
inb_preferences_providers_class_init (InbPreferencesProvidersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_preferences_providers_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-preferences-providers.ui");
}

static void
inb_preferences_providers_init (InbPreferencesProviders *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->looking = g_cancellable_new ();
}

/**
 * inb_preferences_providers_fill:
 * @self: a group, once
 * @parent: the window with the page of the providers
 *
 * Adds a row for each hosted service; where its key is comes later, by itself.
 */
void
inb_preferences_providers_fill (InbPreferencesProviders *self, GtkWindow *parent)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  g_return_if_fail (INB_IS_PREFERENCES_PROVIDERS (self) && self->parent == NULL);

  g_set_weak_pointer (&self->parent, parent);
  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      if (provider->service != NULL)
        add_row (self, provider);
    }
}
