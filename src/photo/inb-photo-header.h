/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  INB_PHOTO_FORMAT_NONE,
  INB_PHOTO_FORMAT_JPEG,
  INB_PHOTO_FORMAT_PNG,
  INB_PHOTO_FORMAT_WEBP,
  INB_PHOTO_FORMAT_TIFF,
  INB_PHOTO_FORMAT_HEIC,
  INB_PHOTO_FORMAT_AVIF,
  INB_PHOTO_FORMAT_GIF,
} InbPhotoFormat;

#define INB_N_PHOTO_FORMATS (INB_PHOTO_FORMAT_GIF + 1)

/**
 * InbPhotoHeader:
 * @format: what the first bytes say, whatever the name says; %INB_PHOTO_FORMAT_NONE: not readable
 * @other: (nullable): static name of a kind of file that is known and not read, such as "PDF"
 * @width: px as stored, before orientation; 0: only the decoder can tell
 * @height: px as stored; 0: only the decoder can tell
 *
 * What a file's first bytes say about it, learned without a decoder.
 */
typedef struct
{
  InbPhotoFormat format;
  const char *other;
  guint width;
  guint height;
} InbPhotoHeader;

void inb_photo_header_read (InbPhotoHeader *self, int fd);
const char *inb_photo_format_to_string (InbPhotoFormat format);

G_END_DECLS
