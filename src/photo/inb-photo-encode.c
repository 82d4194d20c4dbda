/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-encode.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-error.h"
#include "photo/inb-photo.h"
#include "photo/inb-vips.h"
#include "photo/inb-webp.h"

/* From "cannot be told from the original" to "still clean on a screen"; chosen by eye. Below that a
 * smaller picture looks better than a coarser one. */
static const int qualities[] = { 92, 85, 75, 65 };
#define SMALLER_QUALITY 75
/* A step that is worth its time, and a bound: 0.85¹² is a seventh of the side. */
#define SMALLER_STEP 0.85
#define MAX_STEPS 12
/* Fast: a frame is written once and read once, on the same disk. */
#define PNG_COMPRESSION 1

static VipsImage *
borrow (const InbPixels *pixels)
{
  gboolean wide = pixels->format == INB_PIXELS_RGB16 || pixels->format == INB_PIXELS_RGBA16;
  VipsImage *image = vips_image_new_from_memory (
      g_bytes_get_data (pixels->bytes, NULL), pixels->stride * pixels->height, (int) pixels->width,
      (int) pixels->height, (int) inb_pixel_format_get_n_channels (pixels->format),
      wide ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR);
  VipsImage *next = NULL;

  /* stamped with its colour space, so that savers know 16 bits for what they are */
  if (image != NULL &&
      !inb_vips_take (vips_copy (image, &next, "interpretation",
                                 wide ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB, NULL),
                      &image, &next))
    g_clear_object (&image);
  return image;
}

static gboolean
flatten (VipsImage **image)
{
  double full = vips_image_get_format (*image) == VIPS_FORMAT_USHORT ? 65535.0 : 255.0;
  VipsArrayDouble *white = vips_array_double_newv (1, full);
  VipsImage *next = NULL;
  gboolean good = inb_vips_take (
      vips_flatten (*image, &next, "background", white, "max_alpha", full, NULL), image, &next);

  vips_area_unref (VIPS_AREA (white));
  return good;
}

static gboolean
to_8_bits (VipsImage **image)
{
  VipsImage *next = NULL;

  return vips_image_get_format (*image) == VIPS_FORMAT_UCHAR ||
         inb_vips_take (vips_colourspace (*image, &next, VIPS_INTERPRETATION_sRGB, NULL), image,
                        &next);
}

static gboolean
save (VipsImage *image, InbImageFormats format, int quality, GBytes **bytes)
{
  void *memory = NULL;
  size_t n_bytes = 0;
  int failed;

  if (format == INB_IMAGE_PNG)
    failed = vips_pngsave_buffer (image, &memory, &n_bytes, "strip", TRUE, "compression",
                                  PNG_COMPRESSION, "filter", VIPS_FOREIGN_PNG_FILTER_SUB, NULL);
  else if (format == INB_IMAGE_JPEG)
    failed = vips_jpegsave_buffer (image, &memory, &n_bytes, "strip", TRUE, "Q", quality,
                                   "optimize_coding", TRUE, NULL);
  else
    failed = vips_webpsave_buffer (image, &memory, &n_bytes, "strip", TRUE, "Q", quality, NULL);
  if (failed != 0)
    return FALSE;
  g_clear_pointer (bytes, g_bytes_unref);
  *bytes = g_bytes_new_with_free_func (memory, n_bytes, g_free, memory);
  if (format == INB_IMAGE_WEBP)
    *bytes = inb_webp_strip (*bytes);
  return TRUE;
}

static gboolean
fits (const InbPhotoEncoded *self, const InbLimits *limits)
{
  return limits->max_bytes <= 0 || (gint64) g_bytes_get_size (self->bytes) <= limits->max_bytes;
}

/* Falling quality; a lossless file has one only, but may give up its 16 bits. */
static gboolean
save_at_size (InbPhotoEncoded *self, VipsImage **image, const InbLimits *limits, gboolean is_first)
{
  if (self->format == INB_IMAGE_PNG)
    {
      if (!save (*image, self->format, -1, &self->bytes))
        return FALSE;
      return fits (self, limits) || vips_image_get_format (*image) == VIPS_FORMAT_UCHAR ||
             (to_8_bits (image) && save (*image, self->format, -1, &self->bytes));
    }
  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    {
      if (!is_first && qualities[i] != SMALLER_QUALITY)
        continue;
      self->quality = qualities[i];
      if (!save (*image, self->format, self->quality, &self->bytes))
        return FALSE;
      if (fits (self, limits))
        break;
    }
  return TRUE;
}

/* The next smaller size: as much as the bytes ask for, at least one step. */
static double
get_next_scale (const InbPhotoEncoded *self, const InbLimits *limits, double scale)
{
  double wanted =
      0.97 * sqrt ((double) limits->max_bytes / (double) g_bytes_get_size (self->bytes));

  return scale * CLAMP (wanted, 0.25, SMALLER_STEP);
}

static gboolean
shrink (VipsImage **image, const InbPixels *pixels, double scale)
{
  double width = MAX (1.0, floor (pixels->width * scale + 0.5));
  double height = MAX (1.0, floor (pixels->height * scale + 0.5));
  VipsImage *next = NULL;

  return inb_vips_take (vips_thumbnail_image (*image, &next, (int) width, "height", (int) height,
                                              "size", VIPS_SIZE_FORCE, NULL),
                        image, &next);
}

/* What it took to fit, for a person. */
static void
note_fit (const InbPhotoEncoded *self, const InbPixels *pixels, const InbLimits *limits,
          InbPhotoSource *source)
{
  g_autofree char *size = g_format_size ((guint64) limits->max_bytes);
  g_autofree char *text = NULL;

  if (self->width != pixels->width || self->height != pixels->height)
    {
      /* Translators: %s is a file size. */
      text = g_strdup_printf (_ ("Made smaller, from %u×%u to %u×%u px, to fit %s."), pixels->width,
                              pixels->height, self->width, self->height, size);
      inb_photo_source_add_note (source, "made-smaller", text);
    }
  else if (self->quality > 0 && self->quality < qualities[0])
    {
      text = g_strdup_printf (_ ("Written at quality %d instead of %d to fit %s."), self->quality,
                              qualities[0], size);
      inb_photo_source_add_note (source, "lower-quality", text);
    }
}

static void
read_result (InbPhotoEncoded *self, VipsImage *image)
{
  self->width = (guint) vips_image_get_width (image);
  self->height = (guint) vips_image_get_height (image);
  self->bits = vips_image_get_format (image) == VIPS_FORMAT_UCHAR ? 8 : 16;
  self->alpha = vips_image_hasalpha (image);
}

static gboolean
encode_to_fit (InbPhotoEncoded *self, VipsImage **image, const InbPixels *pixels,
               const InbLimits *limits)
{
  double scale = 1.0;

  if (!save_at_size (self, image, limits, TRUE))
    return FALSE;
  for (guint step = 0; step < MAX_STEPS && !fits (self, limits); step++)
    {
      scale = get_next_scale (self, limits, scale);
      if (MIN (pixels->width, pixels->height) * scale < MAX (1, limits->min_side))
        break;
      if (!shrink (image, pixels, scale) || !save_at_size (self, image, limits, FALSE))
        return FALSE;
    }
  read_result (self, *image);
  return TRUE;
}

/**
 * inb_photo_encode:
 * @pixels: the frame
 * @format: one of #InbImageFormats
 * @limits: the bytes it may have and whether alpha may stay; sides are only kept above the smallest
 * @source: whose photo it is; gets notes on what it took to fit
 * @error: %INB_ERROR_TOO_LARGE, %INB_ERROR_FAILED
 *
 * Writes a frame's file, with nothing but pixels in it: no EXIF, XMP, IPTC, profile or thumbnail.
 * PNG is lossless and keeps 16 bits and alpha; JPEG is put on white. Where the bytes do not fit:
 * falling quality first, then a smaller picture.
 *
 * Returns: (transfer full): the file; free with inb_photo_encoded_free()
 */
InbPhotoEncoded *
inb_photo_encode (const InbPixels *pixels, InbImageFormats format, const InbLimits *limits,
                  InbPhotoSource *source, GError **error)
{
  g_autoptr (InbPhotoEncoded) self = g_new0 (InbPhotoEncoded, 1);
  VipsImage *image = NULL;
  gboolean good;

  inb_photo_init ();
  self->format = format;
  self->quality = -1;
  image = borrow (pixels);
  self->flattened =
      image != NULL && vips_image_hasalpha (image) && (format == INB_IMAGE_JPEG || !limits->alpha);
  good = image != NULL && (!self->flattened || flatten (&image)) &&
         (format == INB_IMAGE_PNG || to_8_bits (&image)) &&
         encode_to_fit (self, &image, pixels, limits);
  g_clear_object (&image);
  if (!good)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_FAILED, _ ("The frame could not be written: %s"),
                   vips_error_buffer ());
      vips_error_clear ();
      return NULL;
    }
  if (!fits (self, limits))
    {
      g_autofree char *size = g_format_size ((guint64) limits->max_bytes);

      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE,
                   _ ("The frame does not fit into %s, however small. Write a JPEG instead, or "
                      "choose another service."),
                   size);
      return NULL;
    }
  note_fit (self, pixels, limits, source);
  return g_steal_pointer (&self);
}

/**
 * inb_photo_encode_grey:
 * @grey: (array): width × height samples, top row first
 * @width: px
 * @height: px
 * @error: as inb_photo_encode()
 *
 * Returns: (transfer full): a PNG of 8 bits
 */
GBytes *
inb_photo_encode_grey (const guint8 *grey, guint width, guint height, GError **error)
{
  static const InbLimits limits = { .formats = INB_IMAGE_PNG };
  gsize n = (gsize) width * height;
  guint8 *data = g_malloc_n (n, 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, 3 * n);
  g_autoptr (InbPixels) pixels =
      inb_pixels_new (width, height, 3 * (gsize) width, INB_PIXELS_RGB8, bytes);
  g_autoptr (InbPhotoEncoded) file = NULL;

  for (gsize i = 0; i < n; i++)
    memset (data + 3 * i, grey[i], 3);
  file = inb_photo_encode (pixels, INB_IMAGE_PNG, &limits, NULL, error);
  return file != NULL ? g_bytes_ref (file->bytes) : NULL;
}

/**
 * inb_photo_encoded_free:
 * @self: (transfer full): a file
 */
void
inb_photo_encoded_free (InbPhotoEncoded *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
