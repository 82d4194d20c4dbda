/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-cover.h"

/* Samples of one block: a tile asks about some dozens. */
#define BLOCK 16

/* What each block of a plane of opacity holds, so that a tile knows before it is sampled whether
 * anything of it shows. */
struct _InbCover
{
  int width; /* of the plane */
  int height;
  int n_columns; /* blocks */
  int n_rows;
  guint8 *blocks; /* of InbCoverage */
};

static InbCoverage
read_block (const InbPlane *alpha, int x, int y)
{
  gboolean some = FALSE, all = TRUE;

  for (int row = y; row < MIN (y + BLOCK, alpha->height); row++)
    for (int column = x; column < MIN (x + BLOCK, alpha->width); column++)
      {
        gint16 value = alpha->data[row * alpha->stride + column];

        some |= value > 0;
        all &= value >= INB_ALPHA_ONE;
      }
  if (!some)
    return INB_COVERAGE_NONE;
  return all ? INB_COVERAGE_ALL : INB_COVERAGE_SOME;
}

/**
 * inb_cover_new:
 * @alpha: (transfer none): opacity, 0…%INB_ALPHA_ONE; what lies outside counts as the nearest end
 *
 * Returns: (transfer full): where it is opaque and where transparent
 */
InbCover *
inb_cover_new (const InbPlane *alpha)
{
  InbCover *self = g_new0 (InbCover, 1);

  self->width = alpha->width;
  self->height = alpha->height;
  self->n_columns = (alpha->width + BLOCK - 1) / BLOCK;
  self->n_rows = (alpha->height + BLOCK - 1) / BLOCK;
  self->blocks = g_new (guint8, (gsize) self->n_columns * (gsize) self->n_rows);
  for (int row = 0; row < self->n_rows; row++)
    for (int column = 0; column < self->n_columns; column++)
      self->blocks[row * self->n_columns + column] =
          (guint8) read_block (alpha, column * BLOCK, row * BLOCK);
  return self;
}

/**
 * inb_cover_free:
 * @self: (transfer full): a cover
 */
void
inb_cover_free (InbCover *self)
{
  g_free (self->blocks);
  g_free (self);
}

/* Blocks that a run of samples touches; outside the plane the samples are those of its mirror
 * image, farther out the outermost ones. */
static void
find_blocks (int first, int last, int length, int *low, int *high)
{
  int begin = CLAMP (first, 0, length - 1), end = CLAMP (last, 0, length - 1);

  if (first < 0)
    {
      begin = 0;
      end = MAX (end, MIN (-first, length - 1));
    }
  if (last >= length)
    {
      begin = MIN (begin, MAX (2 * length - 1 - last, 0));
      end = length - 1;
    }
  *low = begin / BLOCK;
  *high = end / BLOCK;
}

/**
 * inb_cover_find:
 * @self: a cover
 * @reach: samples of its plane
 *
 * Returns: what all of them are; %INB_COVERAGE_SOME where it is not sure
 */
InbCoverage
inb_cover_find (const InbCover *self, const InbReach *reach)
{
  int left, right, top, bottom;
  guint8 first;

  find_blocks (reach->left, reach->right, self->width, &left, &right);
  find_blocks (reach->top, reach->bottom, self->height, &top, &bottom);
  first = self->blocks[top * self->n_columns + left];
  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      if (self->blocks[row * self->n_columns + column] != first)
        return INB_COVERAGE_SOME;
  return (InbCoverage) first;
}
