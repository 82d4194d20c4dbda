/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-framing.h"

G_BEGIN_DECLS

/**
 * InbCanvas:
 * @width: px, ≥ 1
 * @height: px, ≥ 1
 * @photo_x: px from the left edge to the photo
 * @photo_y: px from the top edge to the photo
 * @photo_width: px, ≥ 1, never past the right edge
 * @photo_height: px, ≥ 1, never past the bottom edge
 *
 * A picture that holds a photo, or a part of one, and around it the photo's background continued.
 * Plain data: copy by assignment.
 */
typedef struct
{
  guint width;
  guint height;
  guint photo_x;
  guint photo_y;
  guint photo_width;
  guint photo_height;
} InbCanvas;

/**
 * InbFramePlan:
 * @window: the wanted part of the photo's plane, exact
 * @x: px of the oriented photo: left edge of what is read
 * @y: px: top edge of what is read
 * @width: px, ≥ 1: what is read; all of the photo when its background is continued
 * @height: px, ≥ 1
 * @canvas: the frame in its own px, and where in it that part of the photo lies
 *
 * One photo's way into one frame, in whole px. Plain data: copy by assignment.
 */
typedef struct
{
  InbRect window;
  guint x;
  guint y;
  guint width;
  guint height;
  InbCanvas canvas;
} InbFramePlan;

void inb_frame_plan_init (InbFramePlan *self, const InbFraming *framing, double aspect,
                          guint photo_width, guint photo_height, guint max_side);

void inb_canvas_init_around (InbCanvas *self, double aspect, guint photo_width, guint photo_height);
gboolean inb_canvas_get_view (const InbCanvas *self, const InbFraming *framing, double aspect,
                              InbRect *view);
int inb_canvas_find_view (const InbCanvas *canvases, guint n_canvases, const InbFraming *framing,
                          double aspect, InbRect *view);

G_END_DECLS
