/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-fold-layout.h"

/* A row that folds where it does not fit, as on a narrow window with large text. If all are alike,
 * the children stand in columns of the same width, as many as there is room for; if not, those that
 * expand share what is left over, and without room all stand below each other; so they do where a
 * text beside the others would be so narrow that it needs more height. */
struct _InbFoldLayout
{
  GtkLayoutManager parent_instance;

  guint spacing; /* px between children and between rows */
  gboolean alike;
};

typedef enum
{
  PROP_SPACING = 1,
  PROP_ALIKE,
} InbFoldLayoutProperty;

static GParamSpec *props[PROP_ALIKE + 1];

G_DEFINE_FINAL_TYPE (InbFoldLayout, inb_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  int n;
  int n_expand;
  int widest_minimum;
  int widest_natural;
  int minimum; /* of all side by side */
  int natural;
  int least; /* of all side by side, but only those that expand take less than they like */
} Widths;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_first (GtkWidget *widget)
{
  return next_shown (gtk_widget_get_first_child (widget));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return next_shown (gtk_widget_get_next_sibling (child));
}

static void
measure_widths (InbFoldLayout *self, GtkWidget *widget, Widths *widths)
{
  int gaps;

  *widths = (Widths){ 0 };
  for (GtkWidget *child = get_first (widget); child != NULL; child = get_next (child))
    {
      gboolean expands = gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      widths->n++;
      widths->n_expand += expands ? 1 : 0;
      widths->least += expands ? minimum : natural;
      widths->widest_minimum = MAX (widths->widest_minimum, minimum);
      widths->widest_natural = MAX (widths->widest_natural, natural);
      widths->minimum += minimum;
      widths->natural += natural;
    }
  gaps = MAX (widths->n - 1, 0) * (int) self->spacing;
  if (self->alike)
    {
      widths->minimum = widths->n * widths->widest_minimum;
      widths->natural = widths->n * widths->widest_natural;
    }
  widths->minimum += gaps;
  widths->natural += gaps;
  widths->least += gaps;
}

/* How many stand side by side in that width: rows are filled alike, four fold into two and two. */
static int
count_columns (InbFoldLayout *self, const Widths *widths, int width)
{
  int room, rows;

  if (widths->n == 0 || (self->alike ? widths->minimum : widths->least) <= width)
    return MAX (widths->n, 1);
  if (!self->alike)
    return 1;
  room = (width + (int) self->spacing) / MAX (widths->widest_minimum + (int) self->spacing, 1);
  room = CLAMP (room, 1, widths->n);
  rows = (widths->n + room - 1) / room;
  return (widths->n + rows - 1) / rows;
}

/* px for a child that stands in a row of @columns. */
static int
get_width (InbFoldLayout *self, GtkWidget *child, const Widths *widths, int columns, int width)
{
  int minimum, natural, left;

  if (columns == 1)
    return width;
  if (self->alike)
    return (width - (columns - 1) * (int) self->spacing) / columns;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (!gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    return natural;
  left = width - widths->natural;
  if (left < 0) /* between the least and the best */
    return minimum +
           (natural - minimum) * (width - widths->least) / MAX (widths->natural - widths->least, 1);
  return natural + left / widths->n_expand;
}

/* Walks the rows, places the children if asked to, returns the height. */
static int
walk_columns (InbFoldLayout *self, GtkWidget *widget, const Widths *widths, int columns, int width,
              gboolean place, gboolean natural_height)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *row = get_first (widget);
  int y = 0;

  while (row != NULL)
    {
      GtkWidget *child = row;
      int height = 0, x = 0;

      for (int i = 0; i < columns && child != NULL; i++, child = get_next (child))
        {
          int minimum, natural;

          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL,
                              get_width (self, child, widths, columns, width), &minimum, &natural,
                              NULL, NULL);
          height = MAX (height, natural_height ? natural : minimum);
        }
      child = row;
      for (int i = 0; i < columns && child != NULL; i++, child = get_next (child))
        {
          int own = get_width (self, child, widths, columns, width);

          if (place)
            {
              GtkAllocation room = { mirrored ? width - x - own : x, y, own, height };

              gtk_widget_size_allocate (child, &room, -1);
            }
          x += own + (int) self->spacing;
        }
      row = child;
      y += height + (row != NULL ? (int) self->spacing : 0);
    }
  return y;
}

static int
walk (InbFoldLayout *self, GtkWidget *widget, int width, gboolean place, gboolean natural_height)
{
  Widths widths;
  int columns;

  measure_widths (self, widget, &widths);
  columns = count_columns (self, &widths, width);
  if (!self->alike && columns > 1 && widths.natural > width &&
      walk_columns (self, widget, &widths, columns, width, FALSE, FALSE) >
          walk_columns (self, widget, &widths, 1, width, FALSE, FALSE))
    columns = 1;
  return walk_columns (self, widget, &widths, columns, width, place, natural_height);
}

static GtkSizeRequestMode
inb_fold_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
inb_fold_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                         int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  InbFoldLayout *self = INB_FOLD_LAYOUT (manager);
  Widths widths;
  int width;

  measure_widths (self, widget, &widths);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widths.widest_minimum;
      *natural = widths.natural;
      return;
    }
  width = for_size >= 0 ? MAX (for_size, widths.widest_minimum) : widths.natural;
  *minimum = walk (self, widget, width, FALSE, FALSE);
  *natural = walk (self, widget, width, FALSE, TRUE);
}

static void
inb_fold_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                          int baseline)
{
  InbFoldLayout *self = INB_FOLD_LAYOUT (manager);
  gboolean roomy = walk (self, widget, width, FALSE, TRUE) <= height;

  walk (self, widget, width, TRUE, roomy);
}

static void
inb_fold_layout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbFoldLayout *self = INB_FOLD_LAYOUT (object);

  switch ((InbFoldLayoutProperty) prop_id)
    {
    case PROP_SPACING:
      g_value_set_uint (value, self->spacing);
      break;
    case PROP_ALIKE:
      g_value_set_boolean (value, self->alike);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_fold_layout_set_property (GObject *object, guint prop_id, const GValue *value,
                              GParamSpec *pspec)
{
  InbFoldLayout *self = INB_FOLD_LAYOUT (object);

  switch ((InbFoldLayoutProperty) prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_uint (value);
      break;
    case PROP_ALIKE:
      self->alike = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
inb_fold_layout_class_init (InbFoldLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_fold_layout_get_property;
  object_class->set_property = inb_fold_layout_set_property;
  layout_class->get_request_mode = inb_fold_layout_get_request_mode;
  layout_class->measure = inb_fold_layout_measure;
  layout_class->allocate = inb_fold_layout_allocate;

  props[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, G_MAXINT16, 0, flags);
  props[PROP_ALIKE] = g_param_spec_boolean ("alike", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_fold_layout_init (InbFoldLayout *self)
{
}

/**
 * inb_fold_layout_new:
 *
 * Returns: (transfer full): for the layout-manager of a widget; properties "spacing" (px) and
 * "alike" (columns of the same width)
 */
GtkLayoutManager *
inb_fold_layout_new (void)
{
  return g_object_new (INB_TYPE_FOLD_LAYOUT, NULL);
}
