/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-extend.h"

#include <string.h>

#include "photo/inb-mirror.h"
#include "photo/inb-sweep.h"

/* One side of the canvas: lines outwards from the photo's edge until the canvas ends. */
static void
paint_side (const InbPixels *canvas, const InbPixels *photo, const InbBackdropSide *side,
            InbEdgeSide which, const InbCanvas *shape)
{
  const guint sizes[] = { shape->photo_y, shape->height - shape->photo_y - shape->photo_height,
                          shape->photo_x, shape->width - shape->photo_x - shape->photo_width };
  guint n_lines = sizes[which];
  InbEdge source, target;
  g_autofree float *line = NULL;

  if (n_lines == 0)
    return;
  inb_edge_init (&source, photo, which);
  inb_edge_init (&target, canvas, which);
  /* Lines are as long as the photo's edge: an extension goes either sideways or up and down. */
  target.length = source.length;
  target.origin += target.step_in * (gssize) n_lines;
  target.origin +=
      target.step_along * (gssize) (which <= INB_EDGE_BOTTOM ? shape->photo_x : shape->photo_y);
  line = g_new (float, (gsize) source.length *source.n_channels);
  if (side->kind == INB_BACKDROP_MIRROR)
    {
      g_autoptr (InbMirror) mirror = inb_mirror_new (&source);

      for (guint d = 0; d < n_lines; d++)
        {
          inb_mirror_get_line (mirror, d, line);
          inb_edge_write_line (&target, -1 - (gssize) d, line);
        }
    }
  else
    {
      g_autoptr (InbSweep) sweep = inb_sweep_new (&source, side);

      for (guint d = 0; d < n_lines; d++)
        {
          inb_sweep_get_line (sweep, d, line);
          inb_edge_write_line (&target, -1 - (gssize) d, line);
        }
    }
}

/**
 * inb_extend_paint:
 * @photo: the photo in the size that @canvas says
 * @backdrop: what its border says
 * @canvas: the shape to fill; wider than the photo, or higher, not both
 *
 * Puts the photo on a canvas and continues its background to the canvas's edges. The photo itself
 * is copied byte for byte. What is painted at a place depends on its distance from the photo alone:
 * a wider canvas holds a narrower one.
 *
 * Returns: (transfer full): the canvas, unpadded, in the photo's format
 */
InbPixels *
inb_extend_paint (const InbPixels *photo, const InbBackdrop *backdrop, const InbCanvas *canvas)
{
  gsize px = inb_pixel_format_get_n_bytes (photo->format);
  gsize stride = canvas->width * px;
  guint8 *memory;
  g_autoptr (GBytes) bytes = NULL;
  InbPixels *result;

  g_return_val_if_fail (photo->width == canvas->photo_width, NULL);
  g_return_val_if_fail (photo->height == canvas->photo_height, NULL);
  g_return_val_if_fail (photo->width == canvas->width || photo->height == canvas->height, NULL);

  memory = g_malloc0 (stride * canvas->height);
  for (guint y = 0; y < photo->height; y++)
    memcpy (memory + (y + canvas->photo_y) * stride + canvas->photo_x * px,
            (const guint8 *) g_bytes_get_data (photo->bytes, NULL) + y * photo->stride,
            photo->width * px);
  bytes = g_bytes_new_take (memory, stride * canvas->height);
  result = inb_pixels_new (canvas->width, canvas->height, stride, photo->format, bytes);
  for (guint i = 0; i < INB_N_EDGES; i++)
    paint_side (result, photo, &backdrop->sides[i], (InbEdgeSide) i, canvas);
  return result;
}
