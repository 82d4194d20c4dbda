/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/video/video.h>

#include "render/inb-clip-file.h"

G_BEGIN_DECLS

typedef struct _InbDecoder InbDecoder;

/**
 * InbDecoderStream:
 * @codec: "h264", "h265", "vp8", "vp9", "av1" or "mjpeg"
 * @width: px
 * @height: px
 * @fps_n: frames a second as the file says it; 0 if it does not
 * @fps_d: its denominator, ≥ 1
 * @has_colors: whether the file carries colour tags
 * @colors: what they say; meaningless without @has_colors
 * @duration_ns: ns as the file's head says it; −1 if it does not
 * @audio: whether there is sound
 *
 * What is known of the pictures once the first one has been decoded.
 */
typedef struct
{
  const char *codec;
  guint width;
  guint height;
  guint fps_n;
  guint fps_d;
  gboolean has_colors;
  GstVideoColorimetry colors;
  gint64 duration_ns;
  gboolean audio;
} InbDecoderStream;

InbDecoder *inb_decoder_open (InbClipFile *file, const char *tail, guint long_side, GError **error);
void inb_decoder_fit (guint width, guint height, guint long_side, guint *fitted_width,
                      guint *fitted_height);
GstSample *inb_decoder_next (InbDecoder *self, GError **error);
const InbDecoderStream *inb_decoder_get_stream (InbDecoder *self);
gint64 inb_decoder_get_time (GstSample *sample);
void inb_decoder_free (InbDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDecoder, inb_decoder_free)

G_END_DECLS
