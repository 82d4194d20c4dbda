/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-route-list.h"

#include <glib/gi18n.h>

#include "providers/inb-catalogue.h"

/* The services in the order in which a person would have them tried: dragged, or moved by Alt+Up
 * and Alt+Down or their buttons. Those without a tick are never tried by themselves. */
struct _InbRouteList
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* AdwActionRow, in the order shown; borrowed from the group */
  gboolean is_filling;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbRouteList, inb_route_list, ADW_TYPE_PREFERENCES_GROUP)

static const char *
get_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "provider");
}

static GtkCheckButton *
get_tick (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "tick");
}

static void
tell (InbRouteList *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The first cannot go up, nor the last down. */
static void
update_buttons (InbRouteList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), "up"), i > 0);
      gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), "down"),
                                i + 1 < self->rows->len);
    }
}

/* A group adds at its end only: all rows leave and come again. The focus stays with the row. */
static void
move_row (InbRouteList *self, GtkWidget *row, guint to)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GtkWidget) kept = focus != NULL ? g_object_ref (focus) : NULL;
  guint from;

  if (!g_ptr_array_find (self->rows, row, &from) || from == to || to >= self->rows->len)
    return;
  g_ptr_array_insert (self->rows, (int) to, g_ptr_array_steal_index (self->rows, from));
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GtkWidget) held = g_object_ref (g_ptr_array_index (self->rows, i));

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), held);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), held);
    }
  update_buttons (self);
  if (kept != NULL && gtk_widget_is_ancestor (kept, GTK_WIDGET (self)) &&
      !gtk_widget_grab_focus (kept))
    gtk_widget_grab_focus (row);
  tell (self);
}

static void
move_by (GtkWidget *row, int step)
{
  InbRouteList *self = INB_ROUTE_LIST (gtk_widget_get_ancestor (row, INB_TYPE_ROUTE_LIST));
  guint index;

  if (self != NULL && g_ptr_array_find (self->rows, row, &index) && (int) index + step >= 0)
    move_row (self, row, (guint) ((int) index + step));
}

static void
up_cb (GtkWidget *row)
{
  move_by (row, -1);
}

static void
down_cb (GtkWidget *row)
{
  move_by (row, 1);
}

static gboolean
up_key_cb (GtkWidget *row, GVariant *arguments, gpointer user_data)
{
  move_by (row, -1);
  return TRUE;
}

static gboolean
down_key_cb (GtkWidget *row, GVariant *arguments, gpointer user_data)
{
  move_by (row, 1);
  return TRUE;
}

static GdkContentProvider *
drag_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, row);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  GtkWidget *onto = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *row = g_value_get_object (value);
  InbRouteList *self = INB_ROUTE_LIST (gtk_widget_get_ancestor (onto, INB_TYPE_ROUTE_LIST));
  guint index;

  if (self == NULL || !g_ptr_array_find (self->rows, row, NULL) ||
      !g_ptr_array_find (self->rows, onto, &index))
    return FALSE;
  move_row (self, row, index);
  return TRUE;
}

static void
add_shortcut (GtkWidget *row, guint key, GtkShortcutFunc callback)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_ALT_MASK),
                                            gtk_callback_action_new (callback, NULL, NULL));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (row, controller);
}

static void
add_drag (GtkWidget *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_cb), NULL);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static void
add_button (GtkWidget *row, const char *key, const char *icon, const char *name,
            const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, row, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (row), key, button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (InbRouteList *self, const InbProvider *provider)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *tick = gtk_check_button_new ();
  /* Translators: a provider; these four are read aloud. */
  g_autofree char *use = g_strdup_printf (_ ("Try %s"), inb_provider_get_name (provider));
  g_autofree char *up = g_strdup_printf (_ ("Move %s up"), inb_provider_get_name (provider));
  g_autofree char *down = g_strdup_printf (_ ("Move %s down"), inb_provider_get_name (provider));
  g_autofree char *title = g_markup_escape_text (inb_provider_get_name (provider), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, use, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (row), "provider", provider->id);
  g_object_set_data (G_OBJECT (row), "tick", tick);
  add_button (row, "up", "go-up-symbolic", up, _ ("Move Up (Alt+Up)"), G_CALLBACK (up_cb));
  add_button (row, "down", "go-down-symbolic", down, _ ("Move Down (Alt+Down)"),
              G_CALLBACK (down_cb));
  add_shortcut (row, GDK_KEY_Up, up_key_cb);
  add_shortcut (row, GDK_KEY_Down, down_key_cb);
  add_drag (row);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
inb_route_list_finalize (GObject *object)
{
  g_ptr_array_unref (INB_ROUTE_LIST (object)->rows);

  G_OBJECT_CLASS (inb_route_list_parent_class)->finalize (object);
}

static void
inb_route_list_class_init (InbRouteListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_route_list_finalize;

  /* InbRouteList::changed: a person has changed the order or a tick */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", INB_TYPE_ROUTE_LIST, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_route_list_init (InbRouteList *self)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  self->rows = g_ptr_array_new ();
  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      if (provider->service != NULL)
        add_row (self, provider);
    }
  update_buttons (self);
}

/**
 * inb_route_list_new:
 *
 * Returns: (transfer floating): all services, none of them ticked
 */
GtkWidget *
inb_route_list_new (void)
{
  return g_object_new (INB_TYPE_ROUTE_LIST, NULL);
}

/**
 * inb_route_list_set_route:
 * @self: a list
 * @route: (nullable) (array zero-terminated): ids, in order; unknown ones are passed over
 *
 * Ticks these, in this order before all others. #InbRouteList::changed is not emitted.
 */
void
inb_route_list_set_route (InbRouteList *self, const char *const *route)
{
  guint n_placed = 0;

  g_return_if_fail (INB_IS_ROUTE_LIST (self));

  self->is_filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    gtk_check_button_set_active (get_tick (g_ptr_array_index (self->rows, i)), FALSE);
  for (guint i = 0; route != NULL && route[i] != NULL; i++)
    for (guint j = n_placed; j < self->rows->len; j++)
      {
        GtkWidget *row = g_ptr_array_index (self->rows, j);

        if (!g_str_equal (get_id (row), route[i]))
          continue;
        gtk_check_button_set_active (get_tick (row), TRUE);
        move_row (self, row, n_placed++);
        break;
      }
  self->is_filling = FALSE;
}

/**
 * inb_route_list_dup_route:
 * @self: a list
 *
 * Returns: (transfer full) (array zero-terminated): ids of those with a tick, in order
 */
char **
inb_route_list_dup_route (InbRouteList *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (INB_IS_ROUTE_LIST (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_check_button_get_active (get_tick (g_ptr_array_index (self->rows, i))))
      g_strv_builder_add (builder, get_id (g_ptr_array_index (self->rows, i)));
  return g_strv_builder_end (builder);
}
