/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-extend.h"

#include <string.h>

#include "photo/inb-mirror.h"
#include "photo/inb-sweep.h"

/* One side of a canvas to be painted. */
typedef struct
{
  const InbPixels *canvas;
  const InbPixels *photo;
  const InbBackdropSide *side;
  const InbCanvas *shape;
  InbEdgeSide which;
} Job;

static guint
count_lines (const InbCanvas *shape, InbEdgeSide which)
{
  const guint counts[] = { shape->photo_y, shape->height - shape->photo_y - shape->photo_height,
                           shape->photo_x, shape->width - shape->photo_x - shape->photo_width };

  return counts[which];
}

/* Lines outwards from the photo's edge until the canvas ends. */
static gpointer
paint_side (gpointer data)
{
  const Job *job = data;
  guint n_lines = count_lines (job->shape, job->which);
  gboolean is_mirror = job->side->kind == INB_BACKDROP_MIRROR;
  g_autoptr (InbMirror) mirror = NULL;
  g_autoptr (InbSweep) sweep = NULL;
  g_autofree float *line = NULL;
  InbEdge source, target;

  inb_edge_init (&source, job->photo, job->which);
  inb_edge_init (&target, job->canvas, job->which);
  /* Lines as long as the photo's edge: an extension goes either sideways or up and down, so they
   * are as long as the canvas too. Distance 0 is the photo's outermost line. */
  target.origin += target.step_in * (gssize) n_lines;
  line = g_new (float, (gsize) source.length *source.n_channels);
  if (is_mirror)
    mirror = inb_mirror_new (&source);
  else
    sweep = inb_sweep_new (&source, job->side);
  for (guint d = 0; d < n_lines; d++)
    {
      if (is_mirror)
        inb_mirror_get_line (mirror, d, line);
      else
        inb_sweep_get_line (sweep, d, line);
      inb_edge_write_line (&target, -1 - (gssize) d, line);
    }
  return NULL;
}

/* Both sides at once: they write to different rows or columns. */
static void
paint_sides (const InbPixels *canvas, const InbPixels *photo, const InbBackdrop *backdrop,
             const InbCanvas *shape)
{
  Job jobs[INB_N_EDGES];
  guint n_jobs = 0;
  GThread *thread = NULL;

  for (guint i = 0; i < INB_N_EDGES; i++)
    if (count_lines (shape, (InbEdgeSide) i) > 0)
      jobs[n_jobs++] = (Job){ canvas, photo, &backdrop->sides[i], shape, (InbEdgeSide) i };
  if (n_jobs > 1)
    thread = g_thread_try_new ("extend", paint_side, &jobs[0], NULL);
  for (guint i = thread != NULL ? 1 : 0; i < n_jobs; i++)
    paint_side (&jobs[i]);
  if (thread != NULL)
    g_thread_join (thread);
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
  paint_sides (result, photo, backdrop, canvas);
  return result;
}
