/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-marks.h"

#include <math.h>

#include "core/inb-pixels.h"

/* What of a photo is product, as a person paints it: 0 back, 255 product, a sample for each of the
 * small picture that is painted on. */
struct _InbMarks
{
  guint width;
  guint height;
  guint8 *data;
  GPtrArray *former; /* the same before each step, the newest last */
};

/* Samples of the longer side: finer than a brush, and a step that can be undone takes 0.7 MB. */
#define LONG_SIDE 1024
#define MAX_STEPS 40
/* Samples over which a brush fades, so that the edge is soft as a photo's is. Chosen by eye. */
#define FADE 1.5
/* How opaque the tint is: the photo must be seen through it. Chosen by eye. */
#define TINT 0.55

/**
 * inb_marks_new:
 * @photo_width: px, ≥ 1
 * @photo_height: px, ≥ 1
 *
 * Returns: (transfer full): nothing is marked yet
 */
InbMarks *
inb_marks_new (guint photo_width, guint photo_height)
{
  InbMarks *self = g_new0 (InbMarks, 1);
  double scale = MIN (1.0, (double) LONG_SIDE / MAX (photo_width, photo_height));

  self->width = (guint) MAX (1.0, floor (photo_width * scale + 0.5));
  self->height = (guint) MAX (1.0, floor (photo_height * scale + 0.5));
  self->data = g_malloc0_n (self->height, self->width);
  self->former = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * inb_marks_free:
 * @self: (transfer full): marks
 */
void
inb_marks_free (InbMarks *self)
{
  g_ptr_array_unref (self->former);
  g_free (self->data);
  g_free (self);
}

/**
 * inb_marks_get_size:
 * @self: marks
 * @width: (out): samples
 * @height: (out): rows
 */
void
inb_marks_get_size (const InbMarks *self, guint *width, guint *height)
{
  *width = self->width;
  *height = self->height;
}

/**
 * inb_marks_get:
 * @self: marks
 * @x: a sample's column
 * @y: its row
 *
 * Returns: 0 back … 255 product
 */
guint8
inb_marks_get (const InbMarks *self, guint x, guint y)
{
  g_return_val_if_fail (x < self->width && y < self->height, 0);

  return self->data[(gsize) y * self->width + x];
}

/**
 * inb_marks_are_empty:
 * @self: marks
 *
 * Returns: whether nothing is product
 */
gboolean
inb_marks_are_empty (const InbMarks *self)
{
  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    if (self->data[i] > 127)
      return FALSE;
  return TRUE;
}

/**
 * inb_marks_can_undo:
 * @self: marks
 *
 * Returns: whether there is a step to undo
 */
gboolean
inb_marks_can_undo (const InbMarks *self)
{
  return self->former->len > 0;
}

/**
 * inb_marks_begin:
 * @self: marks
 *
 * What comes now is one step, which can be undone; the oldest of more than forty is forgotten.
 */
void
inb_marks_begin (InbMarks *self)
{
  g_ptr_array_add (self->former, g_memdup2 (self->data, (gsize) self->width * self->height));
  if (self->former->len > MAX_STEPS)
    g_ptr_array_remove_index (self->former, 0);
}

static double
get_distance (double x, double y, double from_x, double from_y, double to_x, double to_y)
{
  double along_x = to_x - from_x, along_y = to_y - from_y;
  double square = along_x * along_x + along_y * along_y;
  double share = square > 0.0 ? ((x - from_x) * along_x + (y - from_y) * along_y) / square : 0.0;

  share = CLAMP (share, 0.0, 1.0);
  return hypot (x - from_x - share * along_x, y - from_y - share * along_y);
}

/**
 * inb_marks_paint:
 * @self: marks
 * @from_x: where the brush was, 0…1 of the photo's width
 * @from_y: the same of its height
 * @to_x: where it is
 * @to_y: the same
 * @radius: of the brush, 0…1 of the photo's longer side
 * @product: whether it marks the product; else it wipes marks away
 *
 * Draws the brush along a line.
 */
void
inb_marks_paint (InbMarks *self, double from_x, double from_y, double to_x, double to_y,
                 double radius, gboolean product)
{
  double reach = radius * MAX (self->width, self->height);
  double x0 = from_x * self->width, y0 = from_y * self->height;
  double x1 = to_x * self->width, y1 = to_y * self->height;
  int left = (int) CLAMP (MIN (x0, x1) - reach - 1.0, 0.0, self->width - 1.0);
  int right = (int) CLAMP (MAX (x0, x1) + reach + 1.0, 0.0, self->width - 1.0);
  int top = (int) CLAMP (MIN (y0, y1) - reach - 1.0, 0.0, self->height - 1.0);
  int bottom = (int) CLAMP (MAX (y0, y1) + reach + 1.0, 0.0, self->height - 1.0);

  for (int y = top; y <= bottom; y++)
    for (int x = left; x <= right; x++)
      {
        double away = get_distance (x + 0.5, y + 0.5, x0, y0, x1, y1);
        guint8 *mark = &self->data[(gsize) y * self->width + (gsize) x];
        double share = CLAMP ((reach - away) / FADE + 0.5, 0.0, 1.0);
        guint8 value = (guint8) (share * 255.0 + 0.5);

        *mark = product ? MAX (*mark, value) : MIN (*mark, 255 - value);
      }
}

/**
 * inb_marks_clear:
 * @self: marks
 *
 * Wipes all away.
 */
void
inb_marks_clear (InbMarks *self)
{
  memset (self->data, 0, (gsize) self->width * self->height);
}

/**
 * inb_marks_take:
 * @self: marks
 * @picture: white where the product is; of any size
 *
 * Marks what @picture marks.
 */
void
inb_marks_take (InbMarks *self, InbPreview *picture)
{
  const InbCanvas *canvas = &inb_preview_get_canvases (picture)[0];
  GdkTexture *texture = inb_preview_get_texture (picture, 0, 1.0);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (InbPixels) pixels = NULL;
  guint width, height;
  guint8 *data;
  double scale;

  if (texture == NULL)
    return;
  width = (guint) gdk_texture_get_width (texture);
  height = (guint) gdk_texture_get_height (texture);
  scale = (double) width / canvas->width;
  data = g_malloc_n (height, (gsize) width * 4);
  gdk_texture_download (texture, data, (gsize) width * 4);
  bytes = g_bytes_new_take (data, (gsize) width * 4 * height);
  pixels = inb_pixels_new (width, height, (gsize) width * 4, INB_PIXELS_RGBA8, bytes);
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        double across = canvas->photo_x + (x + 0.5) * canvas->photo_width / self->width;
        double down = canvas->photo_y + (y + 0.5) * canvas->photo_height / self->height;

        self->data[(gsize) y * self->width + x] =
            inb_pixels_sample_grey (pixels, across * scale, down * scale);
      }
}

/**
 * inb_marks_undo:
 * @self: marks
 *
 * Takes the last step back, if there is one.
 */
void
inb_marks_undo (InbMarks *self)
{
  if (self->former->len == 0)
    return;
  g_free (self->data);
  self->data = g_ptr_array_steal_index (self->former, self->former->len - 1);
}

/**
 * inb_marks_make_tint:
 * @self: marks
 * @colour: opaque
 *
 * Returns: (transfer full): @colour where the product is, to lie over the photo
 */
GdkTexture *
inb_marks_make_tint (const InbMarks *self, const GdkRGBA *colour)
{
  gsize n = (gsize) self->width * self->height;
  guint8 *pixels = g_malloc_n (n, 4);
  guint8 ramp[256][4];
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 256; i++)
    {
      double alpha = TINT * i;

      ramp[i][0] = (guint8) (colour->red * alpha);
      ramp[i][1] = (guint8) (colour->green * alpha);
      ramp[i][2] = (guint8) (colour->blue * alpha);
      ramp[i][3] = (guint8) alpha;
    }
  for (gsize i = 0; i < n; i++)
    memcpy (pixels + 4 * i, ramp[self->data[i]], 4);
  bytes = g_bytes_new_take (pixels, 4 * n);
  return gdk_memory_texture_new ((int) self->width, (int) self->height,
                                 GDK_MEMORY_R8G8B8A8_PREMULTIPLIED, bytes, 4 * (gsize) self->width);
}

/**
 * inb_marks_print:
 * @self: marks
 *
 * Returns: (transfer full): a PNG, white where the product is; the same for the same marks
 */
GBytes *
inb_marks_print (const InbMarks *self)
{
  gsize n = (gsize) self->width * self->height;
  guint8 *pixels = g_malloc_n (n, 3);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (gsize i = 0; i < n; i++)
    memset (pixels + 3 * i, self->data[i], 3);
  bytes = g_bytes_new_take (pixels, 3 * n);
  texture = gdk_memory_texture_new ((int) self->width, (int) self->height, GDK_MEMORY_R8G8B8, bytes,
                                    3 * (gsize) self->width);
  return gdk_texture_save_to_png_bytes (texture);
}
