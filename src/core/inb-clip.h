/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbClip:
 * @path: where the file is, absolute
 * @sha256: (nullable): 64 hex digits of its bytes
 * @proxy: (nullable): path of the review copy
 * @poster: (nullable): path of the poster picture
 * @container: (nullable): "mp4" or "webm"
 * @codec: (nullable): "h264", "vp9", …
 * @width: px
 * @height: px
 * @n_frames: how many were decoded
 * @fps_n: numerator of frames a second
 * @fps_d: its denominator, ≥ 1
 * @duration_ns: ns from the first frame's start to the last one's end
 * @size: bytes of the file
 * @matrix: (nullable): colour tags as the stream carries them: "bt709", …
 *
 * What is known of one finished video file after a worker has walked and decoded it.
 */
typedef struct
{
  char *path;
  char *sha256;
  char *proxy;
  char *poster;
  char *container;
  char *codec;
  char *matrix;
  guint width;
  guint height;
  guint n_frames;
  guint fps_n;
  guint fps_d;
  gint64 duration_ns;
  gint64 size;
} InbClip;

#define INB_TYPE_CLIP (inb_clip_get_type ())

GType inb_clip_get_type (void);
InbClip *inb_clip_new (void);
InbClip *inb_clip_copy (const InbClip *self);
void inb_clip_free (InbClip *self);
gint64 inb_clip_get_frame_start (const InbClip *self, guint frame);
char *inb_clip_format_time (const InbClip *self, guint frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbClip, inb_clip_free)

G_END_DECLS
