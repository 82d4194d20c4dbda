/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preferences.h"

#include <glib/gi18n.h>

#include "ui/inb-preferences-files.h"
#include "ui/inb-preferences-playback.h"
#include "ui/inb-preferences-providers.h"
#include "ui/inb-preferences-spending.h"
#include "ui/inb-preferences-storage.h"

/* What a person likes, at once in force. One window at a time; its groups are types of their own.
 */
struct _InbPreferences
{
  AdwPreferencesWindow parent_instance;

  InbPreferencesSpending *spending;
  InbPreferencesProviders *providers;
  InbPreferencesStorage *storage;
};

G_DEFINE_FINAL_TYPE (InbPreferences, inb_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
inb_preferences_class_init (InbPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (INB_TYPE_PREFERENCES_FILES);
  g_type_ensure (INB_TYPE_PREFERENCES_PLAYBACK);
  g_type_ensure (INB_TYPE_PREFERENCES_PROVIDERS);
  g_type_ensure (INB_TYPE_PREFERENCES_SPENDING);
  g_type_ensure (INB_TYPE_PREFERENCES_STORAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, spending);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, providers);
  gtk_widget_class_bind_template_child (widget_class, InbPreferences, storage);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* libadwaita 1.2 gives its search no names. */
static void
name_search (GtkWidget *widget)
{
  if (GTK_IS_SEARCH_ENTRY (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Search the Preferences"), -1);
  else if (GTK_IS_LIST_BOX (widget) &&
           g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "search_results") ==
               0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Found"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search (child);
}

static void
inb_preferences_init (InbPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_search (GTK_WIDGET (self));
}

static gboolean
present_open (GtkWindow *parent)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (!INB_IS_PREFERENCES (window) || gtk_window_get_transient_for (window) != parent)
        continue;
      gtk_window_present (window);
      return TRUE;
    }
  return FALSE;
}

/**
 * inb_preferences_show:
 * @parent: the window that asks
 * @queue: where what spends money is kept
 *
 * Shows the one window of preferences.
 */
void
inb_preferences_show (GtkWindow *parent, InbQueue *queue)
{
  InbPreferences *self;

  if (present_open (parent))
    return;
  self = g_object_new (INB_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, NULL);
  inb_preferences_spending_set_queue (self->spending, queue);
  inb_preferences_providers_fill (self->providers, parent);
  inb_preferences_storage_set_queue (self->storage, queue);
  gtk_window_present (GTK_WINDOW (self));
  /* cppcheck-suppress memleak ; GTK holds a window until it is closed */
}
