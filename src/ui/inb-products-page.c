/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-products-page.h"

#include <glib/gi18n.h>

#include "core/inb-product.h"

/* All products, the one that was worked on last first: the way back to each. */
struct _InbProductsPage
{
  AdwBin parent_instance;

  InbQueue *queue;

  GtkStack *stack;
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (InbProductsPage, inb_products_page, ADW_TYPE_BIN)

/* More rows than a person looks through; the search finds older ones among those. Chosen. */
#define MAX_PRODUCTS 1000

/* data of a row */
#define PRODUCT_ID "inb-product-id"
#define PRODUCT_NAME "inb-product-name"

static char *
dup_when (gint64 changed_us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (changed_us / G_TIME_SPAN_SECOND);
  g_autofree char *date = when != NULL ? g_date_time_format (when, "%x, %R") : NULL;

  /* Translators: %s is a date and a time */
  return date != NULL ? g_strdup_printf (_ ("Last touched %s"), date) : g_strdup ("");
}

static void
add_row (InbProductsPage *self, const InbProduct *product)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (product->name, -1);
  g_autofree char *when = dup_when (product->changed_us);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), PRODUCT_ID, g_strdup (product->id), g_free);
  g_object_set_data_full (G_OBJECT (row), PRODUCT_NAME, g_strdup (product->name), g_free);
  gtk_list_box_append (self->list, row);
}

/* A row that a filter leaves out is still there for a screen reader of GTK 4.8; a hidden one is
 * not.
 */
static void
searched_cb (InbProductsPage *self)
{
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    gtk_widget_set_visible (
        GTK_WIDGET (row),
        *wanted == '\0' ||
            g_str_match_string (wanted, g_object_get_data (G_OBJECT (row), PRODUCT_NAME), TRUE));
  gtk_list_box_invalidate_filter (self->list); /* shows the words for an empty list */
}

/* Not followed while it is in sight: nobody else makes products meanwhile. */
static void
fill (InbProductsPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) products = inb_queue_list_products (self->queue, MAX_PRODUCTS, &error);
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; products != NULL && i < products->len; i++)
    add_row (self, g_ptr_array_index (products, i));
  searched_cb (self);
  if (error != NULL)
    g_message ("%s", error->message);
  gtk_stack_set_visible_child_name (self->stack,
                                    products != NULL && products->len > 0 ? "list" : "empty");
}

static void
activated_cb (InbProductsPage *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-product", "s",
                              (const char *) g_object_get_data (G_OBJECT (row), PRODUCT_ID));
}

static void
inb_products_page_map (GtkWidget *widget)
{
  InbProductsPage *self = INB_PRODUCTS_PAGE (widget);

  fill (self);
  GTK_WIDGET_CLASS (inb_products_page_parent_class)->map (widget);
}

static void
inb_products_page_dispose (GObject *object)
{
  InbProductsPage *self = INB_PRODUCTS_PAGE (object);

  g_clear_object (&self->queue);

  /* AdwBin drops the template's one child by itself */
  G_OBJECT_CLASS (inb_products_page_parent_class)->dispose (object);
}

static void
inb_products_page_class_init (InbProductsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_products_page_dispose;
  widget_class->map = inb_products_page_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-products-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbProductsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InbProductsPage, search);
  gtk_widget_class_bind_template_child (widget_class, InbProductsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
}

static void
inb_products_page_init (InbProductsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * inb_products_page_new:
 * @queue: where products are kept
 *
 * A row opens its product (win.open-product).
 *
 * Returns: (transfer floating): a page that reads the list whenever it is shown
 */
GtkWidget *
inb_products_page_new (InbQueue *queue)
{
  InbProductsPage *self = g_object_new (INB_TYPE_PRODUCTS_PAGE, NULL);

  self->queue = g_object_ref (queue);
  return GTK_WIDGET (self);
}
