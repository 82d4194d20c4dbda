/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-canvas.h"

#include <math.h>

static guint
round_side (double side)
{
  return (guint) MAX (1.0, floor (side + 0.5));
}

/* A crop: nothing but photo in the frame. */
static void
plan_crop (InbFramePlan *self, guint photo_width, guint photo_height, guint max_side)
{
  double scale;

  self->width = MIN (photo_width, round_side (self->window.width));
  self->height = MIN (photo_height, round_side (self->window.height));
  self->x = (guint) CLAMP (floor (self->window.x + 0.5), 0.0, photo_width - self->width);
  self->y = (guint) CLAMP (floor (self->window.y + 0.5), 0.0, photo_height - self->height);

  scale = MIN (1.0, (double) max_side / MAX (self->width, self->height));
  self->canvas.width = self->canvas.photo_width = round_side (self->width * scale);
  self->canvas.height = self->canvas.photo_height = round_side (self->height * scale);
  self->canvas.photo_x = self->canvas.photo_y = 0;
}

/* An extension: the whole photo, in the middle of the frame. */
static void
plan_extend (InbFramePlan *self, guint photo_width, guint photo_height, guint max_side)
{
  InbCanvas *canvas = &self->canvas;
  double scale = MIN (1.0, max_side / MAX (self->window.width, self->window.height));

  self->x = self->y = 0;
  self->width = photo_width;
  self->height = photo_height;
  canvas->photo_width = round_side (photo_width * scale);
  canvas->photo_height = round_side (photo_height * scale);
  canvas->width = MAX (canvas->photo_width, round_side (self->window.width * scale));
  canvas->height = MAX (canvas->photo_height, round_side (self->window.height * scale));
  canvas->photo_x = (canvas->width - canvas->photo_width) / 2;
  canvas->photo_y = (canvas->height - canvas->photo_height) / 2;
}

/**
 * inb_frame_plan_init:
 * @self: (out caller-allocates): the plan
 * @framing: fit and focus; its ratio is not read
 * @aspect: width divided by height of the frame, > 0
 * @photo_width: px, of the oriented photo, ≥ 1
 * @photo_height: px, ≥ 1
 * @max_side: px, bound of the frame's longer side, ≥ 1
 *
 * inb_framing_get_window() in whole px: what is read of the photo, and how large it becomes. The
 * photo is never enlarged; each side of the frame is right to half a px, so that a shape may differ
 * by less than that from @aspect and is never stretched by more.
 */
void
inb_frame_plan_init (InbFramePlan *self, const InbFraming *framing, double aspect,
                     guint photo_width, guint photo_height, guint max_side)
{
  g_return_if_fail (aspect > 0.0 && photo_width > 0 && photo_height > 0 && max_side > 0);

  inb_framing_get_window (framing, aspect, photo_width, photo_height, &self->window);
  if (framing->fit == INB_FIT_EXTEND)
    plan_extend (self, photo_width, photo_height, max_side);
  else
    plan_crop (self, photo_width, photo_height, max_side);
}

/**
 * inb_canvas_init_around:
 * @self: (out caller-allocates): the canvas
 * @aspect: width divided by height of the canvas, > 0
 * @photo_width: px, ≥ 1
 * @photo_height: px, ≥ 1
 *
 * The smallest canvas of that shape around a photo that keeps its size, photo in the middle.
 */
void
inb_canvas_init_around (InbCanvas *self, double aspect, guint photo_width, guint photo_height)
{
  InbFraming framing = { INB_RATIO_ORIGINAL, INB_FIT_EXTEND, -1.0, -1.0 };
  InbFramePlan plan;

  inb_frame_plan_init (&plan, &framing, aspect, photo_width, photo_height, G_MAXINT);
  *self = plan.canvas;
}

/**
 * inb_canvas_get_view:
 * @self: a canvas with a whole photo in it
 * @framing: fit and focus; its ratio is not read
 * @aspect: width divided by height of the frame, > 0; for %INB_RATIO_ORIGINAL the start photo's
 * @view: (out): the frame in px of the canvas; may begin and end between px
 *
 * Where the frame lies in a working copy, so that a screen can draw it while a person drags.
 *
 * Returns: %FALSE if the canvas does not reach that far; @view is then clipped to it
 */
gboolean
inb_canvas_get_view (const InbCanvas *self, const InbFraming *framing, double aspect, InbRect *view)
{
  InbRect window;
  double right, bottom;

  inb_framing_get_window (framing, aspect, self->photo_width, self->photo_height, &window);
  /* One px is what rounding the canvas to whole px can take away. */
  right = window.x + self->photo_x + window.width;
  bottom = window.y + self->photo_y + window.height;
  view->x = MAX (0.0, window.x + self->photo_x);
  view->y = MAX (0.0, window.y + self->photo_y);
  view->width = MIN (right, self->width) - view->x;
  view->height = MIN (bottom, self->height) - view->y;

  return window.x + self->photo_x >= -1.0 && window.y + self->photo_y >= -1.0 &&
         right <= self->width + 1.0 && bottom <= self->height + 1.0;
}

/**
 * inb_canvas_find_view:
 * @canvases: (array length=n_canvases): canvases around the same photo
 * @n_canvases: ≥ 1
 * @framing: fit and focus; its ratio is not read
 * @aspect: as in inb_canvas_get_view()
 * @view: (out): the frame in px of the canvas found
 *
 * Returns: the first canvas that holds the frame; −1 if none does, @view is then clipped to the
 * last
 */
int
inb_canvas_find_view (const InbCanvas *canvases, guint n_canvases, const InbFraming *framing,
                      double aspect, InbRect *view)
{
  for (guint i = 0; i < n_canvases; i++)
    if (inb_canvas_get_view (&canvases[i], framing, aspect, view))
      return (int) i;
  return -1;
}
