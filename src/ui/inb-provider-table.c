/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-provider-table.h"

#include <glib/gi18n.h>

/* Providers side by side. Its heads are buttons: those of GtkColumnView cannot be reached by
 * keyboard in GTK 4.8, and a dozen rows need no recycling. */
struct _InbProviderTable
{
  AdwBin parent_instance;

  GtkGrid *grid;
  GtkButton *heads[INB_N_FACTS];
  GPtrArray *rows; /* copies of InbProviderFacts, in the order shown */
  InbFact sorted_by;
  gboolean descending;
  gboolean is_sorted;
};

G_DEFINE_FINAL_TYPE (InbProviderTable, inb_provider_table, ADW_TYPE_BIN)

static void
head_clicked_cb (InbProviderTable *self, GtkButton *head)
{
  InbFact fact = (InbFact) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (head), "fact"));
  gboolean again = self->is_sorted && self->sorted_by == fact;

  inb_provider_table_sort (self, fact, again && !self->descending);
}

/* "5 s, sorted, lowest first" */
static void
name_head (InbProviderTable *self, InbFact fact)
{
  g_autofree char *title = g_strdelimit (g_strdup (inb_provider_facts_get_title (fact)), "\n", ' ');
  gboolean sorted = self->is_sorted && self->sorted_by == fact;
  g_autofree char *name = NULL;

  if (!sorted)
    /* Translators: head of a column. */
    name = g_strdup_printf (_ ("Sort by %s"), title);
  else if (self->descending)
    name = g_strdup_printf (_ ("%s, sorted, highest first"), title);
  else
    name = g_strdup_printf (_ ("%s, sorted, lowest first"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heads[fact]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->heads[fact]), name);
}

static void
show_head (InbProviderTable *self, InbFact fact)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (inb_provider_facts_get_title (fact));
  gboolean sorted = self->is_sorted && self->sorted_by == fact;

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_box_append (GTK_BOX (box), label);
  if (sorted)
    {
      GtkWidget *arrow = g_object_new (
          GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
          self->descending ? "pan-down-symbolic" : "pan-up-symbolic", NULL);

      gtk_box_append (GTK_BOX (box), arrow);
    }
  gtk_button_set_child (self->heads[fact], box);
  name_head (self, fact);
}

static void
add_head (InbProviderTable *self, InbFact fact)
{
  GtkWidget *button = gtk_button_new ();

  self->heads[fact] = GTK_BUTTON (button);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption-heading");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (button), "fact", GINT_TO_POINTER (fact));
  g_signal_connect_object (button, "clicked", G_CALLBACK (head_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, button, (int) fact, 0, 1, 1);
  show_head (self, fact);
}

static void
copy_cb (GtkButton *button, gpointer user_data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), user_data);
}

static GtkWidget *
make_copy_button (const char *id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *name = NULL;

  /* Translators: the word for a provider that the command line takes. */
  name = g_strdup_printf (_ ("Copy the ID “%s”"), id);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), (gpointer) id);
  return button;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_provider (const InbProviderFacts *facts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *model = make_label (inb_model_get_name (facts->model), "caption");

  gtk_widget_add_css_class (model, "dim-label");
  gtk_box_append (GTK_BOX (texts), make_label (inb_provider_get_name (facts->provider), NULL));
  gtk_box_append (GTK_BOX (texts), model);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), make_copy_button (facts->provider->id));
  return box;
}

static GtkWidget *
make_cell (const InbProviderFacts *facts, InbFact fact)
{
  g_autofree char *text = inb_provider_facts_dup_text (facts, fact);
  g_autofree char *details = inb_provider_facts_dup_details (facts, fact);
  GtkWidget *cell;

  if (fact == INB_FACT_PROVIDER)
    return make_provider (facts);
  cell = make_label (text, "numeric");
  gtk_widget_set_tooltip_text (cell, details);
  if (g_str_equal (text, _ ("Not stated")) || g_str_equal (text, _ ("No jobs yet")))
    gtk_widget_add_css_class (cell, "dim-label");
  return cell;
}

static void
show_rows (InbProviderTable *self)
{
  while (gtk_grid_get_child_at (self->grid, 0, 1) != NULL)
    gtk_grid_remove_row (self->grid, 1);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      int row = (int) i * 2 + 1;

      gtk_grid_attach (self->grid, line, 0, row, INB_N_FACTS, 1);
      for (int fact = 0; fact < INB_N_FACTS; fact++)
        gtk_grid_attach (self->grid, make_cell (g_ptr_array_index (self->rows, i), (InbFact) fact),
                         fact, row + 1, 1, 1);
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const InbProviderTable *self = user_data;

  return inb_provider_facts_compare (*(const InbProviderFacts *const *) a,
                                     *(const InbProviderFacts *const *) b, self->sorted_by,
                                     self->descending);
}

static void
inb_provider_table_finalize (GObject *object)
{
  g_ptr_array_unref (INB_PROVIDER_TABLE (object)->rows);

  G_OBJECT_CLASS (inb_provider_table_parent_class)->finalize (object);
}

static void
inb_provider_table_class_init (InbProviderTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_provider_table_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "providertable");
}

static void
inb_provider_table_init (InbProviderTable *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 9);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "facts");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
  for (int fact = 0; fact < INB_N_FACTS; fact++)
    add_head (self, (InbFact) fact);
}

/**
 * inb_provider_table_new:
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
inb_provider_table_new (void)
{
  return g_object_new (INB_TYPE_PROVIDER_TABLE, NULL);
}

/**
 * inb_provider_table_set_rows:
 * @self: a table
 * @rows: (element-type InbProviderFacts): copied
 *
 * Shows them as they come, or as a person has sorted the table.
 */
void
inb_provider_table_set_rows (InbProviderTable *self, const GPtrArray *rows)
{
  g_return_if_fail (INB_IS_PROVIDER_TABLE (self));

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->rows,
                     g_memdup2 (g_ptr_array_index (rows, i), sizeof (InbProviderFacts)));
  if (self->is_sorted)
    g_ptr_array_sort_with_data (self->rows, compare_rows, self);
  show_rows (self);
}

/**
 * inb_provider_table_sort:
 * @self: a table
 * @fact: by this column
 * @descending: whether the greatest comes first; what is not known comes last
 */
void
inb_provider_table_sort (InbProviderTable *self, InbFact fact, gboolean descending)
{
  g_return_if_fail (INB_IS_PROVIDER_TABLE (self));

  self->sorted_by = fact;
  self->descending = descending;
  self->is_sorted = TRUE;
  g_ptr_array_sort_with_data (self->rows, compare_rows, self);
  for (int i = 0; i < INB_N_FACTS; i++)
    show_head (self, (InbFact) i);
  show_rows (self);
}
