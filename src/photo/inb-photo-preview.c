/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-preview.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "photo/inb-attention.h"
#include "photo/inb-extend.h"
#include "photo/inb-photo-frame.h"

/* A canvas may not be longer than this, px: a photo of 4000×70 px made 16:9 has 2250 rows, one of
 * 32000×10 px is refused by the limits later on and needs no preview of 18000 rows. */
#define MAX_CANVAS_SIDE 8192u

/* One px to the order that GTK's memory textures take (B8G8R8A8_PREMULTIPLIED). */
static void
write_px (guint8 *out, const guint8 *in, gboolean wide, gboolean has_alpha)
{
  guint rgba[4] = { 0, 0, 0, 255 };

  for (guint c = 0; c < (has_alpha ? 4u : 3u); c++)
    rgba[c] = wide ? ((const guint16 *) (const void *) in)[c] / 257u : in[c];
  out[0] = (guint8) ((rgba[2] * rgba[3] + 127) / 255);
  out[1] = (guint8) ((rgba[1] * rgba[3] + 127) / 255);
  out[2] = (guint8) ((rgba[0] * rgba[3] + 127) / 255);
  out[3] = (guint8) rgba[3];
}

static void
append (GByteArray *bytes, const InbPixels *pixels)
{
  gboolean wide = pixels->format == INB_PIXELS_RGB16 || pixels->format == INB_PIXELS_RGBA16;
  gboolean has_alpha = inb_pixel_format_get_n_channels (pixels->format) == 4;
  guint px = inb_pixel_format_get_n_bytes (pixels->format);
  gsize at = bytes->len;

  g_byte_array_set_size (bytes, (guint) (at + (gsize) pixels->width * pixels->height * 4));
  for (guint y = 0; y < pixels->height; y++)
    {
      const guint8 *row =
          (const guint8 *) g_bytes_get_data (pixels->bytes, NULL) + y * pixels->stride;

      if (pixels->format == INB_PIXELS_RGB8) /* nearly every photo */
        for (guint x = 0; x < pixels->width; x++, at += 4, row += 3)
          {
            guint8 *out = bytes->data + at;

            out[0] = row[2];
            out[1] = row[1];
            out[2] = row[0];
            out[3] = 255;
          }
      else
        for (guint x = 0; x < pixels->width; x++, at += 4, row += px)
          write_px (bytes->data + at, row, wide, has_alpha);
    }
}

/* An alpha channel says nothing: many programs write one that is solid all over. */
static gboolean
find_transparent (const InbPixels *pixels)
{
  gboolean wide = pixels->format == INB_PIXELS_RGBA16;
  guint px = inb_pixel_format_get_n_bytes (pixels->format);

  if (inb_pixel_format_get_n_channels (pixels->format) != 4)
    return FALSE;
  for (guint y = 0; y < pixels->height; y++)
    {
      const guint8 *row =
          (const guint8 *) g_bytes_get_data (pixels->bytes, NULL) + y * pixels->stride;

      for (guint x = 0; x < pixels->width; x++, row += px)
        if (wide ? ((const guint16 *) (const void *) row)[3] < G_MAXUINT16 : row[3] < G_MAXUINT8)
          return TRUE;
    }
  return FALSE;
}

/* At least as wide, or as high, as any framing can ask for; the photo alone where it is so itself.
 */
static void
plan_canvases (InbPhotoPreview *self, const InbPixels *copy, double aspect)
{
  double own = (double) copy->width / copy->height;
  double widest = MAX (MAX (16.0 / 9.0, aspect), own);
  double highest = MIN (MIN (9.0 / 16.0, aspect > 0.0 ? aspect : own), own);

  widest = MIN (widest, MAX (own, (double) MAX_CANVAS_SIDE / copy->height));
  highest = MAX (highest, MIN (own, (double) copy->width / MAX_CANVAS_SIDE));
  inb_canvas_init_around (&self->canvases[0], widest, copy->width, copy->height);
  inb_canvas_init_around (&self->canvases[1], highest, copy->width, copy->height);
}

/**
 * inb_photo_preview_new:
 * @source: a photo
 * @aspect: width divided by height of the start photo, where this is the last one; 0: none
 * @error: as inb_photo_source_decode()
 *
 * Makes the working copy for live framing. The frame is made later by inb_photo_frame_new() with
 * the same steps at full size.
 *
 * Returns: (transfer full): the preview; free with inb_photo_preview_free()
 */
InbPhotoPreview *
inb_photo_preview_new (InbPhotoSource *source, double aspect, GError **error)
{
  g_autoptr (InbPixels) copy = inb_photo_make_copy (source, error);
  g_autoptr (GByteArray) bytes = NULL;
  InbPhotoPreview *self;
  InbBackdrop backdrop;

  if (copy == NULL)
    return NULL;
  self = g_new0 (InbPhotoPreview, 1);
  bytes = g_byte_array_new ();
  inb_attention_find (copy, &self->attention_x, &self->attention_y);
  inb_backdrop_init (&backdrop, copy);
  self->transparent = find_transparent (copy);
  plan_canvases (self, copy, aspect);
  for (guint i = 0; i < INB_PHOTO_N_CANVASES; i++)
    {
      g_autoptr (InbPixels) canvas = inb_extend_paint (copy, &backdrop, &self->canvases[i]);

      self->kinds[i] = inb_backdrop_get_kind (&backdrop, i == 0);
      self->offsets[i] = bytes->len;
      append (bytes, canvas);
    }
  self->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return self;
}

/**
 * inb_photo_preview_free:
 * @self: (transfer full): a preview
 */
void
inb_photo_preview_free (InbPhotoPreview *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
