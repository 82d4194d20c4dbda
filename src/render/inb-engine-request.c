/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-error.h"
#include "render/inb-engine.h"

/* What can be asked of the engine. */

/**
 * inb_engine_request_check:
 * @self: what is asked for
 * @error: %INB_ERROR_BAD_INPUT, in words that say what is possible
 *
 * Returns: whether such a clip can be made
 */
gboolean
inb_engine_request_check (const InbEngineRequest *self, GError **error)
{
  if (self->width < 16 || self->height < 16 || self->width > INB_ENGINE_MAX_SIDE ||
      self->height > INB_ENGINE_MAX_SIDE)
    return inb_error_refuse (
        error,
        _ ("A clip of %u×%u px is not possible. Each side can have 16 to %u px, for "
           "example 1920x1080."),
        self->width, self->height, INB_ENGINE_MAX_SIDE);
  if (self->width % 2 != 0 || self->height % 2 != 0)
    return inb_error_refuse (
        error, _ ("A clip of %u×%u px is not possible: video needs even sides. Take %u×%u."),
        self->width, self->height, self->width & ~1U, self->height & ~1U);
  if (self->fps < 1 || self->fps > INB_ENGINE_MAX_FPS)
    return inb_error_refuse (
        error, _ ("%u frames a second are not possible. Give 1 to %u, for example 30."), self->fps,
        INB_ENGINE_MAX_FPS);
  if (self->n_frames < 1 || self->n_frames > INB_ENGINE_MAX_FRAMES)
    return inb_error_refuse (error, _ ("A clip of %u frames is not possible. It can have 1 to %u."),
                             self->n_frames, INB_ENGINE_MAX_FRAMES);
  return TRUE;
}
