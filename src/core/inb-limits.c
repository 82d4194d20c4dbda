/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-limits.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/**
 * inb_limits_is_small:
 * @self: limits
 * @width: px of the frame, ≥ 1
 * @height: px of the frame, ≥ 1
 *
 * Returns: %TRUE if the shorter side is less than the provider takes
 */
gboolean
inb_limits_is_small (const InbLimits *self, guint width, guint height)
{
  return self->min_side > 0 && MIN (width, height) < self->min_side;
}

/**
 * inb_limits_is_odd_shape:
 * @self: limits
 * @width: px of the frame, ≥ 1
 * @height: px of the frame, ≥ 1
 *
 * Returns: %TRUE if it is too wide or too tall for the provider
 */
gboolean
inb_limits_is_odd_shape (const InbLimits *self, guint width, guint height)
{
  double ratio = (double) width / (double) height;

  return (self->min_ratio > 0.0 && ratio < self->min_ratio) ||
         (self->max_ratio > 0.0 && ratio > self->max_ratio);
}

/**
 * inb_limits_check_size:
 * @self: limits
 * @width: px of the frame, ≥ 1
 * @height: px of the frame, ≥ 1
 * @error: %INB_ERROR_BAD_PHOTO where enlarging or a shape would be needed that we do not invent
 *
 * Checks what cannot be mended by writing the file anew: the shorter side and the shape. The longer
 * side and the bytes are mended by whoever writes the frame.
 *
 * Returns: %TRUE if a frame of that size can be taken
 */
gboolean
inb_limits_check_size (const InbLimits *self, guint width, guint height, GError **error)
{
  if (inb_limits_is_small (self, width, height))
    {
      g_set_error (
          error, INB_ERROR, INB_ERROR_BAD_PHOTO,
          _ ("The frame is %u×%u px; its shorter side must have at least %u px. Take a larger "
             "photo, or another framing."),
          width, height, self->min_side);
      return FALSE;
    }
  if (inb_limits_is_odd_shape (self, width, height))
    {
      g_set_error (
          error, INB_ERROR, INB_ERROR_BAD_PHOTO,
          _ ("The frame is %u×%u px, too narrow a shape. Choose the framing 16:9, 9:16 or 1:1."),
          width, height);
      return FALSE;
    }
  return TRUE;
}
