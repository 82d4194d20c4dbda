/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-video-view.h"

#include "player/inb-video-paintable.h"

/* The picture of a player in the middle of whatever room there is. Tells the player how many device
 * pixels it covers and draws on whole ones, so that a texel meets a pixel and nothing is scaled
 * twice. */
struct _InbVideoView
{
  GtkWidget parent_instance;

  InbPlayer *player;
  GdkPaintable *paintable;
};

G_DEFINE_FINAL_TYPE (InbVideoView, inb_video_view, GTK_TYPE_WIDGET)

/* px, chosen by eye: what a clip may shrink to before the window stops shrinking */
#define MIN_SIDE 90

/* px in a low window with large text, where the words around it need the room */
#define LEAST_SIDE 48

static void
tell_size (InbVideoView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);

  if (self->player != NULL && gtk_widget_get_width (widget) > 0)
    inb_player_set_size (self->player, gtk_widget_get_width (widget) * scale,
                         gtk_widget_get_height (widget) * scale);
}

static void
inb_video_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = LEAST_SIDE;
  *natural = MIN_SIDE;
}

static void
inb_video_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  tell_size (INB_VIDEO_VIEW (widget));
}

static void
inb_video_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InbVideoView *self = INB_VIDEO_VIEW (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  int box_width = gtk_widget_get_width (widget) * scale;
  int box_height = gtk_widget_get_height (widget) * scale;
  int width, height, x, y;

  if (self->paintable == NULL || gdk_paintable_get_intrinsic_width (self->paintable) == 0 ||
      gdk_paintable_get_intrinsic_height (self->paintable) == 0)
    return;
  inb_video_fit (box_width, box_height, gdk_paintable_get_intrinsic_width (self->paintable),
                 gdk_paintable_get_intrinsic_height (self->paintable), &width, &height);
  x = (box_width - width) / 2;
  y = (box_height - height) / 2;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) x / (float) scale, (float) y / (float) scale));
  gdk_paintable_snapshot (self->paintable, snapshot, (double) width / scale,
                          (double) height / scale);
  gtk_snapshot_restore (snapshot);
}

static void
let_go (InbVideoView *self)
{
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_clear_object (&self->paintable);
  g_clear_object (&self->player);
}

static void
inb_video_view_dispose (GObject *object)
{
  let_go (INB_VIDEO_VIEW (object));

  G_OBJECT_CLASS (inb_video_view_parent_class)->dispose (object);
}

static void
inb_video_view_class_init (InbVideoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_video_view_dispose;
  widget_class->measure = inb_video_view_measure;
  widget_class->size_allocate = inb_video_view_size_allocate;
  widget_class->snapshot = inb_video_view_snapshot;

  gtk_widget_class_set_css_name (widget_class, "videoview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
inb_video_view_init (InbVideoView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (tell_size), NULL);
}

/**
 * inb_video_view_set_player:
 * @self: a view
 * @player: (nullable) (transfer none): whose picture to show
 */
void
inb_video_view_set_player (InbVideoView *self, InbPlayer *player)
{
  g_return_if_fail (INB_IS_VIDEO_VIEW (self));

  let_go (self);
  if (player == NULL)
    return;
  self->player = g_object_ref (player);
  self->paintable = g_object_ref (inb_player_get_paintable (player));
  g_signal_connect_swapped (self->paintable, "invalidate-contents",
                            G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (self->paintable, "invalidate-size", G_CALLBACK (gtk_widget_queue_draw),
                            self);
  tell_size (self);
}
