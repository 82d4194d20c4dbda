/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbEncoder InbEncoder;

/**
 * inb_encoder_open:
 * @path: where the clip goes (.mp4, .webm or .y4m; "-" is y4m to standard output); written to @path
 * as given: the caller names a .part and renames it
 * @container: "mp4", "webm" or "y4m"
 * @width: px, even
 * @height: px, even
 * @fps: frames a second
 *
 * Frames go in as I420 (BT.709 limited, MPEG-2 siting), tightly packed: width×height luma, then two
 * chroma planes of half size. Encoders by probing the registry in the order of the file's table.
 */
InbEncoder *inb_encoder_open (const char *path, const char *container, guint width, guint height,
                              guint fps, GError **error);
gboolean inb_encoder_push (InbEncoder *self, GBytes *frame, GError **error);
gboolean inb_encoder_close (InbEncoder *self, GError **error);
void inb_encoder_abort (InbEncoder *self);
const char *inb_encoder_get_name (InbEncoder *self);
const char *inb_encoder_choose_container (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEncoder, inb_encoder_abort)

G_END_DECLS
