/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  INB_RATIO_ORIGINAL,
  INB_RATIO_16_9,
  INB_RATIO_9_16,
  INB_RATIO_1_1,
} InbRatio;

#define INB_N_RATIOS (INB_RATIO_1_1 + 1)

typedef enum
{
  INB_FIT_CROP,
  INB_FIT_EXTEND,
} InbFit;

/**
 * InbFraming:
 * @ratio: the shape that is wanted
 * @fit: cut the photo, or continue its background
 * @focus_x: 0…1 of the oriented photo's width, kept in view by a crop; −1: the attention point,
 * found by the worker
 * @focus_y: the same of its height
 *
 * How a photo becomes a frame. Plain data: copy by assignment.
 */
typedef struct
{
  InbRatio ratio;
  InbFit fit;
  double focus_x;
  double focus_y;
} InbFraming;

#define INB_FRAMING_DEFAULT                      \
  {                                              \
    INB_RATIO_ORIGINAL, INB_FIT_CROP, -1.0, -1.0 \
  }

/* A rectangle in px of the oriented photo, top left corner first; parts may lie outside the photo
 * (extend). */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} InbRect;

const char *inb_ratio_to_string (InbRatio ratio);
gboolean inb_ratio_from_string (const char *text, InbRatio *ratio);
double inb_ratio_get_aspect (InbRatio ratio, guint photo_width, guint photo_height);
const char *inb_fit_to_string (InbFit fit);
gboolean inb_fit_from_string (const char *text, InbFit *fit);
gboolean inb_focus_from_string (const char *text, double *x, double *y);
char *inb_focus_to_string (double x, double y);

char *inb_framing_to_string (const InbFraming *self);
gboolean inb_framing_check_shape (guint width, guint height, guint photo_width, guint photo_height,
                                  GError **error);
void inb_framing_get_window (const InbFraming *framing, double aspect, guint photo_width,
                             guint photo_height, InbRect *window);
void inb_framing_get_clip_size (double aspect, guint long_side, guint *width, guint *height);

G_END_DECLS
