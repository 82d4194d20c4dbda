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

  for (guint i = 0; i < self->length; i++, at += self->step_along, line += n)
    {
      for (guint c = 0; c < n; c++)
        line[c] = self->wide ? ((const guint16 *) (const void *) at)[c] / 65535.0f : at[c] / 255.0f;
      if (n == 4)
        for (guint c = 0; c < 3; c++)
          line[c] *= line[3];
    }
}

/**
 * inb_edge_hash:
 * @self: an edge
 * @distance: px from the edge, outwards below 0
 * @place: px along it
 *
 * Returns: 32 bits that look random and depend on the place alone, so that a wider canvas holds a
 * narrower one. The mixing is MurmurHash3's finalizer (Appleby 2008).
 */
guint32
inb_edge_hash (const InbEdge *self, gssize distance, guint place)
{
  guint32 hash = (guint32) distance * 0x9e3779b1u ^ place * 0x85ebca6bu ^ (guint32) self->side;

  hash ^= hash >> 16;
  hash *= 0x85ebca6bu;
  hash ^= hash >> 13;
  hash *= 0xc2b2ae35u;
  return hash ^ hash >> 16;
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
  guint8 *at = self->origin + self->step_in * distance;
  const float top = self->wide ? 65535.0f : 255.0f;
  guint n = self->n_channels;

  for (guint i = 0; i < self->length; i++, at += self->step_along, line += n)
    {
      guint32 chance = inb_edge_hash (self, ~distance, i);
      float share = n == 4 && line[3] > 1e-4f ? 1.0f / line[3] : 1.0f;

      for (guint c = 0; c < n; c++)
        {
          float value = CLAMP (line[c] * (c < 3 ? share : 1.0f), 0.0f, 1.0f) * top;
          float up = (float) (chance >> (8 * c) & 0xff) / 256.0f;
          guint whole = (guint) (value + 1e-3f + up * 0.996f);

          if (self->wide)
            ((guint16 *) (void *) at)[c] = (guint16) MIN (whole, 65535u);
          else
            at[c] = (guint8) MIN (whole, 255u);
        }
    }
}
