/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-split.h"

/* A list and, beside it, what is selected in it; where there is no room for both, one of them. */
struct _InbSplit
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *separator;
  GtkWidget *side;
  gboolean has_side;  /* there is something to show there */
  gboolean show_side; /* where only one fits: the side */
  gboolean folded;
};

/* px: the list keeps room for a picture and two lines; chosen by eye */
#define LEAST_BESIDE 760
#define SIDE_WIDTH 340

typedef enum
{
  PROP_FOLDED = 1,
} InbSplitProperty;

static GParamSpec *props[PROP_FOLDED + 1];

G_DEFINE_FINAL_TYPE (InbSplit, inb_split, GTK_TYPE_WIDGET)

static void
inb_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  InbSplit *self = INB_SPLIT (widget);
  int content_minimum, content_natural, side_minimum, side_natural;

  gtk_widget_measure (self->content, orientation, -1, &content_minimum, &content_natural, NULL,
                      NULL);
  gtk_widget_measure (self->side, orientation, -1, &side_minimum, &side_natural, NULL, NULL);
  *minimum = MAX (content_minimum, side_minimum);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? content_natural + SIDE_WIDTH
                                                       : MAX (content_natural, side_natural);
}

static void
place (GtkWidget *child, gboolean shown, int x, int width, int height)
{
  GtkAllocation at = { x, 0, width, height };

  gtk_widget_set_child_visible (child, shown);
  if (shown)
    gtk_widget_size_allocate (child, &at, -1);
}

static gboolean
tell_folded_cb (gpointer user_data)
{
  g_object_notify_by_pspec (user_data, props[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

static void
inb_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InbSplit *self = INB_SPLIT (widget);
  gboolean folded = width < LEAST_BESIDE;
  gboolean both = self->has_side && !folded;
  gboolean side_only = self->has_side && folded && self->show_side;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int line, minimum, side_width;

  gtk_widget_measure (self->separator, GTK_ORIENTATION_HORIZONTAL, -1, &line, NULL, NULL, NULL);
  gtk_widget_measure (self->side, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  side_width = folded ? width : MAX (SIDE_WIDTH, minimum);
  if (both)
    {
      int rest = width - side_width - line;

      place (self->content, TRUE, rtl ? width - rest : 0, rest, height);
      place (self->separator, TRUE, rtl ? side_width : rest, line, height);
      place (self->side, TRUE, rtl ? 0 : width - side_width, side_width, height);
    }
  else
    {
      place (self->separator, FALSE, 0, 0, 0);
      place (self->content, !side_only, 0, width, height);
      place (self->side, side_only, 0, width, height);
    }
  if (folded == self->folded)
    return;
  self->folded = folded;
  /* while all is being laid out is too late to change anything */
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_folded_cb, g_object_ref (self), g_object_unref);
}

static void
inb_split_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbSplitProperty) prop_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, INB_SPLIT (object)->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_split_dispose (GObject *object)
{
  InbSplit *self = INB_SPLIT (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);

  G_OBJECT_CLASS (inb_split_parent_class)->dispose (object);
}

static void
inb_split_class_init (InbSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_split_get_property;
  object_class->dispose = inb_split_dispose;
  widget_class->measure = inb_split_measure;
  widget_class->size_allocate = inb_split_size_allocate;

  props[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_split_init (InbSplit *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  self->side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_parent (self->side, GTK_WIDGET (self));
}

/**
 * inb_split_new:
 *
 * Returns: (transfer floating): two empty places
 */
GtkWidget *
inb_split_new (void)
{
  return g_object_new (INB_TYPE_SPLIT, NULL);
}

/**
 * inb_split_set_content:
 * @self: two places
 * @content: what is always there, once
 */
void
inb_split_set_content (InbSplit *self, GtkWidget *content)
{
  g_return_if_fail (INB_IS_SPLIT (self));

  gtk_box_append (GTK_BOX (self->content), content);
}

/**
 * inb_split_set_side:
 * @self: two places
 * @side: what tells of the selected one, once
 */
void
inb_split_set_side (InbSplit *self, GtkWidget *side)
{
  g_return_if_fail (INB_IS_SPLIT (self));

  gtk_box_append (GTK_BOX (self->side), side);
}

/**
 * inb_split_set_has_side:
 * @self: two places
 * @has_side: whether there is anything to tell
 */
void
inb_split_set_has_side (InbSplit *self, gboolean has_side)
{
  g_return_if_fail (INB_IS_SPLIT (self));

  self->has_side = has_side;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * inb_split_show_side:
 * @self: two places
 * @show: which one is seen where there is no room for both
 */
void
inb_split_show_side (InbSplit *self, gboolean show)
{
  g_return_if_fail (INB_IS_SPLIT (self));

  self->show_side = show;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * inb_split_is_folded:
 * @self: two places
 *
 * Returns: %TRUE where there is room for one only
 */
gboolean
inb_split_is_folded (InbSplit *self)
{
  g_return_val_if_fail (INB_IS_SPLIT (self), FALSE);
  return self->folded;
}
