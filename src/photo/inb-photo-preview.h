/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-canvas.h"
#include "photo/inb-backdrop.h"
#include "photo/inb-photo-source.h"

G_BEGIN_DECLS

#define INB_PHOTO_N_CANVASES 2

/**
 * InbPhotoPreview:
 * @canvases: the photo extended sideways, then the photo extended up and down
 * @kinds: how each was extended
 * @offsets: bytes from the begin of @bytes to each canvas
 * @transparent: whether anything behind the photo would be seen through it
 * @bytes: both canvases, rows of width × 4 bytes: blue, green, red, alpha, colour multiplied by
 * alpha
 * @attention_x: 0…1 of the width
 * @attention_y: 0…1 of the height
 *
 * All that a window needs to draw any framing of a photo while a person drags:
 * inb_canvas_find_view() says which part of which canvas.
 */
typedef struct
{
  InbCanvas canvases[INB_PHOTO_N_CANVASES];
  InbBackdropKind kinds[INB_PHOTO_N_CANVASES];
  gsize offsets[INB_PHOTO_N_CANVASES];
  gboolean transparent;
  GBytes *bytes;
  double attention_x;
  double attention_y;
} InbPhotoPreview;

InbPhotoPreview *inb_photo_preview_new (InbPhotoSource *source, double aspect, GError **error);
void inb_photo_preview_free (InbPhotoPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPhotoPreview, inb_photo_preview_free)

G_END_DECLS
