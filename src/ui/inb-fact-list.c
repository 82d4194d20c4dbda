/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-fact-list.h"

#include <glib/gi18n.h>

#include "jobs/inb-take-facts.h"
#include "ui/inb-window.h"

/* Facts in sections, to read, to select and to copy. While only values change the widgets stay, and
 * with them the focus and what is selected. */
struct _InbFactList
{
  AdwBin parent_instance;

  GtkWidget *box;
  GPtrArray *facts;  /* InbTakeFact, as shown */
  GPtrArray *values; /* GtkLabel, one a fact */
};

G_DEFINE_FINAL_TYPE (InbFactList, inb_fact_list, ADW_TYPE_BIN)

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  if (INB_IS_WINDOW (root))
    inb_window_say (INB_WINDOW (root), _ ("Copied"));
}

static GtkWidget *
make_copy_button (const InbTakeFact *fact)
{
  /* Translators: %s is what is copied: “SHA-256” */
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), fact->label);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "facts.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", fact->value);
  return button;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0F);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (InbFactList *self, const InbTakeFact *fact)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = make_label (fact->label, "caption");
  GtkWidget *value = make_label (fact->value, NULL);

  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  if (fact->is_id)
    gtk_widget_add_css_class (value, "monospace");
  gtk_widget_add_css_class (value, fact->is_id ? "caption" : "body");
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  fact->label, -1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), value);
  gtk_box_append (GTK_BOX (row), words);
  if (fact->is_id)
    gtk_box_append (GTK_BOX (row), make_copy_button (fact));
  gtk_widget_add_css_class (row, "fact");
  g_ptr_array_add (self->values, value);
  return row;
}

static void
build (InbFactList *self)
{
  GtkWidget *child, *section = NULL;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_ptr_array_set_size (self->values, 0);
  for (guint i = 0; i < self->facts->len; i++)
    {
      const InbTakeFact *fact = g_ptr_array_index (self->facts, i);
      const InbTakeFact *before = i > 0 ? g_ptr_array_index (self->facts, i - 1) : NULL;

      if (before == NULL || before->section != fact->section)
        {
          section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
          gtk_widget_add_css_class (section, "card");
          gtk_box_append (GTK_BOX (self->box),
                          make_label (inb_facts_section_get_title (fact->section), "heading"));
          gtk_box_append (GTK_BOX (self->box), section);
        }
      gtk_box_append (GTK_BOX (section), make_row (self, fact));
    }
}

static gboolean
has_same_rows (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const InbTakeFact *one = g_ptr_array_index (a, i), *other = g_ptr_array_index (b, i);

      if (one->section != other->section || g_strcmp0 (one->label, other->label) != 0 ||
          (one->is_id && g_strcmp0 (one->value, other->value) != 0))
        return FALSE;
    }
  return TRUE;
}

static void
inb_fact_list_finalize (GObject *object)
{
  InbFactList *self = INB_FACT_LIST (object);

  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (inb_fact_list_parent_class)->finalize (object);
}

static void
inb_fact_list_class_init (InbFactListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = inb_fact_list_finalize;
  gtk_widget_class_install_action (widget_class, "facts.copy", "s", copy_action);
}

static void
inb_fact_list_init (InbFactList *self)
{
  self->values = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "take-facts");
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/**
 * inb_fact_list_new:
 *
 * Returns: (transfer floating): a list of nothing
 */
GtkWidget *
inb_fact_list_new (void)
{
  return g_object_new (INB_TYPE_FACT_LIST, NULL);
}

/**
 * inb_fact_list_set_facts:
 * @self: a list
 * @facts: (transfer full) (element-type InbTakeFact): what to show
 */
void
inb_fact_list_set_facts (InbFactList *self, GPtrArray *facts)
{
  g_autoptr (GPtrArray) before = NULL;

  g_return_if_fail (INB_IS_FACT_LIST (self));

  before = g_steal_pointer (&self->facts);
  self->facts = facts;
  if (!has_same_rows (before, facts))
    {
      build (self);
      return;
    }
  for (guint i = 0; i < facts->len; i++)
    {
      const InbTakeFact *fact = g_ptr_array_index (facts, i);
      GtkLabel *value = g_ptr_array_index (self->values, i);

      if (strcmp (gtk_label_get_label (value), fact->value) != 0)
        gtk_label_set_label (value, fact->value);
    }
}
