/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preview.h"

/* Levels of a canvas, each half the one before: 1280, 640, 320, 160 px cover a well of 140 px and a
 * stage of 1280. */
#define N_LEVELS 4

/* What the window knows of one photo: which one it is, and small copies of it with its background
 * continued to both sides, from which every framing can be drawn. Filled once by whoever makes it,
 * then only read. */
struct _InbPreview
{
  GObject parent_instance;

  char *sha256;
  char *name;
  InbPhotoTraits traits; /* its size is there in any case */
  double attention_x;
  double attention_y;
  InbCanvas canvases[INB_N_CANVASES];
  GdkTexture *levels[INB_N_CANVASES][N_LEVELS]; /* 0 is the largest; NULL behind the last */
};

G_DEFINE_FINAL_TYPE (InbPreview, inb_preview, G_TYPE_OBJECT)

static void
inb_preview_finalize (GObject *object)
{
  InbPreview *self = INB_PREVIEW (object);

  for (guint i = 0; i < INB_N_CANVASES; i++)
    for (guint level = 0; level < N_LEVELS; level++)
      g_clear_object (&self->levels[i][level]);
  g_free (self->sha256);
  g_free (self->name);

  G_OBJECT_CLASS (inb_preview_parent_class)->finalize (object);
}

static void
inb_preview_class_init (InbPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_preview_finalize;
}

static void
inb_preview_init (InbPreview *self)
{
  self->attention_x = self->attention_y = 0.5;
}

/**
 * inb_preview_new:
 * @sha256: 64 hex digits of the photo's bytes
 * @name: the file name it came with
 * @width: px of the oriented photo, ≥ 1
 * @height: px, ≥ 1
 *
 * Returns: (transfer full): a preview without canvases and with the attention in the middle
 */
InbPreview *
inb_preview_new (const char *sha256, const char *name, guint width, guint height)
{
  InbPreview *self = g_object_new (INB_TYPE_PREVIEW, NULL);

  self->sha256 = g_strdup (sha256);
  self->name = g_strdup (name);
  self->traits.width = MAX (width, 1);
  self->traits.height = MAX (height, 1);
  return self;
}

/**
 * inb_preview_set_traits:
 * @self: a preview still being made
 * @traits: what the worker found in the photo; a size of at least 1 × 1 px
 */
void
inb_preview_set_traits (InbPreview *self, const InbPhotoTraits *traits)
{
  g_return_if_fail (traits->width >= 1 && traits->height >= 1);

  self->traits = *traits;
}

/**
 * inb_preview_set_attention:
 * @self: a preview still being made
 * @x: 0…1 of the photo's width, the point a crop keeps in view unless the person says otherwise
 * @y: the same of its height
 */
void
inb_preview_set_attention (InbPreview *self, double x, double y)
{
  self->attention_x = CLAMP (x, 0.0, 1.0);
  self->attention_y = CLAMP (y, 0.0, 1.0);
}

/* Mean of each 2 × 2 block; an odd last row or column is dropped. Premultiplied, so that the mean
 * of a see-through and a solid pixel is right. */
static GBytes *
halve (GBytes *bytes, guint width, guint height, gsize stride, gsize *half_stride)
{
  const guint8 *from = g_bytes_get_data (bytes, NULL);
  guint half_width = width / 2, half_height = height / 2;
  guint8 *half = g_malloc ((gsize) half_width * half_height * 4);
  guint8 *to = half;

  for (guint y = 0; y < half_height; y++)
    {
      const guint8 *a = from + 2 * y * stride, *b = a + stride;

      for (guint x = 0; x < half_width; x++, a += 8, b += 8, to += 4)
        for (guint c = 0; c < 4; c++)
          to[c] = (guint8) ((a[c] + a[c + 4] + b[c] + b[c + 4] + 2) / 4);
    }
  *half_stride = (gsize) half_width * 4;
  return g_bytes_new_take (half, (gsize) half_width * half_height * 4);
}

/**
 * inb_preview_set_canvas:
 * @self: a preview still being made
 * @index: 0: extended sideways, 1: extended up and down
 * @pixels: at least height × @stride bytes: sRGB, premultiplied BGRA, top row first
 * @stride: bytes from one row to the next, ≥ 4 × width
 * @canvas: its size, ≥ 2 × 2 px, and where the photo lies on it
 *
 * May run in any thread: a texture of memory is immutable. Makes the smaller levels too, a few
 * milliseconds.
 */
void
inb_preview_set_canvas (InbPreview *self, guint index, GBytes *pixels, gsize stride,
                        const InbCanvas *canvas)
{
  guint width = canvas->width, height = canvas->height;
  g_autoptr (GBytes) bytes = g_bytes_ref (pixels);

  g_return_if_fail (index < INB_N_CANVASES && width >= 2 && height >= 2);
  g_return_if_fail (stride >= (gsize) width * 4);
  g_return_if_fail (g_bytes_get_size (pixels) >= (gsize) height * stride);

  self->canvases[index] = *canvas;
  for (guint level = 0; level < N_LEVELS && width >= 2 && height >= 2; level++)
    {
      GBytes *half = NULL;
      gsize half_stride = 0;

      self->levels[index][level] = gdk_memory_texture_new (
          (int) width, (int) height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, stride);
      half = halve (bytes, width, height, stride, &half_stride);
      g_bytes_unref (bytes);
      bytes = half;
      stride = half_stride;
      width /= 2;
      height /= 2;
    }
}

/**
 * inb_preview_get_sha256:
 * @self: a preview
 *
 * Returns: (transfer none): 64 hex digits of the photo's bytes
 */
const char *
inb_preview_get_sha256 (InbPreview *self)
{
  return self->sha256;
}

/**
 * inb_preview_get_name:
 * @self: a preview
 *
 * Returns: (transfer none): the file name the photo came with
 */
const char *
inb_preview_get_name (InbPreview *self)
{
  return self->name;
}

/**
 * inb_preview_get_size:
 * @self: a preview
 * @width: (out): px of the oriented photo
 * @height: (out): px
 */
void
inb_preview_get_size (InbPreview *self, guint *width, guint *height)
{
  *width = self->traits.width;
  *height = self->traits.height;
}

/**
 * inb_preview_get_traits:
 * @self: a preview
 *
 * Returns: (transfer none): what is known of the photo; of one that was not read by a worker no
 * more than its size
 */
const InbPhotoTraits *
inb_preview_get_traits (InbPreview *self)
{
  return &self->traits;
}

/**
 * inb_preview_get_attention:
 * @self: a preview
 * @x: (out): 0…1 of the photo's width
 * @y: (out): 0…1 of its height
 */
void
inb_preview_get_attention (InbPreview *self, double *x, double *y)
{
  *x = self->attention_x;
  *y = self->attention_y;
}

/**
 * inb_preview_get_canvases:
 * @self: a preview
 *
 * Returns: (transfer none) (array fixed-size=2): the geometry of both; of width 0 where it was not
 * set
 */
const InbCanvas *
inb_preview_get_canvases (InbPreview *self)
{
  return self->canvases;
}

/**
 * inb_preview_get_texture:
 * @self: a preview
 * @index: which canvas
 * @scale: device px that one px of the canvas will cover
 *
 * Returns: (transfer none) (nullable): the smallest level with at least as many px as will be
 * drawn, so that shrinking stays below two and nothing flickers or aliases while a person drags
 */
GdkTexture *
inb_preview_get_texture (InbPreview *self, guint index, double scale)
{
  GdkTexture *best = self->levels[index][0];

  for (guint level = 1; level < N_LEVELS && self->levels[index][level] != NULL; level++)
    if (1.0 / (1 << level) >= scale)
      best = self->levels[index][level];
  return best;
}
