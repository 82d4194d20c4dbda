/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-prompt.h"

G_BEGIN_DECLS

typedef struct _InbCamera InbCamera;

/**
 * InbCameraAnchor:
 * @INB_CAMERA_FREE: one photo: the picture is enlarged until no border shows in any frame
 * @INB_CAMERA_START: the first frame is the photo, uncropped; borders may show later
 * @INB_CAMERA_LAST: the last frame is the photo, uncropped; borders may show before
 * @INB_CAMERA_ROUND: the first and the last frame are the photo, uncropped: the path goes out and
 * comes back, enlarged on the way until no border shows
 */
typedef enum
{
  INB_CAMERA_FREE,
  INB_CAMERA_START,
  INB_CAMERA_LAST,
  INB_CAMERA_ROUND,
} InbCameraAnchor;

/**
 * InbCameraDepth:
 * @back: depth of the plane of the back where nothing stands against it, the product's being 1;
 * 0: the photo is one flat picture
 * @parting: how far the product may slide over its back, of the frame's width
 * @left: of the product, px of the photo
 * @top: the same
 * @right: the same
 * @bottom: the same
 * @bordered: whether the product reaches the photo's border
 *
 * How a photo is taken apart in depth.
 */
typedef struct
{
  double back;
  double parting;
  double left;
  double top;
  double right;
  double bottom;
  gboolean bordered;
} InbCameraDepth;

/**
 * InbCameraSetup:
 * @photo_width: px, ≥ 1
 * @photo_height: px, ≥ 1
 * @width: of a frame, px
 * @height: of a frame, px
 * @fps: frames a second
 * @n_frames: of the clip, ≥ 1
 * @ease: how time runs
 * @seed: of the handheld wandering
 * @anchor: which frame has to be the photo
 * @depth: of the photo; all zero: flat
 */
typedef struct
{
  guint photo_width;
  guint photo_height;
  guint width;
  guint height;
  guint fps;
  guint n_frames;
  InbEase ease;
  guint32 seed;
  InbCameraAnchor anchor;
  InbCameraDepth depth;
} InbCameraSetup;

InbCamera *inb_camera_new (const InbPrompt *prompt, const InbCameraSetup *setup);
InbCamera *inb_camera_new_for_back (const InbCamera *product);
void inb_camera_free (InbCamera *self);
double inb_camera_get_depth (const InbCamera *self);
double inb_camera_get_crop (const InbCamera *self);
void inb_camera_get_matrix (const InbCamera *self, guint frame, double matrix[9]);
double inb_camera_get_ratio (const InbCamera *self, guint frame);
void inb_camera_get_photo_size (const InbCamera *self, guint *width, guint *height);
void inb_camera_get_frame_size (const InbCamera *self, guint *width, guint *height);
void inb_camera_get_ratios (const InbCamera *self, double *tightest, double *widest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCamera, inb_camera_free)

G_END_DECLS
