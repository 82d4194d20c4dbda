/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-pyramid.h"

#include <math.h>

#include "render/inb-resample.h"

/* A photo up to this much too large is taken as it is: shrinking by less only softens it. */
#define KEEP_RATIO 1.04
/* Of the way from one level to the next: below the first only the sharper one is sampled, above the
 * second only the softer one. Chosen by eye; mixing costs a second sampling. */
#define BLEND_FROM 0.5
#define BLEND_TO 0.85

struct _InbPyramid
{
  int width; /* of the photo's plane, which may not be kept */
  int height;
  GPtrArray *levels; /* of InbPlane */
};

static InbPlane *
shrink_by (const InbPlane *plane, double ratio, guint n_threads)
{
  int width = MAX (1, (int) floor (plane->width / ratio + 0.5));
  int height = MAX (1, (int) floor (plane->height / ratio + 0.5));

  return inb_resample_shrink (plane, width, height, n_threads);
}

/**
 * inb_pyramid_new:
 * @plane: (transfer full): a padded plane at the photo's size
 * @tightest: samples of @plane for one output sample where the clip is nearest, > 0
 * @widest: the same where the clip is farthest, ≥ @tightest
 * @n_threads: threads to use, ≥ 1
 *
 * Makes the levels that a clip between those two framings needs, each √2 smaller than the one
 * before. The first level is anchored to the tightest framing: there one of its samples becomes one
 * sample of the output, so that most frames need one level only.
 *
 * Returns: (transfer full): the pyramid
 */
InbPyramid *
inb_pyramid_new (InbPlane *plane, double tightest, double widest, guint n_threads)
{
  InbPyramid *self = g_new0 (InbPyramid, 1);
  InbPyramidChoice last;
  guint n_levels;

  self->width = plane->width;
  self->height = plane->height;
  self->levels = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_plane_free);
  if (tightest > KEEP_RATIO)
    {
      g_ptr_array_add (self->levels, shrink_by (plane, tightest, n_threads));
      inb_plane_free (plane);
    }
  else
    g_ptr_array_add (self->levels, plane);

  last = inb_pyramid_choose (self, widest);
  n_levels = last.level + (last.blend > 0.0 ? 2 : 1);
  while (self->levels->len < n_levels)
    g_ptr_array_add (self->levels, shrink_by (inb_pyramid_get_level (self, self->levels->len - 1),
                                              G_SQRT2, n_threads));
  return self;
}

/**
 * inb_pyramid_free:
 * @self: (transfer full): a pyramid
 */
void
inb_pyramid_free (InbPyramid *self)
{
  g_ptr_array_unref (self->levels);
  g_free (self);
}

/**
 * inb_pyramid_get_n_levels:
 * @self: a pyramid
 *
 * Returns: how many levels there are, ≥ 1
 */
guint
inb_pyramid_get_n_levels (const InbPyramid *self)
{
  return self->levels->len;
}

/**
 * inb_pyramid_get_level:
 * @self: a pyramid
 * @level: 0 is the sharpest
 *
 * Returns: (transfer none): its plane
 */
const InbPlane *
inb_pyramid_get_level (const InbPyramid *self, guint level)
{
  return g_ptr_array_index (self->levels, level);
}

/**
 * inb_pyramid_choose:
 * @self: a pyramid
 * @ratio: samples of the photo's plane for one output sample, between the two that it was made for
 *
 * Returns: what to sample for a frame of that framing
 */
InbPyramidChoice
inb_pyramid_choose (const InbPyramid *self, double ratio)
{
  const InbPlane *first = inb_pyramid_get_level (self, 0);
  double level = 2.0 * log2 (ratio * first->width / self->width);
  InbPyramidChoice choice = { 0, 0.0 };

  if (level <= BLEND_FROM)
    return choice;
  choice.level = (guint) level;
  choice.blend = CLAMP ((level - choice.level - BLEND_FROM) / (BLEND_TO - BLEND_FROM), 0.0, 1.0);
  if (choice.blend >= 1.0)
    choice = (InbPyramidChoice){ choice.level + 1, 0.0 };
  return choice;
}

/**
 * inb_pyramid_get_map:
 * @self: a pyramid
 * @level: one of its levels
 * @map: (out): photo px → sample of that level, row-major 3×3; edges lie on edges
 */
void
inb_pyramid_get_map (const InbPyramid *self, guint level, double map[9])
{
  const InbPlane *plane = inb_pyramid_get_level (self, level);
  double scale_x = (double) plane->width / self->width;
  double scale_y = (double) plane->height / self->height;

  for (guint i = 0; i < 9; i++)
    map[i] = 0.0;
  map[0] = scale_x;
  map[2] = 0.5 * scale_x - 0.5;
  map[4] = scale_y;
  map[5] = 0.5 * scale_y - 0.5;
  map[8] = 1.0;
}
