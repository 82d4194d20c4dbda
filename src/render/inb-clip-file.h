/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "render/inb-boxes.h"

G_BEGIN_DECLS

/**
 * InbClipFile:
 * @fd: open for reading; everything is read through it, so that what was checked is what is decoded
 * @name: the file, as the person knows it
 * @container: "mp4", "mov" or "webm"
 * @size: bytes
 * @boxes: of MP4 and MOV; zeros for WebM
 *
 * A foreign video file whose outside has been checked; nothing of it has been decoded.
 */
typedef struct
{
  int fd;
  char *name;
  const char *container;
  gint64 size;
  InbBoxes boxes;
} InbClipFile;

InbClipFile *inb_clip_file_open (const char *path, GError **error);
char *inb_clip_file_hash (InbClipFile *self, GError **error);
void inb_clip_file_free (InbClipFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbClipFile, inb_clip_file_free)

G_END_DECLS
