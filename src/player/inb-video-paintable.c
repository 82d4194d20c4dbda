/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-video-paintable.h"

/* The picture that a player shows now. Its size is the clip's, whatever size the pipeline scales
 * to, so that a resized stage does not ask for a new layout with every texture. */
struct _InbVideoPaintable
{
  GObject parent_instance;

  GdkTexture *texture;
  int width;
  int height;
};

static void
inb_video_paintable_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width,
                              double height)
{
  InbVideoPaintable *self = INB_VIDEO_PAINTABLE (paintable);

  if (self->texture != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (self->texture), snapshot, width, height);
}

static GdkPaintable *
inb_video_paintable_get_current_image (GdkPaintable *paintable)
{
  InbVideoPaintable *self = INB_VIDEO_PAINTABLE (paintable);

  if (self->texture != NULL)
    return GDK_PAINTABLE (g_object_ref (self->texture));
  return gdk_paintable_new_empty (self->width, self->height);
}

static int
inb_video_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return INB_VIDEO_PAINTABLE (paintable)->width;
}

static int
inb_video_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return INB_VIDEO_PAINTABLE (paintable)->height;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = inb_video_paintable_snapshot;
  iface->get_current_image = inb_video_paintable_get_current_image;
  iface->get_intrinsic_width = inb_video_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = inb_video_paintable_get_intrinsic_height;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (InbVideoPaintable, inb_video_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
inb_video_paintable_dispose (GObject *object)
{
  g_clear_object (&INB_VIDEO_PAINTABLE (object)->texture);

  G_OBJECT_CLASS (inb_video_paintable_parent_class)->dispose (object);
}

static void
inb_video_paintable_class_init (InbVideoPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_video_paintable_dispose;
}

static void
inb_video_paintable_init (InbVideoPaintable *self)
{
}

/**
 * inb_video_paintable_new:
 *
 * Returns: (transfer full): a paintable without picture and size
 */
InbVideoPaintable *
inb_video_paintable_new (void)
{
  return g_object_new (INB_TYPE_VIDEO_PAINTABLE, NULL);
}

/**
 * inb_video_paintable_set_size:
 * @self: a paintable
 * @width: px of the clip, 0 where unknown
 * @height: px of the clip, 0 where unknown
 */
void
inb_video_paintable_set_size (InbVideoPaintable *self, int width, int height)
{
  g_return_if_fail (INB_IS_VIDEO_PAINTABLE (self));

  if (self->width == width && self->height == height)
    return;
  self->width = width;
  self->height = height;
  gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
}

/**
 * inb_video_paintable_set_texture:
 * @self: a paintable
 * @texture: (transfer none) (nullable): what to show from now on
 */
void
inb_video_paintable_set_texture (InbVideoPaintable *self, GdkTexture *texture)
{
  g_return_if_fail (INB_IS_VIDEO_PAINTABLE (self));

  if (!g_set_object (&self->texture, texture))
    return;
  if (texture != NULL && self->width == 0)
    inb_video_paintable_set_size (self, gdk_texture_get_width (texture),
                                  gdk_texture_get_height (texture));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/**
 * inb_video_paintable_get_texture:
 * @self: a paintable
 *
 * Returns: (transfer none) (nullable): what is shown, in the size that the pipeline scaled it to
 */
GdkTexture *
inb_video_paintable_get_texture (InbVideoPaintable *self)
{
  g_return_val_if_fail (INB_IS_VIDEO_PAINTABLE (self), NULL);

  return self->texture;
}

/**
 * inb_video_fit:
 * @box_width: px there is room for
 * @box_height: px there is room for
 * @width: px of the picture, > 0
 * @height: px of the picture, > 0
 * @fit_width: (out): px
 * @fit_height: (out): px
 *
 * The largest size with the picture's shape inside a box, in whole px, at least 1 × 1. The view
 * draws to it and the pipeline scales to it, so that a texel meets a pixel.
 */
void
inb_video_fit (int box_width, int box_height, int width, int height, int *fit_width,
               int *fit_height)
{
  double scale = MIN ((double) box_width / width, (double) box_height / height);

  *fit_width = CLAMP ((int) (width * scale + 0.5), 1, MAX (box_width, 1));
  *fit_height = CLAMP ((int) (height * scale + 0.5), 1, MAX (box_height, 1));
}
