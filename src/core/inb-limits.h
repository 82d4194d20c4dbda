/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bound of any frame's longer side, px: the renderer's memory grows with the photo, and a 1080p
 * clip shows no more even when the camera comes close. */
#define INB_MAX_FRAME_SIDE 4096u

typedef enum
{
  INB_IMAGE_JPEG = 1 << 0,
  INB_IMAGE_PNG = 1 << 1,
  INB_IMAGE_WEBP = 1 << 2,
} InbImageFormats;

/**
 * InbLimits:
 * @formats: which of them a provider takes; never empty
 * @max_bytes: of a frame's file; 0: no bound
 * @min_side: px of the shorter side; 0: no bound
 * @max_side: px of the longer side; 0: no bound
 * @min_ratio: smallest width divided by height; 0: no bound
 * @max_ratio: largest width divided by height; 0: no bound
 * @alpha: whether transparency may stay in the frame
 *
 * What a provider takes as a frame, from its provider file. Plain data: copy by assignment.
 */
typedef struct
{
  InbImageFormats formats;
  gint64 max_bytes;
  guint min_side;
  guint max_side;
  double min_ratio;
  double max_ratio;
  gboolean alpha;
} InbLimits;

gboolean inb_limits_is_small (const InbLimits *self, guint width, guint height);
gboolean inb_limits_is_odd_shape (const InbLimits *self, guint width, guint height);
gboolean inb_limits_check_size (const InbLimits *self, guint width, guint height, GError **error);

G_END_DECLS
