/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbCodecFormat:
 * @INB_CODEC_H264: H.264, in which services send clips
 * @INB_CODEC_VP9: VP9, in which the local engine writes where H.264 cannot be written
 * @INB_CODEC_JPEG: motion JPEG, in which review copies are made where H.264 cannot be written
 * @INB_CODEC_H265: H.265
 * @INB_CODEC_AV1: AV1
 * @INB_CODEC_AAC: AAC, the sound of MP4
 * @INB_CODEC_OPUS: Opus, the sound of WebM
 *
 * A way in which a clip's pictures or sound are written.
 */
typedef enum
{
  INB_CODEC_H264,
  INB_CODEC_VP9,
  INB_CODEC_JPEG,
  INB_CODEC_H265,
  INB_CODEC_AV1,
  INB_CODEC_AAC,
  INB_CODEC_OPUS,
} InbCodecFormat;

GStrv inb_codec_list_encoders (InbCodecFormat format, GError **error);
GStrv inb_codec_list_decoders (InbCodecFormat format, GError **error);

G_END_DECLS
