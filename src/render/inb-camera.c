/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-camera.h"

#include <math.h>

#include "render/inb-matrix.h"
#include "render/inb-path.h"

/* Of the frame's width: a lens of about 47 mm on 36 mm film. Chosen by eye. */
#define FOCAL_LENGTH 1.3
/* The crop grows in steps, so that a tiny change of the path does not change every pixel. */
#define CROP_STEP 0.005
/* px of a frame: what rounding may add. */
#define TOLERANCE 1e-6
/* Starts of a sideways path that are tried: 0 begins at the photo's middle, 1 ends there. */
#define N_ORIGINS 9

/* The back comes nearer until the product slides over it no more than it may: each round ends a
 * little below, so that few are needed. */
#define MAX_PARTING_ROUNDS 6
#define PARTING_MARGIN 0.98

struct _InbCamera
{
  InbCameraSetup setup;
  double focal; /* px */
  InbPath *path;
  double origin; /* 0…1: where along a sideways path the photo's middle lies */
  double crop;
  double pivot; /* px to the right of the middle: what is orbited about */
  double back;  /* depth of the farthest plane */
  double depth; /* of the plane whose matrices this camera gives */
};

/* A plane of the photo → frame, both in px from the middle of the frame. The camera looks at the
 * product from distance 1, which is the focal length in px; it orbits about the product, then
 * shifts sideways and leans. A plane behind the product is as much larger as it is farther, so that
 * from the photo's own place both look as in the photo. */
static void
get_view (const InbCamera *self, double depth, const InbPose *pose, double view[9])
{
  double distance = 1.0 / (1.0 + pose->growth);
  double angle = pose->orbit, lean = pose->lean;
  double width = self->setup.width / self->focal; /* at distance 1 */
  double shift_x = pose->travel_x * width;
  double shift_y = pose->travel_y * width;
  double pivot = self->pivot / self->focal, behind = depth - 1.0;
  double seen[9] = {
    depth * cos (angle),
    0.0,
    behind * sin (angle) + pivot * (1.0 - cos (angle)) - shift_x,
    0.0,
    depth,
    -shift_y,
    -depth * sin (angle),
    0.0,
    behind * cos (angle) + pivot * sin (angle) + distance,
  };
  double leaning[9] = { cos (lean), sin (lean), 0.0, -sin (lean), cos (lean), 0.0, 0.0, 0.0, 1.0 };

  inb_matrix_multiply (leaning, seen, view);
  /* from units of the focal length to px on both sides */
  view[2] *= self->focal;
  view[5] *= self->focal;
  view[6] /= self->focal;
  view[7] /= self->focal;
}

static void
get_frame_view (const InbCamera *self, double depth, guint frame, double view[9])
{
  double moving[9], resting[9], back[9];
  InbPose pose;

  inb_path_get_pose (self->path, self->origin, frame, &pose);
  if (self->setup.anchor == INB_CAMERA_FREE)
    {
      get_view (self, depth, &pose, view);
      return;
    }
  get_view (self, depth, &pose, moving);
  inb_path_get_end (self->path, self->setup.anchor == INB_CAMERA_LAST, &pose);
  get_view (self, depth, &pose, resting);
  inb_matrix_invert (resting, back);
  inb_matrix_multiply (moving, back, view);
}

/* The photo covers the frame, middle on middle. */
static double
get_cover (const InbCamera *self)
{
  return MAX ((double) self->setup.width / self->setup.photo_width,
              (double) self->setup.height / self->setup.photo_height);
}

/* How much of the crop a frame takes: all of it, but for a round trip, whose ends are uncropped. It
 * grows at least as fast as what needs it. */
static double
get_crop_share (const InbCamera *self, guint frame)
{
  if (self->setup.anchor != INB_CAMERA_ROUND)
    return 1.0;
  return MAX (inb_path_get_progress (self->path, frame), inb_path_get_settling (self->path, frame));
}

/* The crop that one frame needs: its corners have to lie on a plane. */
static double
get_frame_crop (const InbCamera *self, double depth, guint frame)
{
  double half_x = self->setup.photo_width * get_cover (self) / 2.0;
  double half_y = self->setup.photo_height * get_cover (self) / 2.0;
  double view[9], back[9];
  double crop = 1.0;

  get_frame_view (self, depth, frame, view);
  inb_matrix_invert (view, back);
  for (guint corner = 0; corner < 4; corner++)
    {
      double x = self->setup.width * (corner % 2 == 0 ? -0.5 : 0.5);
      double y = self->setup.height * (corner < 2 ? -0.5 : 0.5);

      inb_matrix_apply (back, x, y, &x, &y);
      crop = MAX (crop, (fabs (x) - TOLERANCE) / half_x);
      crop = MAX (crop, (fabs (y) - TOLERANCE) / half_y);
    }
  return crop;
}

static double
get_path_crop (const InbCamera *self)
{
  double crop = 1.0;

  for (guint frame = 0; frame < self->setup.n_frames; frame++)
    {
      double share = get_crop_share (self, frame);
      double needed = get_frame_crop (self, self->back, frame);

      if (self->back > 1.0 && self->setup.depth.bordered)
        needed = MAX (needed, get_frame_crop (self, 1.0, frame));
      if (share > 0.0)
        crop = MAX (crop, 1.0 + (needed - 1.0) / share);
    }
  return 1.0 + ceil ((crop - 1.0) / CROP_STEP - 1e-9) * CROP_STEP;
}

/* A sideways path may begin at the photo's middle, end there or pass through it: the way that
 * needs the smallest crop, and of equals the one that begins nearest to the middle. */
static void
fit (InbCamera *self)
{
  double best = 0.0;

  self->crop = G_MAXDOUBLE;
  for (guint i = 0; i < N_ORIGINS; i++)
    {
      double crop;

      self->origin = (double) i / (N_ORIGINS - 1);
      crop = get_path_crop (self);
      if (crop < self->crop - CROP_STEP / 2.0)
        {
          self->crop = crop;
          best = self->origin;
        }
    }
  self->origin = best;
}

/* Photo px → frame px of one plane; the last number is 1. */
static void
get_plane_matrix (const InbCamera *self, double depth, guint frame, double matrix[9])
{
  double crop = 1.0 + (self->crop - 1.0) * get_crop_share (self, frame);
  double scale = get_cover (self) * crop;
  double from_photo[9] = { scale, 0.0,   -scale * (self->setup.photo_width - 1.0) / 2.0,
                           0.0,   scale, -scale * (self->setup.photo_height - 1.0) / 2.0,
                           0.0,   0.0,   1.0 };
  double to_frame[9] = { 1.0, 0.0, (self->setup.width - 1.0) / 2.0,
                         0.0, 1.0, (self->setup.height - 1.0) / 2.0,
                         0.0, 0.0, 1.0 };
  double view[9], half[9], last;

  get_frame_view (self, depth, frame, view);
  inb_matrix_multiply (view, from_photo, half);
  inb_matrix_multiply (to_frame, half, matrix);
  last = matrix[8];
  for (guint i = 0; i < 9; i++)
    matrix[i] /= last;
}

/* How far the corners of the product's box come away from the back they hide in the photo, at
 * most, of the frame's width. */
static double
get_parting (const InbCamera *self)
{
  const InbCameraDepth *depth = &self->setup.depth;
  double parting = 0.0;

  for (guint frame = 0; frame < self->setup.n_frames; frame++)
    {
      double product[9], back[9];

      get_plane_matrix (self, 1.0, frame, product);
      get_plane_matrix (self, self->back, frame, back);
      for (guint corner = 0; corner < 4; corner++)
        {
          double x = corner % 2 == 0 ? depth->left : depth->right;
          double y = corner < 2 ? depth->top : depth->bottom;
          double x0, y0, x1, y1;

          inb_matrix_apply (product, x, y, &x0, &y0);
          inb_matrix_apply (back, x, y, &x1, &y1);
          parting = MAX (parting, hypot (x1 - x0, y1 - y0) / self->setup.width);
        }
    }
  return parting;
}

static void
fit_depth (InbCamera *self)
{
  const InbCameraDepth *depth = &self->setup.depth;

  self->back = depth->back;
  self->pivot = ((depth->left + depth->right) / 2.0 - (self->setup.photo_width - 1.0) / 2.0) *
                get_cover (self);
  fit (self);
  for (guint round = 0; round < MAX_PARTING_ROUNDS; round++)
    {
      double parting = get_parting (self);

      if (parting <= depth->parting)
        break;
      self->back = 1.0 + (self->back - 1.0) * depth->parting / parting * PARTING_MARGIN;
      fit (self);
    }
}

/**
 * inb_camera_new:
 * @prompt: (transfer none): the moves and their amounts
 * @setup: (transfer none): the photo, the clip
 *
 * A pinhole camera before a photo: one flat picture, or a product before its back. Of a photo with
 * depth the back comes nearer where the product would slide over it farther than it may. The path
 * is a pure function of the frame's number.
 *
 * Returns: (transfer full): the camera, its crop found by testing every frame, giving the matrices
 * of the product's plane
 */
InbCamera *
inb_camera_new (const InbPrompt *prompt, const InbCameraSetup *setup)
{
  InbPathSetup path = {
    .fps = setup->fps,
    .n_frames = setup->n_frames,
    .ease = setup->ease,
    .seed = setup->seed,
    .returns = setup->anchor == INB_CAMERA_ROUND,
    .settles = setup->anchor != INB_CAMERA_FREE,
  };
  InbCamera *self;

  g_return_val_if_fail (setup->photo_width > 0 && setup->photo_height > 0, NULL);
  g_return_val_if_fail (setup->width > 0 && setup->height > 0, NULL);
  g_return_val_if_fail (setup->fps > 0 && setup->n_frames > 0, NULL);

  self = g_new0 (InbCamera, 1);
  self->setup = *setup;
  self->focal = FOCAL_LENGTH * setup->width;
  self->crop = self->back = self->depth = 1.0;
  path.height = (double) setup->height / setup->width;
  self->path = inb_path_new (prompt, &path);
  if (setup->depth.back > 1.0)
    fit_depth (self);
  else if (setup->anchor == INB_CAMERA_FREE)
    fit (self);
  if (setup->anchor == INB_CAMERA_ROUND)
    self->crop = get_path_crop (self);
  return self;
}

/**
 * inb_camera_new_for_back:
 * @product: (transfer none): a camera before a photo with depth
 *
 * Returns: (transfer full): the same camera, giving the matrices of the plane behind the product
 */
InbCamera *
inb_camera_new_for_back (const InbCamera *product)
{
  InbCamera *self = g_memdup2 (product, sizeof *product);

  self->path = inb_path_copy (product->path);
  self->depth = self->back;
  return self;
}

/**
 * inb_camera_free:
 * @self: (transfer full): a camera
 */
void
inb_camera_free (InbCamera *self)
{
  inb_path_free (self->path);
  g_free (self);
}

/**
 * inb_camera_get_depth:
 * @self: a camera
 *
 * Returns: ≥ 1: of the plane whose matrices it gives; 1 is the product's
 */
double
inb_camera_get_depth (const InbCamera *self)
{
  return self->depth;
}

/**
 * inb_camera_get_crop:
 * @self: a camera
 *
 * Returns: ≥ 1: how much the photo is enlarged so that its border never shows
 */
double
inb_camera_get_crop (const InbCamera *self)
{
  return self->crop;
}

/**
 * inb_camera_get_matrix:
 * @self: a camera
 * @frame: number of a frame
 * @matrix: (out): photo px → frame px, row-major 3×3; centres of pixels are whole numbers; the last
 * number is 1
 */
void
inb_camera_get_matrix (const InbCamera *self, guint frame, double matrix[9])
{
  get_plane_matrix (self, self->depth, frame, matrix);
}

/**
 * inb_camera_get_photo_size:
 * @self: a camera
 * @width: (out): px
 * @height: (out): px
 */
void
inb_camera_get_photo_size (const InbCamera *self, guint *width, guint *height)
{
  *width = self->setup.photo_width;
  *height = self->setup.photo_height;
}

/**
 * inb_camera_get_frame_size:
 * @self: a camera
 * @width: (out): px
 * @height: (out): px
 */
void
inb_camera_get_frame_size (const InbCamera *self, guint *width, guint *height)
{
  *width = self->setup.width;
  *height = self->setup.height;
}

/**
 * inb_camera_get_ratio:
 * @self: a camera
 * @frame: number of a frame
 *
 * Returns: px of the photo for one px in the middle of the frame
 */
double
inb_camera_get_ratio (const InbCamera *self, guint frame)
{
  double matrix[9], back[9];

  inb_camera_get_matrix (self, frame, matrix);
  inb_matrix_invert (matrix, back);
  return inb_matrix_get_scale (back, (self->setup.width - 1.0) / 2.0,
                               (self->setup.height - 1.0) / 2.0);
}

/**
 * inb_camera_get_ratios:
 * @self: a camera
 * @tightest: (out): px of the photo for one px of the frame, smallest of all frames
 * @widest: (out): the same, largest of all frames
 */
void
inb_camera_get_ratios (const InbCamera *self, double *tightest, double *widest)
{
  *tightest = G_MAXDOUBLE;
  *widest = 0.0;
  for (guint frame = 0; frame < self->setup.n_frames; frame++)
    {
      double ratio = inb_camera_get_ratio (self, frame);

      *tightest = MIN (*tightest, ratio);
      *widest = MAX (*widest, ratio);
    }
}
