/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-limits.h"
#include "photo/inb-photo-source.h"

G_BEGIN_DECLS

/**
 * InbPhotoEncoded:
 * @bytes: the whole file
 * @format: PNG, JPEG or WebP
 * @width: px
 * @height: px
 * @bits: of one sample: 8 or 16
 * @quality: 1…100 of a lossy file; −1: lossless
 * @alpha: whether it has an alpha channel
 * @flattened: whether transparency was put on white
 */
typedef struct
{
  GBytes *bytes;
  InbImageFormats format;
  guint width;
  guint height;
  guint bits;
  int quality;
  gboolean alpha;
  gboolean flattened;
} InbPhotoEncoded;

InbPhotoEncoded *inb_photo_encode (const InbPixels *pixels, InbImageFormats format,
                                   const InbLimits *limits, InbPhotoSource *source, GError **error);
GBytes *inb_photo_encode_grey (const guint8 *grey, guint width, guint height, GError **error);
void inb_photo_encoded_free (InbPhotoEncoded *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPhotoEncoded, inb_photo_encoded_free)

G_END_DECLS
