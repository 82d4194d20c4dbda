/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/inb-photo-header.h"

G_BEGIN_DECLS

/* What no photo may exceed; promises of the README. A medium-format camera makes 100 megapixels,
 * and one decoder's buffer of that size still fits the worker's address space. */
#define INB_PHOTO_MAX_BYTES (G_GINT64_CONSTANT (1000000000))
#define INB_PHOTO_MAX_SIDE 32767u
#define INB_PHOTO_MAX_PIXELS (G_GUINT64_CONSTANT (100000000))

/**
 * InbPhotoFile:
 * @name: as the person knows it, UTF-8
 * @fd: open for reading; a regular file
 * @bytes: its size, > 0
 * @header: what its first bytes say; its format is never %INB_PHOTO_FORMAT_NONE
 *
 * A file that may be given to a decoder.
 */
typedef struct
{
  char *name;
  int fd;
  gint64 bytes;
  InbPhotoHeader header;
} InbPhotoFile;

InbPhotoFile *inb_photo_file_open (const char *path, const char *known_as, GError **error);
void inb_photo_file_free (InbPhotoFile *self);
gboolean inb_photo_file_check_size (const InbPhotoFile *self, guint width, guint height,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPhotoFile, inb_photo_file_free)

G_END_DECLS
