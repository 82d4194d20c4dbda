/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-marks-canvas.h"

#include <glib/gi18n.h>

/* A photo that is painted on: what is marked has a tint, the brush is a ring. By keyboard the
 * arrows move the brush, with Shift they paint, Space paints one dot. */
struct _InbMarksCanvas
{
  GtkWidget parent_instance;

  InbPreview *photo;
  InbMarks *marks;
  GdkTexture *tint; /* NULL: to be made anew */
  double radius;    /* 0…1 of the photo's longer side */
  gboolean product; /* FALSE: the brush wipes away */
  double x;         /* of the brush, 0…1 of the photo */
  double y;
  gboolean over;  /* the pointer is */
  double start_x; /* of a drag, px of the widget */
  double start_y;
};

enum
{
  SIGNAL_PAINTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbMarksCanvas, inb_marks_canvas, GTK_TYPE_WIDGET)

/* 0…1 of the photo that a press of an arrow moves the brush; chosen by eye */
#define KEY_STEP 0.02

/* Where the photo lies, px of the widget. */
static gboolean
get_place (InbMarksCanvas *self, graphene_rect_t *place)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  guint photo_width, photo_height;
  float scale;

  if (self->photo == NULL || width <= 0.0f || height <= 0.0f)
    return FALSE;
  inb_preview_get_size (self->photo, &photo_width, &photo_height);
  scale = MIN (width / (float) photo_width, height / (float) photo_height);
  graphene_rect_init (place, (width - (float) photo_width * scale) / 2.0f,
                      (height - (float) photo_height * scale) / 2.0f, (float) photo_width * scale,
                      (float) photo_height * scale);
  return TRUE;
}

/* The preview's picture has background around the photo; that part is cut off. */
static void
snapshot_photo (InbMarksCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  const InbCanvas *canvas = &inb_preview_get_canvases (self->photo)[0];
  double scale = (double) place->size.width / canvas->photo_width;
  double device = scale * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  GdkTexture *texture = inb_preview_get_texture (self->photo, 0, device);

  if (texture == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, place);
  gtk_snapshot_append_texture (
      snapshot, texture,
      &GRAPHENE_RECT_INIT ((float) (place->origin.x - canvas->photo_x * scale),
                           (float) (place->origin.y - canvas->photo_y * scale),
                           (float) (canvas->width * scale), (float) (canvas->height * scale)));
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_brush (InbMarksCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  static const GdkRGBA rings[] = { { 0.0f, 0.0f, 0.0f, 0.7f }, { 1.0f, 1.0f, 1.0f, 0.9f } };
  float radius = (float) self->radius * MAX (place->size.width, place->size.height);
  float x = place->origin.x + (float) self->x * place->size.width;
  float y = place->origin.y + (float) self->y * place->size.height;

  if (!self->over && !gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      float reach = radius + 1.0f - (float) i;
      GskRoundedRect ring;

      gsk_rounded_rect_init_from_rect (
          &ring, &GRAPHENE_RECT_INIT (x - reach, y - reach, 2.0f * reach, 2.0f * reach), reach);
      gtk_snapshot_append_border (snapshot, &ring, (float[]){ 1.0f, 1.0f, 1.0f, 1.0f },
                                  (GdkRGBA[]){ rings[i], rings[i], rings[i], rings[i] });
    }
}

static void
inb_marks_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InbMarksCanvas *self = INB_MARKS_CANVAS (widget);
  static const GdkRGBA tint = { 0.93f, 0.20f, 0.23f, 1.0f }; /* seldom a product's and a back's */
  graphene_rect_t place;

  if (!get_place (self, &place))
    return;
  if (self->tint == NULL)
    self->tint = inb_marks_make_tint (self->marks, &tint);
  snapshot_photo (self, snapshot, &place);
  gtk_snapshot_append_texture (snapshot, self->tint, &place);
  snapshot_brush (self, snapshot, &place);
}

static void
inb_marks_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 200;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 480;
  *minimum_baseline = *natural_baseline = -1;
}

/* Left is left: a photo does not mirror with the language. */
static void
move_to (InbMarksCanvas *self, double x, double y, gboolean paint)
{
  x = CLAMP (x, 0.0, 1.0);
  y = CLAMP (y, 0.0, 1.0);
  if (paint)
    inb_marks_paint (self->marks, self->x, self->y, x, y, self->radius, self->product);
  self->x = x;
  self->y = y;
  if (paint)
    inb_marks_canvas_changed (self);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move_to_point (InbMarksCanvas *self, double x, double y, gboolean paint)
{
  graphene_rect_t place;

  if (get_place (self, &place))
    move_to (self, (x - place.origin.x) / place.size.width,
             (y - place.origin.y) / place.size.height, paint);
}

static void
drag_begin_cb (InbMarksCanvas *self, double x, double y)
{
  if (self->photo == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->start_x = x;
  self->start_y = y;
  move_to_point (self, x, y, FALSE);
  inb_marks_begin (self->marks);
  move_to_point (self, x, y, TRUE);
}

static void
drag_update_cb (InbMarksCanvas *self, double offset_x, double offset_y)
{
  if (self->photo != NULL)
    move_to_point (self, self->start_x + offset_x, self->start_y + offset_y, TRUE);
}

static void
motion_cb (InbMarksCanvas *self, double x, double y, GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  self->over = TRUE;
  if ((state & GDK_BUTTON1_MASK) == 0)
    move_to_point (self, x, y, FALSE);
}

static void
leave_cb (InbMarksCanvas *self)
{
  self->over = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  InbMarksCanvas *self = INB_MARKS_CANVAS (widget);
  gboolean paint;
  int across, down;

  if (self->photo == NULL)
    return FALSE;
  g_variant_get (arguments, "(iib)", &across, &down, &paint);
  if (paint)
    inb_marks_begin (self->marks);
  move_to (self, self->x + across * KEY_STEP, self->y + down * KEY_STEP, paint);
  return TRUE;
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    guint pad;
    int across;
    int down;
  } arrows[] = { { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
                 { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
                 { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
                 { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      int across = arrows[i].across, down = arrows[i].down;
      guint keys[] = { arrows[i].key, arrows[i].pad };

      for (guint j = 0; j < G_N_ELEMENTS (keys); j++)
        {
          gtk_widget_class_add_binding (widget_class, keys[j], 0, key_cb, "(iib)", across, down,
                                        FALSE);
          gtk_widget_class_add_binding (widget_class, keys[j], GDK_SHIFT_MASK, key_cb, "(iib)",
                                        across, down, TRUE);
        }
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, key_cb, "(iib)", 0, 0, TRUE);
}

static void
inb_marks_canvas_dispose (GObject *object)
{
  InbMarksCanvas *self = INB_MARKS_CANVAS (object);

  g_clear_object (&self->photo);
  g_clear_object (&self->tint);
  g_clear_pointer (&self->marks, inb_marks_free);

  G_OBJECT_CLASS (inb_marks_canvas_parent_class)->dispose (object);
}

static void
inb_marks_canvas_class_init (InbMarksCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_marks_canvas_dispose;
  widget_class->snapshot = inb_marks_canvas_snapshot;
  widget_class->measure = inb_marks_canvas_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "markscanvas");
  add_keys (widget_class);

  /* InbMarksCanvas::painted: the marks are others now */
  signals[SIGNAL_PAINTED] = g_signal_new ("painted", INB_TYPE_MARKS_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_marks_canvas_init (InbMarksCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->radius = 0.03;
  self->product = TRUE;
  self->x = self->y = 0.5;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/**
 * inb_marks_canvas_set_photo:
 * @self: a canvas, once
 * @photo: what is painted on
 */
void
inb_marks_canvas_set_photo (InbMarksCanvas *self, InbPreview *photo)
{
  guint width, height;

  g_return_if_fail (INB_IS_MARKS_CANVAS (self) && self->photo == NULL);

  inb_preview_get_size (photo, &width, &height);
  self->photo = g_object_ref (photo);
  self->marks = inb_marks_new (width, height);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, inb_preview_get_name (photo),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      _ ("Arrow keys move the brush, with Shift they paint, Space paints a dot"), -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * inb_marks_canvas_get_marks:
 * @self: a canvas
 *
 * Returns: (transfer none) (nullable): what is marked; after a change by somebody else
 * inb_marks_canvas_changed() is to be called. %NULL without a photo
 */
InbMarks *
inb_marks_canvas_get_marks (InbMarksCanvas *self)
{
  g_return_val_if_fail (INB_IS_MARKS_CANVAS (self), NULL);

  return self->marks;
}

/**
 * inb_marks_canvas_changed:
 * @self: a canvas
 *
 * Shows its marks as they are now, and tells that they are others.
 */
void
inb_marks_canvas_changed (InbMarksCanvas *self)
{
  g_return_if_fail (INB_IS_MARKS_CANVAS (self));

  g_clear_object (&self->tint);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_PAINTED], 0);
}

/**
 * inb_marks_canvas_set_brush:
 * @self: a canvas
 * @radius: 0…1 of the photo's longer side
 * @product: whether it marks the product; else it wipes marks away
 */
void
inb_marks_canvas_set_brush (InbMarksCanvas *self, double radius, gboolean product)
{
  g_return_if_fail (INB_IS_MARKS_CANVAS (self));

  self->radius = radius;
  self->product = product;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
