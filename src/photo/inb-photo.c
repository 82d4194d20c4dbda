/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo.h"

#include <glib/gi18n.h>
#include <math.h>
#include <vips/vips.h>

#include "core/inb-error.h"

/* Frames of the local engine are never larger: memory of the renderer grows with the photo. */
#define MAX_LONG_SIDE 4096u

static void
drop_log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  /* what libvips says about a damaged photo is told by our own error */
}

/**
 * inb_photo_init:
 *
 * Starts libvips once, with two threads, without its cache, and with only its hardened loaders.
 * Called by every function of this folder; calling it again costs nothing.
 */
void
inb_photo_init (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  if (VIPS_INIT ("inbetween-cli") != 0)
    g_error ("libvips could not start: %s", vips_error_buffer ());
  vips_concurrency_set (2);
  vips_cache_set_max (0);
  vips_block_untrusted_set (TRUE);
  /* Foreign bytes make libvips warn; under G_DEBUG=fatal-warnings that must not end the worker. */
  g_log_set_handler ("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG,
                     drop_log_cb, NULL);
  g_log_set_always_fatal (g_log_set_always_fatal (G_LOG_FATAL_MASK) & ~G_LOG_LEVEL_WARNING);
  g_once_init_leave (&once, 1);
}

static gboolean
take_step (int failed, VipsImage **image, VipsImage *next)
{
  if (failed != 0)
    return FALSE;
  g_object_unref (*image);
  *image = next;
  return TRUE;
}

static gboolean
crop_to_aspect (VipsImage **image, double aspect)
{
  InbFraming framing = INB_FRAMING_DEFAULT;
  InbRect window;
  VipsImage *next = NULL;
  int width, height;

  inb_framing_get_window (&framing, aspect, vips_image_get_width (*image),
                          vips_image_get_height (*image), &window);
  width = MAX (1, (int) floor (window.width + 0.5));
  height = MAX (1, (int) floor (window.height + 0.5));
  if (width == vips_image_get_width (*image) && height == vips_image_get_height (*image))
    return TRUE;
  return take_step (vips_extract_area (*image, &next, (vips_image_get_width (*image) - width) / 2,
                                       (vips_image_get_height (*image) - height) / 2, width, height,
                                       NULL),
                    image, next);
}

static InbPixels *
take_pixels (VipsImage *image)
{
  gboolean wide = vips_image_get_format (image) == VIPS_FORMAT_USHORT;
  gboolean alpha = vips_image_get_bands (image) == 4;
  InbPixelFormat format = wide ? (alpha ? INB_PIXELS_RGBA16 : INB_PIXELS_RGB16)
                               : (alpha ? INB_PIXELS_RGBA8 : INB_PIXELS_RGB8);
  g_autoptr (GBytes) bytes = NULL;
  size_t size = 0;
  void *memory = vips_image_write_to_memory (image, &size);

  if (memory == NULL)
    return NULL;
  bytes = g_bytes_new_with_free_func (memory, size, g_free, memory);
  return inb_pixels_new (vips_image_get_width (image), vips_image_get_height (image),
                         VIPS_IMAGE_SIZEOF_LINE (image), format, bytes);
}

/**
 * inb_photo_load_pixels:
 * @path: a photo, or a frame made by the photo worker
 * @aspect: width divided by height to cut to, about the centre; 0: the whole photo
 * @long_side: px, bound of the longer side of what is returned; 0: no bound but 4096
 * @error: %INB_ERROR_BAD_PHOTO, %INB_ERROR_NO_ACCESS
 *
 * Decodes for the renderer: orientation applied, sRGB, straight alpha where there is any, 16 bit
 * where the file has 16. Never enlarges. A file that needs none of this comes back byte for byte.
 *
 * Returns: (transfer full): the pixels, free with inb_pixels_free(); %NULL with @error
 */
InbPixels *
inb_photo_load_pixels (const char *path, double aspect, guint long_side, GError **error)
{
  VipsImage *image;
  VipsImage *next = NULL;
  InbPixels *pixels = NULL;
  gboolean good;
  guint bound = long_side == 0 ? MAX_LONG_SIDE : MIN (long_side, MAX_LONG_SIDE);

  inb_photo_init ();
  image = vips_image_new_from_file (path, NULL);
  good = image != NULL && take_step (vips_autorot (image, &next, NULL), &image, next);
  if (good && vips_image_get_interpretation (image) != VIPS_INTERPRETATION_sRGB &&
      vips_image_get_interpretation (image) != VIPS_INTERPRETATION_RGB16)
    good =
        take_step (vips_colourspace (image, &next, VIPS_INTERPRETATION_sRGB, NULL), &image, next);
  if (good && aspect > 0.0)
    good = crop_to_aspect (&image, aspect);
  if (good && MAX (vips_image_get_width (image), vips_image_get_height (image)) > (int) bound)
    good = take_step (vips_thumbnail_image (image, &next, (int) bound, "height", (int) bound, NULL),
                      &image, next);
  if (good)
    pixels = take_pixels (image);
  if (pixels == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” could not be read as a photo. Take another file."), path);
  vips_error_clear ();
  g_clear_object (&image);
  return pixels;
}
