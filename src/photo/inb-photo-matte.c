/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-matte.h"

#include <math.h>

/* px of the longer side: a brush is coarser, and the engine looks at no more of a matte. Chosen. */
#define MATTE_SIDE 1280u

static InbPixels *
decode (InbPhotoSource *matte, GError **error)
{
  guint width = matte->facts.width, height = matte->facts.height;
  double scale = MIN (1.0, (double) MATTE_SIDE / MAX (width, height));
  InbPhotoPart part = { 0, 0, width, height, 1, 1, TRUE };

  part.out_width = (guint) MAX (1.0, floor (width * scale + 0.5));
  part.out_height = (guint) MAX (1.0, floor (height * scale + 0.5));
  return inb_photo_source_decode (matte, &part, error);
}

/* What is painted around an extended photo is back. */
static void
fill_row (const InbPixels *pixels, const InbFramePlan *plan, const InbPhotoSource *photo,
          guint width, double y, guint8 *out)
{
  const InbCanvas *canvas = &plan->canvas;
  double down = (y - canvas->photo_y) / canvas->photo_height;

  for (guint x = 0; x < width; x++)
    {
      double across = ((x + 0.5) * canvas->width / width - canvas->photo_x) / canvas->photo_width;
      guint8 value = 0;

      if (across >= 0.0 && across <= 1.0 && down >= 0.0 && down <= 1.0)
        value = inb_pixels_sample_grey (
            pixels, (plan->x + across * plan->width) * pixels->width / photo->facts.width,
            (plan->y + down * plan->height) * pixels->height / photo->facts.height);
      out[x] = value;
    }
}

/**
 * inb_photo_matte_new:
 * @matte: a picture of the whole of @photo, white where it shows the product
 * @photo: the photo that was framed
 * @plan: how it was framed
 * @error: %INB_ERROR_BAD_INPUT if @matte has another shape; else as inb_photo_source_decode() and
 * inb_photo_encode_grey()
 *
 * Frames a matte as its photo was: cut alike, black where background was painted.
 *
 * Returns: (transfer full): a PNG of the frame's shape, its longer side at most 1280 px
 */
GBytes *
inb_photo_matte_new (InbPhotoSource *matte, const InbPhotoSource *photo, const InbFramePlan *plan,
                     GError **error)
{
  const InbCanvas *canvas = &plan->canvas;
  double scale = MIN (1.0, (double) MATTE_SIDE / MAX (canvas->width, canvas->height));
  guint width = (guint) MAX (1.0, floor (canvas->width * scale + 0.5));
  guint height = (guint) MAX (1.0, floor (canvas->height * scale + 0.5));
  g_autoptr (InbPixels) pixels = NULL;
  g_autofree guint8 *grey = NULL;

  if (!inb_framing_check_shape (matte->facts.width, matte->facts.height, photo->facts.width,
                                photo->facts.height, error))
    return NULL;
  pixels = decode (matte, error);
  if (pixels == NULL)
    return NULL;
  grey = g_malloc_n (height, width);
  for (guint y = 0; y < height; y++)
    fill_row (pixels, plan, photo, width, (y + 0.5) * canvas->height / height,
              grey + y * (gsize) width);
  return inb_photo_encode_grey (grey, width, height, error);
}
