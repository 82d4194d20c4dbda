/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-filter-button.h"

#include <glib/gi18n.h>

#include "ui/inb-widget.h"

/* A button with a menu of which one word is chosen, and that shows it: “All ▾”. */
struct _InbFilterButton
{
  AdwBin parent_instance;

  char *name;
  char *selected;
  GHashTable *labels; /* word → label */
  GMenu *choices;
  GMenu *actions;
  GtkMenuButton *button;
};

typedef enum
{
  PROP_SELECTED = 1,
} InbFilterButtonProperty;

static GParamSpec *props[PROP_SELECTED + 1];

G_DEFINE_FINAL_TYPE (InbFilterButton, inb_filter_button, ADW_TYPE_BIN)

static void
show_selected (InbFilterButton *self)
{
  const char *label =
      self->selected != NULL ? g_hash_table_lookup (self->labels, self->selected) : NULL;
  /* Translators: spoken by a screen reader: what a menu is about, and what is chosen in it */
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), self->name != NULL ? self->name : "",
                                             label != NULL ? label : "");

  gtk_menu_button_set_label (self->button, label != NULL ? label : "");
  inb_widget_name (GTK_WIDGET (self->button), spoken);
}

static void
inb_filter_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbFilterButtonProperty) prop_id)
    {
    case PROP_SELECTED:
      g_value_set_string (value, INB_FILTER_BUTTON (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_filter_button_set_property (GObject *object, guint prop_id, const GValue *value,
                                GParamSpec *pspec)
{
  switch ((InbFilterButtonProperty) prop_id)
    {
    case PROP_SELECTED:
      inb_filter_button_set_selected (INB_FILTER_BUTTON (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_filter_button_finalize (GObject *object)
{
  InbFilterButton *self = INB_FILTER_BUTTON (object);

  g_free (self->name);
  g_free (self->selected);
  g_hash_table_unref (self->labels);
  g_object_unref (self->choices);
  g_object_unref (self->actions);

  G_OBJECT_CLASS (inb_filter_button_parent_class)->finalize (object);
}

static void
inb_filter_button_class_init (InbFilterButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_filter_button_get_property;
  object_class->set_property = inb_filter_button_set_property;
  object_class->finalize = inb_filter_button_finalize;

  props[PROP_SELECTED] =
      g_param_spec_string ("selected", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_install_property_action (widget_class, "filter.select", "selected");
}

static void
inb_filter_button_init (InbFilterButton *self)
{
  GMenu *menu = g_menu_new ();

  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->choices = g_menu_new ();
  self->actions = g_menu_new ();
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->choices));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->actions));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  inb_widget_set_menu (self->button, G_MENU_MODEL (menu));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  g_object_unref (menu);
}

/**
 * inb_filter_button_new:
 *
 * Returns: (transfer floating): a button without choices
 */
GtkWidget *
inb_filter_button_new (void)
{
  return g_object_new (INB_TYPE_FILTER_BUTTON, NULL);
}

/**
 * inb_filter_button_set_name:
 * @self: a button
 * @name: what it chooses, for its tooltip and for a screen reader
 */
void
inb_filter_button_set_name (InbFilterButton *self, const char *name)
{
  g_return_if_fail (INB_IS_FILTER_BUTTON (self));

  g_free (self->name);
  self->name = g_strdup (name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  show_selected (self);
}

/**
 * inb_filter_button_add:
 * @self: a button
 * @word: what the property “selected” says when it is chosen
 * @label: for people
 *
 * The first one that is added is chosen.
 */
void
inb_filter_button_add (InbFilterButton *self, const char *word, const char *label)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_return_if_fail (INB_IS_FILTER_BUTTON (self));

  g_menu_item_set_action_and_target (item, "filter.select", "s", word);
  g_menu_append_item (self->choices, item);
  g_hash_table_insert (self->labels, g_strdup (word), g_strdup (label));
  if (self->selected == NULL)
    inb_filter_button_set_selected (self, word);
}

/**
 * inb_filter_button_add_action:
 * @self: a button
 * @label: of an item below the choices
 * @action: what it activates
 */
void
inb_filter_button_add_action (InbFilterButton *self, const char *label, const char *action)
{
  g_return_if_fail (INB_IS_FILTER_BUTTON (self));

  g_menu_append (self->actions, label, action);
}

/**
 * inb_filter_button_set_selected:
 * @self: a button
 * @word: one that was added
 */
void
inb_filter_button_set_selected (InbFilterButton *self, const char *word)
{
  g_return_if_fail (INB_IS_FILTER_BUTTON (self));

  if (g_strcmp0 (self->selected, word) == 0 || word == NULL ||
      !g_hash_table_contains (self->labels, word))
    return;
  g_free (self->selected);
  self->selected = g_strdup (word);
  show_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/**
 * inb_filter_button_get_selected:
 * @self: a button
 *
 * Returns: (transfer none) (nullable): the word that is chosen
 */
const char *
inb_filter_button_get_selected (InbFilterButton *self)
{
  g_return_val_if_fail (INB_IS_FILTER_BUTTON (self), NULL);
  return self->selected;
}
