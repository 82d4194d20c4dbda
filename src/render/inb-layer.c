/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-layer.h"

#include <math.h>

#include "render/inb-matrix.h"
#include "render/inb-pyramid.h"

/* One flat picture in space. A photo is one of them; a product before its background would be
 * two. */
struct _InbLayer
{
  const InbCamera *camera;
  InbPyramid *pyramids[3]; /* Y', Cb, Cr */
  double from_photo[9];    /* px of the photo → px as decoded */
  double scale;            /* px as decoded for one of the photo */
};

/* Sample of a plane of the frame → px of the frame. Chroma is sited as in MPEG-2: beside every
 * second column, between two rows. */
static const double plane_to_frame[2][9] = {
  { 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0 },
  { 2.0, 0.0, 0.0, 0.0, 2.0, 0.5, 0.0, 0.0, 1.0 },
};

/**
 * inb_layer_new:
 * @camera: (transfer none): its path; outlives the layer
 * @pixels: (transfer none): the photo, at its own size or smaller
 * @n_threads: threads to use, ≥ 1; the layer is the same for any number
 *
 * Converts a photo and makes what the camera's nearest to farthest framings need of it.
 *
 * Returns: (transfer full): what frames are sampled from
 */
InbLayer *
inb_layer_new (const InbCamera *camera, const InbPixels *pixels, guint n_threads)
{
  InbLayer *self = g_new0 (InbLayer, 1);
  double scale_x, scale_y, tightest, widest;
  InbPlane *planes[3];
  guint width, height;

  self->camera = camera;
  inb_camera_get_photo_size (camera, &width, &height);
  scale_x = (double) pixels->width / width;
  scale_y = (double) pixels->height / height;
  self->scale = sqrt (scale_x * scale_y);
  self->from_photo[0] = scale_x;
  self->from_photo[2] = 0.5 * scale_x - 0.5;
  self->from_photo[4] = scale_y;
  self->from_photo[5] = 0.5 * scale_y - 0.5;
  self->from_photo[8] = 1.0;

  inb_camera_get_ratios (camera, &tightest, &widest);
  inb_planes_from_pixels (pixels, n_threads, planes);
  for (guint i = 0; i < 3; i++)
    {
      double density = self->scale * (i == 0 ? 1.0 : 2.0);

      self->pyramids[i] =
          inb_pyramid_new (planes[i], tightest * density, widest * density, n_threads);
    }
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
    inb_pyramid_free (self->pyramids[i]);
  g_free (self);
}

static InbSampler *
make_sampler (const InbLayer *self, guint plane, guint level, const double from_frame[9],
              guint width, guint height)
{
  double to_level[9], photo_to_level[9], frame_to_level[9], map[9];
  guint divisor = plane == 0 ? 1 : 2;

  inb_pyramid_get_map (self->pyramids[plane], level, to_level);
  inb_matrix_multiply (to_level, self->from_photo, photo_to_level);
  inb_matrix_multiply (photo_to_level, from_frame, frame_to_level);
  inb_matrix_multiply (frame_to_level, plane_to_frame[divisor - 1], map);
  return inb_sampler_new (inb_pyramid_get_level (self->pyramids[plane], level), map,
                          width / divisor, height / divisor);
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
  double matrix[9], from_frame[9], ratio;
  InbPyramidChoice choice;
  guint width, height;

  inb_camera_get_frame_size (self->camera, &width, &height);
  inb_camera_get_matrix (self->camera, frame, matrix);
  inb_matrix_invert (matrix, from_frame);
  ratio = inb_camera_get_ratio (self->camera, frame) * self->scale * (plane == 0 ? 1.0 : 2.0);
  choice = inb_pyramid_choose (self->pyramids[plane], ratio);
  *source = (InbSource){
    make_sampler (self, plane, choice.level, from_frame, width, height),
    NULL,
    choice.blend,
    1.0,
  };
  if (choice.blend > 0.0)
    source->soft = make_sampler (self, plane, choice.level + 1, from_frame, width, height);
}
