/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The smallest rectangle about points, px, all four sides inside it. */
typedef struct
{
  int left;
  int top;
  int right;
  int bottom;
} InbBounds;

#define INB_BOUNDS_NONE              \
  {                                  \
    G_MAXINT, G_MAXINT, G_MININT, -1 \
  }

static inline void
inb_bounds_add (InbBounds *self, int x, int y)
{
  self->left = MIN (self->left, x);
  self->top = MIN (self->top, y);
  self->right = MAX (self->right, x);
  self->bottom = MAX (self->bottom, y);
}

static inline gboolean
inb_bounds_is_empty (const InbBounds *self)
{
  return self->bottom < 0;
}
