/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo.h"

#include <vips/vips.h>

#include "core/inb-canvas.h"
#include "photo/inb-photo-source.h"

static void
drop_log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  /* what libvips says about a damaged photo is told by our own error */
}

/**
 * inb_photo_init:
 *
 * Starts libvips once: two threads, no cache of operations, only its hardened loaders. Every
 * function of this folder that needs it calls it; calling it again costs nothing.
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
  g_log_set_handler ("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG,
                     drop_log_cb, NULL);
  /* Foreign bytes make libvips warn; under G_DEBUG=fatal-warnings that must not end the worker. */
  g_log_set_always_fatal (g_log_set_always_fatal (G_LOG_FATAL_MASK) & ~(guint) G_LOG_LEVEL_WARNING);
  g_once_init_leave (&once, 1);
}

/**
 * inb_photo_load_pixels:
 * @path: a photo, or a frame made by the photo worker
 * @aspect: width divided by height to cut to, about the centre; 0: the whole photo
 * @long_side: px, bound of the longer side of what is returned; 0: %INB_MAX_FRAME_SIDE, which
 * is the bound in any case
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_BAD_PHOTO, %INB_ERROR_TOO_LARGE, %INB_ERROR_NO_CODEC
 *
 * Decodes for the renderer: orientation applied, sRGB, straight alpha where there is any, 16 bit
 * where the file has 16. Never enlarges. A file that needs none of this comes back byte for byte.
 *
 * Returns: (transfer full): the pixels, free with inb_pixels_free(); %NULL with @error
 */
InbPixels *
inb_photo_load_pixels (const char *path, double aspect, guint long_side, GError **error)
{
  const InbFraming framing = { INB_RATIO_ORIGINAL, INB_FIT_CROP, 0.5, 0.5 };
  g_autoptr (InbPhotoSource) source = inb_photo_source_open (path, NULL, error);
  InbFramePlan plan;
  InbPhotoPart part;

  if (source == NULL)
    return NULL;
  if (aspect <= 0.0)
    aspect = (double) source->facts.width / source->facts.height;
  if (long_side == 0 || long_side > INB_MAX_FRAME_SIDE)
    long_side = INB_MAX_FRAME_SIDE;
  inb_frame_plan_init (&plan, &framing, aspect, source->facts.width, source->facts.height,
                       long_side);
  part = (InbPhotoPart){
    plan.x, plan.y, plan.width, plan.height, plan.canvas.width, plan.canvas.height, FALSE
  };
  return inb_photo_source_decode (source, &part, error);
}
