/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-compose.h"

#include <math.h>

#include "render/inb-outlet.h"

#define TILE_SAMPLES (INB_TILE_ROWS * INB_TILE_COLUMNS)

typedef struct
{
  gint16 tile[TILE_SAMPLES] INB_ALIGNED; /* what is there so far */
  gint16 over[TILE_SAMPLES] INB_ALIGNED;
  gint16 alpha[TILE_SAMPLES] INB_ALIGNED;
  gint16 spare[TILE_SAMPLES] INB_ALIGNED;
} Scratch;

static void
clear_picture (InbPicture *self)
{
  g_clear_pointer (&self->sharp, inb_sampler_free);
  g_clear_pointer (&self->soft, inb_sampler_free);
}

/**
 * inb_source_clear:
 * @self: whose samplers are freed
 */
void
inb_source_clear (InbSource *self)
{
  clear_picture (&self->colour);
  clear_picture (&self->alpha);
}

static gint16
to_weight (double share)
{
  return (gint16) CLAMP (floor (share * 32768.0 + 0.5), 0.0, 32767.0);
}

static void
draw_picture (const InbPicture *picture, const InbTile *tile, gint16 *into, gint16 *spare)
{
  inb_sampler_draw_tile (picture->sharp, tile->x, tile->y, tile->n_columns, into);
  if (picture->soft == NULL)
    return;
  inb_sampler_draw_tile (picture->soft, tile->x, tile->y, tile->n_columns, spare);
  inb_kernels_get ()->mix (into, spare, to_weight (picture->blend));
}

static InbCoverage
look_up (const InbSampler *sampler, const InbCover *cover, const InbTile *tile)
{
  InbReach reach;

  if (cover == NULL)
    return INB_COVERAGE_SOME;
  inb_sampler_get_reach (sampler, tile, &reach);
  return inb_cover_find (cover, &reach);
}

static InbCoverage
find_coverage (const InbSource *source, const InbTile *tile)
{
  const InbPicture *alpha = &source->alpha;
  InbCoverage sharp;

  if (alpha->sharp == NULL)
    return INB_COVERAGE_ALL;
  sharp = look_up (alpha->sharp, alpha->cover, tile);
  if (alpha->soft == NULL || look_up (alpha->soft, alpha->soft_cover, tile) == sharp)
    return sharp;
  return INB_COVERAGE_SOME;
}

/* Draws one source over what the tile holds. */
static void
draw_over (const InbSource *source, InbCoverage coverage, const InbTile *tile, Scratch *scratch)
{
  const InbKernels *kernels = inb_kernels_get ();

  if (coverage == INB_COVERAGE_NONE)
    return;
  draw_picture (&source->colour, tile, scratch->over, scratch->spare);
  if (coverage == INB_COVERAGE_SOME)
    {
      draw_picture (&source->alpha, tile, scratch->alpha, scratch->spare);
      kernels->mix_by (scratch->tile, scratch->over, scratch->alpha);
    }
  else
    kernels->mix (scratch->tile, scratch->over, to_weight (source->weight));
}

/* What is hidden behind an opaque source is not drawn, and nothing of a transparent one: of a
 * product before its back most tiles need one of the two. */
static void
draw_tile (const InbSource *sources, guint n_sources, const InbTile *tile, Scratch *scratch)
{
  InbCoverage coverages[INB_MAX_SOURCES];
  guint first = 0;

  for (guint i = 0; i < n_sources; i++)
    {
      coverages[i] = find_coverage (&sources[i], tile);
      if (coverages[i] == INB_COVERAGE_ALL && sources[i].weight >= 1.0)
        first = i;
    }
  draw_picture (&sources[first].colour, tile, scratch->tile, scratch->spare);
  for (guint i = first + 1; i < n_sources; i++)
    draw_over (&sources[i], coverages[i], tile, scratch);
}

/**
 * inb_source_draw_tile:
 * @self: a source
 * @x: first column, a multiple of %INB_TILE_COLUMNS
 * @y: first row, a multiple of %INB_TILE_ROWS
 * @n: columns, ≤ %INB_TILE_COLUMNS
 * @tile: (out caller-allocates): %INB_TILE_ROWS × %INB_TILE_COLUMNS samples, aligned to 32 bytes
 * @spare: (out caller-allocates): room for another tile
 *
 * Samples one picture; its weight and its alpha are not read.
 */
void
inb_source_draw_tile (const InbSource *self, guint x, guint y, guint n, gint16 *tile, gint16 *spare)
{
  const InbTile place = { x, y, n };

  draw_picture (&self->colour, &place, tile, spare);
}

/**
 * inb_source_draw_alpha:
 * @self: a source with alpha
 * @tile: where
 * @alpha: (out caller-allocates): its opacity there, 0…%INB_ALPHA_ONE, laid out like a tile;
 * untouched unless %INB_COVERAGE_SOME is returned
 * @spare: (out caller-allocates): room for another tile
 *
 * Returns: what all of the tile is
 */
InbCoverage
inb_source_draw_alpha (const InbSource *self, const InbTile *tile, gint16 *alpha, gint16 *spare)
{
  InbCoverage coverage = find_coverage (self, tile);

  if (coverage == INB_COVERAGE_SOME)
    draw_picture (&self->alpha, tile, alpha, spare);
  return coverage;
}

/**
 * inb_compose_plane:
 * @sources: (array length=n_sources): lowest first; weight and alpha of the first one are not
 * read
 * @n_sources: 1…%INB_MAX_SOURCES
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @outlet: where it goes
 *
 * Makes one plane of one frame, tile by tile.
 */
void
inb_compose_plane (const InbSource *sources, guint n_sources, guint plane, const InbOutlet *outlet)
{
  guint width = outlet->width / (plane == 0 ? 1 : 2),
        height = outlet->height / (plane == 0 ? 1 : 2);
  Scratch scratch = { 0 };

  g_return_if_fail (n_sources > 0 && n_sources <= INB_MAX_SOURCES);

  for (guint y = 0; y < height; y += INB_TILE_ROWS)
    for (guint x = 0; x < width; x += INB_TILE_COLUMNS)
      {
        InbTile tile = { x, y, MIN (INB_TILE_COLUMNS, width - x) };
        InbArea area = { plane, x, y, tile.n_columns, MIN (INB_TILE_ROWS, height - y) };

        draw_tile (sources, n_sources, &tile, &scratch);
        inb_outlet_put (outlet, &area, scratch.tile);
      }
}
