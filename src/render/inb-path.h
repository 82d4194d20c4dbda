/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-prompt.h"

G_BEGIN_DECLS

typedef struct _InbPath InbPath;

/**
 * InbPathSetup:
 * @height: of a frame, in widths of it
 * @fps: frames a second
 * @n_frames: of the clip, ≥ 1
 * @ease: how time runs
 * @seed: of the handheld wandering
 * @returns: whether the path goes out and comes back
 * @settles: whether wandering fades out at both ends of the clip
 *
 * What a path depends on beside the prompt.
 */
typedef struct
{
  double height;
  guint fps;
  guint n_frames;
  InbEase ease;
  guint32 seed;
  gboolean returns;
  gboolean settles;
} InbPathSetup;

/**
 * InbPose:
 * @growth: of the product; 0: as in the photo
 * @travel_x: of the frame's width; positive: the camera is right of the photo's middle
 * @travel_y: of the frame's width; positive: below it
 * @orbit: radians; positive: to the right
 * @lean: radians; positive: to the right
 *
 * Where the camera is.
 */
typedef struct
{
  double growth;
  double travel_x;
  double travel_y;
  double orbit;
  double lean;
} InbPose;

InbPath *inb_path_new (const InbPrompt *prompt, const InbPathSetup *setup);
InbPath *inb_path_copy (const InbPath *self);
void inb_path_free (InbPath *self);
double inb_path_get_progress (const InbPath *self, guint frame);
double inb_path_get_settling (const InbPath *self, guint frame);
void inb_path_get_pose (const InbPath *self, double origin, guint frame, InbPose *pose);
void inb_path_get_end (const InbPath *self, gboolean last, InbPose *pose);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPath, inb_path_free)

G_END_DECLS
