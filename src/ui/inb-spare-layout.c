/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-spare-layout.h"

/* A place for one child that can be spared: it is there where the whole of it fits and asks for no
 * width of its own, so that a window can become narrow in one step. What is hidden only after the
 * window has become narrow would keep it from that. */
struct _InbSpareLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (InbSpareLayout, inb_spare_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
inb_spare_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                          int for_size, int *minimum, int *natural, int *minimum_baseline,
                          int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (child == NULL || !gtk_widget_get_visible (child))
    return;
  gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
inb_spare_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                           int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int minimum;

  if (child == NULL || !gtk_widget_get_visible (child))
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_set_child_visible (child, minimum <= width);
  if (minimum <= width)
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
inb_spare_layout_class_init (InbSpareLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = inb_spare_layout_measure;
  layout_class->allocate = inb_spare_layout_allocate;
}

static void
inb_spare_layout_init (InbSpareLayout *self)
{
}

/**
 * inb_spare_layout_new:
 *
 * Returns: (transfer full): for a widget with one child
 */
GtkLayoutManager *
inb_spare_layout_new (void)
{
  return g_object_new (INB_TYPE_SPARE_LAYOUT, NULL);
}
