/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-matte.h"

#include "cli/inb-cli-output.h"
#include "photo/inb-photo-encode.h"

/**
 * inb_cli_matte_write:
 * @matte: (nullable): what was found, sure of it or not
 * @path: a file to be written
 * @error: as inb_photo_encode_grey() and inb_cli_output_write()
 *
 * Writes a matte as --matte reads it: a PNG, white where the product is. Where there is none no
 * file is written; the explanation says why.
 *
 * Returns: whether all went well
 */
gboolean
inb_cli_matte_write (const InbMatte *matte, const char *path, GError **error)
{
  const InbPlane *alpha = matte != NULL ? matte->alpha : NULL;
  g_autofree guint8 *grey = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n = 0;

  if (alpha == NULL)
    return TRUE;
  grey = g_malloc_n ((gsize) alpha->height, (gsize) alpha->width);
  for (int y = 0; y < alpha->height; y++)
    for (int x = 0; x < alpha->width; x++)
      grey[n++] = (guint8) CLAMP (alpha->data[y * alpha->stride + x] * 255 / INB_ALPHA_ONE, 0, 255);
  bytes = inb_photo_encode_grey (grey, (guint) alpha->width, (guint) alpha->height, error);
  return bytes != NULL && inb_cli_output_write (path, bytes, FALSE, error);
}
