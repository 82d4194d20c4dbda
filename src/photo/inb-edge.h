/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"

G_BEGIN_DECLS

typedef enum
{
  INB_EDGE_TOP,
  INB_EDGE_BOTTOM,
  INB_EDGE_LEFT,
  INB_EDGE_RIGHT,
} InbEdgeSide;

#define INB_N_EDGES (INB_EDGE_RIGHT + 1)
#define INB_EDGE_MAX_CHANNELS 4

/**
 * InbEdge:
 * @side: which of the four
 * @depth: px from this edge to the opposite one
 * @length: px along the edge
 * @long_side: px, the longer of the two: what distances are measured by, so that a small and a
 * large copy of a photo are continued alike
 * @n_channels: 3 or 4
 * @origin: the sample at distance 0, place 0
 * @step_in: bytes from one line to the next one further in
 * @step_along: bytes from one px of a line to the next
 * @wide: 16 bits a sample
 *
 * A picture seen from one of its sides: line 0 is the outermost row or column. It borrows the
 * picture's memory.
 */
typedef struct
{
  InbEdgeSide side;
  guint depth;
  guint length;
  guint long_side;
  guint n_channels;
  guint8 *origin;
  gssize step_in;
  gssize step_along;
  gboolean wide;
} InbEdge;

void inb_edge_init (InbEdge *self, const InbPixels *pixels, InbEdgeSide side);
void inb_edge_read_line (const InbEdge *self, guint distance, float *line);
void inb_edge_write_line (const InbEdge *self, gssize distance, const float *line);

/**
 * inb_edge_hash:
 * @self: an edge
 * @distance: px from the edge, outwards below 0
 * @place: px along it
 *
 * Returns: 32 bits that look random and depend on the place alone, so that a wider canvas holds a
 * narrower one. The mixing is MurmurHash3's finalizer (Appleby 2008).
 */
static inline guint32
inb_edge_hash (const InbEdge *self, gssize distance, guint place)
{
  guint32 hash = (guint32) distance * 0x9e3779b1u ^ place * 0x85ebca6bu ^ (guint32) self->side;

  hash ^= hash >> 16;
  hash *= 0x85ebca6bu;
  hash ^= hash >> 13;
  hash *= 0xc2b2ae35u;
  return hash ^ hash >> 16;
}

G_END_DECLS
