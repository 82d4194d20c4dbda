/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-anchor.h"

/* Rows that come, go or change their height above what a person looks at do not move it. Judged
 * after each layout and before the frame is painted, so that nothing is seen to jump. */
typedef struct
{
  GtkListBox *list; /* owns this */
  GtkAdjustment *adjustment;
  GdkFrameClock *clock;
  gulong layout_id;
  GtkListBoxRow *row;    /* weak: the one that stays */
  GtkListBoxRow *wanted; /* weak: the one to bring into view when all has its place */
  double offset;         /* px from the upper edge to it */
  double upper;          /* px that could be scrolled then */
} Anchor;

static double
get_row_y (Anchor *self)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->row), GTK_WIDGET (self->list), &bounds))
    return -1.0;
  return (double) bounds.origin.y;
}

static gboolean
is_in_view (Anchor *self, GtkListBoxRow *row)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  graphene_rect_t bounds;

  return row != NULL &&
         gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds) &&
         (double) (bounds.origin.y + bounds.size.height) > value &&
         (double) bounds.origin.y < value + gtk_adjustment_get_page_size (self->adjustment);
}

/* The row that is to stay in its place: the selected one if it is in view, else the one at the
 * upper edge. At the very top people want to see what is new. */
static void
remember (Anchor *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  double value = gtk_adjustment_get_value (self->adjustment);

  self->upper = gtk_adjustment_get_upper (self->adjustment);
  if (!is_in_view (self, row))
    row = gtk_list_box_get_row_at_y (self->list, (int) value);
  g_set_weak_pointer (&self->row, value > 0.0 ? row : NULL);
  if (self->row != NULL)
    self->offset = get_row_y (self) - value;
}

static void
value_changed_cb (Anchor *self)
{
  /* a list that became shorter clamps the value: nobody's wish */
  if (G_APPROX_VALUE (gtk_adjustment_get_upper (self->adjustment), self->upper, 0.5))
    remember (self);
}

static void
selected_cb (Anchor *self)
{
  if (self->adjustment != NULL)
    remember (self);
}

static void
bring_into_view (Anchor *self)
{
  GtkListBoxRow *row = self->wanted;
  graphene_rect_t bounds;

  g_clear_weak_pointer (&self->wanted);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (self->adjustment, (double) bounds.origin.y,
                               (double) (bounds.origin.y + bounds.size.height));
  remember (self);
}

static void
hold (Anchor *self)
{
  double y;

  if (self->wanted != NULL)
    {
      bring_into_view (self);
      return;
    }
  if (self->row == NULL || gtk_widget_get_parent (GTK_WIDGET (self->row)) == NULL)
    {
      remember (self);
      return;
    }
  y = get_row_y (self);
  if (y < 0.0 ||
      G_APPROX_VALUE (y - gtk_adjustment_get_value (self->adjustment), self->offset, 0.5))
    return;
  gtk_adjustment_set_value (self->adjustment, y - self->offset);
}

static void
laid_out_cb (Anchor *self)
{
  hold (self);
  self->upper = gtk_adjustment_get_upper (self->adjustment);
}

static void
let_go (Anchor *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);
  g_clear_object (&self->clock);
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  g_clear_weak_pointer (&self->row);
}

static void
map_cb (Anchor *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);

  let_go (self);
  if (scroller == NULL)
    return;
  self->adjustment =
      g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self->list)));
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  self->layout_id = g_signal_connect_data (self->clock, "layout", G_CALLBACK (laid_out_cb), self,
                                           NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  remember (self);
}

static void
anchor_free (gpointer user_data)
{
  Anchor *self = user_data;

  let_go (self);
  g_clear_weak_pointer (&self->wanted);
  g_free (self);
}

/**
 * inb_anchor_hold:
 * @list: alone at the top of what a #GtkScrolledWindow scrolls
 *
 * What is seen of the list stays where it is, whatever becomes of the rows above.
 */
void
inb_anchor_hold (GtkListBox *list)
{
  Anchor *self = g_new0 (Anchor, 1);

  self->list = list;
  g_object_set_data_full (G_OBJECT (list), "inb-anchor", self, anchor_free);
  g_signal_connect_swapped (list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (list, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (list, "unmap", G_CALLBACK (let_go), self);
}

/**
 * inb_anchor_show:
 * @list: with inb_anchor_hold()
 * @row: one of its rows
 *
 * Scrolls as little as needed to show the row, as soon as it has its place.
 */
void
inb_anchor_show (GtkListBox *list, GtkListBoxRow *row)
{
  Anchor *self = g_object_get_data (G_OBJECT (list), "inb-anchor");

  g_set_weak_pointer (&self->wanted, row);
  gtk_widget_queue_allocate (GTK_WIDGET (list));
}
