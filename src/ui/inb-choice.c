/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-choice.h"

#include "ui/inb-fold-layout.h"
#include "ui/inb-widget.h"

/* One of a few, all of them in sight: linked toggle buttons. A drop-down would hide them, and GTK
 * 4.8 leaves its inner button without a name for a screen reader. */
struct _InbChoice
{
  AdwBin parent_instance;

  GtkBox *box;
  GPtrArray *buttons; /* GtkToggleButton, borrowed from the box */
  guint selected;
};

typedef enum
{
  PROP_SELECTED = 1,
} InbChoiceProperty;

static GParamSpec *props[PROP_SELECTED + 1];

G_DEFINE_FINAL_TYPE (InbChoice, inb_choice, ADW_TYPE_BIN)

static void
toggled_cb (InbChoice *self, GtkToggleButton *button)
{
  guint index;

  if (gtk_toggle_button_get_active (button) && g_ptr_array_find (self->buttons, button, &index))
    inb_choice_set_selected (self, index);
}

static void
inb_choice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbChoiceProperty) prop_id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, INB_CHOICE (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_choice_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch ((InbChoiceProperty) prop_id)
    {
    case PROP_SELECTED:
      inb_choice_set_selected (INB_CHOICE (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_choice_finalize (GObject *object)
{
  g_ptr_array_unref (INB_CHOICE (object)->buttons);

  G_OBJECT_CLASS (inb_choice_parent_class)->finalize (object);
}

static void
inb_choice_class_init (InbChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = inb_choice_get_property;
  object_class->set_property = inb_choice_set_property;
  object_class->finalize = inb_choice_finalize;

  props[PROP_SELECTED] =
      g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "choice");
}

static void
inb_choice_init (InbChoice *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->box),
                                 g_object_new (INB_TYPE_FOLD_LAYOUT, "alike", TRUE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "linked");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * inb_choice_new:
 *
 * Returns: (transfer floating): a choice without items
 */
GtkWidget *
inb_choice_new (void)
{
  return g_object_new (INB_TYPE_CHOICE, NULL);
}

/**
 * inb_choice_add:
 * @self: a choice
 * @label: what stands on the button, short
 * @spoken: the same in whole words, with what it is about: “Duration 5 seconds”
 */
void
inb_choice_add (InbChoice *self, const char *label, const char *spoken)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  inb_widget_name (button, spoken);
  if (self->buttons->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->buttons, button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                self->buttons->len == self->selected + 1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (self->box, button);
}

/**
 * inb_choice_set_possible:
 * @self: a choice
 * @index: of an item
 * @possible: whether it can be chosen now; one that is chosen already stays so
 */
void
inb_choice_set_possible (InbChoice *self, guint index, gboolean possible)
{
  g_return_if_fail (INB_IS_CHOICE (self) && index < self->buttons->len);
  gtk_widget_set_sensitive (g_ptr_array_index (self->buttons, index), possible);
}

/**
 * inb_choice_set_selected:
 * @self: a choice
 * @selected: from 0, in the order they were added
 */
void
inb_choice_set_selected (InbChoice *self, guint selected)
{
  g_return_if_fail (INB_IS_CHOICE (self));

  if (self->selected == selected)
    return;
  self->selected = selected;
  if (selected < self->buttons->len)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, selected), TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/**
 * inb_choice_get_selected:
 * @self: a choice
 *
 * Returns: from 0, in the order they were added
 */
guint
inb_choice_get_selected (InbChoice *self)
{
  g_return_val_if_fail (INB_IS_CHOICE (self), 0);
  return self->selected;
}
