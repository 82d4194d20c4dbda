/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-wrap-layout.h"

/* Lays children out as words in a line, each in the width it likes, and goes on in the next line
 * where there is no more room. The platform's flow box would put them in columns. */
struct _InbWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (InbWrapLayout, inb_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* px between children and between lines: the platform's small step */
#define SPACING 6

typedef void (*PlaceFunc) (GtkWidget *child, int x, int y, int width, int height, int line_width);

static void
measure_child (GtkWidget *child, int room, int *width, int *height)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *width = MAX (minimum, MIN (natural, room));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *width, NULL, height, NULL, NULL);
}

/* Walks the children line by line; a line is as high as its highest. Returns the height. */
static int
walk (GtkWidget *widget, int line_width, PlaceFunc place)
{
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int width, height;

      if (!gtk_widget_should_layout (child))
        continue;
      measure_child (child, line_width, &width, &height);
      if (x > 0 && x + width > line_width)
        {
          x = 0;
          y += line_height + SPACING;
          line_height = 0;
        }
      if (place != NULL)
        place (child, x, y, width, height, line_width);
      x += width + SPACING;
      line_height = MAX (line_height, height);
    }
  return y + line_height;
}

static GtkSizeRequestMode
inb_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
inb_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                         int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      widest = MAX (widest, child_minimum);
      all += child_natural + (all > 0 ? SPACING : 0);
    }
  *minimum = widest;
  *natural = all;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = walk (widget, for_size >= 0 ? MAX (for_size, widest) : all, NULL);
}

static void
place_child (GtkWidget *child, int x, int y, int width, int height, int line_width)
{
  GtkWidget *parent = gtk_widget_get_parent (child);
  gboolean mirrored = gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL;
  GtkAllocation room = { mirrored ? line_width - x - width : x, y, width, height };

  gtk_widget_size_allocate (child, &room, -1);
}

static void
inb_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                          int baseline)
{
  walk (widget, width, place_child);
}

static void
inb_wrap_layout_class_init (InbWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = inb_wrap_layout_get_request_mode;
  layout_class->measure = inb_wrap_layout_measure;
  layout_class->allocate = inb_wrap_layout_allocate;
}

static void
inb_wrap_layout_init (InbWrapLayout *self)
{
}

/**
 * inb_wrap_layout_new:
 *
 * Returns: (transfer full): lines of children, 6 px apart
 */
GtkLayoutManager *
inb_wrap_layout_new (void)
{
  return g_object_new (INB_TYPE_WRAP_LAYOUT, NULL);
}
