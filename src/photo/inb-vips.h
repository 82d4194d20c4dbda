/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vips/vips.h>

G_BEGIN_DECLS

/**
 * inb_vips_take:
 * @failed: what a libvips operation returned
 * @image: (inout) (transfer full): the image before it
 * @next: (inout): the image it made, %NULL afterwards; a pointer, since the operation that fills it
 * stands in the same list of arguments
 *
 * One link of a chain of operations: the new image takes the place of the one before, which libvips
 * keeps alive as long as it is needed.
 *
 * Returns: %FALSE if the operation failed; @image is untouched then
 */
static inline gboolean
inb_vips_take (int failed, VipsImage **image, VipsImage **next)
{
  if (failed != 0)
    return FALSE;
  g_object_unref (*image);
  *image = g_steal_pointer (next);
  return TRUE;
}

G_END_DECLS
