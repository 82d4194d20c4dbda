/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-product-popover.h"

#include <string.h>

/* Behind the title: what the product is called, and the way to those that were worked on lately. */
struct _InbProductPopover
{
  GtkPopover parent_instance;

  InbDraft *draft;
  InbQueue *queue; /* NULL until there is one */

  GtkEntry *name;
  GtkWidget *recent;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (InbProductPopover, inb_product_popover, GTK_TYPE_POPOVER)

/* a glance; all of them have a page */
#define MAX_RECENT 6

#define PRODUCT_ID "inb-product-id"

/* An empty name is no wish. */
static void
take_name (InbProductPopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (*name != '\0')
    inb_draft_name_product (self->draft, name);
}

static void
add_row (InbProductPopover *self, const InbProduct *product)
{
  GtkWidget *label = gtk_label_new (product->name);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  product->name, -1);
  g_object_set_data_full (G_OBJECT (row), PRODUCT_ID, g_strdup (product->id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
fill (InbProductPopover *self)
{
  const char *current = inb_draft_get_product_id (self->draft);
  g_autoptr (GPtrArray) products =
      self->queue != NULL ? inb_queue_list_products (self->queue, MAX_RECENT + 1, NULL) : NULL;
  guint n_rows = 0;
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; products != NULL && i < products->len && n_rows < MAX_RECENT; i++)
    {
      const InbProduct *product = g_ptr_array_index (products, i);

      if (g_str_equal (product->id, current))
        continue;
      add_row (self, product);
      n_rows++;
    }
  gtk_widget_set_visible (self->recent, n_rows > 0);
}

static void
inb_product_popover_map (GtkWidget *widget)
{
  InbProductPopover *self = INB_PRODUCT_POPOVER (widget);
  const char *name = inb_draft_get_product_name (self->draft);

  fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name != NULL ? name : "");

  GTK_WIDGET_CLASS (inb_product_popover_parent_class)->map (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->name)); /* with all of it selected */
}

static void
closed_cb (InbProductPopover *self)
{
  take_name (self);
}

static void
row_cb (InbProductPopover *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), PRODUCT_ID));

  gtk_popover_popdown (GTK_POPOVER (self)); /* the name is taken by now */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-product", "s", id);
}

static void
inb_product_popover_dispose (GObject *object)
{
  InbProductPopover *self = INB_PRODUCT_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_PRODUCT_POPOVER);
  g_clear_object (&self->draft);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_product_popover_parent_class)->dispose (object);
}

static void
inb_product_popover_class_init (InbProductPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_product_popover_dispose;
  widget_class->map = inb_product_popover_map;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-product-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, InbProductPopover, name);
  gtk_widget_class_bind_template_child (widget_class, InbProductPopover, recent);
  gtk_widget_class_bind_template_child (widget_class, InbProductPopover, list);
}

static void
inb_product_popover_init (InbProductPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_cb), self);
}

/**
 * inb_product_popover_new:
 *
 * Returns: (transfer floating): a popover without a draft
 */
GtkWidget *
inb_product_popover_new (void)
{
  return g_object_new (INB_TYPE_PRODUCT_POPOVER, NULL);
}

/**
 * inb_product_popover_set_draft:
 * @self: a popover, once
 * @draft: whose product is named in it
 */
void
inb_product_popover_set_draft (InbProductPopover *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_PRODUCT_POPOVER (self) && self->draft == NULL);
  self->draft = g_object_ref (draft);
}

/**
 * inb_product_popover_set_queue:
 * @self: a popover
 * @queue: whose products it lists
 */
void
inb_product_popover_set_queue (InbProductPopover *self, InbQueue *queue)
{
  g_return_if_fail (INB_IS_PRODUCT_POPOVER (self));
  g_set_object (&self->queue, queue);
}
