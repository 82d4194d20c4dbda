/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-framing-preview.h"

#include <glib/gi18n.h>

/* Shows what a framing makes of a photo, live: nothing is decoded, one small copy is drawn through
 * the geometry that the worker cuts by. A crop shows the whole photo with what is cut away dimmed,
 * and is moved by dragging or by the arrow keys; an extension shows the frame itself. */
struct _InbFramingPreview
{
  GtkWidget parent_instance;

  InbDraft *draft;
  InbPhotoSlot *slot;
  double drag_x; /* centre of the crop when the drag began, px of the photo */
  double drag_y;
  gboolean dragging;
  GdkTexture *motion; /* drawn in the frame's place; NULL: the photo itself */
};

G_DEFINE_FINAL_TYPE (InbFramingPreview, inb_framing_preview, GTK_TYPE_WIDGET)

/* steps of the arrow keys, of the photo's side; chosen by eye */
#define STEP 0.01
#define BIG_STEP 0.1

enum
{
  PROP_DRAGGING = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static InbPreview *
get_preview (InbFramingPreview *self)
{
  return self->slot != NULL ? inb_photo_slot_get_preview (self->slot) : NULL;
}

/* The shape is the start photo's for both frames: “original” of the last photo is the start's. */
static gboolean
find_framing (InbFramingPreview *self, InbFraming *framing, double *aspect)
{
  InbPreview *preview = get_preview (self);
  InbPreview *start;
  guint width, height;

  if (self->draft == NULL || preview == NULL)
    return FALSE;
  start = inb_photo_slot_get_preview (inb_draft_get_start (self->draft));
  if (start == NULL)
    start = preview;
  inb_draft_get_framing (self->draft, framing);
  if (framing->focus_x < 0.0)
    inb_preview_get_attention (preview, &framing->focus_x, &framing->focus_y);
  inb_preview_get_size (start, &width, &height);
  *aspect = inb_ratio_get_aspect (framing->ratio, width, height);
  return TRUE;
}

/* the frame on the photo's plane, px of the oriented photo */
static gboolean
find_window (InbFramingPreview *self, InbRect *window, guint *width, guint *height)
{
  InbFraming framing;
  double aspect;

  if (!find_framing (self, &framing, &aspect))
    return FALSE;
  inb_preview_get_size (get_preview (self), width, height);
  inb_framing_get_window (&framing, aspect, *width, *height, window);
  return TRUE;
}

/* Whether something is cut away, so that there is something to move. */
static gboolean
is_crop (InbFramingPreview *self)
{
  InbRect window;
  guint width, height;

  return find_window (self, &window, &width, &height) &&
         (window.width < width - 0.5 || window.height < height - 0.5);
}

/* the largest rectangle of @part's shape in the middle of the widget */
static void
fit_inside (InbFramingPreview *self, const InbRect *part, InbRect *place, double *scale)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  *scale = MIN (width / part->width, height / part->height);
  place->width = part->width * *scale;
  place->height = part->height * *scale;
  place->x = (width - place->width) / 2.0;
  place->y = (height - place->height) / 2.0;
}

/* @view is what is shown, px of canvas @index; @scale: px of the widget for one of the canvas */
static gboolean
lay_out (InbFramingPreview *self, guint *index, InbRect *view, InbRect *place, double *scale)
{
  InbPreview *preview = get_preview (self);
  const InbCanvas *canvases;
  InbFraming framing;
  double aspect;
  int found = 0;

  if (!find_framing (self, &framing, &aspect))
    return FALSE;
  canvases = inb_preview_get_canvases (preview);
  if (canvases[0].width == 0 || canvases[1].width == 0)
    return FALSE;
  if (is_crop (self))
    *view = (InbRect){ canvases[0].photo_x, canvases[0].photo_y, canvases[0].photo_width,
                       canvases[0].photo_height };
  else
    found = inb_canvas_find_view (canvases, INB_N_CANVASES, &framing, aspect, view);
  *index = found >= 0 ? (guint) found : INB_N_CANVASES - 1;
  fit_inside (self, view, place, scale);
  return *scale > 0.0;
}

static void
append_shade (GtkSnapshot *snapshot, double x, double y, double width, double height)
{
  if (width > 0.0 && height > 0.0)
    gtk_snapshot_append_color (
        snapshot, &(GdkRGBA){ 0.0f, 0.0f, 0.0f, 0.55f },
        &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* A dark and a light line, so that one is seen on any photo. */
static void
append_outline (GtkSnapshot *snapshot, const InbRect *frame)
{
  GdkRGBA dark = { 0.0f, 0.0f, 0.0f, 0.5f }, light = { 1.0f, 1.0f, 1.0f, 0.95f };
  float width[4] = { 1.0f, 1.0f, 1.0f, 1.0f };
  graphene_rect_t outer = GRAPHENE_RECT_INIT ((float) frame->x, (float) frame->y,
                                              (float) frame->width, (float) frame->height);
  graphene_rect_t inner = outer;
  GskRoundedRect rounded;

  graphene_rect_inset (&inner, 1.0f, 1.0f);
  gtk_snapshot_append_border (snapshot, gsk_rounded_rect_init_from_rect (&rounded, &outer, 0.0f),
                              width, (GdkRGBA[4]){ light, light, light, light });
  gtk_snapshot_append_border (snapshot, gsk_rounded_rect_init_from_rect (&rounded, &inner, 0.0f),
                              width, (GdkRGBA[4]){ dark, dark, dark, dark });
}

static void
append_canvas (InbFramingPreview *self, GtkSnapshot *snapshot, GdkTexture *texture, guint index,
               const InbRect *view, const InbRect *place, double scale)
{
  const InbCanvas *canvas = &inb_preview_get_canvases (get_preview (self))[index];

  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float) (place->x - view->x * scale),
                                                    (float) (place->y - view->y * scale),
                                                    (float) (canvas->width * scale),
                                                    (float) (canvas->height * scale)));
}

static void
append_crop (GtkSnapshot *snapshot, const InbRect *place, const InbRect *frame)
{
  double right = frame->x + frame->width, bottom = frame->y + frame->height;

  append_shade (snapshot, place->x, place->y, place->width, frame->y - place->y);
  append_shade (snapshot, place->x, bottom, place->width, place->y + place->height - bottom);
  append_shade (snapshot, place->x, frame->y, frame->x - place->x, frame->height);
  append_shade (snapshot, right, frame->y, place->x + place->width - right, frame->height);
  append_outline (snapshot, frame);
}

static void
inb_framing_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InbFramingPreview *self = INB_FRAMING_PREVIEW (widget);
  InbRect view, place, frame;
  GdkTexture *texture;
  double scale;
  guint index;

  if (!lay_out (self, &index, &view, &place, &scale) ||
      !inb_framing_preview_get_rects (self, &place, &frame))
    return;
  texture = inb_preview_get_texture (get_preview (self), index,
                                     scale * gtk_widget_get_scale_factor (widget));
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT ((float) place.x, (float) place.y,
                                               (float) place.width, (float) place.height));
  /* without a crop the frame is all there is to see: nothing lies under what moves */
  if (is_crop (self) || inb_framing_preview_get_motion (self) == NULL)
    append_canvas (self, snapshot, texture, index, &view, &place, scale);
  if (inb_framing_preview_get_motion (self) != NULL)
    gtk_snapshot_append_texture (snapshot, self->motion,
                                 &GRAPHENE_RECT_INIT ((float) frame.x, (float) frame.y,
                                                      (float) frame.width, (float) frame.height));
  if (is_crop (self))
    append_crop (snapshot, &place, &frame);
  gtk_snapshot_pop (snapshot);
}

static void
move_to (InbFramingPreview *self, double x, double y)
{
  InbRect window;
  guint width, height;

  if (!is_crop (self) || !find_window (self, &window, &width, &height))
    return;
  /* kept where the crop can follow, so that turning back acts at once */
  x = CLAMP (x, window.width / 2.0, MAX (window.width / 2.0, width - window.width / 2.0));
  y = CLAMP (y, window.height / 2.0, MAX (window.height / 2.0, height - window.height / 2.0));
  inb_draft_set_focus (self->draft, x / width, y / height);
}

static void
set_dragging (InbFramingPreview *self, gboolean dragging)
{
  if (self->dragging == dragging)
    return;
  self->dragging = dragging;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAGGING]);
}

static void
drag_begin_cb (InbFramingPreview *self, double x, double y, GtkGestureDrag *gesture)
{
  InbRect window;
  guint width, height;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!is_crop (self) || !find_window (self, &window, &width, &height))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  inb_draft_end_step (self->draft); /* each drag is one to undo */
  self->drag_x = window.x + window.width / 2.0;
  self->drag_y = window.y + window.height / 2.0;
  set_dragging (self, TRUE);
}

static void
drag_over_cb (InbFramingPreview *self)
{
  set_dragging (self, FALSE);
}

static void
drag_update_cb (InbFramingPreview *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  InbRect shown, frame, window;
  guint width, height;

  if (!inb_framing_preview_get_rects (self, &shown, &frame) ||
      !find_window (self, &window, &width, &height))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  move_to (self, self->drag_x + offset_x * width / shown.width,
           self->drag_y + offset_y * height / shown.height);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  InbFramingPreview *self = INB_FRAMING_PREVIEW (widget);
  InbRect window;
  guint width, height;
  double x, y;

  if (!is_crop (self) || !find_window (self, &window, &width, &height))
    return FALSE;
  g_variant_get (args, "(dd)", &x, &y);
  move_to (self, window.x + window.width / 2.0 + x * width,
           window.y + window.height / 2.0 + y * height);
  return TRUE;
}

static void
changed_cb (InbFramingPreview *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_crop (self) ? "grab" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
inb_framing_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = 48;
  *natural = 140;
}

static void
inb_framing_preview_dispose (GObject *object)
{
  InbFramingPreview *self = INB_FRAMING_PREVIEW (object);

  inb_framing_preview_set_draft (self, NULL, NULL);
  g_clear_object (&self->motion);

  G_OBJECT_CLASS (inb_framing_preview_parent_class)->dispose (object);
}

static void
inb_framing_preview_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DRAGGING)
    g_value_set_boolean (value, INB_FRAMING_PREVIEW (object)->dragging);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
add_move (GtkWidgetClass *widget_class, guint key, guint keypad, double x, double y)
{
  gtk_widget_class_add_binding (widget_class, key, 0, move_cb, "(dd)", x * STEP, y * STEP);
  gtk_widget_class_add_binding (widget_class, keypad, 0, move_cb, "(dd)", x * STEP, y * STEP);
  gtk_widget_class_add_binding (widget_class, key, GDK_SHIFT_MASK, move_cb, "(dd)", x * BIG_STEP,
                                y * BIG_STEP);
}

static void
inb_framing_preview_class_init (InbFramingPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_framing_preview_dispose;
  object_class->get_property = inb_framing_preview_get_property;
  widget_class->snapshot = inb_framing_preview_snapshot;
  widget_class->measure = inb_framing_preview_measure;

  /* InbFramingPreview:dragging: the crop is in the person's hand */
  props[PROP_DRAGGING] =
      g_param_spec_boolean ("dragging", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1.0, 0.0);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1.0, 0.0);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0.0, -1.0);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0.0, 1.0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "framing-preview");
}

static void
inb_framing_preview_init (InbFramingPreview *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_over_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_over_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Framing preview"), -1);
}

/**
 * inb_framing_preview_new:
 *
 * Returns: (transfer floating): a preview of nothing
 */
GtkWidget *
inb_framing_preview_new (void)
{
  return g_object_new (INB_TYPE_FRAMING_PREVIEW, NULL);
}

/**
 * inb_framing_preview_set_draft:
 * @self: a framing preview
 * @draft: (nullable): whose framing is drawn and, by dragging, changed
 * @slot: (nullable): whose photo is drawn
 */
void
inb_framing_preview_set_draft (InbFramingPreview *self, InbDraft *draft, InbPhotoSlot *slot)
{
  g_return_if_fail (INB_IS_FRAMING_PREVIEW (self));

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, changed_cb, self);
  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_func (self->slot, changed_cb, self);
  g_set_object (&self->draft, draft);
  g_set_object (&self->slot, slot);
  if (draft == NULL || slot == NULL)
    return;
  g_signal_connect_object (draft, "notify::ratio", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::fit", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::focus", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (slot, "notify::preview", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (slot != inb_draft_get_start (draft)) /* the start photo decides the shape of both */
    g_signal_connect_object (inb_draft_get_start (draft), "notify::preview",
                             G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * inb_framing_preview_get_rects:
 * @self: a framing preview that has been allocated
 * @shown: (out): where the photo, or its extension, is drawn: px of the widget
 * @frame: (out): where the frame lies in it: px of the widget; the same for an extension
 *
 * Returns: %FALSE if nothing is drawn
 */
gboolean
inb_framing_preview_get_rects (InbFramingPreview *self, InbRect *shown, InbRect *frame)
{
  InbRect window, view;
  double scale, x_scale, y_scale;
  guint index, width, height;

  g_return_val_if_fail (INB_IS_FRAMING_PREVIEW (self), FALSE);

  if (!lay_out (self, &index, &view, shown, &scale) ||
      !find_window (self, &window, &width, &height))
    return FALSE;
  *frame = *shown;
  if (!is_crop (self))
    return TRUE;
  x_scale = shown->width / width;
  y_scale = shown->height / height;
  *frame = (InbRect){ shown->x + window.x * x_scale, shown->y + window.y * y_scale,
                      window.width * x_scale, window.height * y_scale };
  return TRUE;
}

/**
 * inb_framing_preview_is_dragging:
 * @self: a framing preview
 *
 * Returns: %TRUE while the person drags the crop
 */
gboolean
inb_framing_preview_is_dragging (InbFramingPreview *self)
{
  g_return_val_if_fail (INB_IS_FRAMING_PREVIEW (self), FALSE);

  return self->dragging;
}

/**
 * inb_framing_preview_set_motion:
 * @self: a framing preview
 * @picture: (nullable): of the frame's shape, drawn where the frame lies instead of the photo,
 * except while that is dragged
 */
void
inb_framing_preview_set_motion (InbFramingPreview *self, GdkTexture *picture)
{
  g_return_if_fail (INB_IS_FRAMING_PREVIEW (self));

  if (g_set_object (&self->motion, picture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * inb_framing_preview_get_motion:
 * @self: a framing preview
 *
 * Returns: (transfer none) (nullable): what is drawn in the frame's place now; %NULL: the photo
 */
GdkTexture *
inb_framing_preview_get_motion (InbFramingPreview *self)
{
  g_return_val_if_fail (INB_IS_FRAMING_PREVIEW (self), NULL);

  return self->dragging ? NULL : self->motion;
}
