/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-canvas.h"
#include "photo/inb-backdrop.h"
#include "photo/inb-photo-encode.h"

G_BEGIN_DECLS

/**
 * InbPhotoOrder:
 * @framing: what the frame shows
 * @aspect: width divided by height that %INB_RATIO_ORIGINAL stands for: the start frame's; 0: the
 * photo's own
 * @max_side: px, bound of the longer side; 0: the limits' own
 * @limits: what the frame must keep to
 * @format: one of #InbImageFormats
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 */
typedef struct
{
  InbFraming framing;
  double aspect;
  guint max_side;
  InbLimits limits;
  InbImageFormats format;
  InbPhotoProgress progress;
  gpointer progress_data;
} InbPhotoOrder;

typedef enum
{
  INB_PHOTO_FOCUS_NONE, /* nothing is cut away */
  INB_PHOTO_FOCUS_ASKED,
  INB_PHOTO_FOCUS_ATTENTION,
} InbPhotoFocus;

/**
 * InbPhotoFrame:
 * @plan: what was read, and where it lies in the frame before fitting to bytes
 * @focus: where the focus came from
 * @framing: with the focus that was used
 * @extended: whether background was painted
 * @backdrop: how, if @extended
 * @file: the frame
 */
typedef struct
{
  InbFramePlan plan;
  InbPhotoFocus focus;
  InbFraming framing;
  gboolean extended;
  InbBackdropKind backdrop;
  InbPhotoEncoded *file;
} InbPhotoFrame;

InbPhotoFrame *inb_photo_frame_new (InbPhotoSource *source, const InbPhotoOrder *order,
                                    GError **error);
void inb_photo_frame_free (InbPhotoFrame *self);
InbPixels *inb_photo_make_copy (InbPhotoSource *source, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPhotoFrame, inb_photo_frame_free)

G_END_DECLS
