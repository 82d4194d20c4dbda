/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-layer.h"

#include <math.h>

#include "render/inb-cover.h"
#include "render/inb-matrix.h"
#include "render/inb-pyramid.h"

/* One flat picture in space. A photo is one of them; a product before its background is two. */
struct _InbLayer
{
  const InbCamera *camera;
  InbPyramid *pyramids[3]; /* Y', Cb, Cr */
  InbPyramid *alpha;       /* none: it covers everything */
  GPtrArray *covers;       /* of InbCover, one a level of alpha */
  double from_photo[9];    /* px of the photo → px as decoded */
  double scale;            /* px as decoded for one of the photo */
};

/* Sample of a plane of the frame → px of the frame. Chroma is sited as in MPEG-2: beside every
 * second column, between two rows. */
static const double plane_to_frame[2][9] = {
  { 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0 },
  { 2.0, 0.0, 0.0, 0.0, 2.0, 0.5, 0.0, 0.0, 1.0 },
};

/* One pyramid of alpha serves brightness and, two levels further down, colour. */
static void
make_alpha (InbLayer *self, InbPlane *alpha, double tightest, double widest, guint n_threads)
{
  self->covers = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_cover_free);
  self->alpha = inb_pyramid_new (alpha, tightest, 2.0 * widest, n_threads);
  for (guint i = 0; i < inb_pyramid_get_n_levels (self->alpha); i++)
    g_ptr_array_add (self->covers, inb_cover_new (inb_pyramid_get_level (self->alpha, i)));
}

static InbLayer *
layer_new (const InbCamera *camera, int columns, int rows)
{
  InbLayer *self = g_new0 (InbLayer, 1);
  double scale_x, scale_y;
  guint width, height;

  self->camera = camera;
  inb_camera_get_photo_size (camera, &width, &height);
  scale_x = (double) columns / width;
  scale_y = (double) rows / height;
  self->scale = sqrt (scale_x * scale_y);
  self->from_photo[0] = scale_x;
  self->from_photo[2] = 0.5 * scale_x - 0.5;
  self->from_photo[4] = scale_y;
  self->from_photo[5] = 0.5 * scale_y - 0.5;
  self->from_photo[8] = 1.0;
  return self;
}

/**
 * inb_layer_new_from_planes:
 * @camera: (transfer none): its path; outlives the layer
 * @planes: what it shows; the planes are taken over
 * @n_threads: threads to use, ≥ 1; the layer is the same for any number
 *
 * Makes what the camera's nearest to farthest framings need.
 *
 * Returns: (transfer full): what frames are sampled from
 */
InbLayer *
inb_layer_new_from_planes (const InbCamera *camera, InbLayerPlanes *planes, guint n_threads)
{
  InbLayer *self = layer_new (camera, planes->colour[0]->width, planes->colour[0]->height);
  double tightest, widest;

  inb_camera_get_ratios (camera, &tightest, &widest);
  if (planes->alpha != NULL)
    make_alpha (self, planes->alpha, tightest * self->scale, widest * self->scale, n_threads);
  for (guint i = 0; i < 3; i++)
    {
      double density = self->scale * (i == 0 ? 1.0 : 2.0);

      self->pyramids[i] =
          inb_pyramid_new (planes->colour[i], tightest * density, widest * density, n_threads);
    }
  *planes = (InbLayerPlanes){ { NULL, NULL, NULL }, NULL };
  return self;
}

/**
 * inb_layer_new:
 * @camera: (transfer none): its path; outlives the layer
 * @pixels: (transfer none): the photo, at its own size or smaller
 * @n_threads: threads to use, ≥ 1; the layer is the same for any number
 *
 * Converts a photo that is one flat picture.
 *
 * Returns: (transfer full): what frames are sampled from
 */
InbLayer *
inb_layer_new (const InbCamera *camera, const InbPixels *pixels, guint n_threads)
{
  InbLayerPlanes planes = { { NULL, NULL, NULL }, NULL };

  inb_planes_from_pixels (pixels, n_threads, planes.colour);
  return inb_layer_new_from_planes (camera, &planes, n_threads);
}

/**
 * inb_layer_new_alpha:
 * @camera: (transfer none): its path; outlives the layer
 * @alpha: (transfer full): 0…%INB_ALPHA_ONE, padded, of the whole photo
 * @n_threads: threads to use, ≥ 1; the layer is the same for any number
 *
 * Returns: (transfer full): a layer without a picture, for inb_layer_sample_alpha() only
 */
InbLayer *
inb_layer_new_alpha (const InbCamera *camera, InbPlane *alpha, guint n_threads)
{
  InbLayer *self = layer_new (camera, alpha->width, alpha->height);
  double tightest, widest;

  inb_camera_get_ratios (camera, &tightest, &widest);
  make_alpha (self, alpha, tightest * self->scale, widest * self->scale, n_threads);
  return self;
}

/**
 * inb_layer_free:
 * @self: (transfer full): a layer
 */
void
inb_layer_free (InbLayer *self)
{
  for (guint i = 0; i < 3; i++)
    g_clear_pointer (&self->pyramids[i], inb_pyramid_free);
  g_clear_pointer (&self->alpha, inb_pyramid_free);
  g_clear_pointer (&self->covers, g_ptr_array_unref);
  g_free (self);
}

static InbSampler *
make_sampler (const InbLayer *self, const InbPyramid *pyramid, guint level, guint divisor,
              const double from_frame[9])
{
  double to_level[9], photo_to_level[9], frame_to_level[9], map[9];
  guint width, height;

  inb_camera_get_frame_size (self->camera, &width, &height);
  inb_pyramid_get_map (pyramid, level, to_level);
  inb_matrix_multiply (to_level, self->from_photo, photo_to_level);
  inb_matrix_multiply (photo_to_level, from_frame, frame_to_level);
  inb_matrix_multiply (frame_to_level, plane_to_frame[divisor - 1], map);
  return inb_sampler_new (inb_pyramid_get_level (pyramid, level), map, width / divisor,
                          height / divisor);
}

static InbPicture
make_picture (const InbLayer *self, const InbPyramid *pyramid, double ratio, guint divisor,
              const double from_frame[9])
{
  InbPyramidChoice choice = inb_pyramid_choose (pyramid, ratio * divisor);
  InbPicture picture = { make_sampler (self, pyramid, choice.level, divisor, from_frame), NULL,
                         choice.blend };

  if (choice.blend > 0.0)
    picture.soft = make_sampler (self, pyramid, choice.level + 1, divisor, from_frame);
  if (pyramid != self->alpha)
    return picture;
  picture.cover = g_ptr_array_index (self->covers, choice.level);
  if (choice.blend > 0.0)
    picture.soft_cover = g_ptr_array_index (self->covers, choice.level + 1);
  return picture;
}

/* Where the layer is looked at for a frame. */
static double
get_view (const InbLayer *self, guint frame, double from_frame[9])
{
  double matrix[9];

  inb_camera_get_matrix (self->camera, frame, matrix);
  inb_matrix_invert (matrix, from_frame);
  return inb_camera_get_ratio (self->camera, frame) * self->scale;
}

/**
 * inb_layer_sample_alpha:
 * @self: a layer with alpha
 * @frame: number of a frame
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @source: (out): its alpha, without a picture; clear with inb_source_clear()
 */
void
inb_layer_sample_alpha (const InbLayer *self, guint frame, guint plane, InbSource *source)
{
  double from_frame[9], ratio = get_view (self, frame, from_frame);

  *source = (InbSource){ .weight = 1.0 };
  source->alpha = make_picture (self, self->alpha, ratio, plane == 0 ? 1 : 2, from_frame);
}

/**
 * inb_layer_sample:
 * @self: a layer
 * @frame: number of a frame
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @source: (out): what to compose, with a weight of 1; clear with inb_source_clear()
 */
void
inb_layer_sample (const InbLayer *self, guint frame, guint plane, InbSource *source)
{
  double from_frame[9], ratio = get_view (self, frame, from_frame);
  guint divisor = plane == 0 ? 1 : 2;

  *source = (InbSource){ .weight = 1.0 };
  source->colour = make_picture (self, self->pyramids[plane], ratio, divisor, from_frame);
  if (self->alpha != NULL)
    source->alpha = make_picture (self, self->alpha, ratio, divisor, from_frame);
}
