/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-edge.h"

/**
 * inb_edge_init:
 * @self: (out caller-allocates): the edge
 * @pixels: a picture, which must outlive @self
 * @side: the side to look from
 */
void
inb_edge_init (InbEdge *self, const InbPixels *pixels, InbEdgeSide side)
{
  gboolean is_row = side == INB_EDGE_TOP || side == INB_EDGE_BOTTOM;
  gssize px = (gssize) inb_pixel_format_get_n_bytes (pixels->format);
  gssize row = (gssize) pixels->stride;

  self->side = side;
  self->depth = is_row ? pixels->height : pixels->width;
  self->length = is_row ? pixels->width : pixels->height;
  self->long_side = MAX (pixels->width, pixels->height);
  self->n_channels = inb_pixel_format_get_n_channels (pixels->format);
  self->wide = px / self->n_channels == 2;
  self->origin = (guint8 *) g_bytes_get_data (pixels->bytes, NULL);
  self->step_in = is_row ? row : px;
  self->step_along = is_row ? px : row;
  if (side == INB_EDGE_BOTTOM || side == INB_EDGE_RIGHT)
    {
      self->origin += self->step_in * (gssize) (self->depth - 1);
      self->step_in = -self->step_in;
    }
}

/**
 * inb_edge_read_line:
 * @self: an edge
 * @distance: px inwards, less than its depth
 * @line: (out caller-allocates): @length × @n_channels values 0…1, colour multiplied by alpha
 */
void
inb_edge_read_line (const InbEdge *self, guint distance, float *line)
{
  const guint8 *at = self->origin + self->step_in * (gssize) distance;
  guint n = self->n_channels;
  float *px = line;

  if (self->wide)
    for (guint i = 0; i < self->length; i++, at += self->step_along, px += n)
      for (guint c = 0; c < n; c++)
        px[c] = ((const guint16 *) (const void *) at)[c] * (1.0f / 65535.0f);
  else
    for (guint i = 0; i < self->length; i++, at += self->step_along, px += n)
      for (guint c = 0; c < n; c++)
        px[c] = at[c] * (1.0f / 255.0f);
  if (n == 4)
    for (guint i = 0; i < self->length; i++, line += n)
      for (guint c = 0; c < 3; c++)
        line[c] *= line[3];
}

/* Compiled once for each kind of px: the inner loop of every preview. */
static inline void
write_line (const InbEdge *self, gssize distance, const float *line, const guint n,
            const gboolean wide)
{
  guint8 *at = self->origin + self->step_in * distance;
  const float top = wide ? 65535.0f : 255.0f;

  for (guint i = 0; i < self->length; i++, at += self->step_along, line += n)
    {
      guint32 chance = inb_edge_hash (self, ~distance, i);
      float share = n == 4 && line[3] > 1e-4f ? top / line[3] : top;

      for (guint c = 0; c < n; c++, chance >>= 8)
        {
          float value = CLAMP (line[c] * (c < 3 ? share : top), 0.0f, top);
          int whole = (int) (value + 1e-3f + (float) (int) (chance & 0xff) * (0.996f / 256.0f));

          if (wide)
            ((guint16 *) (void *) at)[c] = (guint16) whole;
          else
            at[c] = (guint8) whole;
        }
    }
}

/**
 * inb_edge_write_line:
 * @self: an edge of a picture that nobody else reads yet
 * @distance: px inwards; below 0, outwards, where the caller knows that there is room
 * @line: @length × @n_channels values, colour multiplied by alpha; anything outside 0…1 is clipped
 *
 * Rounds up or down by chance, in proportion, so that a slow gradient does not show bands; a value
 * that needs no rounding gets none.
 */
void
inb_edge_write_line (const InbEdge *self, gssize distance, const float *line)
{
  if (self->wide)
    write_line (self, distance, line, self->n_channels, TRUE);
  else if (self->n_channels == 3)
    write_line (self, distance, line, 3, FALSE);
  else
    write_line (self, distance, line, 4, FALSE);
}
